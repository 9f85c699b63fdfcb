"""The demo's payroll runs: for every pay group one ordinary run a month."""

from collections.abc import Iterator
from random import Random

from bureau_cli.platform import calendar
from bureau_cli.platform.clock import start_of_day
from bureau_cli.platform.sources import Client, PayGroup, PayRun

_HOURLY_SHARE = 0.3
_HALF_TAX_MONTH = "12"
_SIX_IN_THE_MORNING = 6 * 3600
_PAYING_MINUTES = 300


def runs_of(seed: int, client: Client, period: str) -> Iterator[PayRun]:
    """Give a client's runs of one period, from random numbers of that client and period alone."""
    if client.status == "onboarding":
        return
    base = Random(f"{seed}/{client.id}/base").uniform(36_000, 62_000)  # noqa: S311 - invented pay, not secrets
    random = Random(f"{seed}/{client.id}/{period}")  # noqa: S311 - the same
    minute = random.randrange(_PAYING_MINUTES)
    for group, employees in _staff(client):
        pay_date = calendar.pay_date(period, group.payday)
        gross = round(employees * base * random.uniform(0.96, 1.04) * 100)
        if client.onboarded <= pay_date and (client.left_on is None or pay_date <= client.left_on):
            yield PayRun(
                client_id=client.id,
                pay_group_id=group.id,
                period=period,
                type="ordinary",
                pay_date=pay_date,
                paid_at=start_of_day(pay_date) + _SIX_IN_THE_MORNING + 60 * minute,
                payslips=employees,
                gross=gross,
                net=round(gross * (1 - _tax(period, random))),
            )


def _staff(client: Client) -> Iterator[tuple[PayGroup, int]]:
    """Split the employees over the pay groups; a client whose staff has left still had someone to pay."""
    everyone = max(1, client.active_employees)
    monthly, *hourly = client.pay_groups
    by_the_hour = max(1, int(everyone * _HOURLY_SHARE)) if hourly else 0
    yield monthly, max(1, everyone - by_the_hour)
    for group in hourly:
        yield group, by_the_hour


def _tax(period: str, random: Random) -> float:
    rate = random.uniform(0.27, 0.36)
    return rate / 2 if period.endswith(_HALF_TAX_MONTH) else rate
