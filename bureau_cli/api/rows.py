"""Any list of the platform in the contract's own words, for those who keep it as it came."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bureau_cli.api.clients import pairs
from bureau_cli.api.pages import Pages
from bureau_cli.api.reading import read_as
from bureau_cli.api.wire import Call, Wire

Row = dict[str, Any]


class RowsApi:
    """Reads rows and makes nothing of them. `page_size` is how many one request asks for."""

    def __init__(self, wire: Wire, *, page_size: int) -> None:
        self._wire = wire
        self._page_size = page_size

    def list(self, path: str, query: Mapping[str, Any], *, identity: tuple[str, ...]) -> Pages[Row]:
        """The rows of a list, no two of which share all fields of `identity`."""
        return Pages(self._wire, path, list(pairs(query)), _row, size=self._page_size, identity=identity)

    async def get(self, path: str, query: Mapping[str, Any]) -> Row:
        """One document."""
        answer = await self._wire.send(Call(method="GET", path=path, query=list(pairs(query))))
        return read_as("a document", dict, answer.content)


def _row(item: Row) -> Row:
    return item
