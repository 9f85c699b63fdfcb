"""What every format is: a place that rows are poured into, batch by batch."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from bureau_cli.formatters.arrangements import Grouping, Part
from bureau_cli.formatters.results import Agenda, Column, Ending, Look, Pictures, Pivot, Provenance


class Sink(ABC):
    """Rows go in batch by batch, and nothing is kept that need not be; the stream is the caller's to close.

    It takes text, with line ends written as they are, or bytes where the format is `binary`.
    """

    def __init__(self, stream: IO[Any], look: Look, provenance: Provenance) -> None:
        self.stream = stream
        self.look = look
        self.provenance = provenance
        self.warnings: list[str] = []
        self.hidden = 0
        """How many columns found no room."""
        self.legend = ""
        """What signs stand for, where some were written in place of words."""

    def turn(self, pivot: Pivot) -> None:  # noqa: B027 - most formats are one table
        """Show the rows of the list that is about to begin turned about as well, where there is room for it."""

    def draw(self, pictures: Pictures) -> None:  # noqa: B027 - most formats are text
        """Draw the rows of the list that is about to begin, where there is room for it."""

    def schedule(self, agenda: Agenda) -> None:  # noqa: B027 - only a calendar has days
        """Take how the rows of the list that is about to begin are put into a calendar."""

    def group(self, grouping: Grouping) -> None:  # noqa: B027 - rows for machines are nothing but rows
        """Add up what belongs together in the list that is about to begin, where there is room for it."""

    def split(self, parts: Sequence[Part]) -> None:  # noqa: B027 - most formats are one table
        """Put the rows of the list that is about to begin on several sheets, where there can be some."""

    @abstractmethod
    def open(self, columns: Sequence[Column]) -> None:
        """Begin a list, with the columns to be written, in order."""

    @abstractmethod
    def write(self, batch: Sequence[Any]) -> None:
        """Write some rows."""

    def close(self, ending: Ending) -> None:  # noqa: B027 - most formats have nothing to add
        """Finish the list."""

    def one(self, columns: Sequence[Column], row: Any, ending: Ending) -> None:
        """Write one thing. Machines get a list of one; formats for people show a field a line."""
        self.open(columns)
        self.write([row])
        self.close(ending)

    def abandon(self) -> None:  # noqa: B027 - text is abandoned by not going on
        """Let go of what is half written, after a fault and while the stream is still open; never raises."""

    @staticmethod  # noqa: B027 - text has no parts that could be missing
    def check(path: Path) -> None:
        """Look at a finished file before it takes its name; raises OSError if it is not whole."""
