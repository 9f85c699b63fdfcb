"""Command groups as stubs: a group is known by its file, and imported only when it is used."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from typer.core import TyperGroup
from typer.main import get_command, get_group

from bureau_cli.commands._command import CommandGroup, Commands
from bureau_cli.commands._options import root_parameters

HERE = Path(__file__).parent
HELP_WIDTH = 100


class LazyGroup(CommandGroup):
    """The root: its commands are the public modules beside this file.

    A module's `app` with several commands is a group (`clients list`); one whose only command is called like the
    module itself is a command without a verb (`explain`).
    """

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        # The same page on every screen: it is also kept as a file and printed without Typer.
        self.context_settings = {"help_option_names": ["--help", "-h"], "terminal_width": HELP_WIDTH}
        self.params = [*self.params, *root_parameters()]
        self.commands = {name: TyperGroup(name=name, help=sentence) for name, sentence in stubs()}

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Find the word among the stubs, then import the real command behind it."""
        name, stub, rest = super().resolve_command(ctx, args)
        return name, stub if name is None else real(name), rest


def stubs() -> Iterator[tuple[str, str]]:
    """Each command group's name and the first line of its file."""
    for path in sorted(HERE.glob("[!_]*.py")):
        yield path.stem.replace("_", "-"), first_sentence(path)


def first_sentence(path: Path) -> str:
    """The first line of a module's docstring, read without running it."""
    with path.open(encoding="utf-8") as lines:
        line = next(lines, "").strip()
    return str(ast.literal_eval(line if line.endswith('"""') and len(line) > len('"""') else line + '"""'))


@cache
def real(name: str) -> Any:
    """The command or group that a module of this room declares, ready to be parsed; made once in a process."""
    module = import_module(f"bureau_cli.commands.{name.replace('-', '_')}")
    app: Commands = module.app
    if [command.name for command in app.registered_commands] == [name]:
        return _told(get_command(app), app)
    group = get_group(app)
    group.name, group.help = name, (module.__doc__ or "").strip()
    for command in group.commands.values():
        _told(command, app)
    return group


def _told(command: Any, app: Commands) -> Any:
    """The command, told what it answers: Typer makes it from its class alone."""
    command.answers = app.answers.get(command.name)
    return command
