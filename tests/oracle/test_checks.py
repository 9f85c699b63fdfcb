"""What must hold in every store holds in the demo portfolio; and each check notices when it does not."""

from __future__ import annotations

from datetime import date

import pytest
from oracle.conftest import NOON
from oracle.store import checks, found, opened
from platform_files import pinned_demo
from running import TODAY

ALL = [pytest.param(check, id=f"{check.family}: {check.sentence}") for check in checks()]


@pytest.mark.parametrize("check", ALL)
def test_it_holds(check, audited):
    assert found(audited, check) == []


@pytest.mark.parametrize("check", ALL)
def test_damage_to_it_is_noticed(check, damageable):
    assert damageable.execute(check.damage).rowcount > 0, "there was nothing to damage"
    assert found(damageable, check) != []


@pytest.mark.slow
def test_everything_holds_of_six_hundred_clients(tmp_path):
    with opened(pinned_demo(tmp_path / "large.db", today=TODAY, clients=600), NOON) as db:
        assert {check.sentence: found(db, check) for check in checks() if found(db, check)} == {}


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2026-01-05", "2026-03-16", "2026-06-30", "2026-12-31"])
def test_everything_holds_on_other_days(day, tmp_path):
    noon = NOON.combine(date.fromisoformat(day), NOON.timetz())
    with opened(pinned_demo(tmp_path / "other.db", today=noon.date(), clients=60), noon) as db:
        assert {check.sentence: found(db, check) for check in checks() if found(db, check)} == {}
