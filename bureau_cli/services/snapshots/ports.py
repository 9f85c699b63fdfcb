"""What snapshots need from the outside: the platform's rows as they come, and a place to keep them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bureau_cli.domain.snapshots import Snapshot
from bureau_cli.services.ports import Stream

Row = dict[str, Any]


class RowsPort(Protocol):
    """The platform's lists in the contract's own words."""

    def list(self, path: str, query: Mapping[str, Any], *, identity: tuple[str, ...]) -> Stream[Row]:
        """The rows of a list, no two of which share all fields of `identity`."""

    async def get(self, path: str, query: Mapping[str, Any]) -> Row:
        """One document."""


class KeptPort(Protocol):
    """A snapshot and its rows."""

    @property
    def snapshot(self) -> Snapshot:
        """What is known of it."""

    def of(self, part: str) -> Sequence[Row]:
        """Every row of a part, in the order they came."""


class DraftPort(Protocol):
    """A snapshot that is being made."""

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows each part has so far."""

    def add(self, part: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows to a part."""

    def close(self) -> None:
        """Let go of it."""


class ShelfPort(Protocol):
    """Where the snapshots of one user are."""

    def draft(self) -> DraftPort:
        """Begin one."""

    def keep(self, draft: Any, snapshot: Snapshot) -> Snapshot:
        """Write it under its name."""

    def names(self) -> list[str]:
        """Every name that is taken."""
