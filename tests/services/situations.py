"""Situations made up for plans of access: one client, some users, a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import count

from bureau_cli.domain.access import Access
from bureau_cli.domain.clients import ClientReference, Person
from bureau_cli.domain.users import User
from bureau_cli.services.access.situation import Situation
from bureau_cli.services.access.standing import Standing

TODAY = date(2026, 11, 23)
CLIENT = ClientReference(id="cl_1", number="10001", name="Fjord AS", orgnr="999999999")


def user(login: str, *, role: str = "officer", active: bool = True) -> User:
    return User(
        id=f"us_{login}",
        login=login,
        name=login.title(),
        email=f"{login}@bureau.example",
        role=role,
        active=active,
        left=None if active else TODAY,
        two_factor=True,
        owner_of=0,
        member_of=0,
        etag=f'"{login}"',
    )


USERS = {
    one.login: one
    for one in (user("leder", role="leader"), user("admin", role="administrator"), user("kari"), user("ola"))
} | {"borte": user("borte", active=False)}

_numbers = count(1)


def access(there: Standing, client: ClientReference = CLIENT) -> Access:
    number = next(_numbers)
    return Access(
        id=f"ac_{number}",
        client=client,
        user=Person(login=there.login, name=there.login.title()),
        user_active=True,
        bureau_role="officer",
        role=there.role,
        state="upcoming" if there.starts > TODAY else "running",
        starts=there.starts,
        ends=there.ends,
        ended_at=None,
        source=there.source,
        granted_by=None,
        granted_at=None,
        reason=there.reason,
        last_used=None,
        etag=f'"{number}"',
    )


def situation(there: Iterable[Standing] = (), *, caller: str = "leder") -> Situation:
    return Situation(
        clients=[CLIENT], accesses=[access(one) for one in there], users=USERS, caller=USERS[caller], today=TODAY
    )
