"""What the demo tells of its clients' months: always the same, to the krone, and only ever longer."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from bureau_cli.platform import calendar, sources
from bureau_cli.platform.clock import to_moment
from bureau_cli.platform.law import due, payee
from bureau_cli.platform.sources import Chapter
from bureau_cli.platform.sources.demo import DemoSource, planted
from bureau_cli.platform.sources.demo.chapters import chapter_of
from bureau_cli.platform.sources.demo.clients import make_client
from bureau_cli.platform.sources.demo.firms import make_firm
from bureau_cli.platform.sources.demo.months import number_of
from bureau_cli.platform.sources.demo.staff import staff_of

TODAY = date(2026, 3, 16)
FIRST, LAST = "2025-02", "2026-04"
CLIENTS = 60
PARTS = [field.name for field in fields(Chapter) if field.name != "client_id"]


def demo(clients=CLIENTS, today=TODAY, seed=1):
    return DemoSource(seed=seed, clients=clients, today=today)


@pytest.fixture(scope="module")
def chapters():
    return list(demo().chapters(FIRST, LAST))


@pytest.fixture(scope="module")
def runs(chapters):
    return [run for chapter in chapters for run in chapter.runs]


@pytest.fixture(scope="module")
def messages(chapters):
    return [message for chapter in chapters for message in chapter.messages]


def test_it_begins_thirteen_months_before_this_one():
    assert demo().first_period == FIRST


def test_the_same_recipe_tells_the_same_and_another_seed_something_else(chapters):
    assert list(demo().chapters(FIRST, LAST)) == chapters
    assert list(demo(seed=2).chapters(FIRST, LAST)) != chapters


@pytest.mark.parametrize("end_of_first", ["2025-02", "2025-12", "2026-03"])
def test_months_told_in_two_parts_are_those_told_at_once(chapters, end_of_first):
    source = demo()
    later = list(source.chapters(calendar.shifted(end_of_first, 1), LAST))
    sooner = list(source.chapters(FIRST, end_of_first))
    for whole, one, other in zip(chapters, sooner, later, strict=True):
        for part in PARTS:
            assert [*getattr(whole, part)] == [*getattr(one, part), *getattr(other, part)]


def test_years_can_be_added_and_change_nothing_of_what_was_told(chapters):
    for whole, begun in zip(demo().chapters(FIRST, "2031-03"), chapters, strict=True):
        for part in PARTS:
            assert [*getattr(whole, part)][: len(getattr(begun, part))] == [*getattr(begun, part)]


def test_growth_changes_nobody_who_is_there(chapters):
    assert list(demo(clients=20).chapters(FIRST, LAST)) == chapters[:20]


def test_a_fact_is_told_with_the_month_in_which_it_begins():
    source = demo()
    for chapter in source.chapters("2026-01", "2026-01"):
        assert {run.period for run in chapter.runs} <= {"2026-01"}
        assert {message.month for message in chapter.messages} <= {"2026-01"}
        assert {calendar.period_of(employee.starts) for employee in chapter.employees} <= {"2026-01"}
        assert not chapter.openings


def test_nothing_in_the_demo_or_the_law_reads_a_clock():
    rooms = (Path(sources.__file__).parent / "demo", Path(due.__file__).parent)
    texts = [path.read_text(encoding="utf-8") for room in rooms for path in room.glob("*.py")]
    assert len(texts) > 20
    assert not [text for text in texts if re.search(r"\.now\(|\.today\(\)|^import time$", text, re.MULTILINE)]


def test_a_payslip_comes_out_even_and_is_withheld_of_in_whole_kroner(runs):
    slips = [slip for run in runs for slip in run.payslips]
    assert len(slips) > 10_000
    assert all(slip.net == slip.gross - slip.withholding - slip.attachment for slip in slips)
    assert all(
        slip.net > 0 <= slip.withholding and slip.withholding % 100 == slip.attachment % 100 == 0 for slip in slips
    )
    assert {slip.touched for slip in slips} == {True, False}


def test_pay_is_what_the_payslips_come_to_and_pension_goes_with_it(runs):
    for run in runs:
        bases = Counter()
        for line in run.aga:
            bases[line.kind] += line.base
        assert bases["pay"] == sum(slip.gross for slip in run.payslips)
        assert 0.019 < bases["pension"] / bases["pay"] < 0.07


def test_ordinary_runs_are_one_a_pay_group_and_month_unless_there_is_no_pay(chapters):
    portfolio = demo().portfolio()
    for client, chapter in zip(portfolio.clients, chapters, strict=True):
        found = Counter((run.pay_group_id, run.period) for run in chapter.runs if run.type == "ordinary")
        assert set(found.values()) <= {1}
        gone = {(one.pay_group_id, one.period) for one in chapter.no_pay}
        paid = [calendar.shifted(FIRST, months) for months in range(15)]
        for group in client.pay_groups:
            due_in = {
                (group.id, period)
                for period in paid
                if client.active_from <= calendar.pay_date(period, group.payday) <= (client.left_on or date.max)
            }
            missing = due_in - {*found, *gone}
            assert {key for key in {*found, *gone} if key[0] == group.id} == due_in - missing
            assert len(missing) == (client.id == f"cl_{planted.NOT_MADE:06x}")


def test_runs_are_paid_on_a_working_day_of_their_month_and_numbered_in_that_order(chapters):
    for chapter in chapters:
        assert [run.id for run in chapter.runs] == sorted({run.id for run in chapter.runs})
        assert [run.pay_date for run in chapter.runs] == sorted(run.pay_date for run in chapter.runs)
        assert all(calendar.is_working_day(run.pay_date) for run in chapter.runs)
        assert all(calendar.period_of(run.pay_date) == run.period for run in chapter.runs)


def test_holiday_pay_and_december_withhold_less(runs):
    def share(month):
        paid = [slip for run in runs for slip in run.payslips if run.period.endswith(month) and run.type == "ordinary"]
        return sum(slip.withholding for slip in paid) / sum(slip.gross for slip in paid)

    assert share("-06") < 0.1 < share("-12") < 0.2 < share("-11") < 0.4


def test_pay_is_raised_in_may():
    source = demo(clients=30)
    months = {period: Counter() for period in ("2025-04", "2025-05")}
    for chapter in source.chapters("2025-02", "2025-05"):
        for run in chapter.runs:
            for slip in run.payslips if run.period in months and run.type == "ordinary" else ():
                months[run.period][slip.employee_id] += slip.gross if not slip.touched else 0
    before, after = months.values()
    same = [employee for employee in before if before[employee] and after[employee]]
    raised = sum(after[one] for one in same) / sum(before[one] for one in same)
    assert 1.02 < raised < 1.05


def test_most_is_done_in_time_and_in_order(runs):
    for run in runs:
        steps = [
            step for step in (run.created_at, run.submitted_at, run.approved_at, run.locked_at) if step is not None
        ]
        assert steps == sorted(steps)
        assert all(step % 60 == 0 for step in steps)
    never = (planted.LATE_RUN, planted.AWAITING_APPROVAL, planted.NOT_SUBMITTED, planted.NOT_LOCKED)
    assert sorted(run.client_id for run in runs if run.locked_at is None) == sorted(f"cl_{one:06x}" for one in never)
    assert sum(run.paid_at is not None for run in runs) > 0.9 * len(runs)


def test_a_message_reports_what_its_runs_come_to(chapters):
    for chapter in chapters:
        told = {run.id: run for run in chapter.runs}
        for message in chapter.messages:
            runs = [told[run_id] for run_id in message.run_ids]
            assert message.withholding_sum == sum(slip.withholding for run in runs for slip in run.payslips)
            assert message.attachment_sum == sum(slip.attachment for run in runs for slip in run.payslips)
            assert list(message.aga) == [line for run in runs for line in run.aga]
            assert message.aga_sum % 100 == message.finansskatt_sum % 100 == 0
            assert abs(message.aga_sum - sum(line.amount for line in message.aga)) <= 50
            assert message.month in {run.period for run in runs} or not runs


def test_what_is_to_be_paid_is_what_was_received(messages):
    for message in messages:
        sums = message.aga_sum + message.finansskatt_sum + message.withholding_sum + message.attachment_sum
        if message.result in {None, "rejected"}:
            assert not message.payments
        else:
            assert sum(payment.amount for payment in message.payments) == sums
        for payment in message.payments:
            assert payment.account == "76940524802"
            assert payee.is_kid(payment.kid)
            withheld = payment.kind in {"forskuddstrekk", "utleggstrekk"}
            assert (payment.pay_date is not None) == (withheld and message.month >= "2026-01")
            day = due.withholding_due(payment.pay_date) if payment.pay_date else due.term_due(message.month)
            assert payment.due == day


def test_messages_are_answered_before_they_are_replaced(messages):
    told = {message.id: message for message in messages}
    assert len(told) == len(messages)
    for message in messages:
        assert message.sent_at is None or message.created_at < message.sent_at
        assert message.feedback_at is None or message.sent_at < message.feedback_at
        assert (message.feedback_at is None) == (message.result is None)
        if message.replaces:
            assert told[message.replaces].feedback_at < message.created_at
            assert told[message.replaces].result != "rejected"


def test_everyone_has_a_synthetic_number_that_holds(chapters):
    weights = ((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1))
    numbers = [employee.fnr for chapter in chapters for employee in chapter.employees]
    for number in numbers:
        digits = list(map(int, number))
        assert len(number) == 11
        assert 81 <= int(number[2:4]) <= 92
        assert all(sum(d * w for d, w in zip(digits, row, strict=False)) % 11 == 0 for row in weights)
    assert sum(number[0] in "4567" for number in numbers) > 5
    assert len(set(numbers)) > 0.99 * len(numbers)


def test_who_is_paid_is_employed_that_day(chapters):
    for chapter in chapters:
        employees = {employee.id: employee for employee in chapter.employees}
        for run in chapter.runs:
            for slip in run.payslips:
                employee = employees[slip.employee_id]
                assert employee.starts <= run.pay_date <= (employee.ends or date.max)
                assert employee.pay_group_id == run.pay_group_id


def test_people_come_and_go(chapters):
    employees = [employee for chapter in chapters for employee in chapter.employees]
    assert sum(FIRST <= calendar.period_of(employee.starts) <= LAST for employee in employees) > 50
    assert sum(employee.ends is not None and employee.ends < TODAY for employee in employees) > 50


@pytest.mark.parametrize("year", [1990, 2012, 2018, 2021, 2023, 2026, 2057])
def test_a_tax_card_is_always_there_before_the_pay_day_it_counts_for(year):
    source = demo(clients=40, today=date(year, 6, 15))
    for chapter in source.chapters(source.first_period, f"{year}-07"):
        pay_days = sorted(run.pay_date for run in chapter.runs)
        for card in chapter.tax_cards:
            fetched = to_moment(card.fetched_at).date()
            month = calendar.period_of(fetched)
            later = [day for day in pay_days if calendar.period_of(day) == month and day.year == card.year]
            assert all(fetched <= day for day in later)
            assert date(card.year - 1, 12, 15) < fetched


@pytest.mark.parametrize("today", [date(1980, 1, 1), date(2025, 12, 31), date(2026, 1, 1), date(2099, 12, 31)])
def test_a_demo_of_any_day_is_told_on_with_the_nearest_law_there_is(today):
    source = demo(clients=40, today=today)
    told = list(source.chapters(source.first_period, calendar.horizon(today)))
    assert {line.rate for chapter in told for run in chapter.runs for line in run.aga} <= {0, 510, 640, 790, 1060, 1410}
    assert len({run.period for chapter in told for run in chapter.runs}) == 15


@pytest.mark.parametrize("seed", [16, 28, 38])
def test_nobody_at_the_large_client_has_the_number_of_a_colleague(seed):
    month = number_of("2026-11")
    firm = make_firm(seed, planted.LARGE, make_client(seed, planted.LARGE, TODAY), month - 13, TODAY)
    numbers = [worker.employee.fnr for worker in staff_of(firm, month) if worker.last >= month]
    assert len(numbers) > 1_000
    assert len(set(numbers)) == len(numbers)


def test_only_a_portfolio_of_a_thousand_has_a_large_client():
    month = number_of("2026-02")
    sizes = []
    for index in (planted.LARGE - 1, planted.LARGE):
        firm = make_firm(1, index, make_client(1, index, TODAY), month - 12, TODAY)
        sizes.append(sum(len(run.payslips) for run in chapter_of(firm, month, month).runs if run.type == "ordinary"))
    assert sizes[0] <= 400
    assert sizes[1] > 1_000
