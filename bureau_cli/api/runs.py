"""`/v1/payroll-runs`: what clients' pay groups are paid, and how far that has come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from bureau_cli.api.clients import pairs, pay_group_from, person_from, reference_from, withheld_from
from bureau_cli.api.pages import Pages
from bureau_cli.api.reading import day, instant, many, money, optional, read_as, text, whole
from bureau_cli.api.wire import Call, Wire
from bureau_cli.domain.runs import AgaLine, PayrollRun

PATH = "/v1/payroll-runs"


class RunsApi:
    """Reads payroll runs. `page_size` is how many runs one request asks for."""

    def __init__(self, wire: Wire, *, page_size: int) -> None:
        self._wire = wire
        self._page_size = page_size

    def list(self, query: Mapping[str, Any], *, most: int | None = None) -> Pages[PayrollRun]:
        """All runs the query fits, by pay date unless it asks for another order."""
        return Pages(self._wire, PATH, list(pairs(query)), _run_from, size=self._page_size, most=most)

    async def get(self, run_id: str) -> PayrollRun:
        """One run."""
        answer = await self._wire.send(Call(method="GET", path=f"{PATH}/{quote(run_id, safe='')}"))
        return read_as("a payroll run", _run_from, answer.content)


def _run_from(item: Mapping[str, Any]) -> PayrollRun:
    return PayrollRun(
        id=text(item["id"]),
        client=reference_from(item["client"]),
        period=text(item["period"]),
        type=text(item["type"]),
        pay_group=pay_group_from(item["pay_group"]),
        pay_date=day(item["pay_date"]),
        state=text(item["state"]),
        created_at=instant(item["created_at"]),
        created_by=person_from(item["created_by"]),
        submitted_at=optional(instant, item["submitted_at"]),
        approved_at=optional(instant, item["approved_at"]),
        locked_at=optional(instant, item["locked_at"]),
        paid_at=optional(instant, item["paid_at"]),
        payslips_sent_at=optional(instant, item["payslips_sent_at"]),
        withholding_paid_at=optional(instant, item["withholding_paid_at"]),
        attachment_paid_at=optional(instant, item["attachment_paid_at"]),
        booked_at=optional(instant, item["booked_at"]),
        payments_as_of=optional(instant, item["payments_as_of"]),
        payslips=whole(item["payslips"]),
        payslips_untouched=whole(item["payslips_untouched"]),
        gross=optional(money, item["gross"]),
        net=optional(money, item["net"]),
        withholding=optional(money, item["withholding"]),
        attachment=optional(money, item["attachment"]),
        aga_base=optional(money, item["aga_base"]),
        aga=optional(money, item["aga"]),
        aga_lines=aga_lines_from(item["aga_lines"]),
        withheld=optional(withheld_from, item["withheld"]),
        fetched_at=instant(item["fetched_at"]),
    )


def aga_lines_from(lines: Any) -> tuple[AgaLine, ...] | None:
    """Lines of arbeidsgiveravgift from their JSON, None where they are withheld."""
    return None if lines is None else many(_aga_line_from, lines)


def _aga_line_from(item: Mapping[str, Any]) -> AgaLine:
    return AgaLine(
        site=text(item["site"]),
        zone=text(item["zone"]),
        sector=text(item["sector"]),
        kind=text(item["kind"]),
        base=money(item["base"]),
        rate=money(item["rate"]),
        amount=money(item["amount"]),
    )
