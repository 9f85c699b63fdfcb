"""From the selection options to a `Selection`: lists are split, files and stdin are read, nothing is looked up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from bureau_cli.domain.selection import Selection, Token
from bureau_cli.errors import BadUsage

CLIENT_COLUMNS = (
    "orgnr", "org.nr", "org.nr.", "organisasjonsnummer", "number", "nr", "nr.", "no.", "klientnr", "klientnummer",
    "kundenr", "client",
    "klient", "name", "navn",
)  # fmt: skip
"""Headers a column of clients may have in a file, the surest first."""


def selection_of(said: Mapping[str, Any], stdin: IO[str] | None) -> Selection:
    """The selection that was said on the line.

    Raises:
        FileInvalid: a list after `@` or on stdin cannot be read.
        BadUsage: `--clients` names nobody, or a list where there is none.
    """
    written = said.get("clients")
    return Selection(
        clients=None if written is None else tuple(_tokens(written, stdin)),
        groups=tuple(said.get("group", ())),
        not_groups=tuple(said.get("not_group", ())),
        owner=said.get("owner"),
        where=said.get("where"),
        all_clients=bool(said.get("all_clients")),
    )


def _tokens(written: list[str], stdin: IO[str] | None) -> Iterator[Token]:
    for word in written:
        if word == "-" or word.startswith("@"):
            yield from _from_list(word, stdin)
        else:
            parts = [part.strip() for part in word.split(",")]
            if not any(parts):
                raise BadUsage("--clients names no client", fix="--clients ORG,ORG or @FILE or -")
            yield from (Token.written(part, "--clients") for part in parts if part)


def _from_list(word: str, stdin: IO[str] | None) -> Iterator[Token]:
    # Reading xlsx is a heavy import that most commands never need.
    from bureau_cli.formatters.reading import read_list  # noqa: PLC0415

    if word == "@":
        raise BadUsage("--clients @ names no file", fix="--clients @FILE")
    source = stdin if word == "-" else Path(word[1:]).expanduser()
    if source is None:
        raise BadUsage("stdin is closed, so --clients - has nothing to read", fix="--clients @FILE")
    for entry in read_list(source, CLIENT_COLUMNS):
        yield Token.written(entry.value, entry.place)
