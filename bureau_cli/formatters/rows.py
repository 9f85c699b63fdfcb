"""Where an answer's rows come from: memory or pages, sorted, and no more of them than were asked for."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from datetime import datetime
from typing import Any

from bureau_cli import errors
from bureau_cli.formatters.columns import in_order
from bureau_cli.formatters.results import Listing, Pages

BATCH = 1000


class Rows:
    """The rows of one listing, read once; what is known of the whole is right when the last has been read."""

    def __init__(self, listing: Listing, *, sort: str | None, limit: int | None) -> None:
        self._listing = listing
        self._sort = sort
        self._limit = limit
        self.count = 0

    @property
    def total(self) -> int | None:
        """How many rows there are with those left out, where that is known."""
        rows = self._listing.rows
        return rows.total if isinstance(rows, Pages) else len(rows)

    @property
    def as_of(self) -> datetime | None:
        """When the oldest of the answer was true."""
        rows = self._listing.rows
        return (rows.as_of if isinstance(rows, Pages) else None) or self._listing.as_of

    async def batches(self) -> AsyncGenerator[Sequence[Any], None]:
        """Batches of rows. Pages come sorted from where they are kept and are fetched no further than needed.

        Those that know only at their end how many rows there are, are counted to it.
        A fault of the source is a bug here, and must not be taken for one of the output: a closed pipe ends with 0.
        """
        try:
            async with aclosing(self._source()) as source:
                async for batch in source:
                    kept = batch if self._limit is None else batch[: self._limit - self.count]
                    self.count += len(kept)
                    if kept:
                        yield kept
                    if self.count == self._limit and self.total is not None:
                        return
        except OSError as fault:
            raise errors.UnexpectedFault(f"the rows could not be read: {fault}") from fault

    def _source(self) -> AsyncGenerator[Sequence[Any], None]:
        rows = self._listing.rows
        if not isinstance(rows, Pages):
            return self._held(rows)
        sorted_there = self._sort is None or self._sort.removeprefix("-") in self._listing.sorts
        return rows.batches() if sorted_there else self._gathered(rows)

    async def _gathered(self, pages: Pages) -> AsyncGenerator[Sequence[Any], None]:
        """All of the pages first, since what is sorted here cannot begin before the last of them has come."""
        async with aclosing(pages.batches()) as batches:
            rows = [row async for batch in batches for row in batch]
        async with aclosing(self._held(rows)) as held:
            async for batch in held:
                yield batch

    async def _held(self, rows: Sequence[Any]) -> AsyncGenerator[Sequence[Any], None]:
        ordered = in_order(rows, self._listing.columns, self._sort) if self._sort else rows
        for start in range(0, len(ordered), BATCH):
            yield ordered[start : start + BATCH]
