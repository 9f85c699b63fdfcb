"""Runs the real root command and keeps what it leaves behind."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO, TextIOWrapper
from typing import Any, cast

from bureau_cli.app import Wiring
from bureau_cli.formatters.output import Output
from bureau_cli.main import run
from bureau_cli.redaction import Redactor

TODAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run left behind."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


Bureau = Callable[..., Outcome]


def call_in_process(
    *argv: object,
    stdin: str | bytes = "",
    wiring: Wiring | None = None,
    redactor: Redactor | None = None,
    joined: bool = False,
) -> Outcome:
    """One command line in this process, with pipes for streams; `wiring` stands in for the outside world.

    `joined` has stderr go where stdout goes, as a terminal shows them.
    """
    given = stdin if isinstance(stdin, bytes) else stdin.encode()
    source, out, err = (TextIOWrapper(BytesIO(content), encoding="utf-8") for content in (given, b"", b""))
    output = Output.of(out, out if joined else err, source, os.environ)
    output.redactor = redactor or output.redactor
    code = run([str(word) for word in argv], output=output, wiring=wiring)
    return Outcome(code=code, out=_kept(out), err=_kept(err).decode())


def _kept(stream: TextIOWrapper) -> bytes:
    stream.flush()
    return cast("BytesIO", stream.buffer).getvalue()
