"""The audit trail, for those who oversee the bureau."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.clock import end_of_day, start_of_day
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.pages import Order, Rows

_CONDITIONS: Mapping[str, tuple[str, Callable[[Any], object]]] = {
    "actor": ("actor = :actor", str),
    "outcome": ("outcome = :outcome", str),
    "run": ("run_id = :run", str),
    "request": ("request_id = :request", str),
    "from_seq": ("seq >= :from_seq", int),
    "since": ("at >= :since", lambda day: start_of_day(date.fromisoformat(day))),
    "until": ("at <= :until", lambda day: end_of_day(date.fromisoformat(day))),
}
_STAR = "*"
_MEANT_BY_GLOB = "[?"  # by SQLite's, beside the star
_LAST_LETTER = chr(sys.maxunicode)
_WITH_STARS = ("action", "subject")


def list_audit_events(call: Call) -> Answer:
    """List what was changed, and what was refused."""
    order = Order(columns=("seq",), descending=call.arguments.query["sort"] == "-seq")
    page = call.pager.page(call.db, _rows(call), order, call.arguments)
    found = call.db.execute(
        "SELECT event, hash FROM json_each(:wanted) AS wanted CROSS JOIN audit_event"
        " ON audit_event.bureau_id = :bureau AND audit_event.seq = wanted.value ORDER BY wanted.key",
        {"bureau": call.caller.bureau_id, "wanted": json.dumps(page.ids)},
    )
    events = [json.loads(row["event"]) | {"hash": row["hash"]} for row in found]
    return Answer(body=page.envelope(events, as_of(call)))


def _rows(call: Call) -> Rows:
    query = call.arguments.query
    conditions = ["bureau_id = :bureau"]
    parameters: dict[str, Any] = {"bureau": call.caller.bureau_id}
    for name, (condition, value_of) in _CONDITIONS.items():
        if name in query:
            conditions.append(condition)
            parameters[name] = value_of(query[name])
    for column in _WITH_STARS:
        if column in query:
            asked = query[column]
            condition, values = _like(column, [asked] if isinstance(asked, str) else asked)
            conditions.append(condition)
            parameters |= values
    return Rows(table="audit_event", conditions=conditions, parameters=parameters)


def _like(column: str, patterns: Sequence[str]) -> tuple[str, dict[str, str]]:
    """Write the condition that a column is like one of the patterns, each looked up in the column's own index."""
    conditions: list[str] = []
    parameters: dict[str, str] = {}
    for position, pattern in enumerate(patterns):
        condition, values = _like_one(column, f"{column}_{position}", pattern)
        conditions.append(condition)
        parameters |= values
    if len(conditions) == 1:
        return conditions[0], parameters
    found = (
        f"SELECT seq FROM audit_event WHERE bureau_id = :bureau AND {condition}"  # noqa: S608 - a column of ours
        for condition in conditions
    )
    return f"seq IN ({' UNION ALL '.join(found)})", parameters


def _like_one(column: str, name: str, pattern: str) -> tuple[str, dict[str, str]]:
    """Write the condition of one pattern; what stands before its first star is a range of the index."""
    start, star, _ = pattern.partition(_STAR)
    if not star:
        return f"{column} = :{name}", {name: pattern}
    within = f"{column} >= :{name}_start AND {column} < :{name}_end"
    literal = "".join(f"[{letter}]" if letter in _MEANT_BY_GLOB else letter for letter in pattern)
    values = {f"{name}_start": start, f"{name}_end": start + _LAST_LETTER, name: literal}
    return f"{within} AND {column} GLOB :{name}", values
