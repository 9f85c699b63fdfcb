"""The demo's payslips: what each employee is paid in a run, and what is kept back.

June's ordinary runs pay holiday pay, a fifth more than usual, and raises are in force from May on. An hourly paid
employee gets from half of a month's pay to one and a half.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from bureau_cli.platform.sources import Payslip
from bureau_cli.platform.sources.demo.chance import noise
from bureau_cli.platform.sources.demo.firms import Firm
from bureau_cli.platform.sources.demo.months import JUNE, MONTHS_A_YEAR
from bureau_cli.platform.sources.demo.staff import Worker, raised

_HOLIDAY_PERCENT = 120
_LEAST_HOURS, _RANGE_OF_HOURS = 50, 101
_THOUSAND = 1_000
_ATTACHED_PART = 8
_ORE = 100
_WITHHOLDING, _ATTACHMENT = attrgetter("withholding"), attrgetter("attachment")
_MORE = {"extra": (3, 5, 30), "vacation": (12, 20, 60), "until_now": (15, 30, 50), "correction": (20, 4, 9)}
"""Every how manieth employee is in such a run, and from how many percent of a month's pay to how many they get."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payroll:
    """The payslips of a run, what is kept back in all, and the pay of each site."""

    payslips: Sequence[Payslip]
    withholding: int
    attachment: int
    by_site: Mapping[str, int]


def ordinary_pay(firm: Firm, number: int, group: str, workers: Sequence[Worker]) -> Payroll:
    """Pay the employees of a pay group for a month."""
    draws = noise(len(workers), firm.seed, firm.index, "pay", number, group)
    raises, usual = raised(number, firm.since), _HOLIDAY_PERCENT if number % MONTHS_A_YEAR == JUNE else 100
    paid = []
    for worker, draw in zip(workers, draws, strict=True):
        percent = _LEAST_HOURS + (draw >> 5) % _RANGE_OF_HOURS if worker.by_hour else usual
        gross = worker.pay * raises // _THOUSAND // _ORE * percent
        touched = draw % _THOUSAND < firm.touched
        if touched:
            gross += gross * (draw >> 8) // 2048
        paid.append((worker, gross, touched))
    return _payroll(paid, number, attach=True)


def more_pay(firm: Firm, number: int, kind: str, workers: Sequence[Worker]) -> Payroll:
    """Pay some employees, one at least, what is paid besides the ordinary runs of a month."""
    draws = noise(len(workers), firm.seed, firm.index, kind, number)
    share, least, most = _MORE[kind]
    chosen = [pair for pair in zip(workers, draws, strict=True) if pair[1] % share == 0] or [(workers[0], draws[0])]
    raises = raised(number, firm.since)
    paid = (
        (worker, worker.pay * raises // _THOUSAND * (least + draw % (most - least)) // 100, True)
        for worker, draw in chosen
    )
    return _payroll(paid, number, attach=False)


def _payroll(paid: Iterable[tuple[Worker, int, bool]], number: int, *, attach: bool) -> Payroll:
    payslips: list[Payslip] = []
    by_site: dict[str, int] = {}
    for worker, gross, touched in paid:
        withholding = worker.card.withheld(gross, number, worker.joined)
        attachment = 0
        if attach and worker.has_attachment:
            attachment = (gross - withholding) // _ATTACHED_PART // _ORE * _ORE
        net = gross - withholding - attachment
        payslips.append(Payslip(worker.employee.id, gross, withholding, attachment, net, touched))
        site = worker.employee.site_orgnr
        by_site[site] = by_site.get(site, 0) + gross
    return Payroll(
        payslips=payslips,
        withholding=sum(map(_WITHHOLDING, payslips)),
        attachment=sum(map(_ATTACHMENT, payslips)),
        by_site=by_site,
    )
