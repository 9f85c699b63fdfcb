"""The tax authorities there are, and what goes wrong with any of them on demand."""

import sqlite3
from collections.abc import Callable
from datetime import datetime

from bureau_cli.platform import faults
from bureau_cli.platform.authority import Body, NotSignedInError, RefusedError, TaxAuthority, UnavailableError
from bureau_cli.platform.authority.demo import DemoAuthority
from bureau_cli.platform.store import setting

_ORDERS, _ANSWERS = f"{faults.OUTWARD}/orders", f"{faults.OUTWARD}/answers"
_TEMPORARY = frozenset({"rate_limited", "internal", "busy"})


KNOWN: dict[str, Callable[[sqlite3.Connection], TaxAuthority]] = {DemoAuthority.name: DemoAuthority}
"""How the tax authority of each name is reached; a store names one in its settings, or has the demo's."""


def authority_of(db: sqlite3.Connection) -> TaxAuthority:
    """Give the tax authority of a store, with the faults that are to strike the calls to it."""
    return _OnDemand(db, KNOWN[setting(db, "authority") or DemoAuthority.name](db))


class _OnDemand:
    """A tax authority that fails as the store's rules say."""

    def __init__(self, db: sqlite3.Connection, authority: TaxAuthority) -> None:
        self._db = db
        self._authority = authority

    def order(self, body: Body, *, key: str, now: datetime) -> Body:
        plan = self._strike("POST", _ORDERS)
        reply = self._authority.order(body, key=key, now=now)
        if plan.delivery:
            raise UnavailableError("the reply was lost")
        return reply

    def answer(self, reference: str, *, now: datetime) -> Body | None:
        if self._strike("GET", _ANSWERS).delivery:
            raise UnavailableError("the reply was lost")
        return self._authority.answer(reference, now=now)

    def _strike(self, method: str, path: str) -> faults.Plan:
        """Raise the error that a rule asks for; give what else it does to the call."""
        plan = faults.plan(faults.strike_stored(self._db, method, path))
        if plan.delivery == faults.DROP:
            raise UnavailableError("the connection was lost")
        if plan.refusal is None:
            return plan
        if plan.refusal.code == "unauthenticated":
            raise NotSignedInError(plan.refusal.detail)
        if plan.refusal.code in _TEMPORARY:
            raise UnavailableError(plan.refusal.detail)
        raise RefusedError("UGYLDIG_FORESPOERSEL")
