"""What each kind of run may import: module sets do not flicker, stopwatches do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

HEAVY = {
    "anyio", "asyncio", "email", "filelock", "httpx", "importlib.metadata", "json", "keyring", "openpyxl", "pathlib",
    "pydantic", "pydantic_settings", "re", "rich", "sqlite3", "starlette", "tabulate", "typer", "zoneinfo",
}  # fmt: skip


def loaded(argv: Sequence[str]) -> set[str]:
    """The modules a fresh process has loaded when the run is over."""
    script = (
        "import sys; from bureau_cli.__main__ import main; sys.argv[1:] = sys.argv[2:]; before = None\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    command = [sys.executable, "-I", "-c", script, "bureau", *argv]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(done.stderr.splitlines())


@pytest.mark.parametrize("argv", [["--version"], ["--help"], [], ["clients", "--help"], ["groups", "add", "-h"]])
def test_help_and_version_import_nothing_heavy(argv: list[str]) -> None:
    baseline = set(
        subprocess.run(
            [sys.executable, "-I", "-c", "import sys; print('\\n'.join(sys.modules))"],
            capture_output=True, text=True, check=True,
        ).stdout.splitlines()
    )  # fmt: skip
    assert not (loaded(argv) - baseline) & HEAVY


def test_a_command_without_a_platform_imports_no_network_and_no_settings() -> None:
    modules = loaded(["explain", "busy"])
    assert "typer" in modules
    assert not modules & {"httpx", "sqlite3", "starlette", "openpyxl", "rich", "tabulate", "pydantic_settings"}
    assert {name for name in modules if name.startswith("bureau_cli.commands.")} == {
        "bureau_cli.commands.explain",
        *(f"bureau_cli.commands.{path.stem}" for path in private_modules()),
    } & modules | {"bureau_cli.commands.explain"}


def private_modules() -> list[Path]:
    import bureau_cli.commands  # noqa: PLC0415 - only its place is wanted

    return list(Path(bureau_cli.commands.__file__ or "").parent.glob("_*.py"))


@pytest.mark.usefixtures("platform_file")
def test_a_list_in_a_pipe_imports_only_what_it_needs() -> None:
    modules = loaded(["clients", "list", "--group", "payday-20"])
    assert {"httpx", "sqlite3", "starlette", "pydantic_settings"} <= modules
    assert not modules & {
        "click", "rich", "tabulate", "openpyxl", "keyring", "uvicorn", "filelock", "multiprocessing",
        "tomlkit", "secretstorage", "bureau_cli.config.credentials",
        "bureau_cli.platform.inspection", "bureau_cli.platform.seeding", "bureau_cli.platform.sources",
        "bureau_cli.commands.groups", "bureau_cli.formatters.as_table", "bureau_cli.formatters.as_xlsx",
    }  # fmt: skip
    performing = ("bureau_cli.platform.resources.", "bureau_cli.platform.reports.", "bureau_cli.platform.taxcards.")
    assert {name for name in modules if name.startswith(performing)} == {
        "bureau_cli.platform.resources.clients", "bureau_cli.platform.resources.token",
    }  # fmt: skip
