"""What the commands about access show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bureau_cli.commands._bulk import OUTCOME_COLUMNS, PARTY_COLUMN
from bureau_cli.commands._shape import Shape
from bureau_cli.domain.access import Access
from bureau_cli.formatters.results import Column, Kind, Pivot, Tone
from bureau_cli.services.access.listing import SORTABLE


def _of_access(column: Column) -> Callable[[Any], Any]:
    """How a column of accesses reads its value where the row is about one."""
    return lambda row: column.read(row.access)


def _to_be_written(_row: object) -> None:
    """Nothing: whoever reviews writes there."""


def _as_it_is_now(access: Access) -> tuple[str, ...]:
    """The role, and that access has not begun or is over, where it does not run."""
    return (access.role,) if access.state == "running" else (access.role, access.state)


STATE_TONES = {"running": Tone.GOOD, "upcoming": Tone.WAITING, "ended": Tone.DULL}

ACCESS_COLUMNS = (
    Column("number", Kind.ID, lambda access: access.client.number),
    Column("name", value=lambda access: access.client.name),
    Column("orgnr", Kind.ID, lambda access: access.client.orgnr, main=False),
    Column("user", Kind.ID, lambda access: access.user.login),
    Column("user_name", value=lambda access: access.user.name, main=False),
    Column("role", Kind.STATE),
    Column("state", Kind.STATE, tones=STATE_TONES),
    Column("from", Kind.DATE, lambda access: access.starts),
    Column("to", Kind.DATE, lambda access: access.ends),
    Column("ended_at", Kind.INSTANT, main=False),
    Column("source", Kind.STATE),
    Column("reason", main=False),
    Column("granted_by", main=False),
    Column("granted_at", Kind.INSTANT, main=False),
    Column("last_used", Kind.DATE),
    Column("bureau_role", Kind.STATE, main=False),
    Column("user_active", Kind.FLAG, main=False),
)
MATRIX = Pivot(
    rows=(
        Column("number", Kind.ID, lambda access: access.client.number),
        Column("name", value=lambda access: access.client.name),
    ),
    across=Column("user", value=lambda access: access.user.login),
    cell=Column("role", Kind.STATE, _as_it_is_now, many=True),
)
"""The second sheet of the workbook: a line a client, a column a user."""


ACCESSES = Shape(name="access.list", columns=ACCESS_COLUMNS, ids="number", sorts=SORTABLE, filed=True, pivot=MATRIX)

CHANGE_COLUMNS = (OUTCOME_COLUMNS[0], PARTY_COLUMN, *OUTCOME_COLUMNS[1:])
CHANGES = Shape(name="access.changes", columns=CHANGE_COLUMNS, ids="number", whole=True)

FINDING_TONES = {"has_left": Tone.BAD, "no_role": Tone.BAD, "never_used": Tone.WAITING, "unused": Tone.WAITING}
REVIEW_COLUMNS = (
    *(replace(column, value=_of_access(column)) for column in ACCESS_COLUMNS if column.key != "ended_at"),
    Column("findings", Kind.STATE, many=True, tones=FINDING_TONES),
    Column("kept", value=_to_be_written, main=False),
    Column("signed", value=_to_be_written, main=False),
)
REVIEW = Shape(name="access.review", columns=REVIEW_COLUMNS, ids="number")
