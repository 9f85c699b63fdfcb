"""The demo's clients. Each is made from its own random numbers, so that others may be added without changing it."""

import math
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from bureau_cli.platform.sources import Access, Client, PayGroup, Site
from bureau_cli.platform.sources.demo import people, planted
from bureau_cli.platform.sources.demo.orgnr import NUMBERS_A_CLIENT, orgnr
from bureau_cli.platform.sources.demo.words import LAST_NAMES, PLACES, TRADES

INTERNAL_NAME = "Nordlønn Regnskapsbyrå AS"
MOST_EMPLOYEES = 400
_FIRST_NUMBER = 10_000
_FORMS = ("AS", "ENK", "ANS", "DA", "FORENING", "KF")
_FORM_WEIGHTS = (78, 9, 3, 3, 5, 2)
_STATUSES = ("active", "onboarding", "leaving", "left")
_STATUS_WEIGHTS = (92, 3, 2, 3)
_PAYDAYS = (20, 12, 15, 25, 31)
_PAYDAY_WEIGHTS = (60, 12, 10, 10, 8)
_ZONES = ("1", "1a", "2", "3", "4", "4a", "5")
_ZONE_WEIGHTS = (62, 6, 10, 6, 8, 4, 4)


def make_client(seed: int, index: int, today: date) -> Client:
    """Make one client; index 0 is the bureau's own company."""
    status = planted.STATUSES.get(index) or _pick(seed, index, "status", _STATUSES, _STATUS_WEIGHTS)
    onboarded, left_on = _life(seed, index, status, today)
    form = "AS" if index == planted.INTERNAL else _pick(seed, index, "form", _FORMS, _FORM_WEIGHTS)
    employees = _employees(seed, index)
    return Client(
        id=client_id(index),
        number=str(_FIRST_NUMBER + index),
        name=_name(seed, index, form),
        orgnr=orgnr(seed, index),
        form=_form_of_planted(index) or form,
        status=status,
        linked_via=_linked_via(seed, index),
        active_employees=0 if status == "left" else employees,
        altinn_settings=_random(seed, index, "altinn").random() < 0.6,  # noqa: PLR2004 - a likelihood
        delegation=_delegation(seed, index, status),
        onboarded=onboarded,
        left_on=left_on,
        pay_groups=tuple(_pay_groups(seed, index)),
        sites=tuple(_sites(seed, index, employees)),
        access=tuple(_access(seed, index, onboarded, today)),
    )


def client_id(index: int) -> str:
    """Give the id of a client."""
    return f"cl_{index:06x}"


def _random(seed: int, index: int, topic: str) -> Random:
    return Random(f"{seed}/{index}/{topic}")  # noqa: S311 - invented companies, not secrets


def _pick(seed: int, index: int, topic: str, values: tuple[str, ...], weights: tuple[int, ...]) -> str:
    return _random(seed, index, topic).choices(values, weights)[0]


def _employees(seed: int, index: int) -> int:
    if index == planted.INTERNAL:
        return 12
    return max(1, min(MOST_EMPLOYEES, int(math.exp(_random(seed, index, "size").gauss(2.0, 1.15)))))


def _name(seed: int, index: int, form: str) -> str:
    if index == planted.INTERNAL:
        return INTERNAL_NAME
    if index in planted.NAMES:
        return planted.NAMES[index]
    random = _random(seed, index, "name")
    trade = random.choice(TRADES)
    if form == "ENK":
        return f"{random.choice(LAST_NAMES)} {trade}"
    name = f"{random.choice(PLACES)} {trade}"
    return f"{name} Forening" if form == "FORENING" else f"{name} {form}"


def _form_of_planted(index: int) -> str | None:
    ending = planted.NAMES.get(index, "").rpartition(" ")[2]
    return ending if ending in _FORMS else None


def _linked_via(seed: int, index: int) -> str:
    if index == planted.INTERNAL:
        return "internal"
    return _pick(seed, index, "link", ("onboarded", "group"), (85, 15))


