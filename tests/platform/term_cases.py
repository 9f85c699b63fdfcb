"""Clients made up for the terminoppgave, one a story, and the term in which it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bureau_cli.platform import calendar
from bureau_cli.platform.sources import AgaLine, AMelding, Opening, Payment, PayRun, Payslip, Site

from .told import ADMINISTRATOR, Access, ToldSource, at, client, employee, line, message, run

TODAY = date(2026, 5, 11)
ACCOUNT = "76940524802"
KID_BY_MOD11, KID_BY_MOD10, KID_BAD = "0095755263306220219", "602243", "0095755263306220218"
NOT_OLAVS = (Access(user_id=ADMINISTRATOR, role="owner", starts=date(2020, 1, 1)),)


class Bureau:
    """Gathers clients with their runs and messages for a source."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self._told: dict[str, list[Any]] = {"clients": [], "employees": [], "runs": [], "messages": [], "openings": []}
        self._made = 0
        self._add("the bureau itself", linked_via="internal", active_from=date(2030, 1, 1))

    def source(self) -> ToldSource:
        return ToldSource(today=TODAY, begins="2024-01", **self._told)

    def add(self, story: str, *, opening: int = 0, **changes: Any) -> Firm:
        """Add a client with one employee."""
        number = self._add(story, **changes)
        self._told["employees"].append(employee(number, number))
        if opening:
            self._told["openings"].append(Opening(client_id=f"cl_{number}", year=2024, base=opening))
        return Firm(self, number)

    def put(self, kind: str, row: Any) -> None:
        self._told[kind].append(row)

    def next(self) -> int:
        self._made += 1
        return self._made

    def _add(self, story: str, **changes: Any) -> int:
        number = self.numbers[story] = len(self.numbers)
        sites = (Site(orgnr=f"311{number:06}", zone="1", sector="ordinary"),)
        self._told["clients"].append(client(number, **{"orgnr": f"31{number:07}", "sites": sites, **changes}))
        return number


class Firm:
    """One client of the bureau; amounts are whole øre."""

    def __init__(self, bureau: Bureau, number: int) -> None:
        self._bureau = bureau
        self._number = number

    def lines(self, *parts: tuple[Any, ...], **changes: Any) -> list[AgaLine]:
        """Make lines of a base, a rate and a zone."""
        orgnr = f"311{self._number:06}"
        made = [line(0, base, rate, site_orgnr=orgnr, zone=zone) for base, rate, zone in parts]
        return [replace(one, **changes) for one in made]

    def run(self, period: str, aga: Sequence[AgaLine], withheld: int = 0, **changes: Any) -> PayRun:
        """Make a run that withholds so much of its one payslip."""
        pay = 10_000_000
        slip = Payslip(f"em_{self._number}", pay, withheld, changes.pop("attached", 0), pay - withheld, touched=False)
        made = run(self._bureau.next(), self._number, [slip], period, aga=tuple(aga), **changes)
        self._bureau.put("runs", made)
        return made

    def message(self, runs: Sequence[PayRun], month: str, asked: Sequence[Payment] = (), **changes: Any) -> AMelding:
        """Make a message that tells of runs as they are, in whole kroner."""
        lines = [one for made in runs for one in made.aga]
        taxed = sum(one.base for one in lines if one.sector == "finance")
        usual = {
            "aga": tuple(lines),
            "aga_sum": (sum(one.amount for one in lines) + 50) // 100 * 100,
            "finansskatt_sum": (taxed * 5 + 5000) // 10_000 * 100,
            "withholding_sum": sum(slip.withholding for made in runs for slip in made.payslips),
            "attachment_sum": sum(slip.attachment for made in runs for slip in made.payslips),
            "payments": tuple(asked),
        }
        told = message(self._bureau.next(), self._number, [made.id for made in runs], month, **{**usual, **changes})
        self._bureau.put("messages", told)
        return told


def payment(kind: str, amount: int, due: str, paid_on: str | None = None, **changes: Any) -> Payment:
    """Make what the authority asks for."""
    usual = Payment(
        kind=kind,
        pay_date=date.fromisoformat(paid_on) if paid_on else None,
        amount=amount,
        account=ACCOUNT,
        kid=KID_BY_MOD11,
        due=date.fromisoformat(due),
    )
    return replace(usual, **changes)


def bureau() -> Bureau:
    """Make every client."""
    made = Bureau()
    _worked_example(made)
    _zones(made)
    _years(made)
    _differences(made)
    return made


def _worked_example(made: Bureau) -> None:
    """500 000,00 and 512 345,50 in zone 1, 120 000,50 and 118 000,00 in zone 3; paid on the 20th."""
    firm = made.add("the worked example")
    for month, one, three, withheld, kroner, paid in (
        ("2026-01", 50_000_000, 12_000_050, 20_666_600, 7_818_000, at("2026-01-21T06:00")),
        ("2026-02", 51_234_550, 11_800_000, 20_678_200, 7_979_300, None),
    ):
        lines = firm.lines((one, 1410, "1")) + firm.lines((three, 640, "3"), site_orgnr="311900001")
        run_of_month = firm.run(month, lines, withheld, withholding_paid_at=paid)
        due = "2026-01-21" if month == "2026-01" else "2026-02-23"
        asked = [
            payment("aga", kroner, "2026-03-16"),
            payment("forskuddstrekk", withheld, due, f"{month}-20", kid=KID_BY_MOD10),
        ]
        firm.message([run_of_month], month, asked)


