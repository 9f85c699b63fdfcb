"""From the words of a `where` expression to its tree."""

from dataclasses import dataclass

from bureau_cli.platform.where.errors import WhereError
from bureau_cli.platform.where.tokens import Token, tokens

DEEPEST = 50
MOST_TERMS = 200
_OPERATORS = ("==", "!=", "<", "<=", ">", ">=")
_CONSTANTS = {"true": True, "false": False, "null": None}
_LARGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Me:
    """The caller, where a user is compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value and where it stands."""

    content: str | int | bool | Me | None
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A field compared: `operator` is one of the six, `in` (any number of values) or `contains`.

    It stands in the text from `position` up to `end`.
    """

    field: str
    operator: str
    values: tuple[Value, ...]
    position: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """True when every part is."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Some:
    """True when some part is."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """True when the part is not."""

    part: "Expression"


Expression = Comparison | Every | Some | Not


def parse(text: str) -> Expression:
    """Parse an expression; raise WhereError where it does not follow the grammar."""
    return _Parser(text).whole()


class _Parser:
    """Recursive descent: or, then and, then not, then a comparison or parentheses."""

    def __init__(self, text: str) -> None:
        self._tokens = tokens(text)
        self._next = next(self._tokens)
        self._passed = 0
        self._depth = 0
        self._terms = 0

    def whole(self) -> Expression:
        expression = self._some()
        if self._next.kind != "end":
            raise self._unexpected("and, or, or the end")
        return expression

    def _some(self) -> Expression:
        parts = [self._every()]
        while self._take("name", "or"):
            parts.append(self._every())
        return parts[0] if len(parts) == 1 else Some(parts=tuple(parts))

    def _every(self) -> Expression:
        parts = [self._one()]
        while self._take("name", "and"):
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else Every(parts=tuple(parts))

    def _one(self) -> Expression:
        self._depth += 1
        if self._depth > DEEPEST:
            raise WhereError(self._next.position, f"nested deeper than {DEEPEST} levels")
        expression = self._negation_parentheses_or_comparison()
        self._depth -= 1
        return expression

    def _negation_parentheses_or_comparison(self) -> Expression:
        if self._take("name", "not"):
            return Not(part=self._one())
        if self._take("mark", "("):
            inner = self._some()
            self._require(")")
            return inner
        return self._comparison()

    def _comparison(self) -> Comparison:
        self._terms += 1
        if self._terms > MOST_TERMS:
            raise WhereError(self._next.position, f"more than {MOST_TERMS} comparisons")
        if self._next.kind != "name":
            raise self._unexpected("a field name")
        field = self._advance()
        operator = self._operator()
        values = self._values() if operator == "in" else (self._value(),)
        return Comparison(field=field.text, operator=operator, values=values, position=field.position, end=self._passed)

    def _operator(self) -> str:
        for operator in _OPERATORS:
            if self._take("mark", operator):
                return operator
        for operator in ("in", "contains"):
            if self._take("name", operator):
                return operator
        raise self._unexpected("== != < <= > >= in or contains")

    def _values(self) -> tuple[Value, ...]:
        self._require("(")
        values = [self._value()]
        while self._take("mark", ","):
            self._terms += 1
            if self._terms > MOST_TERMS:
                raise WhereError(self._next.position, f"more than {MOST_TERMS} values")
            values.append(self._value())
        self._require(")")
        return tuple(values)

    def _value(self) -> Value:
        token = self._next
        if token.kind not in {"text", "number", "name"}:
            raise self._unexpected("a value")
        self._advance()
        return Value(content=_content(token), position=token.position)

    def _take(self, kind: str, text: str) -> bool:
        if self._next.kind != kind or self._next.text != text:
            return False
        self._advance()
        return True

    def _require(self, mark: str) -> None:
        if not self._take("mark", mark):
            raise self._unexpected(mark)

    def _advance(self) -> Token:
        token = self._next
        self._next = next(self._tokens)
        self._passed = token.end
        return token

    def _unexpected(self, wanted: str) -> WhereError:
        found = f"not {self._next.text!r}" if self._next.kind != "end" else "but the expression ends"
        return WhereError(self._next.position, f"expected {wanted}, {found}")


def _content(token: Token) -> str | int | bool | Me | None:
    if token.kind == "text":
        return token.text
    if token.kind == "number":
        return _number(token)
    if token.text in _CONSTANTS:
        return _CONSTANTS[token.text]
    if token.text == "me":
        return Me()
    raise WhereError(token.position, f"text is written in quotes: {token.text!r}")


def _number(token: Token) -> int:
    # The digits are counted first: Python refuses to read very long ones.
    if len(token.text) > len(str(_LARGEST_NUMBER)) or abs(int(token.text)) > _LARGEST_NUMBER:
        raise WhereError(token.position, "the number is too large")
    return int(token.text)
