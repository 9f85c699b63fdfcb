"""The demo's payroll runs: for every pay group one ordinary run a month or none recorded, and sometimes one more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bureau_cli.platform import calendar
from bureau_cli.platform.sources import NoPay, PayRun
from bureau_cli.platform.sources.demo.aga import AgaBook
from bureau_cli.platform.sources.demo.firms import Firm
from bureau_cli.platform.sources.demo.months import instant, period_at
from bureau_cli.platform.sources.demo.pay import Payroll, more_pay, ordinary_pay
from bureau_cli.platform.sources.demo.staff import Worker
from bureau_cli.platform.sources.demo.steps import steps_of
from bureau_cli.platform.sources.demo.stories import Story

PAYDAYS_OF_MORE = {"until_now": 10, "vacation": 18, "extra": 28, "correction": 31}
_NINE = 9 * 60
_NUMBERS_A_RUN = 8
_SOMEBODY_ELSE = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A run before it is charged: runs are in the order of their pay dates."""

    type: str
    group: str
    pay_date: date
    payroll: Payroll
    story: str
    refund: bool


def runs_of(firm: Firm, number: int, roster: Sequence[Worker], story: Story, book: AgaBook) -> list[PayRun]:
    """Give a firm's runs of a month, charged in the order of their pay dates."""
    drafts = sorted(_drafts(firm, number, roster, story), key=lambda draft: draft.pay_date)
    return [_run(firm, number, place, draft, book) for place, draft in enumerate(drafts)]


def no_pay_of(firm: Firm, number: int, story: Story) -> Iterator[NoPay]:
    """Give what was recorded about a month without pay, on the day it would have been paid."""
    if story.no_pay:
        for group in firm.client.pay_groups:
            day = calendar.pay_date(period_at(number), group.payday)
            yield NoPay(
                pay_group_id=group.id,
                period=period_at(number),
                recorded_at=instant(day, _NINE + firm.minute),
                recorded_by=firm.officers[0],
            )


def _drafts(firm: Firm, number: int, roster: Sequence[Worker], story: Story) -> Iterator[_Draft]:
    period, groups = period_at(number), firm.client.pay_groups
    for group in groups if not story.no_pay else ():
        day = calendar.pay_date(period, group.payday)
        workers = [worker for worker in roster if worker.employee.pay_group_id == group.id]
        if _is_client_on(firm, day) and workers:
            told = story.run if group is groups[0] else "plain"
            payroll = ordinary_pay(firm, number, group.id, workers)
            refund = story.refund and group is groups[0]
            yield _Draft(type="ordinary", group=group.id, pay_date=day, payroll=payroll, story=told, refund=refund)
    if story.more:
        day = calendar.pay_date(period, PAYDAYS_OF_MORE[story.more])
        if _is_client_on(firm, day):
            kind = "extra" if story.more == "correction" else story.more
            workers = [worker for worker in roster if worker.employee.pay_group_id == groups[0].id]
            payroll = more_pay(firm, number, story.more, workers)
            yield _Draft(type=kind, group=groups[0].id, pay_date=day, payroll=payroll, story=story.more, refund=False)


def _is_client_on(firm: Firm, day: date) -> bool:
    left_on = firm.client.left_on
    return firm.client.active_from <= day and (left_on is None or day <= left_on)


def _run(firm: Firm, number: int, place: int, draft: _Draft, book: AgaBook) -> PayRun:
    dice = firm.dice(_NUMBERS_A_RUN, "run", number, place)
    payslips, day = draft.payroll.payslips, draft.pay_date
    steps = steps_of(firm, day, draft.story, dice)
    return PayRun(
        id=f"pr_{firm.index:06x}{period_at(number)[2:].replace('-', '')}{place}",
        client_id=firm.client.id,
        pay_group_id=draft.group,
        period=period_at(number),
        type=draft.type,
        pay_date=day,
        created_by=firm.officers[-1 if dice.lucky(_SOMEBODY_ELSE) else 0],
        created_at=steps.created,
        submitted_at=steps.submitted,
        approved_at=steps.approved,
        locked_at=steps.locked,
        payslips_sent_at=steps.payslips_sent,
        paid_at=steps.paid,
        withholding_paid_at=steps.withheld_paid if any(slip.withholding for slip in payslips) else None,
        attachment_paid_at=steps.withheld_paid if any(slip.attachment for slip in payslips) else None,
        booked_at=steps.booked,
        payslips=payslips,
        aga=book.charge(draft.payroll.by_site, day, refund=draft.refund),
    )
