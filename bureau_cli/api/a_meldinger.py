"""`/v1/a-meldinger`: messages about a month's payments, and the feedback to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from bureau_cli.api.clients import pairs, reference_from, withheld_from
from bureau_cli.api.pages import Pages
from bureau_cli.api.reading import day, instant, many, money, optional, read_as, text, whole
from bureau_cli.api.runs import aga_lines_from
from bureau_cli.api.wire import Call, Wire
from bureau_cli.domain.a_meldinger import AMelding, Deviation, Payment, ReportedSums

PATH = "/v1/a-meldinger"


class AMeldingerApi:
    """Reads a-meldinger. `page_size` is how many messages one request asks for."""

    def __init__(self, wire: Wire, *, page_size: int) -> None:
        self._wire = wire
        self._page_size = page_size

    def list(self, query: Mapping[str, Any], *, most: int | None = None) -> Pages[AMelding]:
        """All messages the query fits, by month unless it asks for another order; replaced ones too."""
        return Pages(self._wire, PATH, list(pairs(query)), _message_from, size=self._page_size, most=most)

    async def get(self, message_id: str) -> AMelding:
        """One message."""
        answer = await self._wire.send(Call(method="GET", path=f"{PATH}/{quote(message_id, safe='')}"))
        return read_as("an a-melding", _message_from, answer.content)


def _message_from(item: Mapping[str, Any]) -> AMelding:
    return AMelding(
        id=text(item["id"]),
        client=reference_from(item["client"]),
        month=text(item["month"]),
        state=text(item["state"]),
        standing=text(item["standing"]),
        created_at=instant(item["created_at"]),
        sent_at=optional(instant, item["sent_at"]),
        feedback_at=optional(instant, item["feedback_at"]),
        replaces=optional(text, item["replaces"]),
        replaced_by=optional(text, item["replaced_by"]),
        runs=many(text, item["runs"]),
        recipients=whole(item["recipients"]),
        deviations=many(_deviation_from, item["deviations"]),
        sums=optional(_sums_from, item["sums"]),
        aga_lines=aga_lines_from(item["aga_lines"]),
        payments=optional(_payments_from, item["payments"]),
        withheld=optional(withheld_from, item["withheld"]),
        fetched_at=instant(item["fetched_at"]),
    )


def _deviation_from(item: Mapping[str, Any]) -> Deviation:
    return Deviation(
        severity=text(item["severity"]), code=text(item["code"]), text=text(item["text"]), count=whole(item["count"])
    )


def _sums_from(item: Mapping[str, Any]) -> ReportedSums:
    return ReportedSums(
        withholding=money(item["withholding"]),
        attachment=money(item["attachment"]),
        aga=money(item["aga"]),
        finansskatt=money(item["finansskatt"]),
    )


def _payments_from(items: Any) -> tuple[Payment, ...]:
    return many(_payment_from, items)


def _payment_from(item: Mapping[str, Any]) -> Payment:
    return Payment(
        kind=text(item["kind"]),
        amount=money(item["amount"]),
        account=text(item["account"]),
        kid=text(item["kid"]),
        due=day(item["due"]),
        pay_date=optional(day, item["pay_date"]),
    )
