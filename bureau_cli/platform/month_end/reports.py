"""What the a-meldinger about clients' months come to, without the rest of those months."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bureau_cli.platform.calls import Call
from bureau_cli.platform.law.due import a_melding_due
from bureau_cli.platform.month_end.a_meldinger import report_of
from bureau_cli.platform.month_end.judging import Judge
from bureau_cli.platform.month_end.months import told_of
from bureau_cli.platform.store import setting


class Reported(NamedTuple):
    """The state a client's month has over its messages, and what is overdue in it if it is not done."""

    client_id: str
    state: str | None
    overdue: str


def reports_of(call: Call, month: str, client_ids: Sequence[str]) -> Iterator[Reported]:
    """Judge the messages of clients of whose month something applies."""
    today = call.today.isoformat()
    due = a_melding_due(month).isoformat()
    is_told = month >= setting(call.db, "first_period")
    for told in told_of(call.db, month, client_ids, call.seconds):
        paid = (run["seq"] for run in told.runs if run["pay_date"][:7] == month)
        report = report_of(told.messages, paid, reports_anyway=bool(told.client["reports_anyway"]))
        judge = Judge(today=today, known_until=min(today, told.client["feed_stopped_on"] or today), is_told=is_told)
        yield Reported(told.client["id"], report.state, judge.overdue(due))
