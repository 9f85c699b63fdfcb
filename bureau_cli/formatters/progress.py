"""How far along a long piece of work is: a bar on a terminal's stderr that leaves no trace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from bureau_cli.formatters.consoles import console_on
from bureau_cli.formatters.screen import Screen
from bureau_cli.formatters.text import clean


class Bar:
    """One bar. While it is there, talk goes through it, so that neither overwrites the other."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress = progress
        self._task = task

    def advance(self, count: int = 1) -> None:
        """So many more are done."""
        self._progress.advance(self._task, count)

    def say(self, text: str) -> None:
        """Show a line above the bar; the text is clean already."""
        self._progress.console.print(Text(text), soft_wrap=True)


@contextmanager
def bar_on(screen: Screen, total: int | None, label: str) -> Iterator[Bar]:
    """A bar with a label, the count and the time; without a total it only shows that something goes on."""
    console = console_on(screen.stream, width=screen.width, colour=screen.colour)
    parts = [
        SpinnerColumn("line" if screen.ascii_only else "dots"),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    ]
    with Progress(*parts, console=console, transient=True, redirect_stdout=False, redirect_stderr=False) as progress:
        yield Bar(progress, progress.add_task(clean(label), total=total))
