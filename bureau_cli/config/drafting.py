"""The user's own editor, on a draft that is nowhere read until it is taken."""

from __future__ import annotations

import os
import shlex
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import anyio

from bureau_cli.errors import EditorFailed
from bureau_cli.files.atomic import replacing
from bureau_cli.redaction import for_children


async def edited(command: str, draft: Path, before: bytes) -> bool:
    """Whether the user made something else of it; then it is in the draft, and else there is none.

    Raises:
        EditorFailed: there is no editor, it ended badly, or an earlier draft would be lost.
    """
    _begin(draft, before)
    try:
        await _run(command, draft)
    finally:
        changed = _is_left(draft, before)
    return changed


def _begin(draft: Path, before: bytes) -> None:
    if draft.exists():
        raise EditorFailed(
            f"what was written in an earlier edit is in {draft}", fix="move it into its place, or remove it"
        )
    with replacing(draft, overwrite=False) as stream:
        stream.write(before)


def _is_left(draft: Path, before: bytes) -> bool:
    """Whether anything was written; a draft in which nothing was goes."""
    if draft.exists() and draft.read_bytes() != before:
        return True
    draft.unlink(missing_ok=True)
    return False


async def _run(command: str, path: Path) -> None:
    """Run an editor on the user's own terminal."""
    try:
        process = await anyio.open_process(
            [*shlex.split(command), str(path)], stdin=None, stdout=None, stderr=None, env=for_children(os.environ)
        )
    except (OSError, ValueError) as fault:
        raise EditorFailed(f"the editor {command!r} cannot be started") from fault
    async with process:
        with _interrupts_left_alone():
            code = await process.wait()
    if code != 0:
        raise EditorFailed(f"the editor {command!r} ended with {code}; nothing was changed")


@contextmanager
def _interrupts_left_alone() -> Iterator[None]:
    """Ctrl-C is a key of many an editor; the terminal sends it to all who are on it."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
