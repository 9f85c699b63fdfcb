"""The demo's clients as employers: what they are used to, and from when to when the bureau pays for them."""

from dataclasses import dataclass
from datetime import date

from bureau_cli.platform.law.aga import has_fribelop
from bureau_cli.platform.sources import Client
from bureau_cli.platform.sources.demo import people
from bureau_cli.platform.sources.demo.chance import Dice
from bureau_cli.platform.sources.demo.months import number_on
from bureau_cli.platform.sources.demo.sizes import positions

FOREVER = 10_000 * 12
"""A month later than all others."""
_LOWEST_PAY, _PAY_RANGE = 33_000, 14_000
_ORE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """A client, and how its pay is done.

    `since` is the number of the first month told of; `joined` and `last` are those of the client at the bureau. `pay`
    is a usual monthly pay in øre, `touched` says how often in a thousand a payslip is changed by hand, `pension` how
    many percent of pay the pension costs, `minute` when in the day things are done there.
    """

    seed: int
    index: int
    client: Client
    today: date
    since: int
    joined: int
    last: int
    positions: int
    officers: tuple[str, ...]
    pay: int
    touched: int
    pension: int
    minute: int
    reports_each_run: bool
    books: bool
    claims: tuple[int, int, int]

    def dice(self, count: int, *topic: object) -> Dice:
        """Give random numbers of this firm for one topic."""
        return Dice(count, self.seed, self.index, *topic)

    @property
    def has_fribelop(self) -> bool:
        """Tell whether what is paid depends on what was paid before in the year."""
        return any(has_fribelop(site.zone, site.sector) for site in self.client.sites)


def make_firm(seed: int, index: int, client: Client, since: int, today: date) -> Firm:
    """Make one client's firm."""
    dice = Dice(9, seed, index, "firm")
    return Firm(
        seed=seed,
        index=index,
        client=client,
        today=today,
        since=since,
        joined=number_on(client.active_from),
        last=FOREVER if client.left_on is None else number_on(client.left_on),
        positions=positions(seed, index, len(client.pay_groups)),
        officers=_officers(index, client),
        pay=(_LOWEST_PAY + dice.below(_PAY_RANGE)) * _ORE,
        touched=20 + dice.below(300),
        pension=2 + dice.below(4),
        minute=dice.below(120),
        reports_each_run=dice.lucky(150),
        books=dice.lucky(900),
        claims=(120 * dice.lucky(350), 100 * dice.lucky(450), 100 * dice.lucky(600)),
    )


def _officers(index: int, client: Client) -> tuple[str, ...]:
    """Give who does the pay there: the owner, or the officer in whose portfolio the client lies, and a colleague."""
    owners = [access.user_id for access in client.access if access.role == "owner"] or [people.officer_of(index)]
    colleagues = [
        access.user_id
        for access in client.access
        if access.role == "member"
        and access.ended_on is None
        and access.user_id not in {people.WHO_LEFT, people.WITHOUT_ROLE}
    ]
    return (owners[0], *colleagues[:1])
