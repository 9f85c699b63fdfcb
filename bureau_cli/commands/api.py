"""Ask the platform anything: the raw API, with the same token, repeats and redaction."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from bureau_cli.commands._bulk import confirm_change
from bureau_cli.commands._command import Commands, ConfirmedCommand, session_of
from bureau_cli.errors import BadUsage, FileInvalid
from bureau_cli.formatters.results import Document

app = Commands()

Method = Annotated[Literal["GET", "POST", "PATCH", "PUT", "DELETE"], typer.Argument(help="The HTTP method.")]
ApiPath = Annotated[str, typer.Argument(metavar="PATH", help="Below the platform's address, like /v1/clients.")]
Fields = Annotated[
    list[str] | None,
    typer.Option(
        "--field", "-f", metavar="NAME=VALUE", help="A query parameter; without GET a text field of the body."
    ),
]
Body = Annotated[str | None, typer.Option("--body", metavar="JSON|@FILE|-", help="The whole body as JSON.")]


@app.command("api", cls=ConfirmedCommand)
async def api(ctx: typer.Context, method: Method, path: ApiPath, field: Fields = None, body: Body = None) -> Document:
    """Send one request and print the JSON of the answer."""
    session = session_of(ctx)
    fields = dict(_pair(text) for text in field or ())
    content = None if body is None else _json(body)
    if method != "GET":
        content = fields if content is None and fields else content
        await confirm_change(session, f"{method} {path}")
    query = fields if method == "GET" or body is not None else {}
    return Document(content=await session.app.raw.send(method, path, query, content))


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise BadUsage(f"{text!r} is not NAME=VALUE", fix="--field NAME=VALUE")
    return name, value


def _json(text: str) -> Any:
    try:
        if text == "-":
            return json.load(sys.stdin)
        return json.loads(Path(text[1:]).read_text(encoding="utf-8") if text.startswith("@") else text)
    except OSError as fault:
        raise FileInvalid(f"{text[1:]} cannot be read: {fault.strerror}", fix="--body @FILE, or - for stdin") from fault
    except ValueError as fault:
        raise BadUsage(f"the body is not JSON: {fault}", fix="--body JSON, @FILE, or - for stdin") from fault
