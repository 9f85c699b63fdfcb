"""From the tree of a `where` expression to a condition of SQL.

Values never become part of the SQL text: they travel as parameters. Every comparison is true or false, never null, so
that `not` means what it says.
"""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Self

from bureau_cli.platform.names import order_key, search_key
from bureau_cli.platform.where.errors import WhereError
from bureau_cli.platform.where.fields import ALIASES, FIELDS, ORDERED, SEARCHED, Field, Kind
from bureau_cli.platform.where.parser import Comparison, Every, Expression, Me, Not, Some, Value

Parameter = str | int | None
_DAY_LENGTH = len("2026-01-31")
_WANTED = {
    Kind.TEXT: "text in quotes",
    Kind.NAME: "text in quotes",
    Kind.WORD: "text in quotes",
    Kind.USER: "a login in quotes, or me",
    Kind.GROUP: "a group's slug in quotes",
    Kind.NUMBER: "a whole number",
    Kind.DAY: 'a day in quotes, such as "2026-01-31"',
    Kind.FLAG: "true or false",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Whom and what an expression may name; one that names anything else is refused rather than true of nothing."""

    me: str
    logins: Container[str]
    slugs: Container[str]

    @classmethod
    def any(cls) -> Self:
        """Give every name: a rule was held against those there are when it was written, and outlives a user."""
        return cls(me="", logins=_Any(), slugs=_Any())


class _Any(Container[str]):
    def __contains__(self, name: object) -> bool:
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """SQL over `client` in a connection of `store.connect`, with :today, :now, :caller and parameters of its own."""

    sql: str
    parameters: Mapping[str, Parameter]


def to_sql(expression: Expression, names: Names, *, prefix: str = "where") -> Condition:
    """Turn an expression into a condition; raise WhereError where a name or a value does not fit.

    The names of its parameters begin with the prefix, so that two conditions can stand in one statement.
    """
    writer = _Writer(names, prefix)
    sql = writer.write(expression)
    return Condition(sql=sql, parameters=writer.parameters)


class _Writer:
    def __init__(self, names: Names, prefix: str) -> None:
        self._names = names
        self._prefix = prefix
        self.parameters: dict[str, Parameter] = {}

    def write(self, expression: Expression, *, negated: bool = False) -> str:
        """Write an expression, or its opposite: `not` goes down to the comparisons, so it costs no nesting."""
        match expression:
            case Every(parts=parts):
                return self._joined(parts, "OR" if negated else "AND", negated=negated)
            case Some(parts=parts):
                return self._joined(parts, "AND" if negated else "OR", negated=negated)
            case Not(part=part):
                return self.write(part, negated=not negated)
            case Comparison():
                return self._comparison(expression, negated=negated)

    def _joined(self, parts: tuple[Expression, ...], word: str, *, negated: bool) -> str:
        # SQLite's parser has a small stack. The deepest part goes first: it is parsed before its siblings pile up.
        deepest_first = sorted(parts, key=_depth, reverse=True)
        return f"({f' {word} '.join(self.write(part, negated=negated) for part in deepest_first)})"

    def _comparison(self, comparison: Comparison, *, negated: bool) -> str:
        field = field_of(comparison)
        _require_sense(comparison, field)
        unequal = comparison.operator == "!="
        holds = self._holds(field, "==" if unequal else comparison.operator, comparison.values)
        return f"NOT {holds}" if unequal != negated else holds

    def _holds(self, field: Field, operator: str, values: tuple[Value, ...]) -> str:
        test = " OR ".join(self._test(field, operator, value) for value in values)
        if field.rows:
            return f"EXISTS (SELECT 1 FROM {field.rows} AND ({test}))"  # noqa: S608 - written in fields.py
        return f"({test})"

    def _test(self, field: Field, operator: str, value: Value) -> str:
        if operator == "contains" and not field.rows:
            return self._contains(field, value)
        content = self._fitting(field, value)
        if operator in {"==", "in", "contains"}:
            return f"{field.column} IS {self._bound(content)}"
        if field.order:
            return f"{field.order} {operator} {self._bound(order_key(str(content)))}"
        return f"ifnull({field.column} {operator} {self._bound(content)}, 0)"

    def _contains(self, field: Field, value: Value) -> str:
        """Search a field's text for any other: it need not be a login, or a word, that the field could equal."""
        if not isinstance(value.content, str):
            raise WhereError(value.position, "expected text in quotes")
        key = field.key or f"search_key({field.column})"
        return f"ifnull(instr({key}, {self._bound(search_key(value.content))}) > 0, 0)"

    def _bound(self, content: Parameter) -> str:
        name = f"{self._prefix}_{len(self.parameters)}"
        self.parameters[name] = content
        return f":{name}"

    def _fitting(self, field: Field, value: Value) -> Parameter:
        content = value.content
        if field.kind is Kind.USER and (isinstance(content, Me) or content == "me"):
            content = self._names.me
        if content is None and field.nullable:
            return None
        if isinstance(content, Me) or content is None or not _FITS[field.kind](content):
            raise WhereError(value.position, f"expected {_WANTED[field.kind]}{' or null' * field.nullable}")
        self._require_known(field, content, value.position)
        return content

    def _require_known(self, field: Field, content: str | int, position: int) -> None:
        if field.kind is Kind.GROUP and content not in self._names.slugs:
            raise WhereError(position, f"there is no group {content!r}")
        if field.kind is Kind.USER and content not in self._names.logins:
            raise WhereError(position, f"there is no user {content!r}")
        if field.words and content not in field.words:
            raise WhereError(position, f"there is no {content!r} here{_suggestion(str(content), field.words)}")


def _depth(expression: Expression) -> int:
    match expression:
        case Every(parts=parts) | Some(parts=parts):
            return 1 + max(map(_depth, parts))
        case Not(part=part):
            return _depth(part)
        case Comparison():
            return 0


def field_of(comparison: Comparison) -> Field:
    """Give the field that is compared; raise WhereError where there is none of that name."""
    name = ALIASES.get(comparison.field, comparison.field)
    if name not in FIELDS:
        known = {*FIELDS, *ALIASES}
        raise WhereError(comparison.position, f"there is no field {comparison.field!r}{_suggestion(name, known)}")
    return FIELDS[name]


def _require_sense(comparison: Comparison, field: Field) -> None:
    position = comparison.values[0].position
    if comparison.operator in {"<", "<=", ">", ">="}:
        if field.kind not in ORDERED:
            raise WhereError(comparison.position, f"{comparison.field} has no order; use ==, != or in")
        if comparison.values[0].content is None:
            raise WhereError(position, "null has no order; use == or !=")
    if comparison.operator == "contains":
        if not field.rows and field.kind not in SEARCHED:
            raise WhereError(comparison.position, f"{comparison.field} is not text; use ==, != or in")
        if comparison.values[0].content is None:
            raise WhereError(position, "nothing contains null; use == or !=")


def _suggestion(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word, sorted(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""


def _is_text(content: str | int) -> bool:
    return isinstance(content, str)


def _is_number(content: str | int) -> bool:
    return isinstance(content, int) and not isinstance(content, bool)


def _is_flag(content: str | int) -> bool:
    return isinstance(content, bool)


def _is_day(content: str | int) -> bool:
    if not isinstance(content, str) or len(content) != _DAY_LENGTH:
        return False
    try:
        date.fromisoformat(content)
    except ValueError:
        return False
    return content[4] == content[7] == "-"


_FITS: Mapping[Kind, Callable[[str | int], bool]] = {
    Kind.TEXT: _is_text,
    Kind.NAME: _is_text,
    Kind.WORD: _is_text,
    Kind.USER: _is_text,
    Kind.GROUP: _is_text,
    Kind.NUMBER: _is_number,
    Kind.DAY: _is_day,
    Kind.FLAG: _is_flag,
}
