"""The command tree as a shell needs it: what may stand where, and where the values come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, get_args

from bureau_cli.commands._columns import CLIENT_TONES, DELEGATION_TONES
from bureau_cli.commands._shape import Shape
from bureau_cli.config.config_file import DEFAULT_KEYS, PROFILE_KEYS
from bureau_cli.domain.tax_cards import RESULTS
from bureau_cli.domain.turns import FAIL, SKIP, WAIT
from bureau_cli.domain.users import ROLES
from bureau_cli.errors import EXIT_MEANINGS, BureauError
from generate.tree import Node, names_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """What a parameter takes: fixed `words`, names kept under a `kind`, a `file`; or, with none of them, anything.

    `many` allows several with commas between. A `file` beside names is told from them by an `@`.
    """

    words: tuple[str, ...] = ()
    kind: str = ""
    file: bool = False
    many: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An option: its names, the long one first, its help, and its values; a flag has None."""

    names: tuple[str, ...]
    help: str
    values: Values | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command or group: `key` is its words, each with a space before it; `places` are its arguments in order."""

    key: str
    children: Mapping[str, str]
    options: tuple[Option, ...]
    places: tuple[Values, ...]


ANYTHING = Values()

BY_METAVAR = {
    "CLIENT": Values(kind="clients"),
    "fail|skip|wait[=TIME]": Values(words=(FAIL, SKIP, WAIT)),
    "CODE": Values(words=(*(leaf.code for leaf in BureauError.leaves()), *(str(int(code)) for code in EXIT_MEANINGS))),
    "DELEGATION": Values(words=tuple(DELEGATION_TONES)),
    "FILE": Values(file=True),
    "FOLDER": Values(file=True),
    "GROUP": Values(kind="groups"),
    "KEY": Values(words=tuple(sorted(DEFAULT_KEYS | PROFILE_KEYS))),
    "LOGIN": Values(kind="logins"),
    "ORG,…|@FILE|-": Values(kind="clients", file=True, many=True),
    "PERIOD": Values(words=("this", "last")),
    "PROFILE": Values(kind="profiles"),
    "RESULT": Values(words=tuple(RESULTS)),
    "ROLE": Values(words=ROLES),
    "RUN|last": Values(kind="runs"),
    "SNAPSHOT": Values(kind="snapshots"),
    "SNAPSHOT|now": Values(kind="snapshots"),
    "STATE": Values(words=tuple(CLIENT_TONES)),
    "TERM": Values(words=("this", "last")),
    "USER": Values(kind="users"),
    "USER,…": Values(kind="users", many=True),
}
"""What completes a parameter whose type is no list of words, by the word its help has for it."""

BY_SHAPE = frozenset({"A,B", "[-]KEY"})
"""Completed with the columns of what the command answers."""

NEVER = frozenset({
    "ACTION", "COMMAND…", "DAY", "DAYS", "DEVIATION", "EXPR", "HASH", "ID", "JSON|@FILE|-", "N", "NAME", "NAME=VALUE",
    "PATH", "PORT", "RULE…", "RUN", "S", "TEXT", "TIME", "URL", "VALUE", "WHEN", "YEAR",
})  # fmt: skip
"""Nobody can know what will be typed there."""


def commands_of(tree: Sequence[Node]) -> list[Command]:
    """The tree, a group before its commands."""
    return [
        Command(
            key="".join(f" {word}" for word in node.words),
            children=node.children,
            options=tuple(_option(node, option) for option in node.options),
            places=tuple(values_of(node, argument) for argument in node.arguments),
        )
        for node in tree
    ]


def values_of(node: Node, parameter: Any) -> Values:
    """What may stand for a parameter of this command."""
    words = tuple(fixed_words(parameter.type_descriptor.annotation))
    if words:
        return Values(words=words)
    if parameter.metavar in BY_SHAPE:
        return _of_shape(getattr(node.command, "answers", None), parameter.metavar)
    return BY_METAVAR.get(parameter.metavar, ANYTHING)


def by_values(commands: Sequence[Command]) -> dict[Values, list[tuple[str, str | None]]]:
    """Each set of values with the options that take it: a name, and the one command where it does; None is everywhere.

    An option that takes the same wherever it is stands there once.
    """
    said: dict[str, dict[str, Values]] = {}
    for command in commands:
        for option in command.options:
            if option.values is not None:
                for name in option.names:
                    said.setdefault(name, {})[command.key] = option.values
    found: dict[Values, list[tuple[str, str | None]]] = {}
    for name, where in sorted(said.items()):
        if len(set(where.values())) == 1:
            found.setdefault(next(iter(where.values())), []).append((name, None))
        else:
            for key, values in where.items():
                found.setdefault(values, []).append((name, key))
    found.pop(ANYTHING, None)
    return found


def with_value(commands: Sequence[Command]) -> list[str]:
    """The names of all options that take a value: the word after one is no command."""
    return sorted(
        {
            name
            for command in commands
            for option in command.options
            if option.values is not None
            for name in option.names
        }
    )


def _option(node: Node, option: Any) -> Option:
    return Option(
        names=tuple(names_of(option)),
        help=option.help or "",
        values=None if option.is_flag else values_of(node, option),
    )


def _of_shape(shape: Any, metavar: str) -> Values:
    if not isinstance(shape, Shape):
        return ANYTHING
    if metavar == "A,B":
        return Values(words=tuple(column.key for column in shape.columns), many=True)
    if shape.one:
        return ANYTHING
    keys = shape.sorts or [column.key for column in shape.columns]
    return Values(words=(*keys, *(f"-{key}" for key in keys)))


def fixed_words(annotation: Any) -> Iterator[str]:
    """The fixed words a type allows, none if it takes any: of an enum, of a Literal, or inside a union."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        yield from (str(member.value) for member in annotation)
    for part in get_args(annotation):
        if isinstance(part, str):
            yield part
        else:
            yield from fixed_words(part)
