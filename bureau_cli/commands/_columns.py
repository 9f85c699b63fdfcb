"""Columns that more than one command shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bureau_cli.formatters.results import Column, Kind, Tone

CLIENT_TONES = {"active": Tone.GOOD, "onboarding": Tone.WAITING, "leaving": Tone.WAITING, "left": Tone.DULL}
DELEGATION_TONES = {"granted": Tone.GOOD, "pending": Tone.WAITING, "missing": Tone.BAD}
STEP_TONES = {
    "done": Tone.GOOD,
    "late": Tone.BAD,
    "problem": Tone.BAD,
    "unknown": Tone.WAITING,
    "not_applicable": Tone.DULL,
}
"""What is open has no tone: that is most of what there is on most days."""

MESSAGE_TONES = {
    "not_sent": Tone.WAITING, "sent": Tone.WAITING, "received": Tone.GOOD, "received_guideline": Tone.GOOD,
    "received_immediate": Tone.BAD, "rejected": Tone.BAD,
}  # fmt: skip


def inside(first: str, *further: str) -> Callable[[Any], Any]:
    """How a column reads what a row has further in, None where something on the way is not there."""

    def read(row: Any) -> Any:
        value = getattr(row, first)
        for name in further:
            if value is None:
                return None
            value = getattr(value, name)
        return value

    return read


CLIENT_COLUMNS = (
    Column("number", Kind.ID),
    Column("name"),
    Column("orgnr", Kind.ID),
    Column("form", main=False),
    Column("status", Kind.STATE, tones=CLIENT_TONES),
    Column("paydays", Kind.COUNT, many=True),
    Column("owner", value=inside("owner", "login")),
    Column("owner_name", value=inside("owner", "name"), main=False),
    Column("members", value=lambda client: tuple(m.login for m in client.members), many=True, main=False),
    Column("member_names", value=lambda client: tuple(m.name for m in client.members), many=True, main=False),
    Column("my_access", Kind.STATE, main=False),
    Column("groups", many=True, main=False),
    Column("active_employees", Kind.COUNT, total=True),
    Column("zones", Kind.ID, lambda client: tuple(sorted({s.zone for s in client.sites})), many=True, main=False),
    Column("sites", Kind.ID, lambda client: tuple(s.orgnr for s in client.sites), many=True, main=False),
    Column("pay_groups", value=lambda client: tuple(g.name for g in client.pay_groups), many=True, main=False),
    Column("linked_via", Kind.STATE, main=False),
    Column("altinn_settings", Kind.FLAG, main=False),
    Column("altinn_delegation", Kind.STATE, main=False, tones=DELEGATION_TONES),
    Column("onboarded", Kind.DATE, main=False),
    Column("left", Kind.DATE, main=False),
    Column("last_period", value=inside("last_run", "period"), main=False),
    Column("last_pay_date", Kind.DATE, inside("last_run", "pay_date"), main=False),
    Column("last_payslips", Kind.COUNT, inside("last_run", "payslips"), main=False),
    Column("last_gross", Kind.MONEY, inside("last_run", "gross"), main=False),
    Column("last_net", Kind.MONEY, inside("last_run", "net")),
    Column("withheld", Kind.STATE, main=False),
    Column("fetched_at", Kind.INSTANT, main=False),
)
