"""See and verify what was changed, by whom, and what was refused (sporlogg)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from bureau_cli.commands._columns import inside
from bureau_cli.commands._command import BureauCommand, Commands, session_of
from bureau_cli.commands._session import Session
from bureau_cli.commands._shape import Shape
from bureau_cli.domain.anchor_file import HOW_TO_MAKE_ONE, SHAPE, anchor_in
from bureau_cli.domain.audit import AuditFilter
from bureau_cli.domain.days import days_of
from bureau_cli.domain.trail import Damage
from bureau_cli.errors import DocumentInvalid, ExitCode
from bureau_cli.formatters.results import Column, Kind, Listing, Record, Tone
from bureau_cli.services.audit import SORTABLE, Examined

app = Commands()

EVENT_COLUMNS = (
    Column("seq", Kind.COUNT),
    Column("at", Kind.INSTANT),
    Column("actor", Kind.ID),
    Column("action", Kind.ID),
    Column("number", Kind.ID, inside("client", "number")),
    Column("name", value=inside("client", "name")),
    Column("about", Kind.ID),
    Column("subject", Kind.ID, main=False),
    Column("outcome", Kind.STATE, tones={"done": Tone.GOOD, "refused": Tone.BAD}),
    Column("code", Kind.ID),
    Column("changed"),
    Column("before", Kind.OBJECT, main=False),
    Column("after", Kind.OBJECT, main=False),
    Column("request_id", Kind.ID, main=False),
    Column("run_id", Kind.ID, main=False),
    Column("prev_hash", Kind.ID, main=False),
    Column("hash", Kind.ID, main=False),
)
EVENTS = Shape(name="audit.list", columns=EVENT_COLUMNS, ids="request_id", sorts=SORTABLE)

FLAW_COLUMNS = (
    Column("seq", Kind.COUNT),
    Column("last_seq", Kind.COUNT),
    Column("state", Kind.STATE, tones={str(damage): Tone.BAD for damage in Damage}),
    Column("found"),
    Column("hash", Kind.ID, main=False),
    Column("expected", Kind.ID, main=False),
)
FLAWS = Shape(name="audit.verify", columns=FLAW_COLUMNS, whole=True)

ANCHOR_COLUMNS = (
    Column("seq", Kind.COUNT),
    Column("hash", Kind.ID),
    Column("at", Kind.INSTANT),
    Column("bureau", Kind.ID),
    Column("platform", Kind.ID),
)
ANCHOR = Shape(name=SHAPE, columns=ANCHOR_COLUMNS, one=True)

From = Annotated[str | None, typer.Option("--from", metavar="DAY", help="From this day on, 2026-11-01.")]
To = Annotated[str | None, typer.Option("--to", metavar="DAY", help="Up to and including this day.")]
Actor = Annotated[str | None, typer.Option("--actor", metavar="USER", help="Only what this user did; me is you.")]
Action = Annotated[
    str | None, typer.Option("--action", metavar="ACTION", help="Only this action; * stands for any text: access.*")
]
AtClient = Annotated[str | None, typer.Option("--client", metavar="CLIENT", help="Only what was done at this client.")]
Whom = Annotated[
    str | None, typer.Option("--user", metavar="USER", help="Only what is filed under this user; me is you.")
]
About = Annotated[
    str | None, typer.Option("--subject", metavar="PATH", help="Only what was done to this; * is any text: groups/*")
]
Outcome = Annotated[Literal["done", "refused"] | None, typer.Option("--outcome", help="Only what ended so.")]
OfRun = Annotated[
    str | None, typer.Option("--run", metavar="RUN|last", help="Only what this run did; `history list` has them.")
]
Request = Annotated[str | None, typer.Option("--request", metavar="ID", help="Only what this request did.")]
FromSeq = Annotated[
    int, typer.Option("--from-seq", metavar="N", min=1, help="Begin at this event; those before are taken on trust.")
]
AnchorFile = Annotated[
    Path | None,
    typer.Option("--anchor", metavar="FILE", help="Hold it against this anchor; default the one kept here."),
]
Anew = Annotated[bool, typer.Option("--anew", help="Begin anew: it need not go on from the anchor kept here.")]


class VerifyingCommand(BureauCommand):
    """A command that an anchor may be given to."""

    def read(self, session: Session, ctx: Any) -> None:
        """Read the anchor's file."""
        from bureau_cli.formatters.read_toml import read_document  # noqa: PLC0415 - most commands read no file

        super().read(session, ctx)
        if ctx.params["anchor"] is not None:
            try:
                session.document = read_document(ctx.params["anchor"], session.output.stdin)
            except DocumentInvalid as fault:
                fault.fix = HOW_TO_MAKE_ONE
                raise


@app.command("list", answers=EVENTS)
async def list_(  # noqa: PLR0913, PLR0917 - a parameter an option
    ctx: typer.Context,
    since: From = None,
    until: To = None,
    actor: Actor = None,
    action: Action = None,
    client: AtClient = None,
    user: Whom = None,
    subject: About = None,
    outcome: Outcome = None,
    run: OfRun = None,
    request: Request = None,
) -> Listing:
    """List what was changed and what was refused, the newest first.

    When a client gets another owner, one event tells both; it is filed under the new one, and --client finds it.
    """
    session = session_of(ctx)
    first, last = days_of(since, until)
    wanted = AuditFilter(
        since=first,
        until=last,
        actor=actor,
        action=action,
        client=client,
        user=user,
        subject=subject,
        outcome=outcome,
        run=_run(session, run),
        request=request,
    )
    session.narrow(wanted.described())
    view = session.view
    return EVENTS.listing(await session.app.audit.search(wanted, sort=view.sort, most=view.limit))


@app.command("verify", cls=VerifyingCommand, answers=FLAWS)
async def verify(ctx: typer.Context, from_seq: FromSeq = 1, anchor: AnchorFile = None) -> Listing:
    """See whether the trail is whole; it ends with 9 if it is not.

    Every hash is made again here: the platform is not asked for its opinion. It tells events that were edited, deleted,
    put in or moved, and with an anchor what was cut off at the end or written anew.
    """
    session = session_of(ctx)
    given = None if anchor is None else anchor_in(session.document.name, session.document.text)
    examined = await session.app.audit.verify(first=from_seq, given=given)
    session.output.say(examined.told)
    return FLAWS.listing(examined.verdict.flaws, exit_code=_ending(examined))


@app.command("anchor", answers=ANCHOR)
async def anchor(ctx: typer.Context, anew: Anew = False) -> Record:  # noqa: FBT002 - a flag
    """Keep the number and hash of the last event, to verify the trail by later.

    One is kept here; with --out anchor.json keep another where nobody can change it along with the trail. It is made
    only of a trail that is whole and goes on from the anchor kept before.
    """
    session = session_of(ctx)
    made = await session.app.audit.anchor(anew=anew)
    session.output.say(f"kept in {session.app.audit.place_of_anchor} too; `bureau audit verify` uses it from now on")
    return ANCHOR.record(made)


def _run(session: Session, word: str | None) -> str | None:
    """The run that is meant; another than the last may be one that this machine knows nothing of."""
    if word != "last":
        return word
    return session.app.past.runs.find(word, session.app.settings.profile).opening.id


def _ending(examined: Examined) -> ExitCode:
    if examined.verdict.flaws:
        return ExitCode.FINDING
    return ExitCode.UNKNOWN if examined.proves_nothing else ExitCode.DONE
