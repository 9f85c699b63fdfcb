"""What the a-meldinger about a client's month come to: the chains they stand in, and what none of them tells of."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

RECEIVED = frozenset({"received", "received_guideline", "received_immediate"})
_BY_STATE = {"not_sent": "unsent", "sent": "under_way"}
_LATER_WINS = ("received_immediate", "sent", "received_guideline", "received")
"""States of messages from the worst on; before them come rejected and not_sent, which are the month's."""


class Message(NamedTuple):
    """A message as it is now, with the runs in it by their seq."""

    id: str
    state: str
    replaces: str | None
    sent_at: int | None
    feedback_at: int | None
    runs: frozenset[int]


class Report(NamedTuple):
    """What the messages about a month come to.

    `state` is None where there is nothing to report. `standings` has what each message counts for, by its id;
    `missing` the runs paid in the month that are in none that is received or under way.
    """

    state: str | None
    standings: Mapping[str, str]
    missing: frozenset[int]
    is_missing: bool


def report_of(messages: Sequence[Message], paid: Iterable[int], *, reports_anyway: bool) -> Report:
    """Judge a client's month by its messages and the runs paid in it.

    It has to report anyway where it was there from the month's first day to its last with anybody employed; who came or
    left within it reports elsewhere what is not paid here.
    """
    standings = standings_of(messages)
    told = [one for one in messages if standings[one.id] in {"counts", "under_way"}]
    missing = frozenset(paid).difference(*(one.runs for one in told))
    is_lost = "lost" in standings.values()
    is_missing = bool(missing) or (not told and (reports_anyway or (bool(messages) and not is_lost)))
    state = "rejected" if is_lost else "not_sent" if is_missing else _worst({one.state for one in told})
    return Report(state, standings, missing, is_missing)


def standings_of(messages: Sequence[Message]) -> dict[str, str]:
    """Tell what each message about a client's month counts for, by its id."""
    received = [one for one in messages if one.state in RECEIVED]
    replaced = {one.replaces for one in received}
    counting = [one for one in received if one.id not in replaced]
    return {one.id: _standing(one, replaced, counting) for one in messages}


def mended_at(message: Message, messages: Sequence[Message], standings: Mapping[str, str]) -> int:
    """Tell since when a message is replaced, or made good: since the last of the feedback that it took."""
    if standings[message.id] == "replaced":
        replacing = min(
            one.feedback_at or 0 for one in messages if one.replaces == message.id and one.state in RECEIVED
        )
        return max(replacing, message.feedback_at or 0)
    later = _later(message, [one for one in messages if standings[one.id] == "counts"])
    received = (min(one.feedback_at or 0 for one in later if run in one.runs) for run in message.runs)
    return max(received, default=min(one.feedback_at or 0 for one in later))


def _standing(message: Message, replaced: Collection[str | None], counting: Sequence[Message]) -> str:
    if message.state in RECEIVED:
        return "replaced" if message.id in replaced else "counts"
    if message.state != "rejected":
        return _BY_STATE[message.state]
    later = _later(message, counting)
    told = message.runs.difference(*(one.runs for one in later))
    return "lost" if told or not later else "made_good"


def _later(message: Message, counting: Iterable[Message]) -> list[Message]:
    return [one for one in counting if (one.sent_at or 0) > (message.sent_at or 0)]


def _worst(states: Collection[str]) -> str | None:
    return next((state for state in _LATER_WINS if state in states), None)
