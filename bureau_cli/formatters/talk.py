"""The talk of a process on stderr: hints, warnings, errors, questions, bars. None of it is the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from typing import Protocol, TextIO

from bureau_cli import errors
from bureau_cli.formatters import failure
from bureau_cli.formatters.asking import Questions
from bureau_cli.formatters.chooser import Format, sink_for
from bureau_cli.formatters.destination import let_go
from bureau_cli.formatters.masking import masked_column
from bureau_cli.formatters.results import Ending, Listing, Look, Provenance
from bureau_cli.formatters.screen import Screen
from bureau_cli.formatters.text import clean_lines
from bureau_cli.redaction import Redactor


class Advance(Protocol):
    """Tells a progress bar that so many more are done."""

    def __call__(self, count: int = 1) -> None:
        """So many more."""


class Voice(Protocol):
    """What stands on the terminal for a while, and takes talk in so that neither overwrites the other."""

    def say(self, text: str) -> None:
        """Some lines; the text is clean already."""


class Talk:
    """Talk that may come from anywhere: it is made safe here; `quiet` stills hints and bars."""

    def __init__(
        self, screen: Screen, *, stdin: TextIO | None = None, quiet: bool = False, redactor: Redactor | None = None
    ) -> None:
        self._talk = screen
        self.stdin = stdin
        self.redactor = redactor or Redactor()
        self.questions = Questions(screen, stdin, self._write, self._hide)
        """What is asked of the person at the terminal, or read from stdin for want of one."""
        self._voice: Voice | None = None
        self._warnings: list[str] = []
        self.quiet = quiet
        self.unattended = False
        """Whether nobody looks: then what is no news is left out."""
        self.heard: list[str] = []
        """What was told, or would have been, in a run that nobody looks at."""

    def say(self, text: str) -> None:
        """Tell something that may be left out."""
        if not self.quiet:
            self._line(clean_lines(text))
        elif self.unattended:
            self.heard.append(text)

    def tell(self, text: str) -> None:
        """Tell something that was asked for or has to be known: how it ended, what is being sent."""
        self._line(clean_lines(text))

    def report(self, text: str, *, news: bool) -> None:
        """Tell how it ended; what is no news is left out where nobody looks."""
        (self.tell if news or not self.unattended else self.say)(text)

    def warn(self, text: str) -> None:
        """Tell something that may not be left out; formats with room for it repeat it with the answer."""
        self._warnings.append(self.redactor.prose(text))
        self._line(f"warning: {clean_lines(text)}")

    def error(self, error: errors.BureauError, *, as_json: bool = False) -> None:
        """Tell what went wrong and what to do about it."""
        self._line(failure.for_programs(error) if as_json else failure.for_people(error))

    def preview(self, listing: Listing, *, most: int, lang: str) -> None:
        """Show the first rows of a list that is in memory, as a table, to somebody who is about to be asked."""
        assert isinstance(listing.rows, Sequence)  # noqa: S101 - a plan is looked at before it is run
        text = StringIO()
        look = Look(width=self._talk.width, ascii_only=self._talk.ascii_only, lang=lang)
        sink = sink_for(Format.TABLE)(
            text, look, Provenance(schema=listing.schema, profile="", selection="", version="")
        )
        sink.open([masked_column(column, self.redactor) for column in listing.columns if column.main])
        sink.write(listing.rows[:most])
        sink.close(Ending(count=len(listing.rows), total=None, as_of=None))
        self._line(text.getvalue().rstrip("\n"))
        if (more := len(listing.rows) - most) > 0:
            self.tell(f"… and {more} more")

    @contextmanager
    def progress(self, total: int | None, label: str) -> Iterator[Advance]:
        """Show how far along a long piece of work is, on a terminal only."""
        if self.quiet or not self._talk.redraws:
            yield _unseen
            return
        from bureau_cli.formatters.progress import bar_on  # noqa: PLC0415 - rich is for terminals only

        with bar_on(self._talk, total, self.redactor.prose(label)) as bar, self._through(bar):
            yield bar.advance

    @contextmanager
    def _through(self, voice: Voice) -> Iterator[None]:
        """Let all talk go through what stands on the terminal."""
        self._voice = voice
        try:
            yield
        finally:
            self._voice = None

    def _hide(self, secret: str) -> None:
        self.redactor.hide(secret)

    def _line(self, text: str) -> None:
        if self.unattended:
            self.heard.append(text)
        if self._voice is None:
            self._write(text + "\n")
        else:
            self._voice.say(self.redactor.prose(text))

    def _write(self, text: str) -> None:
        """Talk that cannot be heard is no reason to stop."""
        stream = self._talk.stream
        if stream is not None:
            try:
                stream.write(self.redactor.prose(text))
                stream.flush()
            except (OSError, ValueError):
                let_go(stream)


def _unseen(count: int = 1) -> None:
    """Progress nobody looks at."""
