"""The command classes: shared options in, a result out, rendered and given its exit code in one place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any, ClassVar, TypeVar

import anyio
import typer
from typer.core import TyperCommand, TyperGroup

from bureau_cli.commands import _options
from bureau_cli.commands._conduct import conduct
from bureau_cli.commands._session import Session
from bureau_cli.commands._shape import Answer
from bureau_cli.commands._turn import in_turn
from bureau_cli.errors import BadUsage

Function = TypeVar("Function", bound=Callable[..., Any])


class BureauCommand(TyperCommand):
    """A command that takes the shared view options. Its function is async and returns a `Result`."""

    option_groups: ClassVar[Sequence[Callable[[], list[Any]]]] = (_options.view_parameters,)
    needs_configuration: ClassVar[bool] = True
    changes: ClassVar[bool] = False

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.answers: Answer | None = None
        self.shared = [parameter for group in self.option_groups for parameter in cached(group)]
        self.params = [*self.params, *self.shared]

    @property
    def _said_once(self) -> list[str]:
        """The names of options with one value, those for the look aside: an alias may have said these already."""
        views = cached(_options.view_parameters)
        own: list[Any] = [
            option for option in self.params if option.param_type_name == "option" and option not in views
        ]
        return [name for option in own if not (option.is_flag or option.multiple) for name in option.opts]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the line; what chooses clients or says what to do counts once, or the first would silently be lost.

        Raises:
            BadUsage: such an option stands there twice.
        """
        for name in self._said_once:
            if sum(word.partition("=")[0] == name for word in args) > 1:
                raise BadUsage(f"{name} can be said only once", fix="join what is to be said into one")
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> int:
        """Run the function in the event loop, render what it returns, and give the exit code."""
        session: Session = ctx.obj
        shared = [parameter.name for parameter in self.shared]
        levels = [dict(level.params) for level in _line(ctx)]
        for name in shared:
            ctx.params.pop(name, None)
        session.say_options(_options.said(shared, levels), configured=self.needs_configuration)
        return in_turn(session, partial(self._work, session, ctx), ctx.command_path.removeprefix("bureau "))

    def _work(self, session: Session, ctx: Any) -> int:
        session.go_by_snapshot()
        if self.changes:
            session.refuse_denied_changes()
        if (answer := self.answer(ctx)) is not None:
            session.output.foresee(answer.template, session.view)
        self.read(session, ctx)
        return anyio.run(conduct, session, super().invoke, ctx)

    def answer(self, ctx: Any) -> Answer | None:  # noqa: ARG002 - for those whose options choose
        """What it will answer, where that is known before it runs."""
        return self.answers

    def read(self, session: Session, ctx: Any) -> None:  # noqa: ARG002 - for those with files of their own
        """Read what the line names.

        Before the event loop begins: there, Ctrl-C could not end a read that waits for its first line.
        """
        session.read_lists()

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Options under the headings they share, the command's own first."""
        write_options(self, ctx, formatter)


class LocalCommand(BureauCommand):
    """A command that works without a platform, and with a broken configuration too."""

    needs_configuration: ClassVar[bool] = False


class LocalConfirmedCommand(LocalCommand):
    """A local command that asks before it takes something away (`_bulk.confirm`)."""

    option_groups = (_options.confirmation_parameters, _options.view_parameters)


class SelectingCommand(BureauCommand):
    """A command about some of the clients: it has the selection options."""

    option_groups = (_options.selection_parameters, _options.view_parameters)


class RecallingCommand(BureauCommand):
    """A command that can answer from a snapshot too."""

    option_groups = (_options.recall_parameters, _options.view_parameters)


class SelectingRecallingCommand(BureauCommand):
    """The same, about some of the clients."""

    option_groups = (_options.selection_parameters, _options.recall_parameters, _options.view_parameters)


class ChangingCommand(BureauCommand):
    """A command that changes one thing; a profile with `writes = "deny"` refuses it."""

    changes = True


