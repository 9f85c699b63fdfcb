"""`taxcards fetch` killed again and again on a platform that loses replies: each employee is ordered exactly once.

The tax authority tells a person each time, so twice is as wrong as not at all. Taken up by the journal or typed again.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from commands.outside import BUREAU, WHOLE_WORLD_S
from faults.killing import IN_SMALL_REQUESTS, MOST_TRIES, RETRY, Site, run_until, site
from platform_files import behind_its_back, pinned_demo
from running import TODAY

from bureau_cli.platform.admin import Admin

pytestmark = pytest.mark.slow

CLIENTS = 24
WORKS = 3
KILLS = 4
"""Of each work."""
FAULTS = ("drop_after;rate=0.2;method=POST", "503;rate=0.1;method=POST;retry_after=0")
ENDED = {0, 3}
"""The demo's authority refuses some; that is an answer like any other."""
SCRIPT = Path(__file__).with_name("naive_orders.py")


@pytest.fixture
def place(clean_world: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    folder = clean_world / ".local" / "share" / "bureau"
    folder.mkdir(parents=True, mode=0o700)
    store = pinned_demo(folder / "platform.db", today=TODAY)
    with behind_its_back(store) as db:
        db.execute("UPDATE client SET delegation = 'granted'")
        db.execute("DELETE FROM access")
        db.execute(
            "INSERT INTO access (client_id, user_id, role, starts, source)"
            " SELECT client.id, user.id, 'member', '2026-01-01', 'manual' FROM client, user"
            " WHERE login = 'kari.nordmann' AND client.status = 'active'"
        )
    with site(clean_world, store, monkeypatch) as found, passing(store):
        yield found


@contextmanager
def passing(store: Path) -> Iterator[None]:
    """The platform's clock goes twenty times as fast as ours, so that jobs end while somebody waits."""
    ended, admin = threading.Event(), Admin(store)

    def pass_on() -> None:
        while not ended.wait(0.1):
            admin.clock(datetime.fromisoformat(admin.status()["clock"]) + timedelta(seconds=2))

    thread = threading.Thread(target=pass_on)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def works_of(place: Site) -> list[list[tuple[str, str]]]:
    """Clients, by id and number, for each work its own."""
    found = place.rows("SELECT id, number FROM client WHERE status = 'active' ORDER BY number")
    works = [found[at : at + CLIENTS] for at in range(0, CLIENTS * (WORKS + 1), CLIENTS)]
    assert all(len(work) == CLIENTS for work in works)
    return works


def ordered(place: Site) -> Counter[str]:
    """How often each employee was ordered, as the trail has it."""
    rows = place.rows("SELECT event FROM audit_event WHERE action = 'taxcards.order' AND outcome = 'done'")
    return Counter(employee for (event,) in rows for employee in json.loads(event)["after"]["employees"])


def told(place: Site) -> Counter[tuple[str, str]]:
    """How often the tax authority gave the card of whom to whom: by its own memory, order by order."""
    answers = [json.loads(answer) for (answer,) in place.rows("SELECT answer FROM demo_authority_order")]
    return Counter(
        (str(employer["arbeidsgiveridentifikator"]), employee["arbeidstakeridentifikator"])
        for answer in answers
        for employer in answer["arbeidsgiver"]
        for employee in employer["arbeidstaker"]
    )


def people_of(work: Sequence[tuple[str, str]]) -> int:
    """For how many a fetch would be."""
    line = [*BUREAU, "taxcards", "fetch", "--clients", numbers(work), "--plan", "-o", "json"]
    plan = subprocess.run(line, check=True, capture_output=True, timeout=WHOLE_WORLD_S)
    return sum(row["employees"] for row in json.loads(plan.stdout)["data"])


def numbers(work: Sequence[tuple[str, str]]) -> str:
    return ",".join(number for _, number in work)


def fetching(work: Sequence[tuple[str, str]]) -> Sequence[str]:
    return [*BUREAU, "taxcards", "fetch", "--clients", numbers(work), *IN_SMALL_REQUESTS]


def bring_about(place: Site, begin: Sequence[str], *, by_journal: bool, usual: float) -> None:
    """Start it, kill it, start it again, until it ends by itself."""
    known = len(place.journals())
    for tried in range(MOST_TRIES):
        line = RETRY if by_journal and len(place.journals()) > known else begin
        instant = place.chance.uniform(0, usual) if tried < KILLS else WHOLE_WORLD_S
        code = run_until(line, instant)
        place.tally.kills += code < 0
        if code in ENDED:
            return
    pytest.fail(f"it does not come to an end: {begin}")


def carry_out(place: Site, lines: Sequence[Sequence[str]], *, by_journal: bool = False) -> None:
    """The first line undisturbed, which tells how long it takes; the others killed, and replies to them lost."""
    began = time.monotonic()
    assert subprocess.run(lines[0], capture_output=True, check=False, timeout=WHOLE_WORLD_S).returncode in ENDED
    usual = time.monotonic() - began
    Admin(place.store).set_faults(FAULTS)
    for line in lines[1:]:
        bring_about(place, line, by_journal=by_journal, usual=usual)
    assert place.tally.kills > WORKS, "the case proves nothing"


@pytest.mark.parametrize("by_journal", [True, False], ids=["by the journal", "typed again"])
def test_each_employee_is_ordered_exactly_once(place: Site, *, by_journal: bool) -> None:
    works = works_of(place)
    people = sum(map(people_of, works))
    carry_out(place, [fetching(work) for work in works], by_journal=by_journal)
    found = ordered(place)
    print(f"{place.tally.kills} kills: {len(found)} of {people} employees ordered, {found.total()} times")  # noqa: T201
    assert (len(found), found.total()) == (people, people)
    assert set(told(place).values()) == {1}


def test_the_control_a_script_with_new_keys_orders_them_twice(place: Site) -> None:
    works = works_of(place)
    people = sum(map(people_of, works))
    carry_out(place, [(sys.executable, str(SCRIPT), *(client for client, _ in work)) for work in works])
    found = ordered(place)
    print(f"{place.tally.kills} kills: {len(found)} of {people} employees ordered, {found.total()} times")  # noqa: T201
    assert found.total() > len(found) == people
    assert max(told(place).values()) > 1
