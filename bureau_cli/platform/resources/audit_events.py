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

_COLUMNS = {
    "request": "request_id",
    "run": "run_id",
    "subject": "subject",
    "actor": "actor",
    "action": "action",
    "outcome": "outcome",
}
"""The columns by which events can be chosen: the fewer have the same, the further to the front."""

_FEW_AT_A_TIME = {
    "request": "audit_event INDEXED BY audit_event_by_request",
    "run": "audit_event INDEXED BY audit_event_by_run",
}
"""Where SQLite, hoping to meet a page of them soon, would walk the whole trail."""

# Instants never go back from one event to the next: a range of them is a range of numbers.
_SINCE = "seq >= (SELECT seq FROM audit_event WHERE bureau_id = :bureau AND at >= :since ORDER BY at, seq LIMIT 1)"
_UNTIL = (
    "seq <= (SELECT seq FROM audit_event WHERE bureau_id = :bureau AND at <= :until ORDER BY at DESC, seq DESC LIMIT 1)"
)
_RANGES: Mapping[str, tuple[str, Callable[[Any], object]]] = {
    "from_seq": ("seq >= :from_seq", int),
    "since": (_SINCE, lambda day: start_of_day(date.fromisoformat(day))),
    "until": (_UNTIL, lambda day: end_of_day(date.fromisoformat(day))),
}
_STAR = "*"
_MEANT_BY_GLOB = "[?"  # by SQLite's, beside the star
_LAST_LETTER = chr(sys.maxunicode)
_WITH_STARS = frozenset({"action", "subject"})


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
    for name, (condition, value_of) in _RANGES.items():
        if name in query:
            conditions.append(condition)
            parameters[name] = value_of(query[name])
    asked = [name for name in _COLUMNS if name in query]
    for name in asked:
        # Only the first is looked up in its index; SQLite would take any, having no figures on a trail that grows.
        column = _COLUMNS[name] if name == asked[0] else f"+{_COLUMNS[name]}"
        condition, values = _among(column, name, [query[name]] if isinstance(query[name], str) else query[name])
        conditions.append(condition)
        parameters |= values
    table = _FEW_AT_A_TIME.get(asked[0], "audit_event") if asked else "audit_event"
    return Rows(table=table, conditions=conditions, parameters=parameters)


def _among(column: str, name: str, wanted: Sequence[str]) -> tuple[str, dict[str, str]]:
    """Write the condition that a column is one of these words, or like one of these patterns."""
    conditions: list[str] = []
    parameters: dict[str, str] = {}
    for position, one in enumerate(wanted):
        is_pattern = name in _WITH_STARS and _STAR in one
        condition, values = (_like if is_pattern else _equal)(column, f"{name}_{position}", one)
        conditions.append(condition)
        parameters |= values
    if len(conditions) == 1:
        return conditions[0], parameters
    found = (
        f"SELECT seq FROM audit_event WHERE bureau_id = :bureau AND {condition}"  # noqa: S608 - a column of ours
        for condition in conditions
    )
    return f"seq IN ({' UNION ALL '.join(found)})", parameters


def _equal(column: str, name: str, word: str) -> tuple[str, dict[str, str]]:
    return f"{column} = :{name}", {name: word}


def _like(column: str, name: str, pattern: str) -> tuple[str, dict[str, str]]:
    """Write the condition of one pattern; what stands before its first star is a range of the index."""
    start, _, _ = pattern.partition(_STAR)
    within = f"{column} >= :{name}_start AND {column} < :{name}_end"
    literal = "".join(f"[{letter}]" if letter in _MEANT_BY_GLOB else letter for letter in pattern)
    values = {f"{name}_start": start, f"{name}_end": start + _LAST_LETTER, name: literal}
    return f"{within} AND {column} GLOB :{name}", values
