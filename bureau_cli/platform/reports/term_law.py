"""The law of a term as the terminoppgave shows it: rates, fribeløp, account and due day, with source and validity."""

from collections.abc import Sequence
from typing import Any

from bureau_cli.platform.calendar import first_day
from bureau_cli.platform.errors import LawUnknownError
from bureau_cli.platform.law import aga, due, payee
from bureau_cli.platform.law.dated import Validity
from bureau_cli.platform.month_end.window import term_of
from bureau_cli.platform.problems import Problem
from bureau_cli.platform.shown import money, percent


def law_of(term: str) -> dict[str, Any]:
    """Show the law of a term; raise the Problem of one of which it is not known. It changes with the year."""
    months = term_of(term)
    try:
        return _law(months)
    except LawUnknownError as cause:
        first, last = aga.AGA.known
        known = f"{first.year}-T1 to {last.year}-T6"
        detail = f"What the law says in {term} is not known; it is known of terms from {known}."
        raise Problem("law_unknown", detail) from cause


def _law(months: Sequence[str]) -> dict[str, Any]:
    day = first_day(months[0])
    rates, finansskatt, extra = aga.AGA.validity(day), aga.FINANSSKATT.validity(day), aga.EXTRA_AGA.validity(day)
    account, withholding = payee.ACCOUNT.validity(day), due.WITHHOLDING_FOLLOWS_PAY.validity(day)
    return {
        "months": list(months),
        "due": due.term_due(months[0]).isoformat(),
        "aga": {
            "rates": [
                {
                    "zone": zone,
                    "rate": percent(rate),
                    "agriculture": percent(aga.rate(zone, aga.AGRICULTURE, day)),
                }
                for zone, rate in rates.fact.rates.items()
            ],
            "full_rate": percent(aga.full_rate(day)),
            "fribelop": money(rates.fact.fribelop),
            "reduced_base": money(aga.reduced_base(day) // aga.KRONE * aga.KRONE),
            "validity": _validity(rates),
        },
        "finansskatt": {"rate": percent(finansskatt.fact), "validity": _validity(finansskatt)},
        "extra": extra.fact
        and {"rate": percent(extra.fact.rate), "above": money(extra.fact.above), "validity": _validity(extra)},
        "account": {"account": account.fact, "validity": _validity(account)},
        "withholding": {"follows_pay": withholding.fact, "validity": _validity(withholding)},
    }


def _validity(one: Validity[Any]) -> dict[str, str]:
    return {"first": one.first.isoformat(), "last": one.last.isoformat(), "source": one.source}
