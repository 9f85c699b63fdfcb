"""What the reports have in common: which clients they are of, of how many the caller sees the figures, and months."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from bureau_cli.platform.belonging import CLIENTS_BY_NAME, Clients, requested_clients
from bureau_cli.platform.calendar import period_of, shifted
from bureau_cli.platform.calls import Call
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.pages import Page
from bureau_cli.platform.problems import Problem
from bureau_cli.platform.rules import ACCESSIBLE, sees_every_client
from bureau_cli.platform.store import setting

_MOST_MONTHS = 24


def clients_by_name(call: Call) -> Page:
    """Find a page of the clients a request means, also of those whose figures the caller does not see."""
    return call.pager.page(call.db, requested_clients(call).rows(), CLIENTS_BY_NAME, call.arguments)


def envelope(call: Call, page: Page, items: list[dict[str, Any]], **more: object) -> dict[str, Any]:
    """Write a page of a report, with what else it tells."""
    return {**page.envelope(items, as_of(call)), **more}


def may_look_into(call: Call, clients: Clients, client_id: str) -> bool:
    """Tell whether the caller sees what happens at a client, though perhaps no figures of pay."""
    return sees_every_client(call.caller) or clients.is_open(client_id)


def coverage(call: Call, total: int, *, of_pay: bool) -> dict[str, int]:
    """Tell of how many of the clients meant the caller sees the figures: those of pay, or only what happens."""
    if sees_every_client(call.caller) and not of_pay:
        return {"clients": total, "of": total}
    chosen = requested_clients(call)
    chosen.only(f"client.id IN {ACCESSIBLE}")
    return {"clients": call.pager.total(call.db, chosen.rows()), "of": total}


def withheld(names: tuple[str, ...]) -> dict[str, Any]:
    """Write what is held back of a row, and why."""
    return {**dict.fromkeys(names), "withheld": {"reason": "no_access", "fields": list(names)}}


class Months(NamedTuple):
    """The months a request asks for, from the first to the last: none if that lies before."""

    first: str
    last: str

    @property
    def all(self) -> list[str]:
        """Give every one of them; raise the Problem of too many."""
        months = []
        month = self.first
        while month <= self.last:
            months.append(month)
            month = shifted(month, 1)
            if len(months) > _MOST_MONTHS:
                detail = f"There may be at most {_MOST_MONTHS} months from the first to the last."
                raise Problem("window_too_long", detail)
        return months


def months_asked_for(call: Call) -> Months:
    """Take the months of a request: one end alone means that month, and none this."""
    query: Mapping[str, str] = call.arguments.query
    last = query.get("to") or query.get("from") or period_of(call.today)
    return Months(first=query.get("from") or last, last=last)


def is_told(call: Call, month: str) -> bool:
    """Tell whether the platform has anything about a month: since its first one, as far as today's."""
    return setting(call.db, "first_period") <= month <= period_of(call.today)
