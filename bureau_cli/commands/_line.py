"""A command line of ours, parsed as the root would parse it and not run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from typer.core import TyperGroup

from bureau_cli.commands._command import BureauCommand
from bureau_cli.commands._lazy import LazyGroup
from bureau_cli.errors import BadUsage

AT_ONCE = frozenset({"--help", "-h", "--version"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a line says: its words, its `command` as `groups add`, its options, and whether it would have to ask.

    `asks` is whether it knows `--yes`, and `changes` whether it may change something.
    """

    words: Sequence[str]
    command: str
    said: frozenset[str]
    profile: str | None
    asks: bool
    changes: bool

    def plus(self, *options: str) -> Sequence[str]:
        """Its words with options that it has not said; after a `--` they would be no options any more."""
        end = list(self.words).index("--") if "--" in self.words else len(self.words)
        return [*self.words[:end], *options, *self.words[end:]]


def parsed(words: Sequence[str]) -> Line:
    """Parse the words after `bureau`.

    Raises:
        BadUsage: they are no command that could be run.
        TyperException: its own complaint of an option or argument.
    """
    if AT_ONCE & set(words) or words[:1] == ["schedule"]:
        raise BadUsage(f"bureau {' '.join(words)} is nothing to be started by the clock", fix="name another command")
    line = list(levels(words))
    command = line[-1].command
    if not isinstance(command, BureauCommand):
        raise BadUsage(f"{line[-1].command_path} is no command yet", fix=f"{line[-1].command_path} --help")
    params: dict[str, Any] = {}
    for level in line:
        params |= {name: value for name, value in level.params.items() if value is not None}
    asks = any(parameter.name == "yes" for parameter in command.params)
    return Line(
        words=words,
        command=line[-1].command_path.removeprefix("bureau "),
        said=frozenset(params),
        profile=params.get("profile"),
        asks=asks,
        changes=(asks or command.changes) and not {"plan", "plan_out"} & params.keys(),
    )


def levels(words: Sequence[str]) -> Iterator[Any]:
    """The contexts of the words after `bureau`, from the root to the command.

    Raises:
        TyperException: its own complaint of an option or argument.
    """
    context: Any = LazyGroup(name="bureau").make_context("bureau", list(words))
    yield context
    while isinstance(context.command, TyperGroup):
        rest = [*context._protected_args, *context.args]  # noqa: SLF001 - Typer's own group keeps them there
        if not rest:
            return
        name, command, rest = context.command.resolve_command(context, rest)
        assert command is not None  # noqa: S101 - an unknown one has been complained of
        context = command.make_context(name, rest, parent=context)
        yield context
