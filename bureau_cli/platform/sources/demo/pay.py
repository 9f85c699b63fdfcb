"""The demo's payslips: what each employee is paid in a run, and what is kept back.

June's ordinary runs pay holiday pay, a fifth more than usual, and raises are in force from May on. An hourly paid
employee gets from half of a month's pay to one and a half.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bureau_cli.platform.sources import Payslip
from bureau_cli.platform.sources.demo.chance import noise
from bureau_cli.platform.sources.demo.firms import Firm
from bureau_cli.platform.sources.demo.months import JUNE, MONTHS_A_YEAR
from bureau_cli.platform.sources.demo.staff import Worker

_HOLIDAY_PERCENT = 120
_LEAST_HOURS, _RANGE_OF_HOURS = 50, 101
_THOUSAND = 1_000
_ATTACHED_PART = 8
_ORE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Payroll:
    """The payslips of a run, and the pay of each site."""

    payslips: Sequence[Payslip]
    by_site: dict[str, int]


def ordinary_pay(firm: Firm, number: int, group: str, workers: Sequence[Worker]) -> Payroll:
    """Pay the employees of a pay group for a month."""
    holiday = number % MONTHS_A_YEAR == JUNE
    draws = noise(len(workers), firm.seed, firm.index, "pay", number, group)
    paid = (
        (worker, *_month(worker, draw, worker.pay_in(number, firm.since), (number, firm.touched)))
        for worker, draw in zip(workers, draws, strict=True)
    )
    return _payroll(paid, number, holiday=holiday, attach=True)


def more_pay(firm: Firm, number: int, kind: str, workers: Sequence[Worker]) -> Payroll:
    """Pay some employees, one at least, what is paid besides the ordinary runs of a month."""
    draws = noise(len(workers), firm.seed, firm.index, kind, number)
    share, least, most = _MORE[kind]
    chosen = [pair for pair in zip(workers, draws, strict=True) if pair[1] % share == 0] or [(workers[0], draws[0])]
    paid = (
        (worker, worker.pay_in(number, firm.since) * (least + draw % (most - least)) // 100, True)
        for worker, draw in chosen
    )
    return _payroll(paid, number, holiday=kind == "vacation", attach=False)


_MORE = {"extra": (3, 5, 30), "vacation": (12, 20, 60), "until_now": (15, 30, 50), "correction": (20, 4, 9)}
"""Every how manieth employee is in such a run, and from how many percent of a month's pay to how many they get."""


def _month(worker: Worker, draw: int, pay: int, month: tuple[int, int]) -> tuple[int, bool]:
    """Give an employee's gross of a month, and whether it was touched."""
    number, share = month
    touched = draw % _THOUSAND < share
    if worker.by_hour:
        pay = pay * (_LEAST_HOURS + (draw >> 5) % _RANGE_OF_HOURS) // 100
    elif number % MONTHS_A_YEAR == JUNE:
        pay = pay * _HOLIDAY_PERCENT // 100
    if touched:
        pay += pay * (draw >> 8) // 2048
    if worker.halves_last_month and worker.last == number:
        return pay // 2, True
    return pay, touched


def _payroll(paid: Iterator[tuple[Worker, int, bool]], number: int, *, holiday: bool, attach: bool) -> Payroll:
    payslips: list[Payslip] = []
    by_site: dict[str, int] = {}
    for worker, gross, touched in paid:
        employee, card = worker.employee, worker.card
        withholding = card.withheld(gross, card.percent_in(number, worker.joined), number, holiday=holiday)
        left = gross - withholding
        attachment = left // _ATTACHED_PART // _ORE * _ORE if attach and worker.has_attachment else 0
        payslips.append(Payslip(employee.id, gross, withholding, attachment, left - attachment, touched))
        by_site[employee.site_orgnr] = by_site.get(employee.site_orgnr, 0) + gross
    return Payroll(payslips=payslips, by_site=by_site)
