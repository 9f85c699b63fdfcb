"""One text file a help page, printed by the entry before Typer is imported; a test holds them to what Typer prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from generate.tree import Node


def files(tree: Sequence[Node], _root: Path) -> Iterator[tuple[str, str]]:
    """`bureau_cli/help/bureau clients list.txt` and its siblings."""
    for node in tree:
        yield f"bureau_cli/help/{' '.join(('bureau', *node.words))}.txt", node.command.get_help(node.context) + "\n"
