"""An error as people and as programs read it on stderr: never a traceback, never a box."""

from __future__ import annotations

from collections.abc import Iterator

from bureau_cli.errors import BureauError
from bureau_cli.formatters.as_json import dumps
from bureau_cli.formatters.text import clean, clean_lines

DETAILS_SHOWN = 20


def for_people(error: BureauError) -> str:
    """`error:` what happened, the details below it, and `fix:` what to do. Quoted text can start no line of ours."""
    return "\n".join(_lines(error))


def _lines(error: BureauError) -> Iterator[str]:
    message = clean_lines(error.message).replace("\n", "\n  ")
    request = f", request {clean(error.request_id)}" if error.request_id else ""
    yield f"error: {message} [{error.code}{request}]"
    for detail in error.details[:DETAILS_SHOWN]:
        place = f"{clean(detail.where)}: " if detail.where else ""
        yield f"  {place}{clean(detail.message)}"
    if len(error.details) > DETAILS_SHOWN:
        yield f"  … and {len(error.details) - DETAILS_SHOWN} more"
    if error.fix:
        yield f"fix: {clean(error.fix)}"


def for_programs(error: BureauError) -> str:
    """The same as one JSON object on one line, with every detail."""
    return dumps(
        {
            "error": {
                "code": error.code,
                "message": error.message,
                "fix": error.fix,
                "exit_code": int(error.exit_code),
                "details": [{"where": detail.where, "message": detail.message} for detail in error.details],
                "request_id": error.request_id,
            }
        }
    )
