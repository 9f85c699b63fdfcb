"""Where an answer's bytes go: stdout, or a file that is replaced whole. What goes wrong there is told apart here."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import IO, Any

from bureau_cli import errors
from bureau_cli.files.atomic import replacing
from bureau_cli.formatters.screen import Screen


class ReaderLeft(Exception):
    """The reader of stdout closed the pipe: it has seen enough.

    No error, so no `BureauError`: the answer is of no more use, but what was done still ends as it ended.
    """


@contextmanager
def on_stdout(screen: Screen, *, binary: bool) -> Iterator[IO[Any]]:
    """The stream of stdout, flushed at the end.

    Raises:
        ReaderLeft: nobody reads any more.
        OutputFailed: the disk is full, or stdout is closed.
    """
    stream = screen.stream
    if stream is None:
        raise errors.OutputFailed("stdout is closed", fix="give it somewhere to go, or choose --out FILE")
    try:
        yield stream.buffer if binary else stream
        stream.flush()
    except BrokenPipeError as gone:
        let_go(stream)
        raise ReaderLeft from gone
    except OSError as fault:
        let_go(stream)
        raise errors.OutputFailed(f"cannot write to stdout: {fault.strerror or fault}") from fault


@contextmanager
def at_the_end(screen: Screen, *, binary: bool) -> Iterator[IO[Any]]:
    """The same, written when all of it is there; what was emptied again is as if it had not been.

    Raises:
        ReaderLeft, OutputFailed: as above.
    """
    kept: IO[Any] = BytesIO() if binary else StringIO()
    yield kept
    kept.seek(0)
    if content := kept.read():
        with on_stdout(screen, binary=binary) as stream:
            stream.write(content)


def let_go(stream: IO[Any]) -> None:
    """Send what is still buffered nowhere, or the interpreter would try it again at its end and complain."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


@contextmanager
def in_file(path: Path, *, binary: bool, overwrite: bool, check: Callable[[Path], None] | None) -> Iterator[IO[Any]]:
    """A new file that takes its name when all of it is written and nothing speaks against it.

    Raises:
        FileExists: it is there, and is not to be overwritten.
        PlaceInvalid: it could not be a file, or its folder is missing.
        OutputFailed: the disk is full, or the folder cannot be written; what was there is untouched.
    """
    with replacing(path, overwrite=overwrite, check=check) as raw:
        if binary:
            yield raw
            return
        text = TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", newline="")
        try:
            yield text
        finally:
            text.detach()
