"""Tell what a code or a state means, and what to do about it."""

from __future__ import annotations

import inspect
from difflib import get_close_matches
from typing import Annotated

import typer

from bureau_cli.commands._command import Commands, LocalCommand
from bureau_cli.commands._shape import Shape
from bureau_cli.domain.states import STATES
from bureau_cli.errors import EXIT_MEANINGS, BureauError, CodeNotFound
from bureau_cli.formatters.results import Column, Kind, Listing, Record

app = Commands()

Code = Annotated[str | None, typer.Argument(metavar="CODE", help="The code of an error, an exit code, or a state.")]

COLUMNS = (
    Column("code", Kind.ID, lambda leaf: leaf.code),
    Column("exit_code", Kind.COUNT, lambda leaf: int(leaf.exit_code)),
    Column("meaning", value=lambda leaf: " ".join((inspect.getdoc(leaf) or "").split())),
    Column("fix", value=lambda leaf: leaf.default_fix),
)
EXIT_COLUMNS = (
    Column("exit_code", Kind.COUNT, int),
    Column("meaning", value=EXIT_MEANINGS.__getitem__),
)

STATE_COLUMNS = (
    Column("state", Kind.ID, lambda state: state[0]),
    Column("meaning", value=lambda state: state[1]),
)

CODES = Shape(name="explain.list", columns=COLUMNS, ids="code")
CODE = Shape(name="explain.show", columns=COLUMNS, ids="code", one=True)
EXIT = Shape(name="explain.exit", columns=EXIT_COLUMNS, ids="exit_code", one=True)
STATE = Shape(name="explain.state", columns=STATE_COLUMNS, ids="state", one=True)


@app.command("explain", cls=LocalCommand)
async def explain(code: Code = None) -> Listing | Record:
    """Tell what a code or a state means; without one, list the codes."""
    code = code and code.strip().lower()
    leaves = {leaf.code: leaf for leaf in BureauError.leaves()}
    if code is None:
        return CODES.listing(list(leaves.values()))
    if code in leaves:
        return CODE.record(leaves[code])
    for exit_code in EXIT_MEANINGS:
        if str(int(exit_code)) == code:
            return EXIT.record(exit_code)
    # The tax authority's own words have capitals.
    states = {state.lower(): state for state in STATES}
    if code in states:
        return STATE.record((states[code], STATES[states[code]]))
    alike = get_close_matches(code, [*leaves, *STATES], n=1)
    raise CodeNotFound(f"there is no code {code}", fix=f"did you mean {alike[0]}?" if alike else None)
