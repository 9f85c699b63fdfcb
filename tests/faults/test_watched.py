"""A board that is watched while the platform fails: the last picture stays with its age, and a new one follows."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest
from commands.outside import BUREAU, WHOLE_WORLD_S
from faults.killing import Site, site

from bureau_cli.platform.admin import Admin

pytestmark = pytest.mark.slow

FRESH, FAILED = "Ctrl-C ends", "not fetched: "


@pytest.fixture
def place(clean_world: Path, platform_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    with site(clean_world, platform_file, monkeypatch) as found:
        yield found


@pytest.mark.parametrize("fault", ["503;retry_after=0", "drop", "truncate"])
def test_an_outage_is_told_with_the_age_of_what_is_seen_and_ends_by_itself(place: Site, fault: str) -> None:
    board = watched()
    board.expect_exact(FRESH)
    Admin(place.store).set_faults((fault,))
    board.expect_exact(FAILED)
    board.expect(r"this is from [0-9:]{8}, [0-9]+ s ago")
    assert board.isalive()
    Admin(place.store).set_faults(())
    board.expect_exact(FRESH)
    board.sendintr()
    board.expect(pexpect.EOF)
    board.close()
    assert board.exitstatus == 130


def watched() -> pexpect.spawn[str]:
    return pexpect.spawn(
        BUREAU[0],
        [*BUREAU[1:], "status", "--owner", "me", "--watch", "1s"],
        dimensions=(60, 160),
        env={**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8"},
        encoding="utf-8",
        timeout=3 * WHOLE_WORLD_S,
    )
