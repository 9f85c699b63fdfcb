"""Files that describe something: their text, and the tables of a TOML document."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from bureau_cli.errors import DocumentInvalid
from bureau_cli.formatters.entries import MOST_BYTES

STDIN = Path("-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What is in a file, and what to call the file."""

    name: str
    content: bytes

    @property
    def text(self) -> str:
        """It as text.

        Raises:
            DocumentInvalid: it is no text in UTF-8; the line is told.
        """
        try:
            return self.content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as fault:
            line = self.content[: fault.start].count(b"\n") + 1
            raise DocumentInvalid(f"{self.name}: line {line} is not UTF-8", fix="save it as UTF-8") from fault


def read_document(path: Path, stdin: IO[Any] | None) -> Written:
    """What is written in a file, or with `-` on stdin.

    Raises:
        DocumentInvalid: it is missing or too large.
    """
    name, content = _taken(path, stdin)
    if len(content) > MOST_BYTES:
        raise DocumentInvalid(f"{name} is larger than {MOST_BYTES // 2**20} MB")
    return Written(name=name, content=content)


def _taken(path: Path, stdin: IO[Any] | None) -> tuple[str, bytes]:
    if path == STDIN:
        if stdin is None or stdin.closed:
            raise DocumentInvalid("stdin is closed", fix="write the file into it, with < or |")
        content = getattr(stdin, "buffer", stdin).read(MOST_BYTES + 1)
        return "stdin", content if isinstance(content, bytes) else content.encode()
    try:
        with path.open("rb") as stream:
            return str(path), stream.read(MOST_BYTES + 1)
    except OSError as fault:
        raise DocumentInvalid(
            f"{path}: {fault.strerror or 'cannot be read'}", fix="name a file that is there"
        ) from fault


def read_toml(written: Written) -> dict[str, Any]:
    """The tables of a document; a fraction is a decimal, as it was written.

    Raises:
        DocumentInvalid: it is not TOML; the line and column are told.
    """
    try:
        return tomllib.loads(written.text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        raise DocumentInvalid(f"{written.name}: {fault}", fix="correct the line") from fault
