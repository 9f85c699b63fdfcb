"""Groups of clients (grupper, kategorier), and what becomes of a client that is put into one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A named set of clients. `etag` is the version that was read: a change on top of it is refused if it moved."""

    slug: str
    title: str
    kind: str
    rule: str | None
    count: int
    etag: str
    created_at: datetime
    updated_at: datetime
