"""Completion scripts: commands, options and fixed values stand in them; only names are asked of `bureau --complete`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from generate.completable import commands_of
from generate.shells import bash, fish, zsh
from generate.tree import Node


def files(tree: Sequence[Node], _root: Path) -> Iterator[tuple[str, str]]:
    """One script a shell."""
    commands = commands_of(tree)
    for name, shell in (("bureau.bash", bash), ("_bureau", zsh), ("bureau.fish", fish)):
        yield f"completions/{name}", shell.script(commands)
