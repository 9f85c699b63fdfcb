"""The demo source: an invented bureau, the same for the same seed, size and day."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Self

from bureau_cli.platform.calendar import period_of, shifted
from bureau_cli.platform.sources import Bureau, Chapter, Client, Group, Portfolio
from bureau_cli.platform.sources.demo import planted
from bureau_cli.platform.sources.demo.chapters import chapter_of
from bureau_cli.platform.sources.demo.clients import make_client
from bureau_cli.platform.sources.demo.firms import make_firm
from bureau_cli.platform.sources.demo.months import number_of
from bureau_cli.platform.sources.demo.people import DEMO_LOGIN, everyone
from bureau_cli.platform.sources.demo.staff import Worker, staff_of

__all__ = ["DEMO_LOGIN", "DemoSource"]

MONTHS_OF_HISTORY = 14
PAYDAYS_WITH_A_GROUP = (12, 15, 20, 25, 31)


class DemoSource:
    """A bureau with so many clients, its own company among them, as it is on a given day."""

    name = "demo"

    def __init__(self, *, seed: int, clients: int, today: date) -> None:
        self._seed = seed
        self._size = clients
        self._today = today

    @classmethod
    def again(cls, recipe: Mapping[str, str | int]) -> Self:
        """Make the source again from its recipe."""
        today = date.fromisoformat(str(recipe["today"]))
        return cls(seed=int(recipe["seed"]), clients=int(recipe["clients"]), today=today)

    @property
    def recipe(self) -> Mapping[str, str | int]:
        """What it takes to make this source again."""
        return {"name": self.name, "seed": self._seed, "clients": self._size, "today": self._today.isoformat()}

    @property
    def today(self) -> date:
        """The day for which the portfolio was made."""
        return self._today

    @property
    def first_period(self) -> str:
        """The first of the months of history."""
        return shifted(period_of(self._today), 1 - MONTHS_OF_HISTORY)

    def portfolio(self) -> Portfolio:
        """Give the bureau with its people, clients and groups."""
        own_company = self._clients[planted.INTERNAL]
        return Portfolio(
            bureau=Bureau(id="bu_0001", name=own_company.name, orgnr=own_company.orgnr),
            users=everyone(self._size, self._today),
            clients=self._clients,
            groups=tuple(self._groups()),
            default_login=DEMO_LOGIN,
        )

    def chapters(self, first: str, last: str) -> Iterator[Chapter]:
        """Give what happened from one period to another, client by client."""
        since = number_of(self.first_period)
        for index, client in enumerate(self._clients):
            firm = make_firm(self._seed, index, client, since, self._today)
            yield chapter_of(firm, number_of(first), number_of(last))

    def staff(self, index: int, until: int) -> list[Worker]:
        """Give everyone who works at a client until a month, by its number."""
        client = make_client(self._seed, index, self._today)
        return staff_of(make_firm(self._seed, index, client, number_of(self.first_period), self._today), until)

    @cached_property
    def _clients(self) -> tuple[Client, ...]:
        return tuple(make_client(self._seed, index, self._today) for index in range(self._size))

    def _groups(self) -> Iterator[Group]:
        for payday in PAYDAYS_WITH_A_GROUP:
            title = "Lønn siste dag i måneden" if payday == PAYDAYS_WITH_A_GROUP[-1] else f"Lønn den {payday}."
            rule = f'payday == {payday} and status in ("active", "leaving")'
            yield Group(slug=f"payday-{payday}", title=title, rule=rule)
        yield Group(slug="paused", title="På vent", client_ids=self._ids_at(planted.PAUSED))
        yield Group(slug="finance", title="Finansskatt", client_ids=self._ids_at({planted.FINANCE}))
        year = self._today.year
        rule = f'onboarded >= "{year}-01-01" and onboarded <= "{year}-12-31" and status != "left"'
        yield Group(slug=f"new-{year}", title=f"Nye i {year}", rule=rule)

    def _ids_at(self, indexes: set[int] | frozenset[int]) -> tuple[str, ...]:
        return tuple(self._clients[index].id for index in sorted(indexes) if index < self._size)
