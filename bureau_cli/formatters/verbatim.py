"""Answers that no column describes: a JSON document passed on, and text that is the answer itself."""

from __future__ import annotations

from bureau_cli import errors
from bureau_cli.formatters.as_json import dumps
from bureau_cli.formatters.chooser import Format
from bureau_cli.formatters.results import Column, Document, Prose, Record
from bureau_cli.formatters.text import clean_lines
from bureau_cli.formatters.view import View

_JSON = frozenset({Format.JSON, Format.NDJSON})
_AS_IT_IS = frozenset({Format.TABLE, Format.PLAIN, Format.TSV})


def document_format(view: View) -> Format:
    """JSON unless something else was asked for.

    Raises:
        BadUsage: what was asked for is no form of JSON.
    """
    wanted = Format.JSON if view.output is None and view.out is None else view.format_on(terminal=False)
    if wanted not in _JSON:
        raise errors.BadUsage(f"a JSON document cannot be written as {wanted}", fix="choose -o json or ndjson")
    return wanted


def document_text(document: Document, view: View) -> str:
    """The document indented, or with ndjson one item a line."""
    content = document.content
    if document_format(view) is Format.JSON:
        return dumps(content, pretty=True) + "\n"
    return "".join(dumps(item) + "\n" for item in (content if isinstance(content, list) else [content]))


def prose_text(prose: Prose, wanted: Format) -> str | None:
    """The text for formats that people read, else None: to programs it is a record with one field."""
    return clean_lines(prose.text).removesuffix("\n") + "\n" if wanted in _AS_IT_IS else None


def prose_record(prose: Prose) -> Record:
    """The text as one thing with one field."""
    return Record(schema=prose.schema, columns=(Column("text"),), row=prose)
