"""What arbeidsgiveravgift and finansskatt of clients' months are made of, by site, zone, sector and kind."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from bureau_cli.platform.calendar import first_day
from bureau_cli.platform.calls import Call
from bureau_cli.platform.law import aga
from bureau_cli.platform.month_end.charges import (
    AGA,
    FINANSSKATT,
    MESSAGES,
    RUNS,
    WANTED,
    Charges,
    ClientMonth,
    asked_for,
)
from bureau_cli.platform.shown import money, percent

_LINES = """
{wanted}
SELECT wanted.client_id, wanted.month, site_orgnr, zone, sector, kind, rate, sum(base) AS base, sum(amount) AS amount
{these} CROSS JOIN {lines}
GROUP BY wanted.client_id, wanted.month, site_orgnr, zone, sector, kind, rate
ORDER BY wanted.client_id, wanted.month, site_orgnr, zone,
    CASE kind WHEN 'pay' THEN 0 WHEN 'pension' THEN 1 WHEN 'refund' THEN 2 ELSE 3 END, rate
"""
_BY_BASIS = {
    "reported": _LINES.format(wanted=WANTED, these=MESSAGES, lines="a_melding_aga ON message = a_melding.seq"),
    "runs": _LINES.format(wanted=WANTED, these=RUNS, lines="pay_run_aga ON run = pay_run.seq"),
}
_EMPTY = dict.fromkeys(("site", "zone", "sector", "base", "rate", "lawful"))

Lines = Mapping[ClientMonth, Sequence[Any]]


def lines_of(call: Call, charges: Mapping[ClientMonth, Charges]) -> Lines:
    """Find the lines that clients' months are made of: those of messages where all is reported, else of runs."""
    found: dict[ClientMonth, list[Any]] = defaultdict(list)
    for basis, sql in _BY_BASIS.items():
        wanted = [key for key, one in charges.items() if one.basis == basis]
        for row in call.db.execute(sql, asked_for(call, wanted)):
            found[row["client_id"], row["month"]].append(row)
    return found


def shown_lines(month: str, lines: Collection[Any], charges: Charges) -> Iterator[dict[str, Any]]:
    """Show a month's lines, and those that make them whole kroner: what is rounded, and finansskatt."""
    day = first_day(month)
    for line in lines:
        yield _shown(month, line, day)
    rounding = (charges.amounts[AGA] or 0) - sum(line["amount"] for line in lines)
    if rounding:
        yield {**_EMPTY, "month": month, "kind": "avrunding", "amount": money(rounding)}
    if charges.amounts[FINANSSKATT]:
        yield {
            **_EMPTY,
            "month": month,
            "kind": "finansskatt",
            "sector": aga.FINANCE,
            "base": money(sum(line["base"] for line in lines if _is_taxed(line))),
            "rate": percent(aga.FINANSSKATT.on(day)),
            "amount": money(charges.amounts[FINANSSKATT]),
        }


def zone_1a_base(lines: Collection[Any]) -> int:
    """Add up the base that uses up the fribeløp."""
    return sum(line["base"] for line in lines if _uses_fribelop(line))


def has_zone_1a(lines: Collection[Any]) -> bool:
    """Tell whether some of it uses up the fribeløp."""
    return any(map(_uses_fribelop, lines))


def _shown(month: str, line: Any, day: date) -> dict[str, Any]:
    return {
        "month": month,
        "kind": line["kind"],
        "site": line["site_orgnr"],
        "zone": line["zone"],
        "sector": line["sector"],
        "base": money(line["base"]),
        "rate": percent(line["rate"]),
        "amount": money(line["amount"]),
        "lawful": _is_lawful(line, day),
    }


def _is_lawful(line: Any, day: date) -> bool:
    if line["kind"] == aga.EXTRA:
        law = aga.EXTRA_AGA.on(day)
        return law is not None and law.rate == line["rate"]
    return line["rate"] in aga.lawful_rates(line["zone"], line["sector"], day)


def _is_taxed(line: Any) -> bool:
    return bool(line["sector"] == aga.FINANCE and line["kind"] != aga.EXTRA)


def _uses_fribelop(line: Any) -> bool:
    return aga.has_fribelop(line["zone"], line["sector"]) and line["kind"] != aga.EXTRA
