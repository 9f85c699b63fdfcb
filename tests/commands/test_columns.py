"""How columns read what is further in a row."""

from __future__ import annotations

from types import SimpleNamespace

from bureau_cli.commands._columns import inside


def test_what_is_further_in_is_read_and_is_nothing_where_the_way_there_ends() -> None:
    owner = SimpleNamespace(login="kari.nordmann", name=None)
    row = SimpleNamespace(client=SimpleNamespace(owner=owner), run=None)
    assert inside("client", "owner", "login")(row) == "kari.nordmann"
    assert inside("client", "owner", "name")(row) is None
    assert inside("run", "run", "pay_date")(row) is None
    assert inside("run")(row) is None
