"""Files that describe something: their text, and the tables of a TOML document."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from bureau_cli.errors import DocumentInvalid
from bureau_cli.formatters.entries import MOST_BYTES


def read_document(path: Path) -> str:
    """The text of a file.

    Raises:
        DocumentInvalid: it is missing, too large, or no text in UTF-8.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as fault:
        raise DocumentInvalid(f"{path}: {fault.strerror or 'cannot be read'}") from fault
    if len(content) > MOST_BYTES:
        raise DocumentInvalid(f"{path} is larger than {MOST_BYTES // 2**20} MB")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise DocumentInvalid(f"{path}: line {line} is not UTF-8", fix="save it as UTF-8") from fault


def read_toml(name: str, text: str) -> dict[str, Any]:
    """The tables of a document.

    Raises:
        DocumentInvalid: it is not TOML; the line and column are told.
    """
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        raise DocumentInvalid(f"{name}: {fault}", fix="correct the line") from fault
