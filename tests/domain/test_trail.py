"""Verifying a trail needs no room for it, and takes what no hash can be made of for edited."""

from __future__ import annotations

import hashlib
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from bureau_cli.domain.canonical import canonical
from bureau_cli.domain.trail import BEFORE_THE_FIRST, Damage, Link, Trail

NOON = datetime(2026, 3, 16, 11, tzinfo=UTC)


def links(count: int) -> Iterator[Link]:
    """A whole trail, made as it is read."""
    before = BEFORE_THE_FIRST
    for seq in range(1, count + 1):
        content: dict[str, Any] = {"seq": seq, "action": "group.change", "after": {"title": f"Øl {seq}"}}
        digest = hashlib.sha256((before + canonical(content)).encode()).hexdigest()
        yield Link(seq=seq, at=NOON, prev_hash=before, hash=digest, content=content)
        before = digest


def peak(count: int) -> int:
    tracemalloc.start()
    try:
        trail = Trail()
        for link in links(count):
            trail.take(link)
        assert (trail.verdict().count, trail.verdict().is_whole) == (count, True)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_long_trail_takes_no_more_room_than_a_short_one() -> None:
    peak(10)  # what is loaded once
    assert peak(5000) < peak(500) + 10_000


def test_an_event_that_holds_a_fraction_was_edited_since_none_is_ever_written() -> None:
    first, second, third = links(3)
    forged = Link(
        seq=second.seq,
        at=second.at,
        prev_hash=second.prev_hash,
        hash=second.hash,
        content={**second.content, "after": {"amount": 0.5}},
    )
    trail = Trail()
    for link in (first, forged, third):
        trail.take(link)
    (flaw,) = trail.verdict().flaws
    assert (flaw.damage, flaw.seq, flaw.expected) == (Damage.EDITED, 2, None)
