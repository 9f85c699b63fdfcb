"""Where clients stand in a month: the platform and plain SQL agree over hundreds of clients, month by month."""

from __future__ import annotations

import pytest
from oracle.conftest import EXPECTED
from oracle.months import due_of, figures_of, gates_of, overdue_of, steps_of
from platform_files import pinned_demo
from running import TODAY

DAMAGES = {  # an answer, and what must change it
    "gates": "UPDATE pay_run SET locked_at = NULL WHERE seq = (SELECT min(seq) FROM pay_run WHERE locked_at > 0)",
    "steps": "UPDATE pay_run SET withholding_paid_at = withholding_paid_at + 86400 * 300",
    "deadlines": "UPDATE pay_group SET payday = 31 WHERE payday = 20",
    "dashboard": "UPDATE pay_run SET untouched = 0 WHERE type = 'ordinary'",
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

    @pytest.mark.parametrize("by", ["owner", "group"])
    def test_every_figure_of_twelve_months(self, by, expected, ask):
        shown = figures_of(ask("/v1/dashboard", ("by", by))["scopes"])
        found = {tuple(key): total for *key, total in expected("dashboard") if key[0] in {"bureau", by}}
        months = {month for _, _, month, _ in shown}
        assert len(months) == 12
        assert shown == {key: total for key, total in found.items() if key[2] in months}

    def test_everything_due_in_three_months(self, expected, every):
        shown = every("/v1/deadlines", ("from", "2026-10-01"), ("to", "2026-12-31"))
        assert due_of(shown) == {(*row[:4], row[5]) for row in expected("deadlines")}
