"""Changes of many, killed again and again on a platform that loses replies: each item is done once.

A few kills by default; `SLOW_EXAMPLES=200` is the whole proof, 50 works of 200 items and 200 kills in some minutes.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands.outside import BUREAU
from faults.killing import A_REQUEST, Site, Work, begin_anew, does_add_up, site, take_up
from platform_files import pinned_demo
from running import TODAY

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("SLOW_EXAMPLES", "16"))
WORKS = max(2, KILLS // 4)
ITEMS = 200
IN_SMALL_REQUESTS = ("--yes", "--max-failures", str(A_REQUEST))


@pytest.fixture
def place(clean_world: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    folder = clean_world / ".local" / "share" / "bureau"
    folder.mkdir(parents=True, mode=0o700)
    store = pinned_demo(folder / "platform.db", today=TODAY, clients=1000)
    with site(clean_world, store, monkeypatch, seed=1) as found:
        yield found


def groups_to_fill(place: Site, works: int) -> Iterator[Work]:
    """A new group each time, and clients to put into it; one more than is asked for, to be done undisturbed."""
    clients = place.rows("SELECT id, number FROM client ORDER BY number LIMIT ?", ITEMS)
    numbers = ",".join(number for _, number in clients)
    for at in range(works + 1):
        slug = f"filled-{at}"
        subprocess.run([*BUREAU, "groups", "create", slug], check=True, capture_output=True)
        yield Work(
            begin=(*BUREAU, "groups", "add", slug, "--clients", numbers, *IN_SMALL_REQUESTS),
            subjects=frozenset(f"groups/{slug}/members/{client}" for client, _ in clients),
        )


def test_clients_put_into_groups_are_there_once_and_told_of_once(place: Site) -> None:
    place.carry_out(list(groups_to_fill(place, WORKS)), take_up, kills=KILLS)
    print(place.tally)  # noqa: T201 - the figures, for whoever runs it with -s
    assert (place.tally.works, place.tally.kills) == (WORKS, KILLS)
    assert (place.tally.missing, place.tally.twice) == (0, 0)
    assert place.tally.told == place.tally.done == WORKS * ITEMS
    assert all(map(does_add_up, place.journals()))


def test_the_control_a_line_typed_again_never_tells_what_was_done_before_it_was_killed(place: Site) -> None:
    place.carry_out(list(groups_to_fill(place, 2)), begin_anew, kills=8)
    assert place.tally.done == 2 * ITEMS
    assert place.tally.told < place.tally.done
