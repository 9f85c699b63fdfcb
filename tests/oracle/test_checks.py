"""What must hold in every store holds in the demo portfolio; and each check notices when it does not."""

from __future__ import annotations

import pytest
from oracle.store import checks, found

ALL = [pytest.param(check, id=f"{check.family}: {check.sentence}") for check in checks()]


@pytest.mark.parametrize("check", ALL)
def test_it_holds(check, audited):
    assert found(audited, check) == []


@pytest.mark.parametrize("check", ALL)
def test_damage_to_it_is_noticed(check, damageable):
    assert damageable.execute(check.damage).rowcount > 0, "there was nothing to damage"
    assert found(damageable, check) != []
