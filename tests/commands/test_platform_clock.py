"""The platform's clock and faults, as they are written on a line and as a profile forbids them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from commands.outside import with_profile


@pytest.mark.parametrize("day", ["2026-11-20", "20261120", "2026-W47-5"])
def test_a_bare_day_is_its_noon_however_it_is_written(bureau: Any, day: str) -> None:
    pinned = bureau("platform", "clock", day, "-o", "json").json["data"]
    assert (pinned["clock"], pinned["pinned"]) == ("2026-11-20T12:00:00+01:00", True)


@pytest.mark.parametrize("words", [("clock", "2026-11-20"), ("faults", "503"), ("faults", "--clear")])
def test_a_profile_that_denies_changes_leaves_clock_and_faults_alone(
    bureau: Any, everything: Any, clean_world: Path, words: Sequence[str]
) -> None:
    with_profile(clean_world, "writes = 'deny'", name="demo")
    before = everything()
    assert bureau("platform", *words).code == 7
    assert everything() == before
    assert bureau("platform", words[0]).code == 0


def test_a_fault_that_is_none_is_bad_input(bureau: Any) -> None:
    refused = bureau("platform", "faults", "bogus")
    assert (refused.code, "[usage]" in refused.err) == (2, True)
