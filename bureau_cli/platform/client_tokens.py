"""Which client a person means by a token: an orgnr, a client number or a name."""

import sqlite3
from collections.abc import Iterator, Sequence

from bureau_cli.platform.calls import Deed
from bureau_cli.platform.names import caseless, composed, order_key
from bureau_cli.platform.orgnr import is_orgnr
from bureau_cli.platform.problems import Flaw, Problem, flaw


def resolve(deed: Deed, tokens: Sequence[str]) -> set[str]:
    """Give the ids of the clients meant; raise the Problem that lists every token that means none, or several.

    The first bad token decides the problem's code.
    """
    ids: set[str] = set()
    flaws: list[Flaw] = []
    for position, token in enumerate(tokens):
        matches = _matches(deed, token)
        ids.update(row["id"] for row in matches[:1])
        if len(matches) != 1:
            flaws.append(_flaw(f"/clients/{position}", matches))
    if flaws:
        code = "client_ambiguous" if "candidates" in flaws[0] else "client_not_found"
        raise Problem(code, f"{len(flaws)} of {len(tokens)} client tokens name no single client.", errors=flaws)
    return ids


def _flaw(pointer: str, matches: Sequence[sqlite3.Row]) -> Flaw:
    if not matches:
        return flaw(pointer, "there is no such client")
    candidates = [{name: row[name] for name in ("number", "orgnr", "name")} for row in matches]
    return flaw(pointer, "several clients are called this", candidates=candidates)


def _matches(deed: Deed, token: str) -> list[sqlite3.Row]:
    """Give the clients of the first sense in which the token means any; an orgnr has only that sense."""
    if is_orgnr(token):
        return _where(deed, "orgnr", token)
    return next((found for found in _senses(deed, token) if found), [])


def _senses(deed: Deed, token: str) -> Iterator[list[sqlite3.Row]]:
    yield _where(deed, "number", token)
    alike = _where(deed, "name_order", order_key(token))
    yield [row for row in alike if composed(row["name"]) == composed(token)]
    yield [row for row in alike if caseless(row["name"]) == caseless(token)]


def _where(deed: Deed, column: str, value: str) -> list[sqlite3.Row]:
    return deed.db.execute(
        f"SELECT id, number, orgnr, name FROM client WHERE bureau_id = ? AND {column} = ? ORDER BY number",  # noqa: S608
        (deed.caller.bureau_id, value),
    ).fetchall()
