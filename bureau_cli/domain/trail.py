"""Whether an audit trail is whole: each event's hash is made again, and held against its neighbours and an anchor."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from bureau_cli.domain.audit import Anchor
from bureau_cli.domain.canonical import canonical

BEFORE_THE_FIRST = "0" * 64

Hashes = tuple[str | None, str | None]
"""The one that was found, and the one that was expected."""


class Damage(StrEnum):
    """What can have been done to a trail."""

    EDITED = "edited"
    DELETED = "deleted"
    INSERTED = "inserted"
    REORDERED = "reordered"
    UNLINKED = "unlinked"
    REWRITTEN = "rewritten"
    CUT = "cut"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """What is wrong with the events from `seq` to `last_seq`; the hashes are None where they tell nothing."""

    damage: Damage
    seq: int
    last_seq: int
    found: str
    hash: str | None = None
    expected: str | None = None

    @property
    def state(self) -> str:
        """The damage as a word."""
        return str(self.damage)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An event as a link of the chain; `content` is all of it but its hash, known fields and new ones."""

    seq: int
    at: datetime
    prev_hash: str
    hash: str
    content: Mapping[str, Any]

    def made_hash(self) -> str | None:
        """The hash of its content after the hash it says is before it; None if no such event can be written."""
        try:
            return hashlib.sha256((self.prev_hash + canonical(self.content)).encode()).hexdigest()
        except ValueError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found of a trail. `end` is its last event; `anchored` tells whether the anchor's event was met."""

    first: int
    count: int
    end: Link | None
    flaws: tuple[Flaw, ...]
    anchored: bool

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.flaws


class Trail:
    """A trail that is read from its event number `first` on, in the order it is given.

    It remembers its end and what is wrong with it, so that its size does not matter. What comes before `first` is
    taken on trust, but for an anchor of that very place.
    """

    def __init__(self, *, first: int = 1, anchor: Anchor | None = None) -> None:
        self._first = first
        self._anchor = anchor
        self._anchored_by: str | None = None
        self._next = first
        self._ends = self._trusted()
        self._gaps: list[range] = []
        self._flaws: list[Flaw] = []
        self._end: Link | None = None
        self._count = 0

    def take(self, link: Link) -> None:
        """Look at the next event."""
        self._count += 1
        self._place(link)
        made = link.made_hash()
        if made != link.hash:
            found = "was changed after it was written: what it says has another hash"
            self._note(Damage.EDITED, link.seq, found, hashes=(link.hash, made))
        if self._anchor is not None and link.seq == self._anchor.seq and self._anchored_by != self._anchor.hash:
            self._anchored_by = link.hash

    def verdict(self) -> Verdict:
        """What is to be said once the last event was taken."""
        for gap in self._gaps:
            found = "is missing" if len(gap) == 1 else f"are missing: {len(gap)} events"
            self._note(Damage.DELETED, gap[0], found, last_seq=gap[-1])
        self._hold_against_anchor()
        return Verdict(
            first=self._first,
            count=self._count,
            end=self._end,
            flaws=tuple(sorted(self._flaws, key=lambda flaw: flaw.seq)),
            anchored=self._anchor is not None and self._anchored_by == self._anchor.hash,
        )

    def _trusted(self) -> frozenset[str]:
        """The hashes that the first event may follow; none for any."""
        if self._first == 1:
            return frozenset({BEFORE_THE_FIRST})
        if self._anchor is not None and self._anchor.seq == self._first - 1:
            return frozenset({self._anchor.hash})
        return frozenset()

    def _place(self, link: Link) -> None:
        """See that it stands where its number says, after the event it says it follows."""
        if link.seq < self._next:
            self._place_late(link)
            return
        if link.seq > self._next:
            self._gaps.append(range(self._next, link.seq))
        elif self._ends and link.prev_hash not in self._ends:
            found = "does not follow the event before it: that one was replaced, or one between them taken out"
            self._note(Damage.UNLINKED, link.seq, found, hashes=(link.prev_hash, min(self._ends)))
        self._ends, self._next, self._end = frozenset({link.hash}), link.seq + 1, link

    def _place_late(self, link: Link) -> None:
        """An event whose number has been passed fills a gap, or is one too many."""
        gap = next((gap for gap in self._gaps if link.seq in gap), None)
        if gap is None:
            # Nobody knows yet which of the two is the true one; the next event follows that one.
            if link.seq == self._next - 1:
                self._ends |= {link.hash}
            found = "stands there more than once: one of them was put in"
            self._note(Damage.INSERTED, link.seq, found, hashes=(link.hash, None))
            return
        self._gaps.remove(gap)
        self._gaps += [part for part in (range(gap[0], link.seq), range(link.seq + 1, gap[-1] + 1)) if part]
        found = f"comes after {self._next - 1}"
        self._note(Damage.REORDERED, link.seq, found, hashes=(link.hash, None))

    def _hold_against_anchor(self) -> None:
        anchor, last = self._anchor, self._next - 1
        if anchor is None or anchor.seq < self._first:
            return
        told = f"the anchor of {anchor.at:%Y-%m-%d %H:%M}"
        if anchor.seq > last:
            found = f"is cut off: the trail ends at {last}, and {told} knows {anchor.seq}"
            self._note(Damage.CUT, last + 1, found, last_seq=anchor.seq, hashes=(None, anchor.hash))
        elif self._anchored_by not in {None, anchor.hash}:
            found = f"is not what {told} knows: something up to here was written anew"
            self._note(Damage.REWRITTEN, anchor.seq, found, hashes=(self._anchored_by, anchor.hash))

    def _note(
        self, damage: Damage, seq: int, found: str, *, hashes: Hashes = (None, None), last_seq: int | None = None
    ) -> None:
        """Keep what is wrong; the same thing wrong with a row of events is one flaw of them all."""
        before = self._flaws[-1] if self._flaws else None
        if before is not None and (before.damage, before.last_seq + 1, before.found) == (damage, seq, found):
            self._flaws[-1] = replace(before, last_seq=last_seq or seq, hash=None, expected=None)
            return
        here, expected = hashes
        flaw = Flaw(damage=damage, seq=seq, last_seq=last_seq or seq, found=found, hash=here, expected=expected)
        self._flaws.append(flaw)
