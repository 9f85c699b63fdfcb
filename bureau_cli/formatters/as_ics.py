"""An iCalendar file (RFC 5545) that a calendar program can take in or subscribe to: an all-day event a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from bureau_cli.formatters.as_plain import heads, screen_cells
from bureau_cli.formatters.results import Agenda, Column, Ending
from bureau_cli.formatters.sink import Sink
from bureau_cli.formatters.text import clean
from bureau_cli.formatters.values import Cell, is_figure

_NOT_BUSY = "TRANSPARENT"


class IcsSink(Sink):
    """Keeps the rows until the end: each event says as of when it holds, which is known only then."""

    def schedule(self, agenda: Agenda) -> None:
        """Take what makes an event of a row."""
        self._agenda = agenda

    def open(self, columns: Sequence[Column]) -> None:
        """Take the columns, each of which is a line about an event."""
        self._about = list(zip(heads(columns, self.look), screen_cells(columns, self.look), strict=True))
        self._rows: list[Any] = []

    def write(self, batch: Sequence[Any]) -> None:
        """Keep the rows; one without a day is no event."""
        self._rows.extend(row for row in batch if self._agenda.day.read(row) is not None)

    def close(self, ending: Ending) -> None:
        """Write the calendar."""
        calendar = Calendar()
        calendar.add("prodid", f"-//bureau//{self.provenance.schema} {self.provenance.version}//EN")
        calendar.add("version", "2.0")
        for event in self._events(ending):
            calendar.add_component(event)
        self.stream.write(calendar.to_ical().decode())

    def _events(self, ending: Ending) -> Iterator[Event]:
        titles = list(map(self._titled, self._agenda.title))
        for row in self._rows:
            event = Event()
            event.add("uid", self._uid(row))
            event.add("dtstamp", ending.as_of)
            event.add("dtstart", self._agenda.day.read(row))
            event.add("summary", " · ".join(title(row) for title in titles))
            event.add("description", "\n".join(f"{title}: {cell(row)}" for title, cell in self._about))
            event.add("transp", _NOT_BUSY)
            yield event

    def _titled(self, column: Column) -> Cell[str]:
        """What a column adds to a title: a number says what it counts."""
        (head,), (cell,) = heads([column], self.look), screen_cells([column], self.look)
        return (lambda row: f"{head.lower()}: {cell(row)}") if is_figure(column) else cell

    def _uid(self, row: Any) -> str:
        """The event's name for good, which tells nothing of what it is about."""
        uid = clean(self._agenda.uid.read(row))
        return str(uuid5(NAMESPACE_URL, f"bureau/{self.provenance.profile}/{uid}"))


WRITES = IcsSink
