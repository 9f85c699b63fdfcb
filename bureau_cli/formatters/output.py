"""The one owner of stdout and stderr: stdout is the answer and nothing else, stderr is talk."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, TextIO

from bureau_cli import errors
from bureau_cli.files.atomic import refuse_taken
from bureau_cli.files.whole_folder import filling, refuse_folder
from bureau_cli.formatters.arrangements import Grouping
from bureau_cli.formatters.canvas import Canvas
from bureau_cli.formatters.chooser import Format, sink_for
from bureau_cli.formatters.columns import chosen, in_order
from bureau_cli.formatters.destination import ReaderLeft, at_the_end, in_file, on_stdout
from bureau_cli.formatters.masking import (
    masked_agenda,
    masked_column,
    masked_document,
    masked_grouping,
    masked_notes,
    masked_pictures,
    masked_pivot,
    masked_provenance,
)
from bureau_cli.formatters.pouring import pour
from bureau_cli.formatters.results import (
    Bundle,
    Column,
    Document,
    Ending,
    Listing,
    Look,
    Prose,
    Provenance,
    Record,
    Result,
    Watched,
    Written,
)
from bureau_cli.formatters.screen import Screen, screen_of, screen_of_nobody
from bureau_cli.formatters.sink import Sink
from bureau_cli.formatters.talk import Advance, Talk
from bureau_cli.formatters.text import clean_lines
from bureau_cli.formatters.verbatim import document_format, document_text, prose_record, prose_text
from bureau_cli.formatters.view import View
from bureau_cli.redaction import Redactor, secrets_of

__all__ = ["Advance", "Output", "ReaderLeft"]


class Output(Talk):
    """Everything the process says. Answers go through `render`, talk through the rest; `quiet` stills hints and bars.

    Text may come from anywhere: it is made safe here, and nowhere before; what must not be seen is taken out here too.
    """

    def __init__(
        self,
        answer: Screen,
        talk: Screen,
        *,
        stdin: TextIO | None = None,
        quiet: bool = False,
        redactor: Redactor | None = None,
    ) -> None:
        super().__init__(talk, stdin=stdin, quiet=quiet, redactor=redactor)
        self._answer = answer

    @classmethod
    def of(
        cls, stdout: TextIO | None, stderr: TextIO | None, stdin: TextIO | None, environ: Mapping[str, str]
    ) -> Output:
        """The output of a process with these streams."""
        redactor = Redactor(secrets_of(environ))
        return cls(screen_of(stdout, environ), screen_of(stderr, environ), stdin=stdin, redactor=redactor)

    @classmethod
    def of_process(cls) -> Output:
        """The output of this process."""
        return cls.of(sys.stdout, sys.stderr, sys.stdin, os.environ)

    @property
    def screen(self) -> Screen:
        """What stdout can show."""
        return self._answer

    def expect_nobody(self) -> None:
        """Ask nothing, draw nothing, and leave out what is no news, as if no terminal were there."""
        self.quiet = self.unattended = True
        self._answer = screen_of_nobody(self._answer)
        self._talk = self.questions.talk = screen_of_nobody(self._talk)

    async def render(self, result: Result, view: View, provenance: Provenance) -> None:
        """Write an answer where and how the user asked for it, or as much of it as its reader stays for.

        A reader that leaves says nothing of the command: it ends as it would have, with the exit code of its result.

        Raises:
            BadUsage: the format does not fit the answer or the place, or a field is unknown.
            OutputFailed, PlaceInvalid, FileExists: it could not be written; a file that was there is untouched.
        """
        with suppress(ReaderLeft):
            await self._give(result, view, masked_provenance(provenance, self.redactor))

    async def _give(self, result: Result, view: View, provenance: Provenance) -> None:
        if isinstance(result, Bundle):
            told = await self._fill(result, view, provenance)
            await self._give(told, replace(view, out=None), provenance)
            return
        wanted = view.format_on(terminal=self._answer.terminal)
        match result:
            case Document():
                self._put(document_text(self._masked(result), view), view)
            case Prose() if (text := prose_text(result, wanted)) is not None:
                self._put(self.redactor.prose(text), view)
            case Prose():
                await self._pour(prose_record(result), wanted, view, provenance)
            case Watched():
                await self._watch(result, view, provenance)
            case _:
                await self._pour(result, wanted, view, provenance)

    def _masked(self, document: Document) -> Document:
        return replace(document, content=masked_document(document.content, self.redactor))

    def _put(self, text: str, view: View) -> None:
        with self._place(view) as stream:
            stream.write(text)

    async def _fill(self, bundle: Bundle, view: View, provenance: Provenance) -> Listing:
        """Write the answers into their folder; the list of what was written."""
        self.foresee(bundle, view)
        assert view.out is not None  # noqa: S101 - foreseen
        written, of_all, of_each = [], self._warnings, list[str]()
        with filling(view.out, overwrite=view.force, replaceable=bundle.replaceable) as folder:
            for name, make in bundle.answers.items():
                self._warnings = [*of_all]
                answer = await make()
                place = View(out=folder / name, lang=view.lang)
                theirs = replace(provenance, schema=answer.schema)
                ending = await self._pour(answer, place.format_on(terminal=False), place, theirs)
                written.append(Written(name=name, schema=theirs.schema_id, rows=ending.count, as_of=ending.as_of))
                of_each += self._warnings[len(of_all) :]
            rows = bundle.conclude(folder, written, provenance, view.lang)
        self._warnings = [*of_all, *of_each]
        return Listing(
            schema=bundle.schema,
            columns=bundle.columns,
            rows=rows,
            as_of=min(filter(None, (one.as_of for one in written)), default=None),
            exit_code=bundle.exit_code,
        )

    def foresee(self, result: Listing | Record | Document | Bundle, view: View) -> None:
        """See that such an answer can be given as asked; what is in it is not looked at.

        A command that changes something asks this first, so that nothing is done whose answer then cannot be given.

        Raises:
            BadUsage: the format does not fit the answer or the place, or a field or sort key is unknown.
            PlaceInvalid, FileExists: the file could not be written.
        """
        if isinstance(result, Bundle):
            if view.out is None:
                raise errors.BadUsage("this is written into a folder", fix="add --out FOLDER")
            refuse_folder(view.out, overwrite=view.force, replaceable=result.replaceable)
            self._columns(result.template, replace(view, out=None))
            return
        wanted = view.format_on(terminal=self._answer.terminal)
        if view.excel and wanted is not Format.CSV:
            raise errors.BadUsage(f"--excel is a form of csv, not of {wanted}", fix="add -o csv")
        if view.limit and isinstance(result, Listing) and result.whole:
            raise errors.BadUsage("a report of what was done is not cut short", fix="leave out --limit")
        if view.limit and wanted is Format.TOML:
            raise errors.BadUsage("a file that is to be given back is written whole", fix="leave out --limit")
        if view.out is not None:
            refuse_taken(view.out, overwrite=view.force)
        if isinstance(result, Document):
            document_format(view)
        else:
            self._columns(result, view)

    def _columns(self, result: Listing | Record, view: View) -> Sequence[Column]:
        wanted = view.format_on(terminal=self._answer.terminal)
        if wanted.binary and view.out is None and self._answer.terminal:
            raise errors.BadUsage(f"{wanted} cannot be shown on a terminal", fix=f"add --out FILE.{wanted}")
        if view.sort and isinstance(result, Listing):
            in_order((), result.columns, view.sort)
        return [masked_column(column, self.redactor) for column in chosen(result, view.fields, wanted)]

    async def _pour(self, result: Listing | Record, wanted: Format, view: View, provenance: Provenance) -> Ending:
        self.foresee(result, view)
        columns = self._columns(result, view)
        kind = sink_for(wanted)
        with self._place(view, binary=wanted.binary, check=kind.check) as stream:
            sink = kind(stream, self._look(view), provenance)
            try:
                if isinstance(result, Listing):
                    self._prepare(sink, result)
                    self._arrange(sink, result, view)
                ending = await pour(masked_notes(result, self.redactor), columns, sink, view, warnings=self._warnings)
                if self._is_no_news(result, view, ending.count):
                    stream.seek(0)
                    stream.truncate()
            except BaseException:
                sink.abandon()
                raise
        for warning in sink.warnings:
            self.warn(warning)
        if sink.legend:
            self.say(sink.legend)
        if ending.truncated:
            self.tell(f"{ending.count} of {ending.total}")
        if self._answer.terminal and view.out is None and wanted.brief:
            unasked = 0 if view.fields else len(result.columns) - len(columns)
            self._hint_hidden(unasked + sink.hidden)
        return ending

    def _is_no_news(self, result: Listing | Record, view: View, count: int) -> bool:
        """Whether an answer is not for somebody who only wants to hear of news: a report, or none at all."""
        is_report = isinstance(result, Listing) and result.whole
        return self.unattended and view.out is None and (is_report or not count)

    def _prepare(self, sink: Sink, listing: Listing) -> None:
        """Tell what else is to be made of the rows."""
        if listing.pivot is not None:
            sink.turn(masked_pivot(listing.pivot, self.redactor))
        if listing.pictures is not None:
            sink.draw(masked_pictures(listing.pictures, self.redactor))
        if listing.agenda is not None:
            sink.schedule(masked_agenda(listing.agenda, self.redactor))

    def _arrange(self, sink: Sink, listing: Listing, view: View) -> None:
        """Tell what belongs together. Rows sorted otherwise would tear it, and fields asked for are one table."""

        def fit(grouping: Grouping | None) -> Grouping | None:
            return None if grouping is None or view.sort else masked_grouping(grouping, self.redactor)

        if listing.parts and not view.fields:
            sink.split([replace(part, grouping=fit(part.grouping)) for part in listing.parts])
        elif (grouping := fit(listing.grouping)) is not None:
            sink.group(grouping)

    async def _watch(self, watched: Watched, view: View, provenance: Provenance) -> None:
        """Draw a list in place until the command is ended; what talk there is stands below it."""
        from bureau_cli.formatters.watching import Painter, Watching  # noqa: PLC0415 - it draws, as rich does

        columns = self._columns(watched.template, view)
        painter = Painter(screen=self._answer, columns=columns, view=view, look=self._look(view), provenance=provenance)
        watching = Watching(watched, painter, lambda text: self.redactor.prose(clean_lines(text)))
        await watching.begin()
        with Canvas(self._answer) as canvas, self._through(canvas):
            await watching.go_on(canvas)

    def _place(
        self, view: View, *, binary: bool = False, check: Callable[[Path], None] | None = None
    ) -> AbstractContextManager[IO[Any]]:
        if view.out is None:
            return (at_the_end if self.unattended else on_stdout)(self._answer, binary=binary)
        return in_file(view.out, binary=binary, overwrite=view.force, check=check)

    def _look(self, view: View) -> Look:
        shown = self._answer.terminal and view.out is None
        return Look(
            width=self._answer.width if shown else None,
            colour=shown and self._answer.colour,
            ascii_only=shown and self._answer.ascii_only,
            lang=view.lang,
            excel=view.excel,
            header=view.header,
        )

    def _hint_hidden(self, count: int) -> None:
        if count:
            self.say(f"+{count} column{'s' if count > 1 else ''}: --fields … or -o xlsx")

    def answer_line(self, text: str) -> None:
        """Write one line of an answer at once, for a command that goes on for as long as it is let.

        Raises:
            ReaderLeft: nobody reads stdout any more.
            OutputFailed: it could not be written.
        """
        with on_stdout(self._answer, binary=False) as stream:
            stream.write(f"{self.redactor.prose(clean_lines(text))}\n")
