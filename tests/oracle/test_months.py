"""Where clients stand in a month: the platform and plain SQL agree over hundreds of clients, month by month."""

from __future__ import annotations

import pytest
from oracle.conftest import EXPECTED
from oracle.months import gates_of, overdue_of, steps_of
from platform_files import pinned_demo
from running import TODAY

DAMAGES = {  # an answer, and what must change it
    "gates": "UPDATE pay_run SET locked_at = NULL WHERE seq = (SELECT min(seq) FROM pay_run WHERE locked_at > 0)",
    "steps": "UPDATE pay_run SET withholding_paid_at = withholding_paid_at + 86400 * 300",
    "overdue": "DELETE FROM a_melding_run WHERE message = (SELECT min(message) FROM a_melding_run)",
}


@pytest.mark.parametrize("answer", DAMAGES)
def test_damage_changes_what_the_oracle_answers(answer, damageable):
    before = {tuple(row) for row in damageable.execute(EXPECTED[answer])}
    damageable.execute(DAMAGES[answer])
    assert {tuple(row) for row in damageable.execute(EXPECTED[answer])} != before


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    return pinned_demo(tmp_path_factory.mktemp("large") / "platform.db", today=TODAY, clients=600)


@pytest.mark.slow
class TestOfSixHundredClients:
    @pytest.fixture
    def template(self, large):
        return large

    def test_every_step_and_gate_of_fourteen_months(self, expected, every):
        months = {month for _, month, *_ in expected("gates")}
        assert len(months) >= 14
        rows = [row for month in sorted(months) for row in every("/v1/period-status", ("period", month))]
        assert steps_of(rows) == expected("steps")
        assert gates_of(rows) == expected("gates")
        assert overdue_of(every("/v1/period-status", ("overdue", "true"))) == expected("overdue")
