"""The words of a `where` expression."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bureau_cli.platform.where.errors import WhereError

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
      | (?P<number>-?[0-9]+)
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<mark>==|!=|<=|>=|<|>|\(|\)|,)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_NEAR_MISSES = {
    "=": "equality is written ==",
    "&": "write and",
    "|": "write or",
    "!": "write not, or != between a field and a value",
    '"': "the text has no closing quote",
    "'": "the text has no closing quote",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One word, up to `end`: `kind` is text, number, name, mark or end; `text` is without quotes and escapes."""

    kind: str
    text: str
    position: int
    end: int


def tokens(expression: str) -> Iterator[Token]:
    """Split an expression into its words; the last one is of kind end."""
    position = 0
    while position < len(expression):
        match = _TOKEN.match(expression, position)
        if match is None:
            character = expression[position]
            raise WhereError(position, _NEAR_MISSES.get(character, f"{character!r} has no meaning here"))
        kind, text = str(match.lastgroup), match.group()
        if kind == "text":
            text = _ESCAPE.sub(r"\1", text[1:-1])
        if kind != "space":
            yield Token(kind=kind, text=text, position=position, end=match.end())
        position = match.end()
    yield Token(kind="end", text="", position=position, end=position)
