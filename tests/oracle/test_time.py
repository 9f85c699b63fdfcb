"""The portfolio as seen from outside: the same seed gives the same file, and time adds to it without touching it."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import timedelta

from oracle.conftest import NOON
from oracle.store import opened
from platform_files import pinned_demo
from running import TODAY

FACTS = (
    "employee", "tax_card", "pay_run", "payslip", "pay_run_aga", "no_pay", "zone_1a_opening", "a_melding",
    "a_melding_run", "a_melding_aga", "deviation", "payment", "registration", "usage_month", "fact_instant",
)  # fmt: skip


def rows(path, table):
    with opened(path, NOON) as db:
        return [tuple(row) for row in db.execute(f"SELECT * FROM {table}")]  # noqa: S608 - a table named above


def fingerprint(path):
    """Of everything but the secret that signs tokens."""
    with opened(path, NOON) as db:
        db.execute("DELETE FROM setting WHERE name = 'secret'")
        return hashlib.sha256("\n".join(db.iterdump()).encode()).hexdigest()


def test_the_same_seed_gives_the_same_file_and_another_another(tmp_path):
    made = [pinned_demo(tmp_path / str(number), today=TODAY, clients=40) for number in range(2)]
    assert fingerprint(made[0]) == fingerprint(made[1])
    tomorrow = pinned_demo(tmp_path / "tomorrow", today=TODAY + timedelta(days=1), clients=40)
    assert fingerprint(tomorrow) != fingerprint(made[0])


def test_time_adds_rows_and_touches_none(bureau, platform_file):
    before = {table: rows(platform_file, table) for table in FACTS}
    assert bureau("platform", "clock", "2027-02-10").code == 0
    assert bureau("clients", "list").code == 0
    for table in FACTS:
        after = Counter(rows(platform_file, table))
        changed = Counter(before[table]) - after
        assert not changed, f"{table}: {changed.most_common(3)}"
        assert after.total() > len(before[table]) or table in {"no_pay", "zone_1a_opening"}


def test_a_portfolio_that_grows_changes_nobody_in_it(tmp_path):
    small, large = (pinned_demo(tmp_path / str(size), today=TODAY, clients=size) for size in (60, 75))
    runs = {size: {row[1:] for row in rows(path, "pay_run")} for size, path in (("small", small), ("large", large))}
    assert runs["small"] <= runs["large"]
