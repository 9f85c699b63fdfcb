"""Taking in an answer of the tax authority from a file: what it says of whom, and what the platform made of it."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bureau_cli.bulk.plan import Plan, Step
from bureau_cli.bulk.report import Outcome, State, counted
from bureau_cli.domain.changes import ItemResult
from bureau_cli.domain.clients import ClientReference
from bureau_cli.domain.selection import Selection
from bureau_cli.domain.tax_answers import AnswerEntry, AnswerFile
from bureau_cli.domain.tax_cards import CardResult, says
from bureau_cli.errors import AnswerUnreadable
from bureau_cli.services.clients import Clients
from bureau_cli.services.outcomes import outcome_of
from bureau_cli.services.tax_cards.orders import NOUN
from bureau_cli.services.tax_cards.ports import TaxCardsPort

ACTION = "import"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedCard:
    """What a file says of one employee, and what became of it; `found` is None while nothing was answered."""

    entry: AnswerEntry
    client: ClientReference | None
    outcome: str
    code: str | None
    reason: str | None
    found: CardResult | None = None

    @property
    def applies(self) -> str | None:
        """What the employer goes by now, in a few words; before anybody has answered, what the result alone tells."""
        card = None if self.found is None else self.found.card
        return says(self.entry.result, None) if card is None else says(card.result, card.applies)

    @property
    def before(self) -> str | None:
        """What the employer went by."""
        previous = None if self.found is None else self.found.previous
        return None if previous is None else says(previous.result, previous.applies)


class Import:
    """A file that is to be taken in: its plan, and a row an employee of it. Nothing of it is kept but its places."""

    def __init__(
        self,
        file: AnswerFile,
        clients: Mapping[str, ClientReference],
        cards: TaxCardsPort,
        new_key: Callable[[], str],
    ) -> None:
        self._file = file
        self._clients = clients
        self._cards = cards
        self._keys = {entry.place: new_key() for entry in file.entries if entry.flaw is None}
        self._entries = {self._keys[entry.place]: entry for entry in file.entries if entry.flaw is None}
        self._found: dict[str, CardResult] = {}

    @property
    def told(self) -> str:
        """What is in the file, in a line: the totals of its results."""
        counts = ", ".join(f"{number} {result}" for result, number in self._file.counts.most_common())
        about = f"{counted(len(self._file.entries), 'employee')} of {counted(self._file.employers, 'employer')}"
        status = f" ({self._file.status})" if self._file.status else ""
        return f"{self._file.name}{status}: {about}{counts and f': {counts}'}"

    @property
    def plan(self) -> Plan:
        """A step for each employee that can be read; the others are settled as what they are."""
        steps = [self._step(entry, key) for key, entry in self._entries.items()]
        unread = [self._unread(entry) for entry in self._file.entries if entry.flaw is not None]
        headline = f"import the tax cards of {counted(len(steps), 'employee')} from {self._file.name}"
        return Plan(noun=NOUN, headline=headline, steps=steps, settled=unread, unit="employee")

    async def send(self, steps: Sequence[Step]) -> list[Outcome]:
        """Send what the file has at some places; the platform answers for each."""
        results = await self._cards.take_in([_item(step, self._entries[step.key]) for step in steps])
        self._found |= {result.key: result for result in results}
        return [outcome_of(step, _of_item(self._found.get(step.key))) for step in steps]

    def rows(self, reported: Sequence[Outcome]) -> list[ImportedCard]:
        """A row an employee, in the order of the file, from what is reported of its plan or of having done it."""
        by_subject: dict[str, deque[Outcome]] = defaultdict(deque)
        for outcome in reported:
            by_subject[outcome.subject].append(outcome)
        # Of one client the steps stand in a report in the order of the plan, before what is settled.
        ended = {step.key: by_subject[step.subject].popleft() for step in self.plan.steps}
        return [self._row(entry, ended) for entry in self._file.entries]

    def _row(self, entry: AnswerEntry, ended: Mapping[str, Outcome]) -> ImportedCard:
        client = self._clients.get(entry.orgnr or "")
        if entry.flaw is not None:
            return ImportedCard(
                entry=entry, client=client, outcome=State.REFUSED, code=AnswerUnreadable.code, reason=entry.flaw
            )
        key = self._keys[entry.place]
        outcome = ended[key]
        reason = None if outcome.reason == entry.place else outcome.reason
        return ImportedCard(
            entry=entry,
            client=client,
            outcome=str(outcome.state),
            code=outcome.code,
            reason=reason,
            found=self._found.get(key),
        )

    def _step(self, entry: AnswerEntry, key: str) -> Step:
        """What is kept of it is where it stands in the file: it is about a person, and is not sent from elsewhere."""
        client = self._clients.get(entry.orgnr or "")
        return Step(
            key=key,
            subject=client.number if client else entry.orgnr or "",
            name=client.name if client else "",
            action=ACTION,
            body=None,
            why=entry.place,
        )

    def _unread(self, entry: AnswerEntry) -> Outcome:
        client = self._clients.get(entry.orgnr or "")
        return Outcome(
            subject=client.number if client else entry.orgnr or "",
            name=client.name if client else "",
            action=ACTION,
            state=State.REFUSED,
            code=AnswerUnreadable.code,
            reason=f"{entry.told_place}: {entry.flaw}",
        )


class Imports:
    """Plans imports. `new_key` makes the key of one step."""

    def __init__(self, cards: TaxCardsPort, clients: Clients, new_key: Callable[[], str]) -> None:
        self._cards = cards
        self._clients = clients
        self._new_key = new_key

    async def plan(self, file: AnswerFile) -> Import:
        """What taking in a file would come to; whose employees they are is looked up."""
        everybody = await self._clients.all_of(Selection(all_clients=True)) if file.entries else []
        clients = {one.orgnr: one.reference for one in everybody}
        return Import(file, clients, self._cards, self._new_key)


def _item(step: Step, entry: AnswerEntry) -> dict[str, object]:
    place = entry.place.removeprefix("/")
    return {"key": step.key, "place": place, "employer": entry.orgnr, "answer": entry.content}


def _of_item(found: CardResult | None) -> ItemResult | None:
    if found is None:
        return None
    return ItemResult(key=found.key, outcome=found.outcome, code=found.code, message=found.message)
