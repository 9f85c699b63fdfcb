"""Rows into a sink: batch by batch, sorted and no more of them than were asked for."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing
from datetime import datetime

from bureau_cli.formatters.results import Column, Ending, Listing, Record
from bureau_cli.formatters.rows import Rows
from bureau_cli.formatters.sink import Sink
from bureau_cli.formatters.view import View


async def pour(
    result: Listing | Record, columns: Sequence[Column], sink: Sink, view: View, *, warnings: Sequence[str] = ()
) -> Ending:
    """Write an answer into a sink; `warnings` are those that go with it."""
    notes = result.notes if isinstance(result, Listing) else tuple

    def ending(count: int, total: int | None, as_of: datetime | None) -> Ending:
        return Ending(count=count, total=total, as_of=as_of, warnings=tuple(warnings), notes=notes())

    if isinstance(result, Record):
        whole = ending(1, 1, result.as_of)
        sink.one(columns, result.row, whole)
        return whole
    rows = Rows(result, sort=view.sort, limit=view.limit)
    await _pour_rows(rows, columns, sink)
    whole = ending(rows.count, rows.total, rows.as_of)
    sink.close(whole)
    return whole


async def _pour_rows(rows: Rows, columns: Sequence[Column], sink: Sink) -> None:
    """The first rows are awaited before anything is written, so that a refusal leaves stdout empty."""
    async with aclosing(rows.batches()) as batches:
        first = await anext(batches, None)
        sink.open(columns)
        sink.write(first or ())
        sink.stream.flush()
        async for batch in batches:
            sink.write(batch)
            sink.stream.flush()