def _delegation(seed: int, index: int, status: str) -> str:
    if index == planted.DELEGATION_MISSING:
        return "missing"
    if status == "onboarding":
        return "pending"
    return _pick(seed, index, "delegation", ("granted", "missing"), (97, 3))


def _life(seed: int, index: int, status: str, today: date) -> tuple[date, date | None]:
    random = _random(seed, index, "life")
    if status == "onboarding":
        return today - timedelta(days=random.randrange(2, 25)), None
    (days,) = random.choices((range(500, 4000), range(40, 500)), (85, 15))
    onboarded = today - timedelta(days=random.choice(days))
    if status == "leaving":
        return onboarded, today + timedelta(days=random.randrange(10, 60))
    if status == "left":
        return min(onboarded, today - timedelta(days=400)), today - timedelta(days=random.randrange(20, 300))
    return onboarded, None


def _pay_groups(seed: int, index: int) -> Iterator[PayGroup]:
    random = _random(seed, index, "payday")
    (monthly,) = random.choices(_PAYDAYS, _PAYDAY_WEIGHTS)
    yield PayGroup(id=f"pg_{index:06x}a", name="Månedslønn", payday=monthly)
    if index == planted.TWO_PAY_GROUPS or random.random() < 0.06:  # noqa: PLR2004 - a likelihood
        hourly = random.choice([day for day in _PAYDAYS if day != monthly])
        yield PayGroup(id=f"pg_{index:06x}b", name="Timelønn", payday=hourly)


def _sites(seed: int, index: int, employees: int) -> Iterator[Site]:
    random = _random(seed, index, "sites")
    sector = {planted.FINANCE: "finance", planted.AGRICULTURE: "agriculture"}.get(index, "ordinary")
    if index == planted.SITES_IN_MANY_ZONES:
        zones = ["1", "4", "5"]
    else:
        many = 1 + sum(random.random() < employees / MOST_EMPLOYEES for _ in range(NUMBERS_A_CLIENT - 2))
        zones = random.choices(_ZONES, _ZONE_WEIGHTS, k=many)
    for number, zone in enumerate(zones, start=1):
        yield Site(orgnr=orgnr(seed, index, number), zone=zone, sector=sector)


def _access(seed: int, index: int, onboarded: date, today: date) -> Iterator[Access]:
    if index == planted.NOBODY_HAS_ACCESS:
        return
    owner = people.CALLER if index in planted.OWNED_BY_CALLER else people.officer_of(index)
    if index != planted.NO_OWNER:
        origin = "client_invited" if index == planted.INVITED_BY_CLIENT else "manual"
        yield Access(user_id=owner, role="owner", starts=onboarded, origin=origin)
    for user_id in _members(seed, index, owner):
        yield _member(index, user_id, onboarded, today)


def _members(seed: int, index: int, owner: str) -> Iterator[str]:
    random = _random(seed, index, "members")
    # Colleagues are drawn from the officers a smaller portfolio has too, so that growth changes nobody's access.
    known = range(max(people.FEWEST_OFFICERS, index // people.CLIENTS_AN_OFFICER + 1))
    colleagues = [colleague for colleague in map(people.officer, known) if colleague != owner]
    yield from random.sample(colleagues, random.choice((1, 1, 2, 3)))
    if index in planted.OPEN_TO_USER_WHO_LEFT:
        yield people.WHO_LEFT
    if index in planted.OPEN_TO_ADMINISTRATOR:
        yield people.ADMINISTRATOR
    if index in planted.OPEN_TO_CALLER:
        yield people.CALLER


def _member(index: int, user_id: str, onboarded: date, today: date) -> Access:
    return Access(
        user_id=user_id,
        role="member",
        starts=today + timedelta(days=9) if index == planted.ACCESS_STARTS_SOON else onboarded,
        ends=today + timedelta(days=20) if index == planted.ACCESS_ENDS_SOON else None,
        ended_on=today - timedelta(days=11) if index == planted.ACCESS_ENDED else None,
    )
