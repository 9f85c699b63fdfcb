"""Ask the platform anything: the raw API, with the same token, repeats and redaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, TextIO

import typer

from bureau_cli.commands._bulk import confirm_change
from bureau_cli.commands._command import Commands, ConfirmedCommand, session_of
from bureau_cli.commands._shape import AsItCame
from bureau_cli.errors import BadUsage, FileInvalid
from bureau_cli.formatters.results import Document

app = Commands()

Method = Annotated[
    Literal["GET", "POST", "PATCH", "PUT", "DELETE"],
    typer.Argument(metavar="METHOD", help="GET, POST, PATCH, PUT or DELETE."),
]
ApiPath = Annotated[str, typer.Argument(metavar="PATH", help="Below the platform's address, like /v1/clients.")]
Fields = Annotated[
    list[str] | None,
    typer.Option(
        "--field", "-f", metavar="NAME=VALUE", help="A query parameter; without GET a text field of the body."
    ),
]
Body = Annotated[str | None, typer.Option("--body", metavar="JSON|@FILE|-", help="The whole body as JSON.")]


@app.command("api", cls=ConfirmedCommand, answers=AsItCame())
async def api(ctx: typer.Context, method: Method, path: ApiPath, field: Fields = None, body: Body = None) -> Document:
    """Send one request and print the JSON of the answer."""
    session = session_of(ctx)
    pairs = [_pair(text) for text in field or ()]
    in_body = method != "GET" and body is None
    content = (_told_once(pairs) or None) if in_body else None if body is None else _json(body, session.output.stdin)
    query = [] if in_body else pairs
    if method != "GET":
        await confirm_change(session, f"{method} {path}")
    return Document(content=await session.app.raw.send(method, path, query, content))


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise BadUsage(f"{text!r} is not NAME=VALUE", fix="--field NAME=VALUE")
    return name, value


def _told_once(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise BadUsage("a field of the body is given twice", fix="give the whole body with --body JSON")
    return fields


def _json(text: str, stdin: TextIO | None) -> Any:
    if text == "-" and (stdin is None or stdin.closed):
        raise BadUsage("there is nothing on stdin", fix="write the body into it, with < or |")
    try:
        if text == "-" and stdin is not None:
            return json.load(stdin)
        return json.loads(Path(text[1:]).read_text(encoding="utf-8") if text.startswith("@") else text)
    except OSError as fault:
        raise FileInvalid(f"{text[1:]} cannot be read: {fault.strerror}", fix="--body @FILE, or - for stdin") from fault
    except ValueError as fault:
        raise BadUsage(f"the body is not JSON: {fault}", fix="--body JSON, @FILE, or - for stdin") from fault
