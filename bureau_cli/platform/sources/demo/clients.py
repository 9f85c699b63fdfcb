"""The demo's clients. Each is made from its own random numbers, so that others may be added without changing it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from bureau_cli.platform.sources import Access, Client, PayGroup, Site
from bureau_cli.platform.sources.demo import people, planted
from bureau_cli.platform.sources.demo.chance import chance, likely, pick
from bureau_cli.platform.sources.demo.lives import make_life
from bureau_cli.platform.sources.demo.orgnr import NUMBERS_A_CLIENT, orgnr
from bureau_cli.platform.sources.demo.sizes import MOST_EMPLOYEES, drawn_size
from bureau_cli.platform.sources.demo.words import LAST_NAMES, PLACES, TRADES

INTERNAL_NAME = "Nordlønn Regnskapsbyrå AS"
_FIRST_NUMBER = 10_000
_FORMS = ("AS", "ENK", "ANS", "DA", "FORENING", "KF")
_FORM_WEIGHTS = (78, 9, 3, 3, 5, 2)
_PAYDAYS = (20, 12, 15, 25, 31)
_PAYDAY_WEIGHTS = (60, 12, 10, 10, 8)
_HOURLY_ON_ANOTHER_DAY, _HOURLY = 0.06, 0.4
_FEWEST_WITH_HOURLY = 4
_ZONES = ("1", "1a", "2", "3", "4", "4a", "5")
_ZONE_WEIGHTS = (62, 6, 10, 6, 8, 4, 4)
_INFERRED = 0.7
_GIVER_KNOWN = 0.6
_REASONS = ("Vikar", "Ferieavløsning", "Overtatt ved oppstart", "Avtalt med kunden", None)
_PLANTED_MEMBERS = {
    people.WHO_LEFT: planted.OPEN_TO_USER_WHO_LEFT,
    people.WITHOUT_ROLE: planted.OPEN_TO_USER_WITHOUT_ROLE,
    people.ADMINISTRATOR: planted.OPEN_TO_ADMINISTRATOR,
    people.CALLER: planted.OPEN_TO_CALLER,
}


def make_client(seed: int, index: int, today: date) -> Client:
    """Make one client; index 0 is the bureau's own company."""
    life = make_life(seed, index, today)
    form = "AS" if index == planted.INTERNAL else pick(seed, index, "form", _FORMS, _FORM_WEIGHTS)
    return Client(
        id=client_id(index),
        number=str(_FIRST_NUMBER + index),
        name=_name(seed, index, form),
        orgnr=orgnr(seed, index),
        form=_form_of_planted(index) or form,
        linked_via=_linked_via(seed, index),
        altinn_settings=likely(seed, index, "altinn", 0.6),
        delegation=_delegation(seed, index, life.status),
        onboarded=life.onboarded,
        active_from=life.active_from,
        notice_on=life.notice_on,
        left_on=life.left_on,
        uses_approval=index in planted.USES_APPROVAL or likely(seed, index, "approval", 0.4),
        payments_known=_payments_known(seed, index),
        feed_stopped_on=today - timedelta(days=3) if index == planted.FEED_STOPPED else None,
        pay_groups=tuple(_pay_groups(seed, index)),
        sites=tuple(_sites(seed, index)),
        access=tuple(_access(seed, index, life.onboarded, today)),
    )


def client_id(index: int) -> str:
    """Give the id of a client."""
    return f"cl_{index:06x}"


def _name(seed: int, index: int, form: str) -> str:
    if index == planted.INTERNAL:
        return INTERNAL_NAME
    if index in planted.NAMES:
        return planted.NAMES[index]
    random = chance(seed, index, "name")
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
    return pick(seed, index, "link", ("onboarded", "group"), (85, 15))


def _delegation(seed: int, index: int, status: str) -> str:
    if index == planted.DELEGATION_MISSING:
        return "missing"
    if status == "onboarding":
        return "pending"
    return pick(seed, index, "delegation", ("granted", "missing"), (97, 3))