def _zones(made: Bureau) -> None:
    firm = made.add("crossing the fribeløp")  # 20 000 000,00 in January; of 6 000 000,00 in February a part is full
    january = firm.run("2026-01", firm.lines((2_000_000_000, 1060, "1a"), (900_000_000, 1410, "1")))
    firm.message([january], "2026-01")
    february = firm.run(
        "2026-02",
        firm.lines((428_571_428, 1060, "1a")) + firm.lines((171_428_572, 1410, "1a"), site_orgnr="311900002"),
    )
    firm.message([february], "2026-02")
    march = firm.run("2026-03", firm.lines((-300_000_000, 1060, "1a"), kind="refund"))
    firm.message([march], "2026-03")

    firm = made.add("beginning with a base", opening=1_000_000_000)
    firm.message([firm.run("2024-01", firm.lines((100_000_000, 1060, "1a")))], "2024-01")

    firm = made.add("in zone 4a")
    lines = firm.lines((10_000_000, 790, "4a")) + firm.lines((10_000_000, 510, "4a"), sector="agriculture")
    firm.message([firm.run("2026-01", lines)], "2026-01")

    firm = made.add("farming in zone 1a")
    lines = firm.lines((3_000_000_000, 1060, "1a"), sector="agriculture") + firm.lines((100_000, 1060, "3"))
    firm.message([firm.run("2026-01", lines)], "2026-01")

    firm = made.add("in finance")  # 5 % of 1 000 010,00 is 50 000,50
    firm.message([firm.run("2026-01", firm.lines((100_001_000, 1410, "1"), sector="finance"))], "2026-01")

    firm = made.add("with a refund")
    lines = firm.lines((10_000_000, 1410, "1")) + firm.lines((-4_000_000, 1410, "1"), kind="refund")
    firm.message([firm.run("2026-01", lines)], "2026-01")


def _years(made: Bureau) -> None:
    firm = made.add("with extra avgift in 2024")
    lines = firm.lines((100_000_000, 1410, "1")) + firm.lines((15_000_000, 500, "1"), kind="extra")
    december = firm.run("2024-12", lines, 30_000_000, attached=100_000, withholding_paid_at=at("2025-01-15T06:00"))
    asked = [
        payment("aga", 14_850_000, "2025-01-15"),
        payment("forskuddstrekk", 30_000_000, "2025-01-15"),
        payment("utleggstrekk", 100_000, "2025-01-15", kid=KID_BAD),
    ]
    firm.message([december], "2024-12", asked)

    firm = made.add("with extra avgift in 2025")  # when there was none any more
    lines = firm.lines((100_000_000, 1410, "1")) + firm.lines((15_000_000, 500, "1"), kind="extra")
    firm.message([firm.run("2025-11", lines, 30_000_000)], "2025-11")

    made.add("with no pay at all")
    made.add("of another", access=NOT_OLAVS)
    made.add("no longer fetched", feed_stopped_on=date(2026, 1, 15))


def _differences(made: Bureau) -> None:
    """In March and April 2026; April's messages are due on the 5th of May."""
    month = "2026-03"
    firm = made.add("rejected")
    runs = [firm.run(month, firm.lines((10_000_000, 1410, "1")), 3_000_000)]
    firm.message(runs, month, result="rejected")

    firm = made.add("with a late run")
    firm.message([firm.run(month, firm.lines((10_000_000, 1410, "1")), 3_000_000)], month)
    late = {"type": "extra", "pay_date": date(2026, 3, 31), "created_at": at("2026-03-30T09:00")}
    firm.run(month, firm.lines((1_000_000, 1410, "1")), 500_000, **late)

    firm = made.add("not sent")
    firm.run("2026-04", firm.lines((10_000_000, 1410, "1")), 3_000_000)

    firm = made.add("not answered")
    runs = [firm.run("2026-04", firm.lines((10_000_000, 1410, "1")), 3_000_000)]
    firm.message(runs, "2026-04", feedback_at=None, result=None)

    firm = made.add("replaced by less")
    runs = [firm.run(month, firm.lines((10_000_000, 1410, "1")), 3_000_000)]
    first = firm.message(runs, month)
    later = {"sent_at": at("2026-03-26T09:00"), "feedback_at": at("2026-03-26T09:05")}
    firm.message(runs, month, replaces=first.id, aga_sum=1_000_000, **later)

    firm = made.add("told otherwise")
    runs = [firm.run(month, firm.lines((10_000_000, 1410, "1")), 3_000_000)]
    firm.message(runs, month, withholding_sum=2_000_000)

    firm = made.add("asked for otherwise")
    runs = [firm.run(month, firm.lines((10_000_000, 1410, "1")), 3_000_000)]
    asked = [payment("aga", 1_400_000, "2026-05-15"), payment("forskuddstrekk", 3_000_000, "2026-03-23", "2026-03-20")]
    firm.message(runs, month, asked)

    firm = made.add("rounded down")  # from 1 410,60
    runs = [firm.run(month, firm.lines((1_000_426, 1410, "1")))]
    firm.message(runs, month, aga_sum=141_000)

    firm = made.add("told of in three messages")  # each a half krone off, and all of them one and a half
    for day in (10, 20, 31):
        made_on = {"type": "extra", "pay_date": date(2026, 3, day)}
        runs = [firm.run(month, firm.lines((1_000_400, 1250, "1")), 0, **made_on)]
        firm.message(runs, month)

    firm = made.add("in finance, rejected and half of it sent again")
    runs = [
        firm.run(month, firm.lines((20_000_000, 1410, "1"), sector="finance"), 3_000_000, pay_date=date(2026, 3, day))
        for day in (10, 20)
    ]
    firm.message(runs, month, result="rejected")
    firm.message(runs[:1], month, sent_at=at("2026-03-26T09:00"), feedback_at=at("2026-03-26T09:05"))


def paid_on(period: str) -> str:
    """Give the day on which the 20th of a period is paid."""
    return calendar.pay_date(period, 20).isoformat()
