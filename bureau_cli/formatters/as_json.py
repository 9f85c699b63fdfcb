"""One JSON document, written as the rows arrive: `{"schema": …, "data": [ … ], "meta": { … }}`."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from bureau_cli.formatters.results import Column, Ending
from bureau_cli.formatters.sink import Sink
from bureau_cli.formatters.values import Cell, json_cell

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_PRETTY = json.JSONEncoder(ensure_ascii=False, allow_nan=False, indent=2)
_NOT_ASCII = re.compile("[^\x00-\x7e]")


def dumps(value: Any, *, pretty: bool = False) -> str:
    r"""JSON that a terminal can be shown: what cannot be seen is written `\u202e`, the rest as it is."""
    text = (_PRETTY if pretty else _ENCODER).encode(value)
    return text if text.isprintable() else _NOT_ASCII.sub(_visible, text)


def _visible(found: re.Match[str]) -> str:
    char = found[0]
    return char if char.isprintable() else json.dumps(char)[1:-1]


def fields(columns: Sequence[Column]) -> list[tuple[str, Cell[Any]]]:
    """The keys of an object and the functions that read its values."""
    return [(column.key, json_cell(column)) for column in columns]


class JsonSink(Sink):
    """A row a line inside the document, so that it can be read, compared and cut by line tools as well."""

    def open(self, columns: Sequence[Column]) -> None:
        """Begin the document and its list."""
        self._fields = fields(columns)
        self._between = "\n"
        self.stream.write(f'{{"schema":{dumps(self.provenance.schema_id)},"data":[')

    def write(self, batch: Sequence[Any]) -> None:
        """Write an object a row."""
        for row in batch:
            self.stream.write(self._between + dumps({key: cell(row) for key, cell in self._fields}))
            self._between = ",\n"

    def close(self, ending: Ending) -> None:
        """End the list and say what is known of it."""
        end = "" if self._between == "\n" else "\n"
        self.stream.write(f'{end}],"meta":{dumps(self._meta(ending))}}}\n')

    def one(self, columns: Sequence[Column], row: Any, ending: Ending) -> None:
        """Write a document whose `data` is the object itself."""
        data = dumps({key: cell(row) for key, cell in fields(columns)})
        self.stream.write(f'{{"schema":{dumps(self.provenance.schema_id)},"data":{data},')
        self.stream.write(f'"meta":{dumps(self._meta(ending))}}}\n')

    def _meta(self, ending: Ending) -> dict[str, Any]:
        return {
            "count": ending.count,
            "total": ending.total,
            "truncated": ending.truncated,
            "as_of": ending.as_of.isoformat() if ending.as_of else None,
            "profile": self.provenance.profile,
            "selection": self.provenance.selection,
            **({} if self.provenance.snapshot is None else {"snapshot": self.provenance.snapshot}),
            **({"notes": list(ending.notes)} if ending.notes else {}),
            "warnings": list(ending.warnings),
        }


WRITES = JsonSink
