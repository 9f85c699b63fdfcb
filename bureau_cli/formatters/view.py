"""How the user asked to see an answer: the options every command shares."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bureau_cli.formatters.chooser import Format, format_of, named_format


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """`sort` is a key, `-` before it for the other way round.

    `taste` is the table or other format the user has set for the screen; no pipe and no file is written by it, so that
    it can break no script.
    """

    output: Format | None = None
    taste: Format = Format.TABLE
    out: Path | None = None
    force: bool = False
    fields: tuple[str, ...] = ()
    sort: str | None = None
    limit: int | None = None
    header: bool = True
    lang: str = "nb"
    excel: bool = False

    def format_on(self, *, terminal: bool) -> Format:
        """What was asked for with -o, else by the file's extension, else the taste of people and tsv for programs."""
        if self.output is not None:
            return self.output
        if self.out is not None:
            return format_of(self.out)
        return self.taste if terminal else Format.TSV

    def asks(self, *formats: Format) -> bool:
        """Whether the answer is to be in one of these, by -o or by the file's name."""
        asked = self.output or (None if self.out is None else named_format(self.out))
        return asked in formats

    @property
    def asks_json(self) -> bool:
        """Whether the answer is to be JSON; then an error is too."""
        return self.asks(Format.JSON, Format.NDJSON)
