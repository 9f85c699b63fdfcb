"""A source that tells what a test has put into it, month by month, through the same port as any other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from bureau_cli.platform import calendar
from bureau_cli.platform.clock import OSLO, to_moment
from bureau_cli.platform.sources import (
    Access,
    AgaLine,
    AMelding,
    Bureau,
    Chapter,
    Client,
    Deduction,
    Employee,
    NoPay,
    Opening,
    PayGroup,
    PayRun,
    Payslip,
    Portfolio,
    Registration,
    Site,
    TaxCard,
    User,
)

OWNER, MEMBER, LEADER, ADMINISTRATOR = "us_own", "us_mem", "us_lead", "us_adm"
USERS = (
    User(id=LEADER, login="lise", name="Lise", email="lise@told.example", role="leader"),
    User(id=ADMINISTRATOR, login="ada", name="Ada", email="ada@told.example", role="administrator"),
    User(id=OWNER, login="olav", name="Olav", email="olav@told.example", role="officer"),
    User(id=MEMBER, login="mari", name="Mari", email="mari@told.example", role="officer"),
)


def at(text: str) -> int:
    """Give an instant, written as Oslo's clocks show it."""
    return int(datetime.fromisoformat(text).replace(tzinfo=OSLO).timestamp())


def client(number: int, **changes: Any) -> Client:
    """Make an active client with one pay group, one site and an owner."""
    client_id = f"cl_{number}"
    usual = Client(
        id=client_id,
        number=str(100 + number),
        name=f"Kunde {number} AS",
        orgnr=f"31000000{number}",
        form="AS",
        linked_via="onboarded",
        altinn_settings=False,
        delegation="granted",
        onboarded=date(2020, 1, 1),
        active_from=date(2020, 2, 1),
        notice_on=None,
        left_on=None,
        uses_approval=True,
        payments_known=True,
        feed_stopped_on=None,
        pay_groups=(PayGroup(id=f"pg_{number}", name="Månedslønn", payday=20),),
        sites=(Site(orgnr=f"31100000{number}", zone="1", sector="ordinary"),),
        access=(Access(user_id=OWNER, role="owner", starts=date(2020, 1, 1)),),
    )
    return replace(usual, **changes)


def employee(number: int, of: int, **changes: Any) -> Employee:
    """Make someone employed for years."""
    usual = Employee(
        id=f"em_{number}",
        client_id=f"cl_{of}",
        pay_group_id=f"pg_{of}",
        site_orgnr=f"31100000{of}",
        name=f"Ansatt {number}",
        fnr=f"0181908{number:04}",
        starts=date(2021, 3, 1),
        ends=None,
    )
    return replace(usual, **changes)


def card(number: int, fetched: str, year: int = 2026, **changes: Any) -> TaxCard:
    """Make a table card."""
    table = Deduction(code="loennFraHovedarbeidsgiver", kind="table", table="8140", percent=3350, months=105)
    usual = TaxCard(
        employee_id=f"em_{number}",
        year=year,
        result="skattekortopplysningerOK",
        employer_role="main",
        deductions=(table,),
        applies=0,
        extra_info=(),
        issued=date(year, 1, 2),
        fetched_at=at(fetched),
    )
    return replace(usual, **changes)


def run(number: int, of: int, payslips: Sequence[Payslip], period: str = "2026-03", **changes: Any) -> PayRun:
    """Make an ordinary run, created on the 10th, submitted on the 12th and locked on the 18th; paid on the 20th."""
    usual = PayRun(
        id=f"run_{number}",
        client_id=f"cl_{of}",
        pay_group_id=f"pg_{of}",
        period=period,
        type="ordinary",
        pay_date=calendar.pay_date(period, 20),
        created_by=OWNER,
        created_at=at(f"{period}-10T09:00"),
        submitted_at=at(f"{period}-12T09:00"),
        approved_at=at(f"{period}-16T09:00"),
        locked_at=at(f"{period}-18T09:00"),
        payslips_sent_at=at(f"{period}-19T09:00"),
        paid_at=at(f"{period}-20T06:00"),
        withholding_paid_at=None,
        attachment_paid_at=None,
        booked_at=None,
        payslips=payslips,
        aga=(line(of, 5_000_000),),
    )
    return replace(usual, **changes)


