"""Sign in to a platform, see as whom, and sign out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal

import typer

from bureau_cli.commands._command import BureauCommand, Commands, LocalCommand, session_of
from bureau_cli.commands._session import Session
from bureau_cli.commands._shape import Shape
from bureau_cli.domain.signing_in import Standing, StandingState
from bureau_cli.errors import BadUsage, ExitCode
from bureau_cli.formatters.results import Column, Kind, Record, Tone

app = Commands()

TONES = {
    StandingState.SIGNED_IN: Tone.GOOD,
    StandingState.NOT_CHECKED: Tone.WAITING,
    StandingState.EXPIRED: Tone.BAD,
    StandingState.SIGNED_OUT: Tone.DULL,
}


def _who(field: str) -> Callable[[Standing], Any]:
    return lambda standing: getattr(standing.identity, field, None)


STANDING_COLUMNS = (
    Column("profile", Kind.ID),
    Column("state", Kind.STATE, lambda standing: str(standing.state), tones={str(k): v for k, v in TONES.items()}),
    Column("login", Kind.ID, _who("login")),
    Column("name", value=_who("name")),
    Column("role", Kind.STATE, _who("role")),
    Column("bureau", value=_who("bureau")),
    Column("orgnr", Kind.ID, _who("orgnr")),
    Column("expires_at", Kind.INSTANT),
    Column("renews", Kind.FLAG),
    Column("base_url"),
    Column("store", Kind.STATE),
    Column("place"),
)
STANDING = Shape(name="auth.status", columns=STANDING_COLUMNS, ids="login", one=True)

BaseUrl = Annotated[
    str | None, typer.Option("--base-url", metavar="URL", help="The platform's address; a new profile needs it.")
]
StoreName = Annotated[
    Literal["keyring", "file", "systemd", "env"] | None,
    typer.Option("--store", help="Where the secret is kept; default keyring."),
]
ClientId = Annotated[
    str | None, typer.Option("--client-id", metavar="ID", help="Sign in by OAuth2 client credentials.")
]
TokenStdin = Annotated[bool, typer.Option("--token-stdin", help="Read the token from stdin.")]
SecretStdin = Annotated[bool, typer.Option("--secret-stdin", help="Read the client secret from stdin.")]
Offline = Annotated[bool, typer.Option("--offline", help="Tell what is known here; ask nobody.")]
Purge = Annotated[bool, typer.Option("--purge", help="Also remove what is kept on this machine for the profile.")]


class LoginCommand(LocalCommand):
    """Takes the secret from stdin before the event loop begins, in which Ctrl-C could not end the read."""

    def invoke(self, ctx: Any) -> int:
        """Read it where the line says that it comes that way."""
        if ctx.params["token_stdin"] or ctx.params["secret_stdin"]:
            ctx.obj.piped_secret = ctx.obj.output.questions.piped_secret()
        return super().invoke(ctx)


@app.command("login", cls=LoginCommand, answers=STANDING)
async def login(  # noqa: PLR0913, PLR0917 - these are its options
    ctx: typer.Context,
    base_url: BaseUrl = None,
    store: StoreName = None,
    client_id: ClientId = None,
    token_stdin: TokenStdin = False,  # noqa: FBT002 - a flag
    secret_stdin: SecretStdin = False,  # noqa: FBT002 - a flag
) -> Record:
    """Sign a profile in with a token or a client secret, asked for without showing it."""
    session = session_of(ctx)
    _refuse_both(token=token_stdin, client=secret_stdin or client_id is not None)
    changed: dict[str, Any] = {"base_url": base_url, "client_id": client_id, "credential": store}
    said = {key: value for key, value in changed.items() if value is not None}
    sign_in = session.app.sign_in_as(said, by_token=token_stdin)
    if secret_stdin and not sign_in.by_client:
        raise BadUsage("no client id is known whose secret this is", fix="add --client-id ID, or say --token-stdin")
    if session.piped_secret is not None and not sign_in.takes_secret:
        raise BadUsage("this store is filled from outside, so no secret is read", fix="choose --store keyring or file")
    standing = await sign_in.login(_asking(session, sign_in.secret_name), session.output.tell)
    _tell_what_is_left(session, standing)
    return STANDING.record(standing)


@app.command("status", cls=BureauCommand, answers=STANDING)
async def status(ctx: typer.Context, offline: Offline = False) -> Record:  # noqa: FBT002 - a flag
    """Show who the profile is on its platform, until when, and where its secret is kept.

    Exit 4 when it is not signed in or the token has expired, 10 when the platform could not be asked.
    """
    session = session_of(ctx)
    standing = await session.app.sign_in.status(offline=offline, warn=session.output.warn)
    return STANDING.record(standing, exit_code=_ending(standing, offline=offline))


@app.command("logout", cls=BureauCommand, answers=STANDING)
async def logout(ctx: typer.Context, purge: Purge = False) -> Record:  # noqa: FBT002 - a flag
    """Remove the profile's secret from its store."""
    session = session_of(ctx)
    return STANDING.record(await session.app.sign_in.logout(purge=purge, tell=session.output.tell))


def _ending(standing: Standing, *, offline: bool) -> ExitCode:
    """A sign-in that was to be checked and could not be is not known to hold."""
    if standing.state is StandingState.EXPIRED:
        return ExitCode.NOT_ALLOWED
    if standing.state is StandingState.NOT_CHECKED and not offline:
        return ExitCode.UNKNOWN
    return ExitCode.DONE


def _refuse_both(*, token: bool, client: bool) -> None:
    if token and client:
        raise BadUsage("a token and client credentials are two ways to sign in", fix="say one of them")


def _asking(session: Session, name: str) -> Callable[[], Awaitable[str]]:
    """The secret from stdin, or from the person at the terminal."""

    async def ask() -> str:
        if session.piped_secret is not None:
            return session.piped_secret
        return await session.output.questions.secret(name)

    return ask


def _tell_what_is_left(session: Session, standing: Standing) -> None:
    """Say what the user has to do now that the command cannot."""
    if standing.state is StandingState.NOT_CHECKED:
        session.output.tell(f"the profile is written; the secret comes from {standing.place}, and was not tried")
    if standing.profile != session.app.configuration.default:
        session.output.say(f"make it the default: bureau profiles use {standing.profile}")
