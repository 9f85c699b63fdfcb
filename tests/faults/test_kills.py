"""Changes of many, killed again and again on a platform that loses replies: each item is done once.

A few kills by default; `make kills` is the whole proof: 50 works of 200 items, 200 kills.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from commands.outside import BUREAU
from faults.killing import IN_SMALL_REQUESTS, Site, Work, begin_anew, does_add_up, granted, site, take_up
from platform_files import pinned_demo
from running import TODAY

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("KILLS", "16"))
WORKS = max(2, KILLS // 4)
ITEMS = 200
PARTS = 4
FEW = 3
SPARE = 5
"""Works beside those asked for: one to be done undisturbed, and those in which the last kills happen."""
SCRIPT = Path(__file__).with_name("naive.py")


@pytest.fixture
def place(clean_world: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    folder = clean_world / ".local" / "share" / "bureau"
    folder.mkdir(parents=True, mode=0o700)
    store = pinned_demo(folder / "platform.db", today=TODAY, clients=1000)
    with site(clean_world, store, monkeypatch) as found:
        yield found


def groups_to_fill(place: Site, works: int) -> list[Work]:
    """A new group each time, and clients to put into it."""
    return [group_to_fill(place, f"filled-{at}") for at in range(works)]


def group_to_fill(place: Site, slug: str) -> Work:
    clients = place.rows("SELECT id, number FROM client ORDER BY number LIMIT ?", ITEMS)
    numbers = ",".join(number for _, number in clients)
    subprocess.run([*BUREAU, "groups", "create", slug], check=True, capture_output=True)
    return Work(
        begin=(*BUREAU, "groups", "add", slug, "--clients", numbers, *IN_SMALL_REQUESTS),
        subjects=frozenset(f"groups/{slug}/members/{client}" for client, _ in clients),
    )


def grants(place: Site, works: int) -> list[Work]:
    """A user of the bureau and clients of no concern to them until now."""
    logins = [login for (login,) in place.rows("SELECT login FROM user WHERE role = 'officer' AND left_on IS NULL")]
    slices = [(login, part * ITEMS) for part in range(PARTS) for login in logins]
    return [granted(place, login, ITEMS, skipped=skipped) for login, skipped in slices[:works]]


def by_script(work: Work) -> Work:
    """The same done by somebody's own script."""
    parts = [subject.split("/") for subject in sorted(work.subjects)]
    clients, login = [part[1] for part in parts], parts[0][-1]
    return replace(work, begin=(sys.executable, str(SCRIPT), login, *clients))


def test_each_grant_is_done_once_and_told_of_once(place: Site) -> None:
    place.carry_out(grants(place, WORKS + SPARE), take_up, least=WORKS, kills=KILLS)
    print(place.tally)  # noqa: T201 - the figures, for whoever runs it with -s
    assert (place.tally.works >= WORKS, place.tally.kills) == (True, KILLS)
    require_each_once(place)


def test_so_is_each_client_put_into_a_group(place: Site) -> None:
    place.carry_out(groups_to_fill(place, FEW + SPARE), take_up, least=FEW, kills=4 * FEW)
    require_each_once(place)


def test_the_control_a_line_typed_again_never_tells_what_was_done_before_it_was_killed(place: Site) -> None:
    place.carry_out(grants(place, FEW + SPARE), begin_anew, least=FEW, kills=4 * FEW)
    print(place.tally)  # noqa: T201 - the same
    assert place.tally.missing == 0
    assert place.tally.told < place.tally.done


def test_the_control_a_script_with_new_keys_does_it_twice(place: Site) -> None:
    place.carry_out([by_script(work) for work in grants(place, FEW + SPARE)], begin_anew, least=FEW, kills=4 * FEW)
    print(place.tally)  # noqa: T201 - the same
    assert place.tally.missing == 0
    assert place.tally.twice > ITEMS


def require_each_once(place: Site) -> None:
    assert (place.tally.missing, place.tally.twice) == (0, 0)
    assert place.tally.told == place.tally.done == place.tally.items
    assert all(map(does_add_up, place.journals()))