def line(of: int, base: int, rate: int = 1410, **changes: Any) -> AgaLine:
    """Make a line of arbeidsgiveravgift."""
    usual = AgaLine(
        site_orgnr=f"31100000{of}",
        zone="1",
        sector="ordinary",
        kind="pay",
        base=base,
        rate=rate,
        amount=(base * rate + 5000) // 10_000,
    )
    return replace(usual, **changes)


def payslip(number: int, gross: int = 5_000_000, *, touched: bool = False) -> Payslip:
    """Make a payslip, a third of it withheld."""
    withheld = gross // 3 // 100 * 100
    return Payslip(f"em_{number}", gross, withheld, 0, gross - withheld, touched)


def message(number: int, of: int, run_ids: Sequence[str], month: str = "2026-02", **changes: Any) -> AMelding:
    """Make a message created and sent on the 25th, received five minutes later."""
    usual = AMelding(
        id=f"am_{number}",
        client_id=f"cl_{of}",
        month=month,
        replaces=None,
        run_ids=run_ids,
        recipients=1,
        created_at=at(f"{month}-25T08:00"),
        sent_at=at(f"{month}-25T09:00"),
        feedback_at=at(f"{month}-25T09:05"),
        result="received",
        deviations=(),
        aga=(line(of, 5_000_000),),
        aga_sum=705_000,
        finansskatt_sum=0,
        withholding_sum=1_666_600,
        attachment_sum=0,
        payments=(),
    )
    return replace(usual, **changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldSource:
    """A bureau of these clients; the first of them is its own company."""

    clients: Sequence[Client]
    employees: Sequence[Employee] = ()
    tax_cards: Sequence[TaxCard] = ()
    runs: Sequence[PayRun] = ()
    messages: Sequence[AMelding] = ()
    registrations: Sequence[Registration] = ()
    no_pay: Sequence[NoPay] = ()
    openings: Sequence[Opening] = ()
    today: date = date(2026, 3, 16)
    begins: str = ""
    """The first month told of; thirteen months before today's where it is left out."""

    @property
    def recipe(self) -> Mapping[str, str | int]:
        return {"name": "told", "clients": len(self.clients), "seed": 0, "today": self.today.isoformat()}

    @property
    def first_period(self) -> str:
        return self.begins or calendar.shifted(calendar.period_of(self.today), -13)

    def portfolio(self) -> Portfolio:
        bureau = Bureau(id="bu_told", name=self.clients[0].name, orgnr=self.clients[0].orgnr)
        return Portfolio(bureau=bureau, users=USERS, clients=self.clients, groups=(), default_login="lise")

    def chapters(self, first: str, last: str) -> Iterator[Chapter]:
        for one in self.clients:
            groups = {group.id for group in one.pay_groups}
            staff = {who.id: who for who in self.employees if who.client_id == one.id}
            begins_the_story = first == self.first_period

            def told(period: str, *, floor: str = "" if begins_the_story else first) -> bool:
                return floor <= period <= last

            yield Chapter(
                client_id=one.id,
                employees=[who for who in staff.values() if told(calendar.period_of(who.starts))],
                tax_cards=[c for c in self.tax_cards if c.employee_id in staff and told(_month(c.fetched_at))],
                runs=[r for r in self.runs if r.client_id == one.id and told(r.period)],
                no_pay=[n for n in self.no_pay if n.pay_group_id in groups and told(n.period)],
                messages=[m for m in self.messages if m.client_id == one.id and told(m.month)],
                registrations=[r for r in self.registrations if r.employee_id in staff and told(_month(r.at))],
                openings=[o for o in self.openings if o.client_id == one.id and begins_the_story],
            )


def _month(instant: int) -> str:
    return calendar.period_of(to_moment(instant).date())
