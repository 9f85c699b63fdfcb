"""A selection in words, and the one that is missing."""

from __future__ import annotations

import pytest

from bureau_cli.domain.selection import ClientFilter, Selection, Token
from bureau_cli.errors import BadUsage

TWO = (Token(text="10001", place="--clients"), Token(text="10002", place="--clients"))


@pytest.mark.parametrize(
    ("selection", "words"),
    [
        (Selection(), "all clients"),
        (Selection(all_clients=True), "all clients"),
        (Selection(clients=TWO), "2 named"),
        (Selection(clients=()), "0 named"),
        (Selection(groups=("payday-20", "oslo")), "payday-20 and oslo"),
        (Selection(groups=("payday-20",), not_groups=("paused", "new")), "payday-20 minus paused minus new"),
        (Selection(not_groups=("paused",)), "all clients minus paused"),
        (Selection(clients=TWO, owner="me", where="payday == 20"), "2 named, owner me, where payday == 20"),
    ],
)
def test_a_selection_is_said_as_a_person_would(selection: Selection, words: str) -> None:
    assert selection.described() == words


def test_a_change_needs_a_selection_and_everything_must_be_said() -> None:
    with pytest.raises(BadUsage, match="no clients were selected"):
        Selection().required()
    for said in (Selection(all_clients=True), Selection(clients=()), Selection(not_groups=("paused",))):
        assert said.required() is said


def test_a_filter_asks_only_what_was_said() -> None:
    assert ClientFilter().asked() == {}
    assert ClientFilter(payday=20, status=("active",), access="none").asked() == {
        "payday": 20,
        "status": ("active",),
        "access": "none",
    }
