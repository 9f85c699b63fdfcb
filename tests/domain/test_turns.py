"""When a run begins, and what it does while another of its kind is at work."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from bureau_cli.domain.turns import Lock, Turn
from bureau_cli.errors import BadUsage

LINE = ("check", "closed", "--cron")


def test_cron_takes_the_lock_or_fails_and_begins_within_five_minutes() -> None:
    assert Turn.of({}, watched=False) == Turn()
    assert Turn.of({"cron": True}, watched=False) == Turn(
        cron=True, lock=Lock(choice="fail"), jitter=timedelta(minutes=5)
    )
    assert Turn.of({"cron": True}, watched=True).jitter == timedelta()
    said = Turn.of({"cron": True, "lock": "wait=90s", "jitter": "0"}, watched=False)
    assert said == Turn(cron=True, lock=Lock(choice="wait", patience=timedelta(seconds=90)))


@pytest.mark.parametrize("said", [{"lock": "sometimes"}, {"lock": "wait=long"}, {"lock": "skip=5m"}, {"jitter": "-1s"}])
def test_what_cannot_be_read_is_bad_usage(said: dict[str, str]) -> None:
    with pytest.raises(BadUsage):
        Turn.of(said, watched=False)


def test_a_line_waits_as_long_each_time_and_many_lines_are_spread() -> None:
    turn = Turn.of({"cron": True}, watched=False)
    assert turn.wait("prod", LINE, "server") == turn.wait("prod", LINE, "server")
    minutes = Counter(turn.wait("prod", (*LINE, str(number)), "server").seconds // 60 for number in range(1000))
    assert minutes.keys() == set(range(5))
    assert max(minutes.values()) < 300
    others = {turn.wait(profile, LINE, machine) for profile in ("a", "b") for machine in ("x", "y", "z")}
    assert len(others) > 3
