"""Refusals of requests, as RFC 9457 problem details."""

from collections.abc import Mapping, Sequence
from typing import Any

BEARER_CHALLENGE: Mapping[str, str] = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
"""The header that every 401 of the API has, see RFC 6750."""
_MOST_FLAWS = 100

Flaw = dict[str, Any]
"""One thing wrong: `pointer`, `message`, and for some codes `position` or `candidates`."""


class Problem(Exception):
    """A request that is refused: a code of the contract, what happened, and every single flaw."""

    def __init__(
        self, code: str, detail: str, *, errors: Sequence[Flaw] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.errors = list(errors)
        self.headers = dict(headers or {})


def flaw(pointer: str, message: str, **more: object) -> Flaw:
    """Make one flaw."""
    return {"pointer": pointer, "message": message, **more}


def invalid(pointer: str, message: str) -> Problem:
    """Make the refusal of a request that does not follow the contract, for a single flaw."""
    return flawed([flaw(pointer, message)])


def flawed(flaws: Sequence[Flaw]) -> Problem:
    """Make the refusal of a request that does not follow the contract."""
    return Problem("invalid_request", f"{flaws[0]['pointer']}: {flaws[0]['message']}", errors=flaws[:_MOST_FLAWS])


class ProblemCodes:
    """The contract's closed list of codes, each with its status and meaning."""

    def __init__(self, contract: Mapping[str, Any]) -> None:
        self._codes = contract["components"]["schemas"]["ProblemCode"]["x-codes"]

    def status(self, code: str) -> int:
        """Give the HTTP status of a code."""
        return int(self._codes[code]["status"])

    def body(self, problem: Problem, *, path: str, request_id: str) -> dict[str, Any]:
        """Write a problem as the contract's Problem."""
        return {
            "type": f"urn:bureau:problem:{problem.code}",
            "title": self._codes[problem.code]["meaning"],
            "status": self.status(problem.code),
            "detail": problem.detail,
            "instance": path,
            "code": problem.code,
            "errors": problem.errors,
            "request_id": request_id,
        }
