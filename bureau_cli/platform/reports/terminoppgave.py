"""The terminoppgave: what clients are to pay of a term, what it is made of, and where reported and paid differ."""

from collections.abc import Mapping, Sequence
from typing import Any

from bureau_cli.platform.belonging import Clients
from bureau_cli.platform.calendar import last_day, period_of
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.month_end.charges import KINDS, Charges, charges_of
from bureau_cli.platform.month_end.window import term_name, term_of
from bureau_cli.platform.reports.differences import Explanations, differences_of
from bureau_cli.platform.reports.fribelop import Fribelops
from bureau_cli.platform.reports.lists import clients_by_name, coverage, envelope, is_told, withheld
from bureau_cli.platform.reports.term_law import law_of
from bureau_cli.platform.reports.term_lines import lines_of, shown_lines
from bureau_cli.platform.reports.term_order import clients_by_difference
from bureau_cli.platform.reports.term_payments import Payments, payments_of
from bureau_cli.platform.shown import money

_FIGURES = ("differs", "sums", "months", "lines", "payments", "fribelop", "differences")


def list_terminoppgave(call: Call) -> Answer:
    """List what clients are to pay of a term."""
    query = call.arguments.query
    term = query.get("term", term_name(period_of(call.today)))
    law = law_of(term)
    page = clients_by_difference(call, term) if query["sort"] == "differences" else clients_by_name(call)
    clients = Clients(call, page.ids)
    figures = _Figures(call, term, clients, [one for one in page.ids if clients.is_open(one)])
    items = [
        {
            "client": clients.reference(client_id),
            "owner": clients.owner(client_id),
            "term": term,
            **(figures.of(client_id) if clients.is_open(client_id) else withheld(_FIGURES)),
            "fetched_at": clients.fetched_at(client_id),
        }
        for client_id in page.ids
    ]
    covered = coverage(call, page.total, of_pay=True)
    return Answer(body=envelope(call, page, items, term=term, law=law, coverage=covered))


class _Figures:
    """What a page's clients are to pay, found for all of them at once."""

    def __init__(self, call: Call, term: str, clients: Clients, client_ids: Sequence[str]) -> None:
        self._call = call
        self._clients = clients
        self._months = term_of(term)
        wanted = [(client_id, month) for client_id in client_ids for month in self._months]
        self._charges = charges_of(call, wanted)
        self._lines = lines_of(call, self._charges)
        self._payments = Payments.of(call, wanted)
        self._fribelops = Fribelops(call, self._months, client_ids, self._lines)
        self._differences = {
            key: found
            for key, one in self._charges.items()
            if (found := list(differences_of(one, self._payments.asked_of(*key))))
        }
        self._explanations = Explanations(call, self._differences)

    def of(self, client_id: str) -> dict[str, Any]:
        """Show the figures of a client."""
        months = {month: self._charges.get((client_id, month)) for month in self._months}
        lines = [
            line
            for month, one in months.items()
            if one
            for line in shown_lines(month, self._lines.get((client_id, month), ()), one)
        ]
        return {
            "differs": any((client_id, month) in self._differences for month in months),
            "sums": _sums(months),
            "months": [self._month(client_id, month, one) for month, one in months.items()],
            "lines": lines,
            "payments": payments_of(client_id, months, self._payments, self._clients),
            "fribelop": self._fribelops.of(client_id),
            "differences": [
                self._explanations.show((client_id, month), difference, one)
                for month, one in months.items()
                if one
                for difference in self._differences.get((client_id, month), ())
            ],
            "withheld": None,
        }

    def _month(self, client_id: str, month: str, charges: Charges | None) -> dict[str, Any]:
        if charges:
            return {"month": month, "basis": charges.basis, **_shown(charges.amounts)}
        if self._is_known(client_id, month):
            return {"month": month, "basis": "nothing", **_shown(dict.fromkeys(KINDS, 0))}
        return {"month": month, "basis": "unknown", **dict.fromkeys(KINDS)}

    def _is_known(self, client_id: str, month: str) -> bool:
        """Tell whether it is known that there is nothing of a month, up to its last day or today."""
        until = min(last_day(month), self._call.today).isoformat()
        return is_told(self._call, month) and self._clients.fetched_at(client_id)[: len(until)] >= until


def _sums(months: Mapping[str, Charges | None]) -> dict[str, str | None]:
    """Add up the months known."""
    known = [one.amounts for one in months.values() if one]
    return _shown({kind: sum(amounts[kind] or 0 for amounts in known) if known else None for kind in KINDS})


def _shown(amounts: Mapping[str, int | None]) -> dict[str, str | None]:
    return {kind: money(amounts[kind]) for kind in KINDS}
