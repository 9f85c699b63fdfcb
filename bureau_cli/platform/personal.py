"""Fødselsnummer: masked, unless a request that may reveals them, which the audit trail keeps."""

from collections.abc import Sequence
from urllib.parse import unquote

from bureau_cli.platform import audit
from bureau_cli.platform.calls import Call

_LENGTH_OF_DATE = 6
REASON = "Reveal-Reason"


def is_revealing(call: Call) -> bool:
    """Tell whether a request asks for fødselsnummer in full."""
    return "reveal" in call.arguments.query


def shown_fnr(call: Call, fnr: str) -> str:
    """Write a fødselsnummer as an answer has it."""
    return fnr if is_revealing(call) else f"{fnr[:_LENGTH_OF_DATE]} *****"


def record_revealed(call: Call, subject: str, employee_ids: Sequence[str]) -> None:
    """Leave the event of whose fødselsnummer were shown, and why, if they were."""
    if is_revealing(call):
        after = {"reason": unquote(call.arguments.headers[REASON]), "employees": list(employee_ids)}
        audit.record(call, audit.Change(action=audit.REVEAL, subject=subject, after=after))
