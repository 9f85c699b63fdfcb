"""Options that many commands share, each declared once and appended to every command that has them.

Every one of them is None when it was not said, so that an option before the command and one after it can be told
from a default; the words of a command line become values in `View`, `Selection` and `BulkChoice`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from typer.main import get_command

from bureau_cli import __version__
from bureau_cli.formatters.chooser import Format

SHARED = "Shared options"
SELECTION = "Which clients"
CHANGING = "Changing"
ANOTHER_DAY = "Another day"
UNATTENDED = "Unattended"
UNSAID: tuple[object, ...] = (None, [], ())
"""What Typer gives for an option that is not on the line: a repeatable one is empty."""


def _tell_version(said: bool | None) -> None:  # noqa: FBT001 - the form Typer calls it in
    if said:
        typer.echo(f"bureau {__version__}")
        raise typer.Exit


def _view_options(  # noqa: PLR0913, PLR0917 - this is the list of options
    output: Annotated[
        Format | None, typer.Option("--output", "-o", help="Format; default table, in a pipe tsv.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write to a file; its name says the format.")
    ] = None,
    force: Annotated[bool | None, typer.Option("--force", help="Let --out replace a file.")] = None,
    fields: Annotated[
        str | None, typer.Option("--fields", metavar="A,B", help="Only these columns, in this order.")
    ] = None,
    sort: Annotated[
        str | None, typer.Option("--sort", metavar="[-]KEY", help="Order by a column, - for descending.")
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="At most so many rows.")] = None,
    excel: Annotated[bool | None, typer.Option("--excel", help="CSV as a Norwegian Excel reads it.")] = None,
    no_header: Annotated[bool | None, typer.Option("--no-header", help="tsv and csv without the header line.")] = None,
    lang: Annotated[Literal["nb", "en"] | None, typer.Option("--lang", help="Language of titles.")] = None,
    profile: Annotated[
        str | None, typer.Option("--profile", "-p", metavar="PROFILE", help="Which platform, as whom.")
    ] = None,
    deadline: Annotated[
        str | None, typer.Option("--deadline", metavar="TIME", help="Give up after 30s, 20m, 2h.")
    ] = None,
    quiet: Annotated[bool | None, typer.Option("--quiet", "-q", help="No talk on stderr but errors.")] = None,
    trace: Annotated[
        bool | None, typer.Option("--trace", help="Show each request on stderr, secrets left out.")
    ] = None,
) -> None:
    """Shared by every command."""


def _unattended_options(
    cron: Annotated[
        bool | None,
        typer.Option("--cron", help="For cron: never ask, one at a time, a log; silent unless there is news."),
    ] = None,
    lock: Annotated[
        str | None,
        typer.Option(
            "--lock",
            metavar="fail|skip|wait[=TIME]",
            help="While the same command of the profile is at work: end with 75, end with 0, or wait.",
        ),
    ] = None,
    jitter: Annotated[
        str | None,
        typer.Option(
            "--jitter", metavar="TIME", help="Begin up to so much later, the same each day; with --cron 5m, 0 for none."
        ),
    ] = None,
) -> None:
    """Shared by every command."""


def _selection_options(  # noqa: PLR0913, PLR0917 - the same
    clients: Annotated[
        list[str] | None,
        typer.Option(
            "--clients", metavar="ORG,…|@FILE|-", help="Orgnr, client number or name; @FILE txt, csv, xlsx; - stdin."
        ),
    ] = None,
    group: Annotated[
        list[str] | None, typer.Option("--group", metavar="GROUP", help="In this group; repeat for several.")
    ] = None,
    not_group: Annotated[
        list[str] | None, typer.Option("--not-group", metavar="GROUP", help="Not in this group.")
    ] = None,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="USER", help="Whose clients (ansvarlig); me is you.")
    ] = None,
    where: Annotated[
        str | None, typer.Option("--where", metavar="EXPR", help='payday == 20 and status == "active"')
    ] = None,
    all_clients: Annotated[bool | None, typer.Option("--all-clients", help="Every client of the bureau.")] = None,
) -> None:
    """Shared by every command that is about some of the clients."""


def _recall_options(
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="SNAPSHOT", help="As a snapshot kept here has it; the platform is not asked."),
    ] = None,
) -> None:
    """Shared by every command that can answer from a snapshot."""


def _plan_options(
    plan: Annotated[bool | None, typer.Option("--plan", help="Show what would be done, and stop.")] = None,
) -> None:
    """Shared by every command that changes many things."""


def _saving_options(
    plan_out: Annotated[
        Path | None, typer.Option("--plan-out", metavar="FILE", help="Save what would be done, for apply, and stop.")
    ] = None,
) -> None:
    """Shared by those commands and those that only plan."""


def _pace_options(
    jobs: Annotated[
        int | None, typer.Option("--jobs", metavar="N", min=1, max=16, help="Requests side by side.")
    ] = None,
    fail_fast: Annotated[bool | None, typer.Option("--fail-fast", help="Stop at the first that fails.")] = None,
    max_failures: Annotated[
        int | None, typer.Option("--max-failures", metavar="N", min=1, help="Stop once so many have failed.")
    ] = None,
) -> None:
    """Shared by every command that changes many things."""


def _confirmation_options(
    yes: Annotated[bool | None, typer.Option("--yes", "-y", help="Do not ask.")] = None,
) -> None:
    """Shared by every command that asks before it changes something."""


def _root_options(
    version: Annotated[
        bool | None, typer.Option("--version", is_eager=True, callback=_tell_version, help="Show the version.")
    ] = None,
) -> None:
    """Understood by the root alone."""


def parameters(declare: Any, panel: str) -> list[Any]:
    """The parsed options of a declaration above, as Typer makes them."""
    app = typer.Typer(add_completion=False)
    app.command()(declare)
    found: list[Any] = [parameter for parameter in get_command(app).params if parameter.name != "help"]
    for parameter in found:
        parameter.rich_help_panel = panel
    return found


def root_parameters() -> list[Any]:
    """`--version`, wherever it stands before a command; alone on the line it is answered without Typer."""
    return parameters(_root_options, SHARED)


def view_parameters() -> list[Any]:
    """`-o`, `--out`, `--fields` and their like, and how a run goes that nobody looks at."""
    return [*parameters(_view_options, SHARED), *parameters(_unattended_options, UNATTENDED)]


def selection_parameters() -> list[Any]:
    """`--clients`, `--group` and their like."""
    return parameters(_selection_options, SELECTION)


def recall_parameters() -> list[Any]:
    """`--as-of`."""
    return parameters(_recall_options, ANOTHER_DAY)


def bulk_parameters() -> list[Any]:
    """`--plan` and its like."""
    return [*parameters(_plan_options, CHANGING), *saving_parameters(), *parameters(_pace_options, CHANGING)]


def unsaved_bulk_parameters() -> list[Any]:
    """The same without `--plan-out`, for what is planned anew whenever it is done."""
    return [*parameters(_plan_options, CHANGING), *parameters(_pace_options, CHANGING)]


def saving_parameters() -> list[Any]:
    """`--plan-out`."""
    return parameters(_saving_options, CHANGING)


def confirmation_parameters() -> list[Any]:
    """`--yes`."""
    return parameters(_confirmation_options, CHANGING)


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkChoice:
    """How a change of many is to be run; `plan_out` is where its plan is saved, and then it is not run.

    `most_failures` is after how many it is given up, None for never.
    """

    plan: bool = False
    plan_out: Path | None = None
    yes: bool = False
    most_failures: int | None = None

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> BulkChoice:
        """What was said on the line."""
        return cls(
            plan=bool(said.get("plan")),
            plan_out=said.get("plan_out"),
            yes=bool(said.get("yes")),
            most_failures=1 if said.get("fail_fast") else said.get("max_failures"),
        )

    @property
    def ends_with_the_plan(self) -> bool:
        """Whether nothing is to be done yet."""
        return self.plan or self.plan_out is not None


def said(names: Sequence[str], levels: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What was said of these options on the levels of the command line; the one nearest the command wins."""
    values: dict[str, Any] = {}
    for level in levels:
        values |= {name: level[name] for name in names if level.get(name) not in UNSAID}
    return values
