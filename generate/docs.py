"""Generated parts of the README and docs: between two marks, or a page of its own."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from pathlib import Path

from bureau_cli.errors import EXIT_MEANINGS, BureauError
from bureau_cli.platform.rules import ADMINISTRATOR, LEADER, MAY, OFFICER, OPEN_WHILE_OFF
from generate.tree import Node

BEGIN = "<!-- generated: {} -->"
END = "<!-- end -->"


def files(tree: Sequence[Node], root: Path) -> Iterator[tuple[str, str]]:
    """The README with its command table, the page of exit codes and error codes, and that of roles."""
    readme = (root / "README.md").read_text(encoding="utf-8")
    yield "README.md", _replaced(readme, "commands", _command_table(tree))
    yield "docs/exit-codes.md", _exit_codes()
    yield "docs/roles.md", _roles()


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


def _roles() -> str:
    lines = ["# Who may do what", ""]
    lines += ["Generated from the embedded platform's own table; its tests try every role on every operation.", ""]
    lines += ["Figures of pay follow access to the client, whatever the role; so do orders and imports of tax cards."]
    lines += ["Administrators change access and Altinn settings only at clients they have access to, and officers see"]
    lines += ["no user but themselves. `(*)`: an administrator may while the console is off. The role none may do"]
    lines += ["nothing of this.", ""]
    lines += ["| operation | officer | administrator | leader |", "|---|---|---|---|"]
    for operation, allowed in sorted(MAY.items()):
        told = [_may(operation, role) if role in allowed else "" for role in (OFFICER, ADMINISTRATOR, LEADER)]
        lines.append(f"| `{operation}` | {' | '.join(told)} |")
    return "\n".join([*lines, ""])


def _may(operation: str, role: str) -> str:
    return "yes (*)" if role == ADMINISTRATOR and operation in OPEN_WHILE_OFF else "yes"
