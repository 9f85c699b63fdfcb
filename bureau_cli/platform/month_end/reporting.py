"""The facts that the steps of a month's a-melding are judged by."""

from collections.abc import Iterator, Mapping, Sequence

from bureau_cli.platform.law.due import a_melding_due
from bureau_cli.platform.month_end.a_meldinger import Message, Report, mended_at
from bureau_cli.platform.month_end.judging import Judge
from bureau_cli.platform.month_end.steps import About, Fact

_BOTH = ("a_melding", "feedback")
_ANSWERS = {
    "received": ("done", "message_received"),
    "received_guideline": ("done", "message_guideline"),
    "received_immediate": ("problem", "message_immediate"),
}


def facts_of_report(
    month: str, messages: Sequence[Message], report: Report, runs: Mapping[int, About], judge: Judge
) -> Iterator[Fact]:
    """Give the facts of both steps: those of each message, then what no message tells; `runs` are by their seq."""
    if report.state is None:
        yield from (Fact(step, "not_applicable", "nothing_to_report") for step in _BOTH)
        return
    due = a_melding_due(month).isoformat()
    overdue = judge.overdue(due)
    for message in messages:
        yield from _facts_of_message(message, messages, report, due, overdue)
    at_hand = [one for one in messages if report.standings[one.id] in {"unsent", "lost"}]
    for run in sorted(report.missing.difference(*(one.runs for one in at_hand))):
        yield from (Fact(step, overdue, "run_in_no_message", due, None, *runs[run]) for step in _BOTH)
    if report.is_missing and not report.missing and not at_hand:
        yield from (Fact(step, overdue, "no_message", due) for step in _BOTH)


def _facts_of_message(
    message: Message, messages: Sequence[Message], report: Report, due: str, overdue: str
) -> Iterator[Fact]:
    standing = report.standings[message.id]
    if standing == "unsent":
        # What was made besides messages that tell everything need never be sent.
        state, until = (overdue, due) if report.is_missing else ("not_applicable", None)
        yield from (Fact(step, state, "message_not_sent", until, message=message.id) for step in _BOTH)
    elif standing == "lost":
        yield from (
            Fact(step, "problem", "message_rejected", due, message.feedback_at, message=message.id) for step in _BOTH
        )
    else:
        yield Fact("a_melding", "done", "message_sent", due, message.sent_at, message=message.id)
        state, fact, since = _answer(message, messages, report.standings, overdue)
        yield Fact("feedback", state, fact, due, since, message=message.id)


def _answer(
    message: Message, messages: Sequence[Message], standings: Mapping[str, str], overdue: str
) -> tuple[str, str, int | None]:
    """Give what the feedback to a message that was sent comes to, as which fact, and since when."""
    standing = standings[message.id]
    if standing == "under_way":
        return overdue, "message_sent", message.sent_at
    if standing == "counts":
        return *_ANSWERS[message.state], message.feedback_at
    return "done", f"message_{standing}", mended_at(message, messages, standings)
