"""`/v1/clients` and `/v1/selections`: client companies, and which of them a command is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from bureau_cli.api.pages import Pages
from bureau_cli.api.reading import day, instant, money, optional, read_as
from bureau_cli.api.wire import Call, Wire
from bureau_cli.domain.clients import Client, LastRun, PayGroup, Person, Site
from bureau_cli.domain.selection import Resolved


class ClientsApi:
    """Reads clients and freezes selections of them. `page_size` is how many clients one request asks for."""

    def __init__(self, wire: Wire, *, page_size: int) -> None:
        self._wire = wire
        self._page_size = page_size

    def list(self, query: Mapping[str, Any], *, most: int | None = None) -> Pages[Client]:
        """All clients the query fits, in the order asked for; nothing is sent before the first batch is wanted."""
        return Pages(self._wire, "/v1/clients", list(pairs(query)), client_from, size=self._page_size, most=most)

    async def get(self, identity: str) -> Client:
        """One client by its id.

        Raises:
            ClientNotFound: there is none, or it belongs to another bureau.
        """
        answer = await self._wire.send(Call(method="GET", path=f"/v1/clients/{quote(identity, safe='')}"))
        return read_as("a client", client_from, answer.content)

    async def select(self, said: Mapping[str, Any]) -> Resolved:
        """Freeze a selection; it changes nothing at the platform, so it may be sent again."""
        answer = await self._wire.send(Call(method="POST", path="/v1/selections", body=dict(said)))
        return read_as("a selection", _resolved_from, answer.content)


def pairs(query: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Query parameters; a value of several is repeated, one that is None is left out."""
    for name, value in query.items():
        if value is None:
            continue
        for one in value if isinstance(value, tuple | list) else (value,):
            yield name, str(one)


def client_from(item: Mapping[str, Any]) -> Client:
    """A client from its JSON."""
    return Client(
        id=item["id"],
        number=item["number"],
        name=item["name"],
        orgnr=item["orgnr"],
        form=item["form"],
        status=item["status"],
        paydays=tuple(int(agreed) for agreed in item["paydays"]),
        pay_groups=tuple(PayGroup(id=g["id"], name=g["name"], payday=g["payday"]) for g in item["pay_groups"]),
        linked_via=item["linked_via"],
        sites=tuple(Site(orgnr=s["orgnr"], zone=s["zone"], sector=s["sector"]) for s in item["sites"]),
        owner=optional(_person_from, item["owner"]),
        members=tuple(_person_from(member) for member in item["members"]),
        groups=tuple(item["groups"]),
        active_employees=int(item["active_employees"]),
        my_access=item["my_access"],
        altinn_settings=item["altinn"]["partner_settings"],
        altinn_delegation=item["altinn"]["delegation"],
        onboarded=day(item["onboarded"]),
        left=optional(day, item["left"]),
        last_run=optional(_last_run_from, item["last_run"]),
        withheld=optional(lambda withheld: str(withheld["reason"]), item["withheld"]),
        fetched_at=instant(item["fetched_at"]),
    )


def _person_from(item: Mapping[str, Any]) -> Person:
    return Person(login=item["login"], name=item["name"])


def _last_run_from(item: Mapping[str, Any]) -> LastRun:
    return LastRun(
        period=item["period"],
        type=item["type"],
        pay_date=day(item["pay_date"]),
        payslips=int(item["payslips"]),
        gross=optional(money, item["gross"]),
        net=optional(money, item["net"]),
    )


def _resolved_from(item: Mapping[str, Any]) -> Resolved:
    return Resolved(id=item["id"], count=int(item["count"]), names=tuple(item["names"]))
