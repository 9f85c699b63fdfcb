"""Why a client's month stands as it does: for each step its rule, and the facts that it was held against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bureau_cli.domain.clock import told
from bureau_cli.domain.month_end import RULES, STEPS, PeriodStatusFacts, StepFact
from bureau_cli.domain.states import STATES


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
    """What it is about, since when, and what is the case; a fact that the platform has grown since is its own word."""
    about = [_subject(fact), "" if fact.at is None else told(fact.at)]
    said = STATES.get(fact.fact, fact.fact.replace("_", " "))
    return ": ".join(filter(None, (", ".join(filter(None, about)), said)))


def _subject(fact: StepFact) -> str:
    """`ordinary run of Month 2026-11-20`, `pay of Month 2026-11-20`, `a-melding am_1`, or nothing in particular."""
    if fact.run is None and fact.message is not None:
        return f"a-melding {fact.message}"
    group = "" if fact.pay_group is None else f"of {fact.pay_group}"
    day = "" if fact.pay_date is None else str(fact.pay_date)
    if fact.run is None:
        return " ".join(filter(None, ("pay", group, day))) if group or day else ""
    kind = f"{fact.run_type or ''} run".replace("_", " ").strip()
    return " ".join(filter(None, (kind, group, day)))
