"""The bureau's own Altinn settings at its clients."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bureau_cli.domain.clients import ClientReference, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class AltinnSettings:
    """Whether the bureau's own settings are used for a client, and by whom. `etag` is the version that was read."""

    client: ClientReference
    partner_settings: bool
    since: datetime | None
    tagged: tuple[Person, ...]
    delegation: str
    package: str | None
    etag: str
    fetched_at: datetime
