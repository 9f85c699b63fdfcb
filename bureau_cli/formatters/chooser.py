"""Which format an answer takes, and the one module that writes it, imported when it is needed."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from bureau_cli import errors

if TYPE_CHECKING:
    from bureau_cli.formatters.sink import Sink


class Format(StrEnum):
    """The formats of `-o`; each is written by the class `Sink` subclass of its `as_*` module."""

    TABLE = "table"
    PLAIN = "plain"
    TSV = "tsv"
    CSV = "csv"
    JSON = "json"
    NDJSON = "ndjson"
    MARKDOWN = "markdown"
    XLSX = "xlsx"
    IDS = "ids"
    TOML = "toml"
    HTML = "html"
    ICS = "ics"

    @property
    def brief(self) -> bool:
        """Whether a list shows only the main columns unasked: it is read by people, on one screen or page."""
        return self in {Format.TABLE, Format.PLAIN, Format.MARKDOWN, Format.HTML}

    @property
    def drawn(self) -> bool:
        """Whether it has room for pictures."""
        return self in {Format.HTML, Format.XLSX}

    @property
    def binary(self) -> bool:
        """Whether it is bytes, which no terminal can show."""
        return self is Format.XLSX


_BY_EXTENSION = {
    ".xlsx": Format.XLSX,
    ".csv": Format.CSV,
    ".tsv": Format.TSV,
    ".json": Format.JSON,
    ".ndjson": Format.NDJSON,
    ".html": Format.HTML,
    ".md": Format.MARKDOWN,
    ".toml": Format.TOML,
    ".ics": Format.ICS,
    ".txt": Format.PLAIN,
}


def named_format(path: Path) -> Format | None:
    """The format that a file name asks for by its extension, None where that says nothing."""
    return _BY_EXTENSION.get(path.suffix.lower())


def format_of(path: Path) -> Format:
    """The format that a file name asks for.

    Raises:
        BadUsage: it asks for none that there is.
    """
    wanted = named_format(path)
    if wanted is None:
        raise errors.BadUsage(
            f"the name {path.name!r} does not say which format the file is to have",
            fix=f"end it with {', '.join(_BY_EXTENSION)}, or add -o FORMAT",
        )
    return wanted


def sink_for(wanted: Format) -> type[Sink]:
    """The class that writes this format."""
    sink: type[Sink] = import_module(f"bureau_cli.formatters.as_{wanted}").WRITES
    return sink
