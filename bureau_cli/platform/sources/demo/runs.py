"""The demo's payroll runs: for every pay group one ordinary run a month or none recorded, and sometimes one more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bureau_cli.platform import calendar
from bureau_cli.platform.sources import NoPay, PayGroup, PayRun
from bureau_cli.platform.sources.demo import people, planted
from bureau_cli.platform.sources.demo.aga import AgaBook
from bureau_cli.platform.sources.demo.chance import Dice
from bureau_cli.platform.sources.demo.firms import Firm
from bureau_cli.platform.sources.demo.months import instant, period_at
from bureau_cli.platform.sources.demo.pay import Payroll, more_pay, ordinary_pay
from bureau_cli.platform.sources.demo.staff import Worker
from bureau_cli.platform.sources.demo.steps import steps_of
from bureau_cli.platform.sources.demo.stories import Month

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


def runs_of(firm: Firm, month: Month, book: AgaBook) -> list[PayRun]:
    """Give a firm's runs of a month, charged in the order of their pay dates."""
    drafts = sorted((*_ordinary(firm, month), *_more(firm, month)), key=lambda draft: draft.pay_date)
    return [_run(firm, month.number, place, draft, book) for place, draft in enumerate(drafts)]


def no_pay_of(firm: Firm, month: Month) -> Iterator[NoPay]:
    """Give what was recorded about a month without pay, on the day it would have been paid."""
    if month.story.no_pay:
        for group in firm.client.pay_groups:
            day = calendar.pay_date(month.period, group.payday)
            yield NoPay(
                pay_group_id=group.id,
                period=month.period,
                recorded_at=instant(day, _NINE + firm.minute),
                recorded_by=firm.officers[0],
            )


def _ordinary(firm: Firm, month: Month) -> Iterator[_Draft]:
    story, is_first = month.story, True
    for group in firm.client.pay_groups if not story.no_pay else ():
        day = calendar.pay_date(month.period, group.payday)
        is_made = not (is_first and story.run == "never_made")
        if _is_client_on(firm, day) and is_made:
            payroll = ordinary_pay(firm, month.number, group.id, _in_group(month, group))
            told, refund = (story.run, story.refund) if is_first else ("plain", False)
            yield _Draft(type="ordinary", group=group.id, pay_date=day, payroll=payroll, story=told, refund=refund)
        is_first = False


def _more(firm: Firm, month: Month) -> Iterator[_Draft]:
    kind, group = month.story.more, firm.client.pay_groups[0]
    if kind:
        day = calendar.pay_date(month.period, PAYDAYS_OF_MORE[kind])
        if _is_client_on(firm, day):
            payroll = more_pay(firm, month.number, kind, _in_group(month, group))
            shown = "extra" if kind == "correction" else kind
            yield _Draft(type=shown, group=group.id, pay_date=day, payroll=payroll, story=kind, refund=False)


def _in_group(month: Month, group: PayGroup) -> list[Worker]:
    return [worker for worker in month.roster if worker.employee.pay_group_id == group.id]


def _is_client_on(firm: Firm, day: date) -> bool:
    left_on = firm.client.left_on
    return firm.client.active_from <= day and (left_on is None or day <= left_on)


def _maker(firm: Firm, created: int, dice: Dice) -> str:
    """Give who makes a run: the owner as a rule, now and then a colleague."""
    officer = firm.officers[-1 if dice.lucky(_SOMEBODY_ELSE) else 0]
    gone = instant(people.last_day_of_who_left(firm.today) + timedelta(days=1), 0)
    return people.WHO_LEFT if firm.index == planted.RUN_BY_USER_WHO_LEFT and created < gone else officer


def _run(firm: Firm, number: int, place: int, draft: _Draft, book: AgaBook) -> PayRun:
    dice = firm.dice(_NUMBERS_A_RUN, "run", number, place)
    payslips, day, client = draft.payroll.payslips, draft.pay_date, firm.client
    steps = steps_of(firm, day, draft.story, dice)
    withheld_paid = steps.withheld_paid if client.payments_known else None
    return PayRun(
        id=f"pr_{firm.index:06x}{period_at(number)[2:].replace('-', '')}{place}",
        client_id=client.id,
        pay_group_id=draft.group,
        period=period_at(number),
        type=draft.type,
        pay_date=day,
        created_by=_maker(firm, steps.created, dice),
        created_at=steps.created,
        submitted_at=steps.submitted if client.uses_approval else None,
        approved_at=steps.approved if client.uses_approval else None,
        locked_at=steps.locked,
        payslips_sent_at=steps.payslips_sent,
        paid_at=steps.paid if client.payments_known else None,
        withholding_paid_at=withheld_paid if draft.payroll.withholding else None,
        attachment_paid_at=withheld_paid if draft.payroll.attachment else None,
        booked_at=steps.booked if firm.books else None,
        payslips=payslips,
        aga=book.charge(draft.payroll.by_site, day, refund=draft.refund),
    )
