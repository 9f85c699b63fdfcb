"""What an order of tax cards came to, an employee a row, and what of it is to be told beside."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bureau_cli.bulk.plan import Step
from bureau_cli.bulk.report import BAD, Outcome, State, counted, named
from bureau_cli.domain.tax_cards import RESULTS, Card, CardResult, says
from bureau_cli.errors import BureauError
from bureau_cli.services.outcomes import STATES

UNDER_WAY = "order_under_way"
SETTLED = frozenset({"ordered_today", UNDER_WAY})
"""Codes of refusals that are none: the card is on another order."""

MOST_NAMES = 3
"""How many owners or clients a line names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedCard:
    """One employee and what was answered; of a client as a whole `result` is None, and nobody is named.

    `before` and `applies` are what the employer went by and goes by now, in a few words.
    """

    subject: str
    name: str
    owner: str | None
    outcome: str
    code: str | None
    reason: str | None
    found: CardResult | None = None

    @property
    def before(self) -> str | None:
        """What the employer went by."""
        return None if self.found is None else _says(self.found.previous)

    @property
    def applies(self) -> str | None:
        """What the employer goes by now."""
        return None if self.found is None else _says(self.found.card)

    @property
    def is_bad(self) -> bool:
        """Whether it did not get done, or has not yet; where another order does it, that one tells."""
        return self.outcome == State.PENDING or (self.outcome in BAD and self.code not in SETTLED)


def _says(card: Card | None) -> str | None:
    return None if card is None else says(card.result, card.applies)


def outcome_of(step: Step, results: Sequence[CardResult]) -> Outcome:
    """How a client's order ended by the results that carry its key; a word that is new is no proof of anything."""
    if not results:
        # Of changes only those are told that there are.
        if step.body["mode"] == "changes":
            return Outcome.of(step, State.UNCHANGED)
        return Outcome.of(step, State.UNKNOWN, reason="the platform did not say")
    untold = len(step.body.get("employees", ())) - len(results)
    if untold > 0 and any(result.employee is not None for result in results):
        return Outcome.of(step, State.UNKNOWN, reason=f"the platform did not say of {counted(untold, 'employee')}")
    heard = [STATES.get(result.outcome, State.UNKNOWN) for result in results]
    refused = [result for result, state in zip(results, heard, strict=True) if state is State.REFUSED]
    others = {result.code for result in refused} - SETTLED
    if State.UNKNOWN in heard:
        word = next(one.outcome for one, state in zip(results, heard, strict=True) if state is State.UNKNOWN)
        return Outcome.of(step, State.UNKNOWN, reason=f"the platform says: {word}")
    pending = UNDER_WAY if any(result.code == UNDER_WAY for result in refused) else None
    if len(refused) == len(results) and others and not pending:
        worst = next(result for result in refused if result.code in others)
        return Outcome.of(step, State.REFUSED, code=worst.code, reason=worst.message)
    state = State.DONE if State.DONE in heard else State.UNCHANGED
    reason = _causes(refused, len(results)) if refused else None
    outcome = Outcome.of(step, State.PENDING if pending else state, code=pending, reason=reason)
    return replace(outcome, in_part=bool(others))


def _causes(refused: Sequence[CardResult], of: int) -> str:
    causes = Counter(result.code or "no code" for result in refused)
    return f"{len(refused)} of {of} refused ({', '.join(f'{number} {code}' for code, number in causes.most_common())})"


def rows_of(
    outcomes: Iterable[Outcome], results: Mapping[str, Sequence[CardResult]], owners: Mapping[str, str]
) -> Iterator[FetchedCard]:
    """A row an employee; where nothing was answered for a client, a row that says so. All by a client's number."""
    for outcome in outcomes:
        owner = owners.get(outcome.subject)
        found = results.get(outcome.subject, ())
        for result in found:
            yield FetchedCard(
                subject=outcome.subject,
                name=outcome.name,
                owner=owner,
                outcome=result.outcome,
                code=result.code,
                reason=result.message,
                found=result,
            )
        if not found or outcome.state not in {State.DONE, State.UNCHANGED, State.REFUSED}:
            yield FetchedCard(
                subject=outcome.subject,
                name=outcome.name,
                owner=owner,
                outcome=str(outcome.state),
                code=outcome.code,
                reason=outcome.reason,
            )


def failures(rows: Iterable[FetchedCard]) -> Iterator[str]:
    """By cause, at how many clients, whose, and what to do: `no_access: 3 clients (kari 2, no owner 1) → …`."""
    causes: dict[str, dict[str, tuple[str | None, int]]] = defaultdict(dict)
    for row in rows:
        if row.is_bad:
            known = causes[row.code or row.outcome].get(row.subject, (row.owner, 0))
            causes[row.code or row.outcome][row.subject] = (row.owner, known[1] + (row.found is not None))
    for cause, clients in sorted(causes.items(), key=lambda one: -len(one[1])):
        owners = Counter(owner or "no owner" for owner, _ in clients.values())
        people = sum(number for _, number in clients.values())
        about = counted(len(clients), "client")
        if people > len(clients):
            about = f"{counted(people, 'employee')} at {about}"
        whose = ", ".join(f"{owner} {number}" for owner, number in owners.most_common())
        yield f"{cause}: {about} ({whose})" + "".join(f" → {what}" for what in _what_to_do(cause))


def _what_to_do(cause: str) -> Iterator[str]:
    if cause in RESULTS:
        yield f"bureau explain {cause}"
    yield from (leaf.default_fix for leaf in BureauError.leaves() if leaf.code == cause and leaf.default_fix)


def news(rows: Sequence[FetchedCard]) -> str | None:
    """What the cards changed, in a line; None where they changed nothing."""
    changed = [row for row in rows if row.found is not None and row.found.changed]
    if not changed:
        return None
    at_50 = Counter(f"{row.subject} {row.name}" for row in changed if row.found is not None and row.found.is_new_at_50)
    told = f"{counted(len(changed), 'card')} changed at {counted(len({row.subject for row in changed}), 'client')}"
    if not at_50:
        return told
    clients = [f"{client} {number}" for client, number in at_50.most_common()]
    return f"{told}; now at 50 %: {counted(at_50.total(), 'employee')} ({named(clients, MOST_NAMES)})"
