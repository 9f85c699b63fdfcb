"""The bureau's people: those who oversee it, officers by the size of the portfolio, who left, who has no role."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bureau_cli.platform.sources import User
from bureau_cli.platform.sources.demo.words import ASCII, FIRST_NAMES, LAST_NAMES

DEMO_LOGIN = "kari.nordmann"
WITHOUT_ROLE = "us_0000"
ADMINISTRATOR = "us_0001"
CALLER = "us_0002"
SECOND_LEADER = "us_0003"
WHO_LEFT = "us_0004"
CLIENTS_AN_OFFICER = 15
FEWEST_OFFICERS = 5
_BEFORE_OFFICERS = 5
_WITHOUT_SECOND_FACTOR, _OF_OFFICERS = 4, 6


def everyone(clients: int, today: date) -> list[User]:
    """Give everyone at a bureau of so many clients; more clients add officers and change nobody."""
    return [
        _user(ADMINISTRATOR, "Ola Administrator", "administrator", login="ola.admin"),
        _user(CALLER, "Kari Nordmann", "leader", login=DEMO_LOGIN),
        _user(SECOND_LEADER, "Peder Ås", "leader"),
        _user(WHO_LEFT, "Marte Kirkerud", "officer", left_on=last_day_of_who_left(today)),
        _user(WITHOUT_ROLE, "Turid Kvam", "none"),
        *_officers(max(FEWEST_OFFICERS, -(-clients // CLIENTS_AN_OFFICER))),
    ]


def last_day_of_who_left(today: date) -> date:
    """Give the last day of the one who has left: so lately that a run they made can be the newest."""
    return today - timedelta(days=2)


def officer_of(client: int) -> str:
    """Give the id of the officer in whose portfolio a client lies."""
    return officer(client // CLIENTS_AN_OFFICER)


def officer(number: int) -> str:
    """Give the id of an officer, counted from 0."""
    return f"us_{_BEFORE_OFFICERS + number:04}"


def _officers(count: int) -> Iterator[User]:
    for number in range(count):
        first = FIRST_NAMES[number * 7 % len(FIRST_NAMES)]
        last = LAST_NAMES[number * 5 % len(LAST_NAMES)]
        again = number // (len(FIRST_NAMES) * len(LAST_NAMES))
        user = _user(officer(number), f"{first} {last}", "officer", suffix=str(again + 1) if again else "")
        yield replace(user, two_factor=number % _OF_OFFICERS != _WITHOUT_SECOND_FACTOR)


def _user(  # noqa: PLR0913 - the fields that differ from one person to the next
    user_id: str, name: str, role: str, *, login: str | None = None, suffix: str = "", left_on: date | None = None
) -> User:
    login = login or name.lower().translate(ASCII).replace(" ", ".") + suffix
    return User(id=user_id, login=login, name=name, email=f"{login}@nordlonn.example", role=role, left_on=left_on)
