"""Period status: where clients stand in a month, and the facts behind it."""

from collections.abc import Sequence
from typing import Any

from bureau_cli.platform.belonging import Clients, requested_clients, require_client
from bureau_cli.platform.calendar import period_of
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.clock import to_text
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.month_end.statuses import Reason, Status, Step, statuses_of
from bureau_cli.platform.month_end.steps import Fact
from bureau_cli.platform.pages import Order
from bureau_cli.platform.rules import sees_every_client

_WITHHELD = ("outside", "pay_dates", "steps", "a_melding", "closed", "reported", "done", "reasons", "next")
_EMPTY = ("pay_dates", "reasons")


def list_period_status(call: Call) -> Answer:
    """List where the clients the request means stand in a month."""
    rows = requested_clients(call).rows()
    page = call.pager.page(call.db, rows, Order(columns=("client.id",)), call.arguments)
    month = _month(call)
    shown = _Shown(call, page.ids)
    statuses = shown.statuses(month, page.ids)
    items = [shown.row(client_id, month, statuses.get(client_id)) for client_id in page.ids]
    return Answer(body=page.envelope(items, as_of(call)))


def get_period_status(call: Call) -> Answer:
    """Show where one client stands in a month, with the facts."""
    client_id = require_client(call, call.arguments.path["client"])
    month = _month(call)
    shown = _Shown(call, [client_id])
    status = shown.statuses(month, [client_id]).get(client_id)
    facts = [_fact(fact) for fact in status.facts] if status else []
    known_until = shown.known_until(client_id)
    return Answer(body={**shown.row(client_id, month, status), "facts": facts, "known_until": known_until})


def _month(call: Call) -> str:
    return str(call.arguments.query.get("period", period_of(call.today)))


class _Shown:
    """The clients of a page, and where they stand: into which of them the caller may look."""

    def __init__(self, call: Call, client_ids: Sequence[str]) -> None:
        self._call = call
        self._clients = Clients(call, client_ids)

    def statuses(self, month: str, client_ids: Sequence[str]) -> dict[str, Status]:
        """Judge the clients that the caller may look into."""
        sees_all = sees_every_client(self._call.caller)
        visible = [one for one in client_ids if sees_all or self._clients.is_open(one)]
        call = self._call
        return statuses_of(call.db, month, visible, now=call.seconds, today=call.today.isoformat())

    def known_until(self, client_id: str) -> str:
        """Tell the day until which a client's data are known."""
        return self._clients.fetched_at(client_id)[:10]

    def row(self, client_id: str, month: str, status: Status | None) -> dict[str, Any]:
        """Show a client's month; without a status, that it is withheld."""
        return {
            "client": self._clients.reference(client_id),
            "owner": self._clients.owner(client_id),
            "period": month,
            **(_withheld() if status is None else _shown(status)),
            "fetched_at": self._clients.fetched_at(client_id),
        }


def _withheld() -> dict[str, Any]:
    return {
        **dict.fromkeys(_WITHHELD),
        **{name: [] for name in _EMPTY},
        "withheld": {"reason": "no_access", "fields": list(_WITHHELD)},
    }


def _shown(status: Status) -> dict[str, Any]:
    following = status.next
    return {
        "outside": status.outside,
        "pay_dates": status.pay_dates,
        "steps": {name: _step(step) for name, step in status.steps.items()},
        "a_melding": status.a_melding,
        "closed": status.closed,
        "reported": status.reported,
        "done": None if status.closed is None else status.closed and status.reported,
        "reasons": [_reason(reason) for reason in status.reasons],
        "next": following and {"step": following[0], "state": following[1].state, "due": following[1].due},
        "withheld": None,
    }


def _step(step: Step) -> dict[str, Any]:
    return {"state": step.state, "due": step.due, "since": _instant(step.since)}


def _reason(reason: Reason) -> dict[str, Any]:
    fact = reason.fact
    return {
        "gate": reason.gate,
        "code": reason.code,
        "step": fact.step,
        "pay_group": fact.pay_group,
        "pay_date": fact.pay_date,
        "run": fact.run,
        "message": fact.message,
        "due": fact.due,
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {**fact._asdict(), "at": _instant(fact.at)}


def _instant(seconds: int | None) -> str | None:
    return None if seconds is None else to_text(seconds)
