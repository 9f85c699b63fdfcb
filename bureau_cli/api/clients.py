"""`/v1/clients` and `/v1/selections`: client companies, and which of them a command is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bureau_cli.api.pages import Pages
from bureau_cli.api.reading import day, flag, instant, many, money, optional, read_as, text, whole
from bureau_cli.api.wire import Call, Wire
from bureau_cli.domain.clients import Client, ClientReference, LastRun, PayGroup, Person, Site
from bureau_cli.domain.selection import Resolved


class ClientsApi:
    """Reads clients and freezes selections of them. `page_size` is how many clients one request asks for."""

    def __init__(self, wire: Wire, *, page_size: int) -> None:
        self._wire = wire
        self._page_size = page_size

    def list(self, query: Mapping[str, Any], *, most: int | None = None) -> Pages[Client]:
        """All clients the query fits, in the order asked for; nothing is sent before the first batch is wanted."""
        return Pages(self._wire, "/v1/clients", list(pairs(query)), client_from, size=self._page_size, most=most)

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
        id=text(item["id"]),
        number=text(item["number"]),
        name=text(item["name"]),
        orgnr=text(item["orgnr"]),
        form=text(item["form"]),
        status=text(item["status"]),
        paydays=many(whole, item["paydays"]),
        pay_groups=many(pay_group_from, item["pay_groups"]),
        linked_via=text(item["linked_via"]),
        sites=many(_site_from, item["sites"]),
        owner=optional(person_from, item["owner"]),
        members=many(person_from, item["members"]),
        groups=many(text, item["groups"]),
        active_employees=whole(item["active_employees"]),
        my_access=optional(text, item["my_access"]),
        altinn_settings=flag(item["altinn"]["partner_settings"]),
        altinn_delegation=text(item["altinn"]["delegation"]),
        onboarded=day(item["onboarded"]),
        left=optional(day, item["left"]),
        last_run=optional(_last_run_from, item["last_run"]),
        withheld=optional(withheld_from, item["withheld"]),
        fetched_at=instant(item["fetched_at"]),
    )


def pay_group_from(item: Mapping[str, Any]) -> PayGroup:
    """A pay group from its JSON."""
    return PayGroup(id=text(item["id"]), name=text(item["name"]), payday=whole(item["payday"]))


def _site_from(item: Mapping[str, Any]) -> Site:
    return Site(orgnr=text(item["orgnr"]), zone=text(item["zone"]), sector=text(item["sector"]))


def reference_from(item: Mapping[str, Any]) -> ClientReference:
    """The client that something belongs to, from its JSON."""
    return ClientReference(
        id=text(item["id"]), number=text(item["number"]), name=text(item["name"]), orgnr=text(item["orgnr"])
    )


def person_from(item: Mapping[str, Any]) -> Person:
    """A user as others see them, from their JSON."""
    return Person(login=text(item["login"]), name=text(item["name"]))


def withheld_from(item: Mapping[str, Any]) -> str:
    """Why something is held back, from its JSON."""
    return text(item["reason"])


def _last_run_from(item: Mapping[str, Any]) -> LastRun:
    return LastRun(
        period=text(item["period"]),
        type=text(item["type"]),
        pay_date=day(item["pay_date"]),
        payslips=whole(item["payslips"]),
        gross=optional(money, item["gross"]),
        net=optional(money, item["net"]),
    )


def _resolved_from(item: Mapping[str, Any]) -> Resolved:
    return Resolved(id=text(item["id"]), count=whole(item["count"]), names=many(text, item["names"]))
