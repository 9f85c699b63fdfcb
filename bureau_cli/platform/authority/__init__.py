"""The port between the platform and the tax authority: Skatteetaten's two published calls, JSON in and out.

`bestillSkattekort` orders, `skattekortTilArbeidsgiver/svar/{bestillingsreferanse}` gives the answer. Whoever stands
behind it, the demo or the agency itself over Maskinporten, signs in, keeps to its limits and raises one of the errors
below; what a body means is read by the platform, in `taxcards/reading.py`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

Body = Mapping[str, Any]

MOST_PEOPLE = 1000
"""How many people one order may have: the agency's limit."""
POLL_SECONDS = 2
"""For how long at least it wants to be left alone before it is asked again."""


class AuthorityError(Exception):
    """The tax authority did not do what it was asked; nothing is known to have been done."""


class NotSignedInError(AuthorityError):
    """It does not accept who calls: Maskinporten gives no token, or the system user is not approved any more."""


class UnavailableError(AuthorityError):
    """It cannot be reached, or asks to be left alone; later it may."""


class RefusedError(AuthorityError):
    """It refuses what it was asked; `code` is its own word."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TaxAuthority(Protocol):
    """Who tax cards are ordered from."""

    def order(self, body: Body, *, key: str, now: datetime) -> Body:
        """Order, and give the reply with its `bestillingsreferanse`; the same key again is the same order."""

    def answer(self, reference: str, *, now: datetime) -> Body | None:
        """Give the answer to an order, or None while there is none: HTTP 204."""
