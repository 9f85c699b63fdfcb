"""What the audit trail needs from the outside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from bureau_cli.domain.audit import Anchor, AuditEvent
from bureau_cli.domain.trail import Link
from bureau_cli.services.ports import Stream


class AuditPort(Protocol):
    """Where the trail is kept."""

    def list(self, query: Mapping[str, Any], *, most: int | None = None) -> Stream[AuditEvent]:
        """The events that fit the query, `most` of them."""

    def links(self, query: Mapping[str, Any], *, most: int | None = None) -> Stream[Link]:
        """The same as links of the chain."""


class AnchorsPort(Protocol):
    """Where the newest anchor is kept on this machine."""

    @property
    def place(self) -> str:
        """Where exactly."""

    def kept(self) -> Anchor | None:
        """The anchor, None for none."""

    def keep(self, anchor: Anchor) -> None:
        """Keep this one from now on."""
