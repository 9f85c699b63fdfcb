"""The columns of the board, and of what is behind a client's month on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bureau_cli.commands._columns import MESSAGE_TONES, STEP_TONES, inside
from bureau_cli.commands._shape import Shape
from bureau_cli.domain.month_end import STEPS
from bureau_cli.formatters.results import Column, Kind
from bureau_cli.services.month_end.board import Line


def _step(name: str, field: str) -> Callable[[Line], Any]:
    def read(line: Line) -> Any:
        steps = line.status.steps
        return None if steps is None else getattr(steps[name], field)

    return read


def _when(line: Line) -> tuple[str, ...]:
    """The pay days of the month; of an earlier month the month itself, since a screen has no room for more."""
    status = line.status
    if line.earlier or not status.pay_dates:
        return (status.period,) if line.earlier else ()
    return tuple(f"{day.day}" if f"{day:%Y-%m}" == status.period else f"{day:%m-%d}" for day in status.pay_dates)


BOARD_COLUMNS = (
    Column("number", Kind.ID, inside("status", "client", "number")),
    Column("name", value=inside("status", "client", "name"), mark=lambda line: "stale" if line.stale else None),
    Column("orgnr", Kind.ID, inside("status", "client", "orgnr"), main=False),
    Column("period", Kind.ID, inside("status", "period"), main=False),
    Column("when", Kind.ID, _when, many=True),
    Column("pay_dates", Kind.DATE, inside("status", "pay_dates"), many=True, main=False),
    *(Column(step, Kind.STEP, _step(step, "state"), tones=STEP_TONES) for step in STEPS),
    Column("next", Kind.STATE, inside("status", "next", "step")),
    Column("next_state", Kind.STATE, inside("status", "next", "state"), main=False, tones=STEP_TONES),
    Column("next_due", Kind.DATE, inside("status", "next", "due")),
    Column("owner", Kind.ID, inside("status", "owner", "login")),
    Column("owner_name", value=inside("status", "owner", "name"), main=False),
    Column("state", Kind.STATE, main=False, tones=STEP_TONES),
    Column("closed", Kind.FLAG, inside("status", "closed"), main=False),
    Column("reported", Kind.FLAG, inside("status", "reported"), main=False),
    Column("done", Kind.FLAG, inside("status", "done"), main=False),
    Column("a_melding_state", Kind.STATE, inside("status", "a_melding"), main=False, tones=MESSAGE_TONES),
    Column(
        "reasons",
        Kind.STATE,
        lambda line: tuple(dict.fromkeys(reason.code for reason in line.status.reasons)),
        many=True,
        main=False,
    ),
    *(Column(f"{step}_due", Kind.DATE, _step(step, "due"), main=False) for step in STEPS),
    Column("outside", Kind.STATE, inside("status", "outside"), main=False),
    Column("withheld", Kind.STATE, inside("status", "withheld"), main=False),
    Column("stale", Kind.FLAG, main=False),
    Column("fetched_at", Kind.INSTANT, inside("status", "fetched_at"), main=False),
)

WHY_COLUMNS = (
    Column("step", Kind.STATE),
    Column("state", Kind.STEP, tones=STEP_TONES),
    Column("due", Kind.DATE),
    Column("text", Kind.SENTENCE),
    Column("fact", Kind.ID, inside("fact", "fact"), main=False),
    Column("at", Kind.INSTANT, inside("fact", "at"), main=False),
    Column("payroll_run", Kind.ID, inside("fact", "run"), main=False),
    Column("type", Kind.STATE, inside("fact", "run_type"), main=False),
    Column("message", Kind.ID, inside("fact", "message"), main=False),
    Column("pay_group", value=inside("fact", "pay_group"), main=False),
    Column("pay_date", Kind.DATE, inside("fact", "pay_date"), main=False),
)

BOARD = Shape(name="status.list", columns=BOARD_COLUMNS, ids="number")
WHY = Shape(name="status.explain", columns=WHY_COLUMNS, ids="step")
