"""Tax cards over HTTP: status, candidates, cards, changes, orders and imports, and a client's employees.

A fødselsnummer is masked here, however it comes, unless it was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import quote

from bureau_cli.api.changes import send_many
from bureau_cli.api.clients import pairs, person_from, reference_from, withheld_from
from bureau_cli.api.jobs import Expected, results_of
from bureau_cli.api.pages import Pages
from bureau_cli.api.reading import day, flag, instant, many, money, optional, text, whole
from bureau_cli.api.wire import Wire
from bureau_cli.domain.tax_cards import (
    Candidate,
    Card,
    CardChange,
    CardResult,
    CardStatus,
    Deduction,
    Employee,
    LastOrder,
    LeftOut,
    OrderedEmployee,
    TaxCard,
)
from bureau_cli.redaction import masked

STATUS, CANDIDATES, CHANGES = "/v1/tax-card-status", "/v1/tax-card-candidates", "/v1/tax-card-changes"
CARDS, ORDERS, IMPORTS = "/v1/tax-cards", "/v1/tax-card-orders", "/v1/tax-card-imports"


class TaxCardsApi:
    """Reads and orders tax cards. `page_size` is how many rows one request asks for."""

    def __init__(self, wire: Wire, *, page_size: int) -> None:
        self._wire = wire
        self._page_size = page_size

    def statuses(self, query: Mapping[str, Any]) -> Pages[CardStatus]:
        """A row a client that has not left."""
        return self._pages(STATUS, query, _status_from, ("client",))

    def candidates(self, query: Mapping[str, Any]) -> Pages[Candidate]:
        """A row a client the query means: whom an order would be about."""
        return self._pages(CANDIDATES, query, _candidate_from, ("client",))

    def cards(self, query: Mapping[str, Any], *, reveal: str | None = None, most: int | None = None) -> Pages[TaxCard]:
        """The newest card of each employee; `reveal` is the reason for which numbers are not masked."""
        said = {**query, "reveal": None if reveal is None else "fnr"}
        headers = {} if reveal is None else {"Reveal-Reason": quote(reveal, safe=_SAFE)}
        read = partial(_tax_card_from, seen=masked if reveal is None else text)
        return Pages(self._wire, CARDS, list(pairs(said)), read, size=self._page_size, most=most, headers=headers)

    def changes(self, query: Mapping[str, Any]) -> Pages[CardChange]:
        """What newer cards changed."""
        return self._pages(CHANGES, query, _change_from, ("client", "employee"))

    def employees(self, client: str, query: Mapping[str, Any]) -> Pages[OrderedEmployee]:
        """Who is employed by a client, and whether an order would be about them."""
        return self._pages(f"/v1/clients/{quote(client, safe='')}/employees", query, _ordered_from, ("id",))

    async def order(
        self,
        said: Mapping[str, Any],
        items: Sequence[Mapping[str, Any]],
        *,
        wait: bool,
        ended: Callable[[int], None],
    ) -> Sequence[CardResult]:
        """Order cards of up to 1000 people; the job is waited for, and its results are one an employee."""
        expected = Expected(read=_result_from, identity=("key", "employee", "fnr"), wait=wait, ended=ended)
        return await results_of(self._wire, await send_many(self._wire, ORDERS, items, said), expected)

    async def take_in(self, items: Sequence[Mapping[str, Any]]) -> Sequence[CardResult]:
        """Take in what a file has of up to 500 employees; one result an item, in order."""
        return await results_of(self._wire, await send_many(self._wire, IMPORTS, items), Expected(read=_result_from))

    def _pages(
        self,
        path: str,
        query: Mapping[str, Any],
        read: Callable[[dict[str, Any]], Any],
        identity: tuple[str, ...],
    ) -> Pages[Any]:
        return Pages(self._wire, path, list(pairs(query)), read, size=self._page_size, identity=identity)


_SAFE = " !\"#$&'()*+,-./:;<=>?@[\\]^_`{|}~"
"""What a header can hold as it is; a percent sign would be taken for the beginning of what is quoted."""


def _status_from(item: Mapping[str, Any]) -> CardStatus:
    return CardStatus(
        client=reference_from(item["client"]),
        owner=optional(person_from, item["owner"]),
        year=whole(item["year"]),
        employees=whole(item["employees"]),
        fetched=whole(item["fetched"]),
        missing=whole(item["missing"]),
        at_50=whole(item["at_50"]),
        next_pay_date=optional(day, item["next_pay_date"]),
        at_50_on=optional(day, item["at_50_on"]),
        oldest=optional(instant, item["oldest"]),
        newest=optional(instant, item["newest"]),
        delegation=text(item["delegation"]),
        last_order=optional(_order_from, item["last_order"]),
        fetched_at=instant(item["fetched_at"]),
    )


def _order_from(item: Mapping[str, Any]) -> LastOrder:
    return LastOrder(job=text(item["job"]), mode=text(item["mode"]), state=text(item["state"]), at=instant(item["at"]))


def _candidate_from(item: Mapping[str, Any]) -> Candidate:
    blocked = item["blocked"] or {"code": None, "message": None}
    return Candidate(
        client=reference_from(item["client"]),
        owner=optional(person_from, item["owner"]),
        blocked=optional(text, blocked["code"]),
        why_blocked=optional(text, blocked["message"]),
        people=many(text, item["people"]),
        left_out=many(_left_out_from, item["left_out"]),
        ordered_before=flag(item["ordered_before"]),
        fetched_at=instant(item["fetched_at"]),
    )


def _left_out_from(item: Mapping[str, Any]) -> LeftOut:
    return LeftOut(reason=text(item["reason"]), employees=many(text, item["employees"]))


def _employee_from(item: Mapping[str, Any]) -> Employee:
    return Employee(id=text(item["id"]), name=text(item["name"]))


def _deduction_from(item: Mapping[str, Any]) -> Deduction:
    return Deduction(
        code=text(item["code"]),
        kind=text(item["kind"]),
        table=optional(text, item["table"]),
        percent=optional(money, item["percent"]),
        months=optional(money, item["months"]),
        free_amount=optional(money, item["free_amount"]),
    )


def _card_from(item: Mapping[str, Any]) -> Card:
    return Card(
        result=text(item["result"]),
        applies=optional(_deduction_from, item["applies"]),
        employer_role=text(item["employer_role"]),
        fetched_at=instant(item["fetched_at"]),
    )


def _tax_card_from(item: Mapping[str, Any], *, seen: Callable[[str], str]) -> TaxCard:
    return TaxCard(
        id=text(item["id"]),
        client=reference_from(item["client"]),
        employee=_employee_from(item["employee"]),
        fnr=seen(text(item["fnr"])),
        year=whole(item["year"]),
        result=text(item["result"]),
        applies=optional(_deduction_from, item["applies"]),
        deductions=None if item["deductions"] is None else many(_deduction_from, item["deductions"]),
        employer_role=text(item["employer_role"]),
        extra_info=many(text, item["extra_info"]),
        issued=optional(day, item["issued"]),
        fetched_at=instant(item["fetched_at"]),
        withheld=optional(withheld_from, item["withheld"]),
    )


def _result_from(item: Mapping[str, Any]) -> CardResult:
    return CardResult(
        key=text(item["key"]),
        outcome=text(item["outcome"]),
        code=optional(text, item.get("code")),
        message=optional(text, item.get("message")),
        employee=optional(_employee_from, item["employee"]),
        fnr=optional(_masked, item["fnr"]),
        result=optional(text, item["result"]),
        previous=optional(_card_from, item["previous"]),
        card=optional(_card_from, item["card"]),
        changed=flag(item["changed"]),
        withheld=optional(withheld_from, item["withheld"]),
    )


def _change_from(item: Mapping[str, Any]) -> CardChange:
    return CardChange(
        client=reference_from(item["client"]),
        owner=optional(person_from, item["owner"]),
        employee=_employee_from(item["employee"]),
        fnr=_masked(item["fnr"]),
        year=whole(item["year"]),
        result_before=optional(text, item["result_before"]),
        before=optional(_deduction_from, item["before"]),
        result=text(item["result"]),
        after=optional(_deduction_from, item["after"]),
        changed_at=instant(item["changed_at"]),
        withheld=optional(withheld_from, item["withheld"]),
    )


def _ordered_from(item: Mapping[str, Any]) -> OrderedEmployee:
    return OrderedEmployee(
        employee=_employee_from(item),
        fnr=_masked(item["fnr"]),
        starts=day(item["starts"]),
        ends=optional(day, item["ends"]),
        due=flag(item["order"]["due"]),
        reason=optional(text, item["order"]["reason"]),
        ordered_at=optional(instant, item["order"]["ordered_at"]),
        card=optional(_card_from, item["tax_card"]),
        withheld=optional(withheld_from, item["withheld"]),
        fetched_at=instant(item["fetched_at"]),
    )


def _masked(value: str) -> str:
    return masked(text(value))
