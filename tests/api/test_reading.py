"""JSON becomes values, or it is told that it cannot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bureau_cli.api.clients import client_from
from bureau_cli.api.reading import day, flag, instant, many, money, read_as, text, whole
from bureau_cli.errors import AnswerInvalid

WRONG: list[tuple[Callable[[Any], Any], Any]] = [
    (text, None), (text, 5), (whole, "5"), (whole, 5.0), (whole, True), (flag, "true"), (flag, 1), (money, 10.5),
    (money, "NaN"), (money, "ten"), (day, "2026-02-30"), (day, 20260101), (instant, "2026-01-01T12:00:00"),
    (lambda value: many(text, value), "abc"), (lambda value: many(whole, value), [20.7]),
    (lambda value: value["id"], []),
]  # fmt: skip


@pytest.mark.parametrize(("read", "value"), WRONG)
def test_a_value_of_the_wrong_type_is_never_taken_for_another(read: Callable[[Any], Any], value: Any) -> None:
    with pytest.raises(AnswerInvalid):
        read_as("a thing", read, value)


def test_a_missing_field_is_named_and_no_value_quoted() -> None:
    with pytest.raises(AnswerInvalid, match=r"a client that breaks the contract \(number\)"):
        read_as("a client", client_from, {"id": "c_1"})
