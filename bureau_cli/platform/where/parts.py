"""Which comparisons of an expression hold for one client, and which of them make the whole true or false."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bureau_cli.platform.where.fields import Field, Kind
from bureau_cli.platform.where.parser import Comparison, Every, Expression, Not, Some
from bureau_cli.platform.where.sql import Names, Parameter, field_of, to_sql


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One comparison as it stands in the text, what the client has there, and whether it holds.

    `decides` tells whether the whole is as it is because of it: with `and`, what does not hold makes it false, and
    everything together makes it true.
    """

    text: str
    values: list[Parameter]
    holds: bool
    decides: bool


def parts(db: sqlite3.Connection, text: str, expression: Expression, asked: Mapping[str, Parameter]) -> list[Part]:
    """Give the comparisons of an expression in their order; `asked` has :client, :today and :now."""
    looked_at = {id(one): _holds(db, one, asked) for one in _comparisons(expression)}
    _, deciding = _decided(expression, looked_at)
    return [
        Part(
            text=text[one.position : one.end],
            values=_values(db, field_of(one), asked),
            holds=looked_at[id(one)],
            decides=id(one) in deciding,
        )
        for one in _comparisons(expression)
    ]


def _comparisons(expression: Expression) -> Iterator[Comparison]:
    match expression:
        case Every(parts=inner) | Some(parts=inner):
            for one in inner:
                yield from _comparisons(one)
        case Not(part=part):
            yield from _comparisons(part)
        case Comparison():
            yield expression


def _decided(expression: Expression, looked_at: Mapping[int, bool]) -> tuple[bool, set[int]]:
    """Tell whether an expression holds, and the comparisons it is decided by."""
    match expression:
        case Comparison():
            return looked_at[id(expression)], {id(expression)}
        case Not(part=part):
            holds, deciding = _decided(part, looked_at)
            return not holds, deciding
        case Every(parts=inner):
            ended = [_decided(one, looked_at) for one in inner]
            whole = all(holds for holds, _ in ended)
        case Some(parts=inner):
            ended = [_decided(one, looked_at) for one in inner]
            whole = any(holds for holds, _ in ended)
    return whole, set().union(*(deciding for holds, deciding in ended if holds is whole))


def _holds(db: sqlite3.Connection, comparison: Comparison, asked: Mapping[str, Parameter]) -> bool:
    condition = to_sql(comparison, Names.any())
    found = db.execute(
        f"SELECT 1 FROM client WHERE client.id = :client AND {condition.sql}",  # noqa: S608 - written in sql.py
        {**condition.parameters, **asked},
    ).fetchone()
    return found is not None


def _values(db: sqlite3.Connection, field: Field, asked: Mapping[str, Parameter]) -> list[Parameter]:
    one = f"json_array({field.column})"
    many = f"(SELECT json_group_array({field.column}) FROM {field.rows})"  # noqa: S608 - written in fields.py
    values = f"SELECT {many if field.rows else one} FROM client WHERE client.id = :client"  # noqa: S608 - the same
    (found,) = db.execute(values, asked).fetchone()
    distinct = dict.fromkeys(json.loads(found))
    return [bool(value) for value in distinct] if field.kind is Kind.FLAG else sorted(distinct)
