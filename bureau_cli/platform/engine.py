"""From a request to its answer: faults, caller, arguments, rules, transaction; one request at a time, in one thread."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bureau_cli.platform import audit, elapsed, faults, rules, tokens
from bureau_cli.platform.calls import NOBODY, Answer, Call
from bureau_cli.platform.clock import Clock, business_time
from bureau_cli.platform.errors import StoreBusyError
from bureau_cli.platform.pages import Pager
from bureau_cli.platform.problems import Problem, ProblemCodes
from bureau_cli.platform.requests import Operation, RawRequest
from bureau_cli.platform.resources import performed_by

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import datetime

    from bureau_cli.platform.store import Store

_BUSY_RETRY_SECONDS = 1
log = logging.getLogger(__name__)
log.addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a request: an answer or a problem, and what is to go wrong on its way back."""

    result: Answer | Problem
    plan: faults.Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """A look at the store: a transaction in which all that has fallen due has come about, and its time.

    `is_audited` if what becomes of the request belongs in the audit trail.
    """

    db: sqlite3.Connection
    now: datetime
    is_audited: bool


class Engine:
    """Performs requests on one store."""

    def __init__(self, store: Store, clock: Clock, codes: ProblemCodes) -> None:
        self._store = store
        self._clock = clock
        self._codes = codes
        self._pager = Pager()
        self._header_faults = faults.HeaderFaults()

    def perform(self, operation: Operation, raw: RawRequest, request_id: str) -> Outcome:
        """Perform one request; whatever happens becomes its outcome."""
        plan = faults.NOTHING_WRONG
        try:
            plan = self._plan(raw)
            if plan.refusal is not None or plan.delivery == faults.DROP:
                return Outcome(result=plan.refusal or Answer(body=None), plan=plan)
            return Outcome(result=self._perform(operation, raw, request_id), plan=plan)
        except Problem as problem:
            return Outcome(result=problem, plan=plan)
        except StoreBusyError:
            headers = {"Retry-After": str(_BUSY_RETRY_SECONDS)}
            return Outcome(result=Problem("busy", "Another process holds the store.", headers=headers), plan=plan)
        except Exception:
            log.exception("%s failed", operation.id)
            return Outcome(result=Problem("internal", "The platform failed; nothing was done."), plan=plan)

    def _plan(self, raw: RawRequest) -> faults.Plan:
        with self._store.reading() as db:
            faulty = faults.are_stored(db)
        struck: list[faults.Fault] = []
        if "bureau-fault" in raw.headers:
            struck += self._header_faults.strike(raw.headers["bureau-fault"], raw.method, raw.path)
        if faulty:
            with self._store.writing() as db:
                struck += faults.strike_stored(db, raw.method, raw.path)
        return faults.plan(struck) if struck else faults.NOTHING_WRONG

    def _perform(self, operation: Operation, raw: RawRequest, request_id: str) -> Answer | Problem:
        """Perform a request at one instant, told inside its transaction: whoever had to wait has the later time."""
        is_audited = operation.is_audited(raw)
        if not is_audited:
            with self._store.reading() as db:
                look = _Look(db=db, now=business_time(db, self._clock), is_audited=False)
                if not elapsed.is_behind(db, look.now):
                    return self._call(operation, raw, look, request_id)
        with self._store.writing() as db:
            look = _Look(db=db, now=business_time(db, self._clock), is_audited=is_audited)
            elapsed.catch_up(db, look.now)
            return self._call(operation, raw, look, request_id)

    def _call(self, operation: Operation, raw: RawRequest, look: _Look, request_id: str) -> Answer | Problem:
        self._pager.forget_if_changed(self._store.change_mark())
        caller = NOBODY
        if operation.needs_token:
            caller = tokens.authenticate(look.db, raw.headers.get("authorization", ""), look.now)
        call = Call(
            db=look.db,
            caller=caller,
            now=look.now,
            request_id=request_id,
            run_id=raw.headers.get("bureau-run"),
            operation_id=operation.id,
            is_audited=look.is_audited,
            arguments=operation.read(raw),
            pager=self._pager,
        )
        return self._run(call)

    def _run(self, call: Call) -> Answer | Problem:
        """Run a call. A refused change is undone, and its event kept: so its problem is given back, not raised."""
        call.db.execute("SAVEPOINT call")
        try:
            rules.require_permission(call.db, call.operation_id, call.caller, call.today)
            return performed_by(call.operation_id)(call)
        except Problem as problem:
            call.db.execute("ROLLBACK TO call")
            if call.is_audited and self._codes.status(problem.code) in audit.REFUSED_STATUSES:
                audit.record_refusal(call, call.operation_id, _named(call), problem.code)
            return problem


def _named(call: Call) -> Mapping[str, Any]:
    body, path = call.arguments.body, call.arguments.path
    own = {"login": call.caller.login} if path.get("login") == "me" else {}
    return {**(body if isinstance(body, dict) else {}), **path, **own}
