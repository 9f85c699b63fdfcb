"""Deadlines: what falls due at the clients, when, and as far as the runs made tell, how much it is."""

from datetime import date, timedelta

from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.month_end.deadlines import Agenda, Deadline
from bureau_cli.platform.month_end.showing import Showing
from bureau_cli.platform.month_end.window import Window
from bureau_cli.platform.problems import Problem
from bureau_cli.platform.store import setting

_USUAL_DAYS, _MOST_DAYS = timedelta(days=30), timedelta(days=400)
_KNOWN = date(1950, 1, 1), date(2099, 12, 31)
"""The days the calendar is sure of."""


def list_deadlines(call: Call) -> Answer:
    """List what falls due, by day."""
    page = Agenda.of_those_meant(call, call.arguments.query.get("kind", ())).page(_window(call))
    found = [Deadline(*key) for key in page.keys]
    return Answer(body=page.envelope(Showing(call, found).all(), as_of(call)))


def _window(call: Call) -> Window:
    query = call.arguments.query
    first = date.fromisoformat(query["from"]) if "from" in query else call.today
    last = date.fromisoformat(query["to"]) if "to" in query else min(first, _KNOWN[1]) + _USUAL_DAYS
    if last - first > _MOST_DAYS:
        raise Problem("window_too_long", f"There may be at most {_MOST_DAYS.days} days from the first to the last.")
    begins = setting(call.db, "first_period")
    return Window(first=max(first, _KNOWN[0]), last=min(last, _KNOWN[1]), begins=begins)