class ConfirmedCommand(BureauCommand):
    """A command that asks before it changes something (`_bulk.confirm_change`, which minds the profile too)."""

    option_groups = (_options.confirmation_parameters, _options.view_parameters)


class BulkCommand(BureauCommand):
    """A command that changes many things: selection, plan, confirmation, report."""

    option_groups = (
        _options.selection_parameters,
        _options.bulk_parameters,
        _options.confirmation_parameters,
        _options.view_parameters,
    )


class OrderingCommand(BureauCommand):
    """The same, of what follows from the day it is done on: its plan is not kept for another."""

    option_groups = (
        _options.selection_parameters,
        _options.unsaved_bulk_parameters,
        _options.confirmation_parameters,
        _options.view_parameters,
    )


class _DescribedCommand(BureauCommand):
    """A command about what its FILE says."""

    def read(self, session: Session, ctx: Any) -> None:
        """Read the file."""
        from bureau_cli.formatters.read_toml import read_document  # noqa: PLC0415 - most commands read no TOML

        super().read(session, ctx)
        session.document = read_document(ctx.params["file"], session.output.stdin)


class ComparingCommand(_DescribedCommand):
    """A command that shows where the world is not as a file has it."""


class PlanningCommand(_DescribedCommand):
    """A command that shows what a file would change, and changes nothing."""

    option_groups = (_options.saving_parameters, _options.view_parameters)


class PlannedCommand(BureauCommand):
    """A command that changes many things that its argument names: plan, confirmation, report."""

    option_groups = (_options.bulk_parameters, _options.confirmation_parameters, _options.view_parameters)


class ApplyingCommand(PlannedCommand, _DescribedCommand):
    """A command that makes true what a file says."""


class ImportingCommand(_DescribedCommand):
    """A command that takes in what a file holds: its plan is the file."""

    option_groups = (_options.unsaved_bulk_parameters, _options.confirmation_parameters, _options.view_parameters)


class CommandGroup(TyperGroup):
    """A noun: the commands below it, and the view options, which may stand before a command too."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.params = [*self.params, *cached(_options.view_parameters)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Its commands first: they are what the page is opened for."""
        self.format_commands(ctx, formatter)
        write_options(self, ctx, formatter)


def write_options(command: Any, ctx: Any, formatter: Any) -> None:
    """Parameters under their headings, in the order they were declared."""
    sections: dict[str, list[tuple[str, str]]] = {}
    for parameter in command.get_params(ctx):
        record = parameter.get_help_record(ctx)
        if record is not None:
            heading = "Arguments" if parameter.param_type_name == "argument" else "Options"
            sections.setdefault(getattr(parameter, "rich_help_panel", None) or heading, []).append(record)
    for heading, records in sections.items():
        with formatter.section(heading):
            formatter.write_dl(records)


class Commands(typer.Typer):
    """A command group: a Typer whose commands are `BureauCommand`s unless they say otherwise."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        """What a command answers, by its name; a line that asks for it in an impossible way ends before it begins."""
        super().__init__(cls=CommandGroup, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

    def command(
        self,
        name: str | None = None,
        *,
        cls: type[TyperCommand] | None = None,
        answers: Answer | None = None,
        **attributes: Any,
    ) -> Callable[[Function], Function]:
        """Declare a command, the class of options it has and the shape of its answer."""
        if name is not None and answers is not None:
            self.answers[name] = answers
        return super().command(name, cls=cls or BureauCommand, **attributes)


def session_of(ctx: typer.Context) -> Session:
    """The session of this run."""
    session: Session = ctx.obj
    return session


@cache
def cached(group: Callable[[], list[Any]]) -> tuple[Any, ...]:
    """The options of one group, parsed once."""
    return tuple(group())


def _line(ctx: typer.Context) -> list[typer.Context]:
    """The contexts from the root to the command: options may stand on any of them."""
    line = [ctx]
    while line[0].parent is not None:
        line.insert(0, line[0].parent)  # type: ignore[arg-type]  # Typer's parent is its own kind of context
    return line
