"""The audit trail: found in it, verified, and anchored outside the platform."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass

from bureau_cli.bulk.report import counted
from bureau_cli.bulk.saved import Planner
from bureau_cli.domain.audit import Anchor, AuditEvent, AuditFilter, subjects
from bureau_cli.domain.trail import Trail, Verdict
from bureau_cli.domain.users import ME
from bureau_cli.errors import BadUsage, DocumentInvalid, ThingNotFound, TrailBroken
from bureau_cli.services.clients import Clients, check_sort
from bureau_cli.services.events_with_clients import EventsWithClients
from bureau_cli.services.ports import Stream
from bureau_cli.services.ports_audit import AnchorsPort, AuditPort

SORTABLE = ("seq",)
NEWEST_FIRST = "-seq"


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What was found of a trail, and the anchor it was held against; `is_ours` if that is the one kept here."""

    verdict: Verdict
    anchor: Anchor | None
    is_ours: bool

    @property
    def proves_nothing(self) -> bool:
        """Whether it was not seen what was asked for: no event, or none that the anchor given says anything of."""
        nothing_read = self.verdict.count == 0 and self.verdict.first > 1
        too_late = self.anchor is not None and not self.is_ours and self.anchor.seq < self.verdict.first - 1
        return nothing_read or too_late

    @property
    def told(self) -> str:
        """It in a sentence or two."""
        verdict = self.verdict
        if verdict.end is None:
            where = f" from {verdict.first} on" if verdict.first > 1 else ""
            return f"there are no events{where}{'' if verdict.is_whole else f'; {self._told_of_anchor()}'}"
        state = "whole" if verdict.is_whole else "not whole"
        span = f"{counted(verdict.count, 'event')}, {verdict.first} to {verdict.end.seq}"
        return f"{span}, {state}; {self._told_of_anchor()}"

    def _told_of_anchor(self) -> str:
        if self.anchor is None:
            return "without an anchor nobody sees whether its end was cut off, or all of it written anew"
        whose = "kept here" if self.is_ours else "given"
        told = f"the anchor {whose}, event {self.anchor.seq} of {self.anchor.at:%Y-%m-%d %H:%M},"
        if self.anchor.seq < self.verdict.first:
            return f"{told} lies before what was read"
        return f"{told} {'agrees' if self.verdict.anchored else 'does not agree'}"


class Audit:
    """The trail of the caller's bureau. `whose` tells which bureau and platform an anchor belongs to."""

    def __init__(
        self, audit: AuditPort, clients: Clients, anchors: AnchorsPort, whose: Callable[[], Awaitable[Planner]]
    ) -> None:
        self._audit = audit
        self._clients = clients
        self._anchors = anchors
        self._whose = whose

    @property
    def place_of_anchor(self) -> str:
        """Where the newest anchor is kept here."""
        return self._anchors.place

    async def search(self, wanted: AuditFilter, *, sort: str | None, most: int | None) -> Stream[AuditEvent]:
        """The events that fit, the newest first unless they are wanted otherwise.

        Raises:
            BadUsage: they cannot be sorted so, or no event can fit.
        """
        check_sort(sort, SORTABLE)
        if ME in {wanted.actor, wanted.user}:
            wanted = wanted.meant_by((await self._whose()).user)
        about = await self._about(wanted)
        events = self._audit.list({**wanted.asked(), "subject": about, "sort": sort or NEWEST_FIRST}, most=most)
        return EventsWithClients(events, self._clients)

    async def verify(self, *, first: int, given: Anchor | None) -> Examined:
        """Look at every event from number `first` on, with the anchor given, else the one kept here.

        Raises:
            DocumentInvalid: the anchor given is of another bureau or platform.
        """
        whose = await self._whose()
        if given is not None and not _is_of(given, whose):
            about = f"the bureau {given.bureau} on {given.platform}"
            raise DocumentInvalid(f"the anchor is of {about}", fix="sign in there, with --profile")
        anchor = given or self._kept(whose)
        return Examined(verdict=await self._walked(first, anchor), anchor=anchor, is_ours=given is None)

    async def anchor(self, *, anew: bool) -> Anchor:
        """The end of the trail as an anchor, kept here; it goes on from the one before unless it is begun anew.

        Raises:
            TrailBroken: the trail is not whole, so the anchor kept before stays.
            ThingNotFound: there is no event yet.
        """
        whose = await self._whose()
        before = None if anew else self._kept(whose)
        verdict = await self._walked(1 if before is None else before.seq, before)
        if not verdict.is_whole:
            flaw = verdict.flaws[0]
            raise TrailBroken(f"the trail is not whole: event {flaw.seq} {flaw.found}")
        if verdict.end is None:
            raise ThingNotFound("there is no event in the audit trail yet", fix="come back when something was changed")
        end = verdict.end
        anchor = Anchor(seq=end.seq, hash=end.hash, at=end.at, bureau=whose.bureau, platform=whose.platform)
        self._anchors.keep(anchor)
        return anchor

    async def _about(self, wanted: AuditFilter) -> tuple[str, ...]:
        if wanted.subject is None:
            client_id = None if wanted.client is None else (await self._clients.show(wanted.client)).id
            return subjects(client_id, wanted.user)
        if wanted.client is not None or wanted.user is not None:
            raise BadUsage("--subject says it all", fix="leave out --client and --user, or --subject")
        return (wanted.subject,)

    def _kept(self, whose: Planner) -> Anchor | None:
        """The anchor kept here, if it is of this bureau: a profile may lead elsewhere by now."""
        kept = self._anchors.kept()
        return kept if kept is not None and _is_of(kept, whose) else None

    async def _walked(self, first: int, anchor: Anchor | None) -> Verdict:
        trail = Trail(first=first, anchor=anchor)
        stream = self._audit.links({"from_seq": first, "sort": "seq"})
        async with aclosing(stream.batches()) as batches:
            async for batch in batches:
                for link in batch:
                    trail.take(link)
        return trail.verdict()


def _is_of(anchor: Anchor, whose: Planner) -> bool:
    return (anchor.bureau, anchor.platform) == (whose.bureau, whose.platform)
