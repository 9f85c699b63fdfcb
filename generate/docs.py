"""Generated parts of the README and docs: between two marks, or a page of its own."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from pathlib import Path

from bureau_cli.errors import EXIT_MEANINGS, BureauError
from generate.tree import Node

BEGIN = "<!-- generated: {} -->"
END = "<!-- end -->"


def files(tree: Sequence[Node], root: Path) -> Iterator[tuple[str, str]]:
    """The README with its command table, and the page of exit codes and error codes."""
    readme = (root / "README.md").read_text(encoding="utf-8")
    yield "README.md", _replaced(readme, "commands", _command_table(tree))
    yield "docs/exit-codes.md", _exit_codes()


def _replaced(text: str, name: str, content: str) -> str:
    before, mark, rest = text.partition(BEGIN.format(name))
    if not mark:
        raise SystemExit(f"README.md has no mark {BEGIN.format(name)}")
    return f"{before}{mark}\n{content}\n{END}{rest.partition(END)[2]}"


def _command_table(tree: Sequence[Node]) -> str:
    rows = ["| command | what it does |", "|---|---|"]
    for node in tree:
        if node.words and not node.is_group:
            usage = " ".join(["bureau", *node.words, *(p.metavar or p.name for p in node.arguments)])
            usage = usage.replace("|", r"\|")  # in a table a bar ends the cell, even in code
            rows.append(f"| `{usage}` | {node.command.get_short_help_str(200)} |")
    return "\n".join(rows)


def _exit_codes() -> str:
    lines = ["# Exit codes and error codes", ""]
    lines += ["Generated from `bureau_cli/errors.py`; `bureau explain CODE` tells the same in a terminal.", ""]
    lines += ["## Exit codes", "", "A script may rely on every number.", "", "| code | meaning |", "|---|---|"]
    lines += [f"| {int(code)} | {meaning} |" for code, meaning in EXIT_MEANINGS.items()]
    lines += ["", "## Error codes", "", "With `-o json` an error is one JSON object on stderr with its `code`.", ""]
    for leaf in BureauError.leaves():
        text = " ".join((inspect.getdoc(leaf) or "").split())
        fix = f" Fix: `{leaf.default_fix}`." if leaf.default_fix else ""
        lines.append(f"- **{leaf.code}** (exit {int(leaf.exit_code)}): {text}{fix}")
    return "\n".join([*lines, ""])
