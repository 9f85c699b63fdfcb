"""What is wrong with a month's a-meldinger, brought together by cause: many clients often have the same one."""

from __future__ import annotations

import asyncio
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bureau_cli.bulk.report import counted
from bureau_cli.domain.a_meldinger import AMelding, MessageFilter, Severity
from bureau_cli.domain.clients import ClientReference
from bureau_cli.domain.month_end import PeriodStatus
from bureau_cli.domain.selection import Selection
from bureau_cli.services.clients import Clients
from bureau_cli.services.ports import Stream
from bureau_cli.services.ports_month_end import AMeldingerPort, MonthEndPort
from bureau_cli.services.streams import all_of

WORST_FIRST: Sequence[str] = tuple(Severity)
_PERSON = re.compile(r"(?<![0-9])[0-9]{6}[ .-]?[0-9]{5}(?![0-9])")
"""A number that a cause has at one person only."""
_Finding = tuple[AMelding, int]
"""A message that has a deviation, and how many times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A client that has a cause, and how many times."""

    client: ClientReference
    code: str
    occurrences: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One deviation wherever it was found: a place a client, in so many messages.

    `since` is when the oldest of those messages was answered.
    """

    severity: str
    code: str
    text: str
    places: Sequence[Place]
    messages: int
    since: datetime | None

    @property
    def clients(self) -> Sequence[ClientReference]:
        """The clients that have it."""
        return [place.client for place in self.places]

    @property
    def occurrences(self) -> int:
        """How many times it was found in all."""
        return sum(place.occurrences for place in self.places)

    def rank(self) -> tuple[int, int, str, str]:
        """Where it stands: a severity nobody here knows first, then the worst; then what most clients have."""
        severity = WORST_FIRST.index(self.severity) if self.severity in WORST_FIRST else -1
        return severity, -len(self.places), self.code, self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """The causes of a month, the worst first, and how many clients have none because nothing was answered yet.

    `late` are those of `not_sent` whose deadline has passed; `withheld` those that the caller may not look into.
    """

    period: str
    causes: Sequence[Cause]
    not_sent: int
    late: int
    unanswered: int
    withheld: int
    as_of: datetime | None

    @property
    def told(self) -> str:
        """It in a line."""
        clients = {client.id for cause in self.causes for client in cause.clients}
        late = f" ({self.late} late)" if self.late else ""
        parts = {
            f"{counted(len(self.causes), 'cause')} at {counted(len(clients), 'client')}": True,
            f"{self.not_sent} not sent{late}": self.not_sent,
            f"{self.unanswered} without feedback": self.unanswered,
            f"{self.withheld} that you may not look into": self.withheld,
        }
        return f"{self.period}: {', '.join(part for part, told in parts.items() if told)}"


class Triages:
    """What is wrong, over any clients."""

    def __init__(self, messages: AMeldingerPort, month_end: MonthEndPort, clients: Clients) -> None:
        self._messages = messages
        self._month_end = month_end
        self._clients = clients

    async def of(self, selection: Selection, narrowed: MessageFilter) -> Triage:
        """The causes in a month, of messages whose place no other has taken; only those of the severities asked for."""

        def messages(chosen: Mapping[str, Any]) -> Stream[AMelding]:
            return self._messages.list({**narrowed.asked(), **chosen})

        def statuses(chosen: Mapping[str, Any]) -> Stream[PeriodStatus]:
            return self._month_end.statuses({"period": narrowed.month, **chosen})

        # One after the other: each may freeze the selection.
        listed = await self._clients.belonging(selection, messages)
        standing = await self._clients.belonging(selection, statuses)
        found, months = await asyncio.gather(all_of(listed), all_of(standing))
        not_sent = [status for status in months if status.a_melding == "not_sent"]
        known = [as_of for as_of in (listed.as_of, standing.as_of) if as_of is not None]
        return Triage(
            period=narrowed.month,
            causes=causes_of(found, narrowed.severities),
            not_sent=len(not_sent),
            late=sum(status.steps is not None and status.steps["a_melding"].state == "late" for status in not_sent),
            unanswered=sum(status.a_melding == "sent" for status in months),
            withheld=sum(status.withheld is not None for status in months),
            as_of=min(known, default=None),
        )


def causes_of(messages: Iterable[AMelding], severities: Sequence[str] = ()) -> list[Cause]:
    """The deviations of messages that stand, of these severities or of any, by what causes them."""
    found: dict[tuple[str, str, str], list[_Finding]] = defaultdict(list)
    for message in messages:
        for deviation in message.deviations if message.stands else ():
            if not severities or deviation.severity in severities:
                about = deviation.severity, deviation.code, _PERSON.sub("…", deviation.text)
                found[about].append((message, deviation.count))
    return sorted((_cause(*about, findings) for about, findings in found.items()), key=Cause.rank)


def _cause(severity: str, code: str, text: str, findings: Sequence[_Finding]) -> Cause:
    clients = {message.client.id: message.client for message, _ in findings}
    times: Counter[str] = Counter()
    for message, count in findings:
        times[message.client.id] += count
    answered = [message.feedback_at for message, _ in findings if message.feedback_at is not None]
    return Cause(
        severity=severity,
        code=code,
        text=text,
        places=[
            Place(client=client, code=code, occurrences=times[client.id])
            for client in sorted(clients.values(), key=lambda client: client.number)
        ],
        messages=len({message.id for message, _ in findings}),
        since=min(answered, default=None),
    )
