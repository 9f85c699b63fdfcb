"""Walks the real command tree, so that a new command is in every generated file without being listed anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from typer.core import TyperGroup

from bureau_cli.commands._lazy import real
from bureau_cli.main import root


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A command or group: its words after `bureau`, what Typer made of it, and a context to ask it in."""

    words: tuple[str, ...]
    command: Any
    context: Any

    @property
    def is_group(self) -> bool:
        """Whether it only holds commands."""
        return isinstance(self.command, TyperGroup)

    @property
    def children(self) -> dict[str, str]:
        """The names below it with their first sentence."""
        if not self.is_group:
            return {}
        return {name: child.get_short_help_str(200) for name, child in self.command.commands.items()}

    @property
    def options(self) -> list[Any]:
        """Its options, `--help` among them."""
        return [p for p in self.command.get_params(self.context) if p.param_type_name == "option"]

    @property
    def arguments(self) -> list[Any]:
        """Its arguments, in their order."""
        return [p for p in self.command.get_params(self.context) if p.param_type_name == "argument"]


def names_of(option: Any) -> list[str]:
    """An option's names, the long one first; Click keeps those of `--help` in no order."""
    return sorted(option.opts, key=len, reverse=True)


def commands() -> Iterator[Node]:
    """The root and everything below it, a group before its commands."""
    top = root()
    context = top.make_context("bureau", [], resilient_parsing=True)
    yield Node(words=(), command=top, context=context)
    for name in top.commands:
        yield from _below((name,), real(name), context)


def _below(words: tuple[str, ...], command: Any, parent: Any) -> Iterator[Node]:
    context = command.make_context(words[-1], [], parent=parent, resilient_parsing=True)
    yield Node(words=words, command=command, context=context)
    if isinstance(command, TyperGroup):
        for name, child in command.commands.items():
            yield from _below((*words, name), child, context)
