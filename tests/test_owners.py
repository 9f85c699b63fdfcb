"""Every library has one room that knows it; a new one must be given its own before it can be imported."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "bureau_cli"
OWNERS = {
    "anyio": {"api", "bulk", "commands", "config", "files", "formatters", "platform", "timetable"},
    "filelock": {"files"},
    "httpx": {"api"},
    "icalendar": {"formatters"},
    "jinja2": {"formatters"},
    "keyring": {"config"},
    "openpyxl": {"formatters"},
    "pydantic": {"config"},
    "pydantic_settings": {"config"},
    "rich": {"formatters"},
    "secretstorage": {"config"},
    "starlette": {"platform"},
    "tabulate": {"formatters"},
    "tomlkit": {"config"},
    "typer": {"commands", "main"},
    "uvicorn": {"platform"},
}


def libraries(path: Path) -> Iterator[str]:
    """The top names that a module imports, wherever in it, without our own and the standard library's."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for name in (name.partition(".")[0] for name in names):
            if name != "bureau_cli" and name not in sys.stdlib_module_names:
                yield name


USES = {(library, path) for path in PACKAGE.rglob("*.py") for library in libraries(path)}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("library", sorted({library for library, _ in USES} | OWNERS.keys()))
def test_a_library_is_imported_by_its_owners_and_by_all_of_them(library: str) -> None:
    assert {room(path) for used, path in USES if used == library} == OWNERS.get(library, set())
