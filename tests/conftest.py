"""The fixtures every test may ask for: a clean world, a seeded platform, the real root command, golden files."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from contract.checking import CheckedAgainstContract
from hypothesis import settings
from platform_files import pinned_demo
from running import TODAY, Bureau, Outcome, call_in_process

from bureau_cli.app import Wiring

GOLDEN = Path(__file__).parent / "golden"
PROGRAMS = Path(__file__).parent / "programs"

# A busy machine is no finding: an example may take as long as it takes.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="write golden files instead of comparing with them")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Rewriting runs only the tests that compare with a golden file."""
    if config.getoption("--rewrite-golden"):
        items[:] = [item for item in items if "golden" in getattr(item, "fixturenames", ())]


@pytest.fixture(autouse=True)
def clean_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for each test, and none of the caller's settings."""
    for name in list(os.environ):
        if name.startswith(("BUREAU_", "XDG_")) or name in {"NO_COLOR", "FORCE_COLOR", "COLUMNS"}:
            monkeypatch.delenv(name)
    # Nobody's own crontab is touched, nor their systemd.
    monkeypatch.setenv("PATH", f"{PROGRAMS}:{os.environ['PATH']}")
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    return home


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A platform file of the demo portfolio as of TODAY, its clock standing at noon; made once, copied by each test."""
    return pinned_demo(tmp_path_factory.mktemp("template") / "platform.db", today=TODAY)


@pytest.fixture
def platform_file(template: Path, clean_world: Path) -> Path:
    """The test's own copy, where the product looks for it."""
    folder = clean_world / ".local" / "share" / "bureau"
    folder.mkdir(parents=True, mode=0o700)
    return Path(shutil.copy(template, folder / "platform.db"))


@pytest.fixture
def bureau(platform_file: Path) -> Bureau:  # noqa: ARG001 - the product looks for the file itself
    """The real root command on a copy of the demo portfolio; requests and answers are checked against the contract."""

    def call(*argv: object, **given: Any) -> Outcome:
        given.setdefault("wiring", Wiring(around=CheckedAgainstContract))
        return call_in_process(*argv, **given)

    return call


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with the file of that name below tests/golden; `--rewrite-golden` writes it instead."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--rewrite-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"{name} is missing: pytest --rewrite-golden"
        assert text == path.read_text(encoding="utf-8")

    return compare


def pytest_collection_finish() -> None:
    """What was collected stays to the end: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
