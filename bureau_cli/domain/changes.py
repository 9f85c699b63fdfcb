"""What the platform says became of one item of a change of many."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """`outcome` is done, unchanged or refused; a refused item says why in `code` and `message`."""

    key: str
    outcome: str
    code: str | None = None
    message: str | None = None
