"""`python -m generate` writes every generated file; `--check` says which ones are stale and writes nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import generate.completions
import generate.docs
import generate.help_pages
import generate.man
import generate.schemas
from generate.tree import commands

ROOT = Path(__file__).parent.parent
WRITERS: tuple[Callable[..., Iterator[tuple[str, str]]], ...] = (
    generate.help_pages.files,
    generate.completions.files,
    generate.man.files,
    generate.docs.files,
    generate.schemas.files,
)
OWNED = ("bureau_cli/help", "docs/schemas", "man")
"""Folders in which every file is generated, so that one whose command is gone is stale too."""


def main(argv: list[str]) -> int:
    """Write or check; 1 when something is stale."""
    tree = list(commands())
    wanted = {ROOT / name: text for writer in WRITERS for name, text in writer(tree, ROOT)}
    present = {path for folder in OWNED for path in (ROOT / folder).glob("*") if path.is_file()}
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    stale += sorted(present - wanted.keys())
    if argv == ["--check"]:
        for path in stale:
            print(f"stale: {path.relative_to(ROOT)} (make generate)")
        return 1 if stale else 0
    for path in stale:
        if path in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8")
        else:
            path.unlink()
        print(f"{'wrote' if path in wanted else 'removed'} {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
