"""Every planted fault is told, at the client it is planted at, for whatever day and seed the demo is made."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from bureau_cli.platform import calendar
from bureau_cli.platform.clock import end_of_day, start_of_day, to_moment
from bureau_cli.platform.law import due
from bureau_cli.platform.sources.demo import DemoSource, people, planted
from bureau_cli.platform.sources.demo.stories import last_reported


class Told:
    """A demo as of a day, asked for single clients."""

    def __init__(self, today: date, seed: int) -> None:
        source = DemoSource(seed=seed, clients=60, today=today)
        self.today = today
        self.now = start_of_day(today) + 12 * 3600
        self.reported = last_reported(today)
        self.clients = source.portfolio().clients
        self.chapters = list(source.chapters(source.first_period, calendar.horizon(today)))

    def runs(self, client, kind="ordinary", month=None):
        return [one for one in self.chapters[client].runs if one.type == kind and month in {None, one.period}]

    def messages(self, client, month=None):
        return [one for one in self.chapters[client].messages if one.month == (month or self.reported)]

    def results(self, client):
        return [one.result for one in self.messages(client)]

    def latest(self, client, day_of=lambda run: run.pay_date):
        group = self.clients[client].pay_groups[0].id
        return [run for run in self.runs(client) if run.pay_group_id == group and day_of(run) < self.today][-1]

    def cards(self, position):
        employee = f"em_{planted.TAX_CARDS:06x}{position:03x}0"
        year = int(self.reported[:4])
        found = [one for one in self.chapters[planted.TAX_CARDS].tax_cards if one.employee_id == employee]
        return [one for one in found if one.year == year]


@pytest.fixture(
    scope="module",
    params=[(date(2026, 3, 16), 1), (date(2026, 11, 23), 1), (date(2026, 1, 3), 4), (date(2025, 6, 5), 9)],
    ids=str,
)
def told(request):
    return Told(*request.param)


def test_the_last_month_reported_is_the_last_that_was_due_before_the_day():
    assert last_reported(date(2026, 3, 5)) == "2026-01"
    assert last_reported(date(2026, 3, 6)) == "2026-02"
    assert last_reported(date(2026, 4, 7)) == "2026-02"


def test_rejected_and_still_open(told):
    assert told.results(planted.REJECTED) == ["rejected"]


def test_rejected_sent_again_and_received(told):
    assert told.results(planted.REJECTED_THEN_RECEIVED) == ["rejected", "received"]
    first, second = told.messages(planted.REJECTED_THEN_RECEIVED)
    assert (first.run_ids, second.replaces) == (second.run_ids, None)


def test_a_run_lost_between_a_rejected_message_and_the_next(told):
    first, second = told.messages(planted.RUN_LOST)
    assert (first.result, second.result) == ("rejected", "received")
    assert len(first.run_ids) == 2 > len(second.run_ids) == 1
    assert set(second.run_ids) < set(first.run_ids)


def test_a_chain_of_two_replacements(told):
    first, second, third = told.messages(planted.REPLACED_TWICE)
    assert (first.replaces, second.replaces, third.replaces) == (None, first.id, second.id)
    assert told.results(planted.REPLACED_TWICE) == ["received"] * 3


def test_a_rejected_replacement(told):
    first, second = told.messages(planted.REPLACEMENT_REJECTED)
    assert (first.result, second.result, second.replaces) == ("received", "rejected", first.id)


def test_one_immediate_deviation_shared_by_fourteen_clients(told):
    found = [told.messages(client) for client in planted.IMMEDIATE]
    assert len(found) == 14
    assert sum(client < 40 for client in planted.IMMEDIATE) == 6
    assert {message.result for (message,) in found} == {"received_immediate"}
    assert len({deviation.code for (message,) in found for deviation in message.deviations}) == 1


def test_guideline_deviations_of_two_or_three_codes(told):
    for client in planted.GUIDELINE:
        (message,) = told.messages(client)
        assert message.result == "received_guideline"
        assert len({deviation.code for deviation in message.deviations}) in {2, 3}


def test_sent_without_feedback(told):
    (message,) = told.messages(planted.NO_FEEDBACK)
    assert (message.feedback_at, message.result) == (None, None)
    assert message.sent_at < start_of_day(told.today)


def test_made_and_never_sent(told):
    (message,) = told.messages(planted.NEVER_SENT)
    assert (message.sent_at, message.feedback_at) == (None, None)
    assert due.a_melding_due(message.month) < told.today


def test_not_sent_before_the_last_day(told):
    month = calendar.shifted(told.reported, 1)
    (message,) = told.messages(planted.NOT_YET_SENT, month)
    assert told.now < message.sent_at <= end_of_day(due.a_melding_due(month))


def test_no_pay_recorded_and_reported_with_people_employed(told):
    chapter = told.chapters[planted.NO_PAY]
    assert {one.pay_group_id for one in chapter.no_pay} >= {one.id for one in told.clients[planted.NO_PAY].pay_groups}
    assert not told.runs(planted.NO_PAY, month=told.reported)
    (message,) = told.messages(planted.NO_PAY)
    assert (message.result, message.run_ids, message.aga_sum, message.payments) == ("received", (), 0, ())
    assert message.recipients > 0


def test_a_correction_that_no_message_has(told):
    (run,) = told.runs(planted.UNREPORTED_CORRECTION, "extra", told.reported)
    assert told.results(planted.UNREPORTED_CORRECTION) == ["received"]
    assert run.id not in {
        run_id for message in told.messages(planted.UNREPORTED_CORRECTION) for run_id in message.run_ids
    }


def test_a_run_never_locked_and_paid_all_the_same(told):
    run = told.latest(planted.LATE_RUN)
    assert run.locked_at is None
    assert run.paid_at < told.now


def test_a_run_that_still_awaits_approval(told):
    run = told.latest(planted.AWAITING_APPROVAL)
    assert told.clients[planted.AWAITING_APPROVAL].uses_approval
    assert run.submitted_at < told.now
    assert (run.approved_at, run.locked_at, run.paid_at, run.payslips_sent_at) == (None,) * 4


def test_payslips_never_sent(told):
    run = told.latest(planted.PAYSLIPS_NOT_SENT)
    assert run.payslips_sent_at is None
    assert run.locked_at < told.now


def test_a_run_that_was_never_made(told):
    group = told.clients[planted.NOT_MADE].pay_groups[0]
    months = [run.period for run in told.runs(planted.NOT_MADE) if run.type == "ordinary"]
    (gone,) = {calendar.shifted(months[0], later) for later in range(len(months) + 1)} - {*months}
    assert calendar.pay_date(gone, group.payday) < told.today
    assert not [one for one in told.chapters[planted.NOT_MADE].no_pay if one.period == gone]


def test_runs_that_came_no_further(told):
    taken = {
        planted.NOT_SUBMITTED: [],
        planted.NOT_LOCKED: ["submitted_at", "approved_at"],
        planted.LOCKED_WITHOUT_APPROVAL: ["submitted_at", "locked_at", "payslips_sent_at", "paid_at"],
        planted.NOT_PAID: ["locked_at", "payslips_sent_at"],
    }
    steps = ("submitted_at", "approved_at", "locked_at", "payslips_sent_at", "paid_at")
    for client, expected in taken.items():
        run = told.latest(client)
        judged = steps if client in planted.USES_APPROVAL else steps[2:]
        assert [step for step in judged if getattr(run, step) is not None] == expected, client


def test_a_message_that_was_never_made(told):
    assert told.messages(planted.NO_MESSAGE) == []
    assert [run for run in told.runs(planted.NO_MESSAGE) if calendar.period_of(run.pay_date) == told.reported]


def test_a_run_made_too_late(told):
    run = told.latest(planted.CREATED_LATE)
    assert to_moment(run.created_at).date() == calendar.working_days_from(run.pay_date, -1)


def test_withholding_known_to_be_unpaid_though_it_was_due(told):
    client = told.clients[planted.WITHHOLDING_UNPAID]
    run = told.latest(planted.WITHHOLDING_UNPAID, lambda run: due.withholding_due(run.pay_date))
    assert client.payments_known
    assert run.withholding_paid_at is None
    assert sum(slip.withholding for slip in run.payslips) > 0


def test_payments_nobody_knows_of(told):
    assert not told.clients[planted.PAYMENTS_UNKNOWN].payments_known
    assert {run.paid_at for run in told.runs(planted.PAYMENTS_UNKNOWN)} == {None}


def test_runs_besides_the_ordinary(told):
    assert told.runs(planted.EXTRA_RUN, "extra", told.reported)
    assert told.runs(planted.VACATION_RUN, "vacation", told.reported)
    assert told.runs(planted.UNTIL_NOW_RUN, "until_now", told.reported)


def test_a_refund_takes_back_arbeidsgiveravgift(told):
    lines = [line for run in told.runs(planted.REFUND, month=told.reported) for line in run.aga]
    assert [line.base < 0 > line.amount or line.rate == 0 for line in lines if line.kind == "refund"] == [True]


def test_a_feed_that_stopped(told):
    assert told.clients[planted.FEED_STOPPED].feed_stopped_on == told.today - timedelta(days=3)


def test_utleggstrekk(told):
    runs = told.runs(planted.ATTACHMENT)
    assert all(any(slip.attachment for slip in run.payslips) for run in runs if run.pay_group_id.endswith("a"))
    assert any(
        payment.kind == "utleggstrekk" for one in told.chapters[planted.ATTACHMENT].messages for payment in one.payments
    )


def test_every_kind_of_tax_card(told):
    found = {kind: told.cards(position) for position, kind in planted.CARDS.items()}
    assert found.pop("never_fetched") == []
    results = {kind: card.result for kind, (card, *_) in found.items()}
    assert results == {
        "no_card": "ikkeSkattekort",
        "not_liable": "ikkeTrekkplikt",
        "expired_d_number": "utgaattDnummerSkattekortForFoedselsnummerErLevert",
        "invalid_number": "ugyldigFoedselsEllerDnummer",
    } | dict.fromkeys(
        ("free_with_limit", "free_without_limit", "free_nothing_left", "percent", "changed"), "skattekortopplysningerOK"
    )
    amounts = {kind: found[kind][0].deductions[0].free_amount for kind in found if kind.startswith("free")}
    assert amounts == {"free_with_limit": 100_000_00, "free_without_limit": None, "free_nothing_left": 0}
    first, second = found["changed"]
    assert first.fetched_at < second.fetched_at
    assert first.deductions != second.deductions


def test_cards_decide_what_is_withheld(told):
    shares = {}
    slips = {slip.employee_id: slip for slip in told.runs(planted.TAX_CARDS, month=f"{told.today.year}-01")[0].payslips}
    for position, kind in planted.CARDS.items():
        slip = slips.get(f"em_{planted.TAX_CARDS:06x}{position:03x}0")
        if slip is not None:
            shares[kind] = (slip.gross // 2 - slip.withholding) < 100 if slip.withholding else "nothing"
    half, nothing = True, "nothing"
    expected = {
        "never_fetched": half, "no_card": half, "free_nothing_left": half, "expired_d_number": half,
        "invalid_number": half, "free_with_limit": nothing, "free_without_limit": nothing, "not_liable": nothing,
        "percent": False, "changed": False,
    }  # fmt: skip
    assert shares.items() <= expected.items()
    assert len(shares) > 5


def test_the_fribelop_is_used_up_within_the_year_in_one_run_of_two_rates(told):
    lines = [(run, line) for run in told.runs(planted.ZONE_1A) for line in run.aga if line.kind == "pay"]
    crossing = [run for run, line in lines if line.rate == 1410 and any(one.rate == 1060 for one in run.aga)]
    assert len(crossing) in {1, 2}
    for run in crossing:
        before = sum(
            line.base
            for one in told.chapters[planted.ZONE_1A].runs
            for line in one.aga
            if one.period[:4] == run.period[:4] and line.rate == 1060
        )
        opened = sum(one.base for one in told.chapters[planted.ZONE_1A].openings if str(one.year) == run.period[:4])
        assert before + opened == 2_428_571_428


def test_sites_in_special_zones_and_sectors(told):
    zones = {name: [site.zone for site in told.clients[name].sites] for name in planted.ZONES}
    assert zones == {name: list(expected) for name, expected in planted.ZONES.items()}
    (site,) = told.clients[planted.AGRICULTURE].sites
    assert (site.sector, site.zone) == ("agriculture", "1a")
    assert {line.rate for run in told.runs(planted.AGRICULTURE) for line in run.aga} == {1060}
    assert all(message.finansskatt_sum > 0 for message in told.chapters[planted.FINANCE].messages)


def test_clients_that_come_and_go(told):
    assert not told.chapters[planted.ONBOARDING].runs or told.clients[planted.ONBOARDING].active_from > told.today
    assert told.clients[planted.LEAVING].left_on > told.today > told.clients[planted.LEFT].left_on
    assert max(run.pay_date for run in told.runs(planted.LEFT)) <= told.clients[planted.LEFT].left_on


def test_the_page_about_the_demo_names_every_client_with_something_planted():
    page = (Path(__file__).parents[2] / "docs" / "demo.md").read_text(encoding="utf-8")
    planted_at = [value for name, value in vars(planted).items() if name.isupper() and name != "ATTACHED"]
    single = {one for one in planted_at if isinstance(one, int)}
    clients = single.union(*(several for several in planted_at if isinstance(several, frozenset)))
    assert len(clients) > 40
    assert not [index for index in sorted(clients) if str(10_000 + index) not in page]


def test_runs_made_by_somebody_who_has_left_since(told):
    gone = end_of_day(people.last_day_of_who_left(told.today))
    made = [(run.created_at < gone, run.created_by) for run in told.runs(planted.RUN_BY_USER_WHO_LEFT)]
    assert {by for in_time, by in made if in_time} == {people.WHO_LEFT}
    assert people.WHO_LEFT not in {by for in_time, by in made if not in_time}
