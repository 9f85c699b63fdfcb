"""Calls a program of the system, without our secrets and for a short while only."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from subprocess import PIPE

import anyio

from bureau_cli.errors import SchedulerMissing, SchedulerRefused
from bureau_cli.redaction import for_children

LIMIT_S = 10.0


def is_here(program: str) -> bool:
    """Whether there is such a program."""
    return shutil.which(program) is not None


async def said_by(argv: Sequence[str], text: str | None = None, *, or_nothing: bool = False) -> str:
    """What a program says on stdout, after it was given `text` on stdin; with `or_nothing` a refusal is nothing said.

    Raises:
        SchedulerMissing: there is no such program.
        SchedulerRefused: it ended with a fault, whose first line is told, or did not end.
    """
    if not is_here(argv[0]):
        raise SchedulerMissing(f"there is no program {argv[0]} here")
    with anyio.move_on_after(LIMIT_S):
        given = b"" if text is None else text.encode()
        environ = for_children(os.environ) | {"LC_ALL": "C.UTF-8"}
        done = await anyio.run_process(argv, input=given, stdout=PIPE, stderr=PIPE, check=False, env=environ)
        if done.returncode == 0:
            return done.stdout.decode(errors="replace")
        if or_nothing:
            return ""
        first = done.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise SchedulerRefused(f"{argv[0]} ended with {done.returncode}: {first or 'it says nothing'}")
    raise SchedulerRefused(f"{argv[0]} did not end within {LIMIT_S:.0f} s")