def _payments_known(seed: int, index: int) -> bool:
    if index == planted.PAYMENTS_UNKNOWN:
        return False
    return index in planted.HAS_A_STORY or likely(seed, index, "payments", 0.95)


def _pay_groups(seed: int, index: int) -> Iterator[PayGroup]:
    random = chance(seed, index, "payday")
    (monthly,) = random.choices(_PAYDAYS, _PAYDAY_WEIGHTS)
    yield PayGroup(id=f"pg_{index:06x}a", name="Månedslønn", payday=monthly)
    luck = 0.0 if index == planted.TWO_PAY_GROUPS else random.random()
    if luck < _HOURLY_ON_ANOTHER_DAY:
        hourly = random.choice([day for day in _PAYDAYS if day != monthly])
        yield PayGroup(id=f"pg_{index:06x}b", name="Timelønn", payday=hourly)
    elif luck < _HOURLY and drawn_size(seed, index) >= _FEWEST_WITH_HOURLY:
        yield PayGroup(id=f"pg_{index:06x}b", name="Timelønn", payday=monthly)


def _sites(seed: int, index: int) -> Iterator[Site]:
    random = chance(seed, index, "sites")
    sector = {planted.FINANCE: "finance", planted.AGRICULTURE: "agriculture"}.get(index, "ordinary")
    share = drawn_size(seed, index) / MOST_EMPLOYEES
    many = 1 + sum(random.random() < share for _ in range(NUMBERS_A_CLIENT - 2))
    zones = planted.ZONES.get(index) or random.choices(_ZONES, _ZONE_WEIGHTS, k=many)
    for number, zone in enumerate(zones, start=1):
        yield Site(orgnr=orgnr(seed, index, number), zone=zone, sector=sector)


def _access(seed: int, index: int, onboarded: date, today: date) -> Iterator[Access]:
    if index == planted.NOBODY_HAS_ACCESS:
        return
    owner = people.CALLER if index in planted.OWNED_BY_CALLER else people.officer_of(index)
    random = chance(seed, index, "grants")
    if index != planted.NO_OWNER:
        yield _given(random, Access(user_id=owner, role="owner", starts=onboarded, origin=_origin(random, index)))
    for user_id in _members(seed, index, owner):
        yield _given(random, _member(index, user_id, onboarded, today))


def _origin(random: Random, index: int) -> str:
    """Tell where an owner comes from: most are who runs the pay, and what the caller owns was chosen by hand."""
    is_inferred = random.random() < _INFERRED
    if index == planted.INVITED_BY_CLIENT:
        return "client_invited"
    return "inferred" if is_inferred and index not in planted.OWNED_BY_CALLER else "manual"


def _given(random: Random, access: Access) -> Access:
    """Let it be known of some access who gave it, and of some of that why."""
    luck, reason = random.random(), random.choice(_REASONS)
    if access.origin != "manual" or luck > _GIVER_KNOWN:
        return access
    giver = people.ADMINISTRATOR if access.user_id != people.ADMINISTRATOR else people.SECOND_LEADER
    return replace(access, granted_by=giver, reason=reason)


def _members(seed: int, index: int, owner: str) -> Iterator[str]:
    random = chance(seed, index, "members")
    # Colleagues are drawn from the officers a smaller portfolio has too, so that growth changes nobody's access.
    known = range(max(people.FEWEST_OFFICERS, index // people.CLIENTS_AN_OFFICER + 1))
    colleagues = [colleague for colleague in map(people.officer, known) if colleague != owner]
    yield from random.sample(colleagues, random.choice((1, 1, 2, 3)))
    for user_id, indexes in _PLANTED_MEMBERS.items():
        if index in indexes:
            yield user_id


def _member(index: int, user_id: str, onboarded: date, today: date) -> Access:
    return Access(
        user_id=user_id,
        role="member",
        starts=today + timedelta(days=9) if index == planted.ACCESS_STARTS_SOON else onboarded,
        ends=today + timedelta(days=20) if index == planted.ACCESS_ENDS_SOON else None,
        ended_on=today - timedelta(days=11) if index == planted.ACCESS_ENDED else None,
    )
