"""A list that is drawn anew in place: what is seen of it, and what is left of it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from io import BytesIO, TextIOWrapper
from typing import Any

import anyio
import anyio.lowlevel
import pytest
from formatters.sample import AS_OF, LISTING, PROVENANCE

from bureau_cli.errors import BadUsage, Busy
from bureau_cli.formatters.output import Output
from bureau_cli.formatters.results import Seen, Watched
from bureau_cli.formatters.screen import Screen
from bureau_cli.formatters.view import View

ENTER, LEAVE = "\x1b[?1049h", "\x1b[?1049l"


class EnoughSeen(Exception):
    """Nobody looks any more."""


def watched(*answers: Any, **screen: Any) -> Sequence[str]:
    """What is drawn of these answers one after another, and with the last what is left when it is ended."""
    out = BytesIO()
    stream = TextIOWrapper(out, encoding="utf-8", newline="")
    seen_on = Screen(stream=stream, **{"terminal": True, "redraws": True, "width": 90, **screen})
    coming = iter([*answers, EnoughSeen()])
    clock = iter(AS_OF + timedelta(seconds=30 * number) for number in range(99))

    async def ask() -> Seen:
        answer = next(coming)
        if isinstance(answer, Exception):
            raise answer
        return Seen(listing=LISTING, told=answer)

    result = Watched(
        schema="clients.list",
        columns=LISTING.columns,
        ask=ask,
        every=timedelta(milliseconds=1),
        now=lambda: next(clock),
    )
    with suppress(EnoughSeen):
        anyio.run(Output(seen_on, Screen(stream=None)).render, result, View(), PROVENANCE)
    stream.flush()
    return out.getvalue().decode().replace("\x1b[K", "").split("\x1b[H")


def test_a_list_is_drawn_anew_and_left_where_answers_stand() -> None:
    begin, first, second = watched("2 clients", "3 clients")
    assert begin.startswith(ENTER)
    assert first.startswith("2 clients\r\n\r\nNr.")
    assert "fetched 12:30:00, again every 0.001 s; Ctrl-C ends" in first
    assert second.startswith("3 clients")
    left = second.split(LEAVE)[1]
    assert left.startswith("3 clients\n\nNr.")
    assert "fetched" not in left


def test_what_cannot_be_fetched_is_told_and_the_list_stays_with_its_age() -> None:
    _, _, failed, healed = watched("2 clients", Busy("the platform is busy"), "3 clients")
    assert failed.startswith("2 clients\r\n")
    assert "12:30:30 not fetched: the platform is busy [busy]; this is from 12:30:00, 30 s ago" in failed
    assert "not fetched" not in healed


def test_what_is_refused_at_once_is_an_error_and_draws_nothing() -> None:
    with pytest.raises(Busy):
        watched(Busy("the platform is busy"))


@pytest.mark.parametrize("screen", [{"terminal": False}, {"redraws": False}])
def test_only_a_terminal_that_can_be_drawn_on_is_watched(screen: dict[str, bool]) -> None:
    with pytest.raises(BadUsage, match="only a table on a terminal"):
        watched("2 clients", **screen)
