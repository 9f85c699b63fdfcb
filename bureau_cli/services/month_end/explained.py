"""Why a client's month stands as it does: for each step its rule, and the facts that it was held against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bureau_cli.domain.clock import told
from bureau_cli.domain.month_end import RULES, STEPS, PeriodStatusFacts, StepFact
from bureau_cli.domain.states import STATES

OF_A_RUN: Mapping[str, str] = {
    "approved": "The client has approved it.",
    "awaiting_approval": "It was sent to the client, who has not approved it yet.",
    "locked": "It is locked.",
    "paid": "Net pay is paid.",
}
"""Facts whose word has more meanings than this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """A step with its rule, or one fact of it; of a rule `fact` is None."""

    step: str
    state: str
    due: date | None
    text: str
    fact: StepFact | None = None


def explained(facts: PeriodStatusFacts) -> Sequence[Why]:
    """Each step as it stands, with its rule, and below it the facts, in the order of the platform."""
    steps = facts.status.steps
    if steps is None:
        return ()
    return [why for step in STEPS for why in _of_step(facts, step)]


def _of_step(facts: PeriodStatusFacts, step: str) -> Iterator[Why]:
    stands = (facts.status.steps or {})[step]
    yield Why(step=step, state=stands.state, due=stands.due, text=f"rule: {RULES[step]}")
    for fact in facts.facts:
        if fact.step == step:
            yield Why(step=step, state=fact.state, due=fact.due, text=_sentence(fact), fact=fact)


def headline(facts: PeriodStatusFacts) -> str:
    """Whose month it is, what it comes to, and until when that is known."""
    status = facts.status
    known = f"known until {facts.known_until}, fetched {told(status.fetched_at)}"
    return f"{status.client.number} {status.client.name} · {status.period}: {_whole(facts)} · {known}"


def _whole(facts: PeriodStatusFacts) -> str:
    status = facts.status
    if status.withheld is not None:
        return "you have no access to it, so it is not shown"
    if status.outside is not None:
        return f"nothing applies, it is {status.outside}"
    truths = {"closed": status.closed, "reported": status.reported, "done": status.done}
    return ", ".join(name if true else f"not {name}" for name, true in truths.items())


def _sentence(fact: StepFact) -> str:
    """What it is about, what is the case, and since when; a fact that the platform has grown since is its own word."""
    said = OF_A_RUN.get(fact.fact) or STATES.get(fact.fact, f"{fact.fact.replace('_', ' ')}.")
    since = "" if fact.at is None else f"Since {told(fact.at)}."
    return " ".join(filter(None, (_subject(fact), said, since)))


def _subject(fact: StepFact) -> str:
    """`ordinary run of Month, pay date 2026-11-20:`, `a-melding am_1:`, or nothing in particular."""
    if fact.run is None and fact.message is not None:
        return f"a-melding {fact.message}:"
    run = "" if fact.run is None else f"{fact.run_type or ''} run".replace("_", " ").strip()
    group = "" if fact.pay_group is None else f"of {fact.pay_group}" if run else fact.pay_group
    day = "" if fact.pay_date is None else f"pay date {fact.pay_date}"
    about = ", ".join(filter(None, (" ".join(filter(None, (run, group))), day)))
    return about and f"{about}:"
