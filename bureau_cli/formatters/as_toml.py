"""A list as a file to be kept, edited and given back: a table a row, named by the row's first column."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from bureau_cli.formatters.results import Column, Noted
from bureau_cli.formatters.sink import Sink
from bureau_cli.formatters.text import clean
from bureau_cli.formatters.values import json_cell

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class TomlSink(Sink):
    """Values that are missing are left out; a list with notes has a line an item, the note as its comment."""

    def open(self, columns: Sequence[Column]) -> None:
        """Take the columns, the first of which names the tables."""
        name, *others = columns
        self._name = name.read
        self._cells = [(column.key, _cell(column)) for column in others]
        self._noun = self.provenance.schema.partition(".")[0]
        self._between = ""

    def write(self, batch: Sequence[Any]) -> None:
        """Write a table a row."""
        for row in batch:
            name = self._name(row)
            lines = [f"[{self._noun}.{_key(str(name))}]{_comment(name)}"]
            lines += [f"{key} = {text}" for key, cell in self._cells if (text := cell(row)) is not None]
            self.stream.write(self._between + "\n".join(lines) + "\n")
            self._between = "\n"


def _cell(column: Column) -> Callable[[Any], str | None]:
    read, shown = column.read, json_cell(column)

    def written(row: Any) -> str | None:
        value = shown(row)
        if value is None:
            return None
        if not column.many:
            return _value(value)
        return _list([_item(raw, plain) for raw, plain in zip(read(row), value, strict=True)], read(row))

    return written


def _list(items: Sequence[str], raw: Sequence[Any]) -> str:
    comments = list(map(_comment, raw))
    if not any(comments):
        return f"[{', '.join(items)}]"
    lines = [f"  {item},{comment}\n" for item, comment in zip(items, comments, strict=True)]
    return f"[\n{''.join(lines)}]"


def _comment(raw: Any) -> str:
    return f"  # {clean(raw.note)}" if isinstance(raw, Noted) and raw.note else ""


def _item(raw: Any, plain: Any) -> str:
    """A value, or a table of it and its terms."""
    if not isinstance(raw, Noted) or not raw.terms:
        return _value(plain)
    pairs = [(raw.called, _value(plain)), *((name, day.isoformat()) for name, day in raw.terms.items())]
    return f"{{ {', '.join(f'{name} = {text}' for name, text in pairs)} }}"


def _value(value: Any) -> str:
    """A number or truth as it is, text in quotes: plain ones where it holds double quotes and nothing else to mark."""
    if not isinstance(value, str):
        return json.dumps(value)
    if '"' in value and "'" not in value and "\\" not in value and value.isprintable():
        return f"'{value}'"
    whole = _LONE_SURROGATE.sub(_REPLACEMENT, value)
    return f'"{"".join(map(_escaped, whole))}"'


def _escaped(char: str) -> str:
    if char in {'"', "\\"}:
        return f"\\{char}"
    if char.isprintable():
        return char
    return f"\\u{ord(char):04x}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08x}"  # noqa: PLR2004 - what four digits hold


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _value(name)


WRITES = TomlSink
