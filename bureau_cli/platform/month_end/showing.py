"""Deadlines as the contract shows them: what they are of, how much is to be paid, and whether it is done."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any, Literal

from bureau_cli.platform.belonging import Clients
from bureau_cli.platform.calendar import agreed_day, pay_date
from bureau_cli.platform.calls import Call
from bureau_cli.platform.law import due
from bureau_cli.platform.month_end.deadlines import Deadline
from bureau_cli.platform.month_end.reports import reports_of
from bureau_cli.platform.month_end.terms import Due, due_by_term
from bureau_cli.platform.month_end.window import term_of
from bureau_cli.platform.shown import money

_RUNS = """
SELECT pay_run.*, pay_group.payday FROM json_each(:runs) AS wanted
CROSS JOIN pay_run ON pay_run.seq = wanted.value
JOIN pay_group ON pay_group.id = pay_run.pay_group_id
"""
_PAYDAYS = "SELECT id, payday FROM pay_group WHERE id IN (SELECT value FROM json_each(:pay_groups))"
_OF_RUN = {
    "pay_day": ("net", "paid_at"),
    "forskuddstrekk": ("withholding", "withholding_paid_at"),
    "utleggstrekk": ("attachment", "attachment_paid_at"),
}
"""What is to be paid of a run, and when that was."""

_RECEIVED = frozenset({"received", "received_guideline"})
_UNKNOWN = dict.fromkeys(("amount", "met", "pay_date", "period", "run", "term"))

Facts = dict[str, Any]


class Showing:
    """Some deadlines, and what they are of: found for all of them at once."""

    def __init__(self, call: Call, found: Sequence[Deadline]) -> None:
        self._now = call.seconds
        self._found = found
        self._clients = Clients(call, (one.client_id for one in found))
        numbers = json.dumps([one.of for one in found if isinstance(one.of, int)])
        self._runs = {run["seq"]: run for run in call.db.execute(_RUNS, {"runs": numbers})}
        pay_groups = json.dumps(sorted({one.agreed[0] for one in found if one.agreed}))
        self._paydays = dict(call.db.execute(_PAYDAYS, {"pay_groups": pay_groups}).fetchall())
        self._by_term = due_by_term(call, {(one.client_id, one.term) for one in found if one.term})
        self._reported = _reported(call, found)

    def all(self) -> list[dict[str, Any]]:
        """Show them as the contract has them."""
        return [self.show(one) for one in self._found]

    def show(self, one: Deadline) -> dict[str, Any]:
        """Show one of them."""
        facts = {**_UNKNOWN, **self._facts(one)}
        amount = facts.pop("amount")
        figures = {"amount": money(amount)}
        return {
            "id": f"dl_{one.kind}_{one.client_id}_{one.of}".replace(" ", "_"),
            "kind": one.kind,
            "due": one.due,
            "client": self._clients.reference(one.client_id),
            "owner": self._clients.owner(one.client_id),
            **facts,
            **({**figures, "withheld": None} if amount is None else self._clients.withhold(one.client_id, figures)),
            "fetched_at": self._clients.fetched_at(one.client_id),
        }

    def _facts(self, one: Deadline) -> Facts:
        if one.run:
            return self._of_run(one, self._runs[one.run])
        if one.agreed:
            return self._of_agreed_day(one, *one.agreed)
        if one.term:
            return self._of_term(one, one.term)
        if one.kind == "a_melding":
            month = str(one.of)
            is_met = (one.client_id, month) in self._reported or self._not_met(one)
            return {"agreed": due.a_melding_day(month).isoformat(), "met": is_met, "period": month}
        return {"agreed": one.due}

    def _of_run(self, one: Deadline, run: Any) -> Facts:
        amount, paid = _OF_RUN[one.kind]
        period, payday = run["period"], run["payday"]
        is_as_agreed = run["type"] == "ordinary" and run["pay_date"] == pay_date(period, payday).isoformat()
        agreed = agreed_day(period, payday).isoformat() if is_as_agreed else run["pay_date"]
        return {
            "agreed": agreed if one.kind == "pay_day" else _day_after(run["pay_date"]),
            "amount": run[amount],
            "met": self._is_met(one, is_paid=run[paid] is not None and run[paid] <= self._now),
            "pay_date": run["pay_date"],
            "period": period,
            "run": run["id"],
        }

    def _of_agreed_day(self, one: Deadline, pay_group: str, period: str) -> Facts:
        payday = self._paydays[pay_group]
        paid = pay_date(period, payday).isoformat()
        agreed = agreed_day(period, payday).isoformat() if one.kind == "pay_day" else _day_after(paid)
        return {"agreed": agreed, "met": self._not_met(one), "pay_date": paid, "period": period}

    def _of_term(self, one: Deadline, term: str) -> Facts:
        by_term = self._by_term.get((one.client_id, term), Due())
        facts = {"agreed": due.term_day(term_of(term)[0]).isoformat(), "term": term}
        if one.kind == "term":
            return {**facts, "amount": by_term.charges}
        is_forskuddstrekk = one.kind == "forskuddstrekk"
        return {
            **facts,
            "amount": by_term.withholding if is_forskuddstrekk else by_term.attachment,
            "met": self._is_met(
                one, is_paid=by_term.withholding_paid if is_forskuddstrekk else by_term.attachment_paid
            ),
        }

    def _is_met(self, one: Deadline, *, is_paid: bool) -> bool | None:
        return self._clients.is_paid(one.client_id, one.due, told=is_paid)

    def _not_met(self, one: Deadline) -> Literal[False] | None:
        return self._clients.not_done(one.client_id, one.due)


def _reported(call: Call, found: Sequence[Deadline]) -> Collection[tuple[str, str]]:
    """Give the clients and months of which everything to be reported is received."""
    clients: dict[str, list[str]] = defaultdict(list)
    for one in found:
        if one.kind == "a_melding":
            clients[str(one.of)].append(one.client_id)
    return {
        (one.client_id, month)
        for month, client_ids in clients.items()
        for one in reports_of(call, month, client_ids)
        if one.state in _RECEIVED
    }


def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
