"""A client's months, told one after the other."""

from bureau_cli.platform.law.aga import has_fribelop
from bureau_cli.platform.sources import (
    AMelding,
    Chapter,
    NoPay,
    Opening,
    PayRun,
    Registration,
    TaxCard,
)
from bureau_cli.platform.sources.demo.aga import AgaBook
from bureau_cli.platform.sources.demo.cards import cards_fetched
from bureau_cli.platform.sources.demo.claims import registrations_of
from bureau_cli.platform.sources.demo.firms import Firm
from bureau_cli.platform.sources.demo.messages import messages_of
from bureau_cli.platform.sources.demo.months import MONTHS_A_YEAR
from bureau_cli.platform.sources.demo.runs import no_pay_of, runs_of
from bureau_cli.platform.sources.demo.staff import Worker, staff_of
from bureau_cli.platform.sources.demo.stories import Month, by_chance, planted_stories

_NUMBERS_A_MONTH = 16


def chapter_of(firm: Firm, first: int, last: int) -> Chapter:
    """Tell a firm's months from one number to another."""
    staff = staff_of(firm, last)
    tale = _Tale(firm, staff)
    for number in range(_begin(firm, first), min(last, firm.last) + 1):
        tale.tell(number, kept=number >= first)
    return Chapter(
        client_id=firm.client.id,
        employees=[worker.employee for worker in _newcomers(firm, staff, first, last)],
        tax_cards=list(_cards(firm, staff, first, last)),
        runs=tale.runs,
        no_pay=tale.no_pay,
        messages=tale.messages,
        registrations=tale.registrations,
        openings=_openings(firm, staff) if first <= firm.since else (),
    )


def _begin(firm: Firm, first: int) -> int:
    """Give the month to begin with, so that what depends on months before in the year comes out right."""
    january = first - first % MONTHS_A_YEAR
    return max(firm.since, firm.joined, january if firm.has_fribelop else first)


class _Tale:
    """What happened month by month so far."""

    def __init__(self, firm: Firm, staff: list[Worker]) -> None:
        self._firm = firm
        self._staff = staff
        self._stories = planted_stories(firm)
        self._book = AgaBook(firm, {one.year: one.base for one in _openings(firm, staff)})
        self.runs: list[PayRun] = []
        self.no_pay: list[NoPay] = []
        self.messages: list[AMelding] = []
        self.registrations: list[Registration] = []

    def tell(self, number: int, *, kept: bool) -> None:
        """Tell a month, and keep it unless it is told only for the sums that go on from it."""
        firm, dice = self._firm, self._firm.dice(_NUMBERS_A_MONTH, "month", number)
        roster = [worker for worker in self._staff if worker.first <= number <= worker.last]
        story = self._stories.get(number) or by_chance(dice)
        month = Month(number=number, roster=roster, story=story, dice=dice)
        runs = runs_of(firm, month, self._book)
        if kept:
            self.runs += runs
            self.no_pay += no_pay_of(firm, month)
            self.messages += messages_of(firm, month, runs)
            self.registrations += registrations_of(firm, month)


def _newcomers(firm: Firm, staff: list[Worker], first: int, last: int) -> list[Worker]:
    """Give those who began in these months; with the first of all, those who had begun before too."""
    earliest = 0 if first <= firm.since else first
    return sorted((one for one in staff if earliest <= one.first <= last), key=lambda one: max(one.first, firm.since))


def _cards(firm: Firm, staff: list[Worker], first: int, last: int) -> list[TaxCard]:
    """Give the cards fetched in these months; with the first of all, those of its year that were there before."""
    earliest = 0 if first <= firm.since else first
    years = range(first // MONTHS_A_YEAR, last // MONTHS_A_YEAR + 2)
    fetched = (found for worker in staff for year in years for found in cards_fetched(firm, worker, year))
    told = sorted(
        ((max(month, firm.since), card) for month, card in fetched if earliest <= month <= last),
        key=lambda pair: pair[0],
    )
    return [card for _, card in told]


def _openings(firm: Firm, staff: list[Worker]) -> tuple[Opening, ...]:
    """Give the base of zone 1a before the first month, as if everybody had been paid as much as in it."""
    months = firm.since - max(firm.joined, firm.since - firm.since % MONTHS_A_YEAR)
    sites = {site.orgnr for site in firm.client.sites if has_fribelop(site.zone, site.sector)}
    pay = sum(worker.pay for worker in staff if worker.first < firm.since and worker.employee.site_orgnr in sites)
    if months <= 0 or not pay:
        return ()
    return (Opening(client_id=firm.client.id, year=firm.since // MONTHS_A_YEAR, base=pay * months),)
