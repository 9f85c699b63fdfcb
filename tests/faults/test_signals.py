"""A signal in the middle of many grants on a served platform: what is under way ends, and the way on is told."""

from __future__ import annotations

import json
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest
from commands.outside import BUREAU, WHOLE_WORLD_S, until
from faults.killing import RETRY, Site, granted, site

pytestmark = pytest.mark.slow

LOGIN = "geir.berg"


@pytest.fixture
def place(clean_world: Path, platform_file: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    with site(clean_world, platform_file, monkeypatch, delay="300ms") as found:
        yield found


def done(place: Site) -> list[str]:
    return [subject for (subject,) in place.rows("SELECT subject FROM audit_event WHERE action = 'access.grant'")]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_what_is_under_way_ends_and_the_rest_is_taken_up(place: Site, number: int, code: int) -> None:
    work = granted(place, LOGIN, 60)
    with subprocess.Popen([*work.begin, "-o", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        until(lambda: bool(done(place)))
        process.send_signal(number)
        out, err = process.communicate(timeout=WHOLE_WORLD_S)
    assert process.returncode == code
    states = [one["outcome"] for one in json.loads(out)["data"]]
    assert {state: states.count(state) for state in set(states)} == {"done": 10, "not_attempted": 50}
    assert len(done(place)) == 10, "what it told is what was done"
    (run,) = json.loads(subprocess.check_output([*BUREAU, "history", "list", "-o", "json"]))["data"]
    assert (run["state"], run["exit_code"]) == ("stopped", code)
    assert err.decode().splitlines()[-1].endswith(f"→ bureau history retry {run['run']}")
    assert subprocess.run(RETRY, capture_output=True, check=False).returncode == 0
    assert sorted(done(place)) == sorted(work.subjects)


def test_the_control_without_a_signal_all_is_done_at_once(place: Site) -> None:
    work = granted(place, LOGIN, 60)
    assert subprocess.run(work.begin, capture_output=True, check=False).returncode == 0
    assert sorted(done(place)) == sorted(work.subjects)
