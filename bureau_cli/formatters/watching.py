"""A list that is asked for again and again, and drawn in place for as long as somebody looks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import StringIO
from textwrap import wrap

import anyio

from bureau_cli.errors import BadUsage, BureauError
from bureau_cli.formatters.as_table import TableSink
from bureau_cli.formatters.canvas import Canvas
from bureau_cli.formatters.chooser import Format
from bureau_cli.formatters.pouring import pour
from bureau_cli.formatters.results import Column, Listing, Look, Provenance, Seen, Watched
from bureau_cli.formatters.screen import Screen, size_now
from bureau_cli.formatters.values import OSLO
from bureau_cli.formatters.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Painter:
    """Makes tables of lists, as wide as the terminal is at that moment.

    Raises:
        BadUsage: there is no terminal to draw on, or no table was asked for.
    """

    screen: Screen
    columns: Sequence[Column]
    view: View
    look: Look
    provenance: Provenance

    def __post_init__(self) -> None:
        """See that it can be drawn."""
        if not self.screen.redraws or self.look.width is None or self.view.format_on(terminal=True) is not Format.TABLE:
            raise BadUsage("only a table on a terminal can be watched", fix="leave out --watch")

    async def lines(self, listing: Listing) -> Sequence[str]:
        """The table, and what its signs mean."""
        text = StringIO()
        width = size_now(self.screen).columns
        sink = TableSink(text, replace(self.look, width=width), self.provenance)
        await pour(listing, self.columns, sink, self.view)
        return [
            *text.getvalue().splitlines(),
            *(part for line in sink.legend.splitlines() for part in wrap(line, width)),
        ]

    def wrapped(self, text: str) -> Sequence[str]:
        """Text in lines that fit."""
        return wrap(text, size_now(self.screen).columns)


class Watching:
    """One watch. The newest picture stays, with its age, while no newer one can be had."""

    def __init__(self, watched: Watched, painter: Painter, clean: Callable[[str], str]) -> None:
        self._watched = watched
        self._painter = painter
        self._clean = clean
        self._seen: Seen
        self._seen_at: datetime

    async def begin(self) -> None:
        """Ask once, before anything is drawn: what is refused then is refused for good."""
        self._seen = await self._watched.ask()
        self._seen_at = self._watched.now()

    async def go_on(self, canvas: Canvas) -> None:
        """Draw and ask in turn, until it is cancelled."""
        foot = self._fresh()
        while True:
            said = filter(None, (self._seen.told, self._seen.warning))
            told = [line for text in said for line in self._painter.wrapped(self._clean(text))]
            canvas.draw([*told, "", *await self._painter.lines(self._seen.listing)], self._painter.wrapped(foot))
            await anyio.sleep(self._watched.every.total_seconds())
            try:
                await self.begin()
                foot = self._fresh()
            except BureauError as fault:
                foot = self._clean(self._failed(fault))

    def _fresh(self) -> str:
        return f"fetched {_clock(self._seen_at)}, again every {self._every}; Ctrl-C ends"

    def _failed(self, fault: BureauError) -> str:
        now = self._watched.now()
        age = f"{(now - self._seen_at).total_seconds():.0f} s"
        again = f"this is from {_clock(self._seen_at)}, {age} ago; again every {self._every}"
        return f"{_clock(now)} not fetched: {fault.message} [{fault.code}]; {again}"

    @property
    def _every(self) -> str:
        return f"{self._watched.every.total_seconds():g} s"


def _clock(instant: datetime) -> str:
    return f"{instant.astimezone(OSLO):%H:%M:%S}"
