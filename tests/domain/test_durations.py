"""Lengths of time as people write them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bureau_cli.domain.durations import duration
from bureau_cli.errors import BadUsage


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("20ms", 0.02),
        ("30s", 30),
        ("20m", 1200),
        ("2h", 7200),
        ("30d", 2_592_000),
        (" 1s ", 1),
        ("999999d", 86399913600),
    ],
)
def test_a_length_is_read(text: str, seconds: float) -> None:
    assert duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text", ["", "0s", "00m", "-1s", "1", "s", "1.5h", "1 h", "1w", "1H", "1000000s", "1s2s", "\u0661s", "1s\n2"]
)
def test_anything_else_is_refused_with_how_to_write_it(text: str) -> None:
    with pytest.raises(BadUsage) as caught:
        duration(text)
    assert repr(text) in caught.value.message
    assert caught.value.fix == "write it like 30s, 20m, 2h or 30d"
