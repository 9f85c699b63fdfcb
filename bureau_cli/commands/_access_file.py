"""Access as a file: the tables of `access list -o toml`, the matrix of its workbook, and what is read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

import typer

from bureau_cli.bulk.plan import Plan
from bureau_cli.bulk.report import counted
from bureau_cli.bulk.saved import is_plan
from bureau_cli.commands._access_columns import CHANGES
from bureau_cli.commands._selection import CLIENT_COLUMNS
from bureau_cli.commands._session import Session
from bureau_cli.commands._shape import Shape
from bureau_cli.domain.access import Access
from bureau_cli.domain.access_file import ENDED, NO_ROLE, ROLES, AccessFile, access_file, access_rows
from bureau_cli.domain.selection import Token
from bureau_cli.errors import BadUsage, DocumentInvalid, ExitCode, NoAccess
from bureau_cli.formatters.entries import Record
from bureau_cli.formatters.read_toml import Written, read_toml
from bureau_cli.formatters.reading import is_table, read_records
from bureau_cli.formatters.results import Column, Kind, Listing, Noted
from bureau_cli.formatters.titles import LANGUAGES, titles
from bureau_cli.services.access.file import AccessOfUser

Described = Annotated[
    Path,
    typer.Argument(metavar="FILE", help="Who is to have access: a TOML, xlsx or csv file, as `access list` writes it."),
]
Applied = Annotated[
    Path, typer.Argument(metavar="FILE", help="A TOML, xlsx or csv file, or a plan that --plan-out saved; - stdin.")
]
Complete = Annotated[
    Literal["clients", "users", "all"] | None,
    typer.Option(
        "--complete", help="The file says all there is of its clients, its users, or all; what else there is ends."
    ),
]

DRIFT = Shape(
    name="access.drift",
    columns=tuple(column for column in CHANGES.columns if column.key != "outcome"),
    ids="number",
    whole=True,
)


def _in_role(role: str) -> Column:
    """The clients where a user has a role, with what a reader wants to know of each."""

    def items(one: AccessOfUser) -> tuple[Noted, ...] | None:
        return tuple(_item(access) for access in one.accesses if access.role == role) or None

    return Column(role, Kind.ID, items, many=True)


def _item(access: Access) -> Noted:
    days = {"from": access.starts if access.state == "upcoming" else None, "to": access.ends}
    terms = {name: day for name, day in days.items() if day is not None}
    return Noted(access.client.number, access.client.name, terms, "client")


FILE_COLUMNS = (
    Column("user", Kind.ID, lambda one: Noted(one.user.login, one.user.name)),
    *(_in_role(role) for role in ROLES),
)


def filed(rows: Sequence[AccessOfUser]) -> Listing:
    """Who has access today, as the file that is planned and applied."""
    return Listing(schema="access.file", columns=FILE_COLUMNS, rows=rows, filed=True)


async def planned_by(session: Session, complete: str | None) -> Plan:
    """What it takes for access to be as the file of the line has it."""
    wanted = wanted_by(session.document, complete)
    if wanted.complete is None:
        session.output.say(f"what {wanted.name} does not name is left as it is (--complete says otherwise)")
    if wanted.passed_over:
        rows = counted(wanted.passed_over, "row")
        session.output.say(f"{rows} of what is over passed over; to end access, take none for its role")
    return await session.app.people.access_files.plan(wanted)


def is_saved_plan(written: Written) -> bool:
    """Whether a file is a plan, and not a description."""
    return not _is_sheet(written) and is_plan(written.text)


def wanted_by(written: Written, complete: str | None) -> AccessFile:
    """What a file says, of all that `complete` says it is about.

    Raises:
        DocumentInvalid, FileInvalid: it cannot be read as such a file; the place is told.
        BadUsage: it says itself that it is complete for something else.
    """
    if is_saved_plan(written):
        raise DocumentInvalid(f"{written.name} is a saved plan", fix=f"bureau access apply {written.name} --plan")
    if _is_sheet(written):
        records = read_records(written.name, written.content, _columns(), required=("user", "client", "role"))
        file = access_rows(written.name, [_tokens(record) for record in records])
    else:
        file = access_file(written.name, read_toml(written))
    return file.completed(complete).required()


def drifted(tell: Callable[[str], None], planned: Plan, name: str) -> Listing:
    """The differences, which are a finding, or none, which is told; where nobody is seen, nobody can tell.

    A difference that is proven outranks what is not known.
    """
    found = replace(planned, consequences=()).preview()
    if not found:
        tell(f"access is as {name} has it")
        return DRIFT.listing(())
    proven = [row for row in found if row.code != NoAccess.code]
    unseen = {row.subject for row in found if row.code == NoAccess.code}
    if unseen:
        tell(f"{counted(len(unseen), 'client')} cannot be compared, as you have no access to them yourself")
    if proven:
        tell(f"{counted(len(proven), 'difference')} from {name}")
    return DRIFT.listing(found, exit_code=int(ExitCode.FINDING if proven else ExitCode.UNKNOWN))


def refuse_scope(complete: str | None) -> None:
    """See that nobody wants more of a saved plan than what is in it.

    Raises:
        BadUsage: somebody does.
    """
    if complete is not None:
        raise BadUsage("a saved plan is carried out as it is", fix="leave out --complete")


def _is_sheet(written: Written) -> bool:
    known = _columns()
    return is_table(written.name, written.content, known["user"], known["role"])


def _columns() -> Mapping[str, Sequence[str]]:
    """The columns of a sheet by the titles they may have, ours in every language and those people type."""
    return {
        "user": tuple(dict.fromkeys((*_called("user"), *_called("login")))),
        "client": tuple(dict.fromkeys((*_called("number"), *CLIENT_COLUMNS))),
        **{key: _called(key) for key in ("role", "state", "from", "to")},
    }


def _called(key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((key, *(titles(lang).columns[key].casefold() for lang in LANGUAGES))))


def _tokens(record: Record) -> dict[str, Token]:
    """A row's cells, with the words of any language for a role and for what is over as the contract has them."""
    words = {titles(lang).state(word).casefold(): word for lang in LANGUAGES for word in (*ROLES, NO_ROLE, ENDED)}
    return {
        key: Token(text=words.get(entry.value.casefold(), entry.value) if key in {"role", "state"} else entry.value,
                   place=entry.place)
        for key, entry in record.items()
    }  # fmt: skip
