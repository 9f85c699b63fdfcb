"""What a file says of access, and where it says something that cannot be."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from bureau_cli.domain.access_file import AccessFile, Scope, WantedAccess, access_file, access_rows
from bureau_cli.domain.selection import Selection, Token
from bureau_cli.errors import BadUsage, DocumentInvalid


def read(text: str) -> AccessFile:
    return access_file("a.toml", tomllib.loads(text))


def rows(**cells: str) -> AccessFile:
    return access_rows("a.xlsx", [{key: Token(text=text, place=f"a.xlsx!{key}") for key, text in cells.items()}])


def test_an_entry_is_a_client_or_says_what_clients_have_in_common() -> None:
    file = read(
        """
complete = "users"
[access."kari.ås"]
owner = ["NO 310 000 001 MVA"]
member = [{ client = "Bær AS", from = 2027-01-01, to = 2027-06-30, reason = "vikar" }, { group = "payday-20" }]
none = [{ where = "payday == 12" }, { all = true }]
"""
    )
    assert file.complete is Scope.USERS
    assert [(one.role, one.clients) for one in file.wanted] == [
        ("owner", Selection(clients=(Token(text="310000001", place="a.toml: access.kari.ås.owner, no. 1"),))),
        ("member", Selection(clients=(Token(text="Bær AS", place="a.toml: access.kari.ås.member, no. 1"),))),
        ("member", Selection(groups=("payday-20",))),
        (None, Selection(where="payday == 12")),
        (None, Selection(all_clients=True)),
    ]
    dated = file.wanted[1]
    assert (dated.starts, dated.ends, dated.reason) == (date(2027, 1, 1), date(2027, 6, 30), "vikar")
    assert {one.user for one in file.wanted} == {"kari.ås"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("acess = 1", "there is no 'acess' here"),
        ("access = 1", 'access are tables, each like [access."kari.nordmann"]'),
        ("complete = true", "complete is one of clients, users, all"),
        ("[access.a]\nleader = []", "access.a: there is no 'leader' here"),
        ("[access.a]\nmember = '10001'", "access.a.member: a list"),
        ("[access.a]\nmember = [10001]", "access.a.member, no. 1: a client"),
        ("[access.a]\nmember = ['1', ' ']", "access.a.member, no. 2: a client"),
        ("[access.a]\nmember = [{ to = 2027-01-01 }]", "no. 1: one of client, group, where, all"),
        ("[access.a]\nmember = [{ group = 'a', where = 'b' }]", "no. 1: one of client, group, where, all"),
        ("[access.a]\nmember = [{ clint = '1' }]", "no. 1: there is no 'clint' here"),
        ("[access.a]\nmember = [{ all = false }]", "no. 1.all: true"),
        ("[access.a]\nmember = [{ client = '1', to = '2027-01-01' }]", "no. 1.to: a day without quotes"),
        ("[access.a]\nmember = [{ client = '1', to = 2027-01-01T10:00:00 }]", "no. 1.to: a day without quotes"),
        ("[access.a]\nmember = [{ client = '1', from = 2027-02-01, to = 2027-01-01 }]", "before it begins"),
        ("[access.a]\nnone = [{ client = '1', to = 2027-01-01 }]", "no access has no days"),
        ("[access.a]\nmember = [{ client = '1', reason = 3 }]", "no. 1.reason: text"),
        (f"[access.a]\nmember = [{{ client = '1', reason = '{'x' * 301}' }}]", "at most 300"),
    ],
)
def test_what_cannot_be_is_told_at_its_place(text: str, told: str) -> None:
    with pytest.raises(DocumentInvalid) as refused:
        read(text)
    assert refused.value.message.startswith("a.toml: ")
    assert told in refused.value.message


@pytest.mark.parametrize("written", ["2027-06-30", "2027-06-30T00:00:00", "30.06.2027", "30.6.2027"])
def test_a_row_has_its_days_as_sheets_programs_and_people_write_them(written: str) -> None:
    wanted = rows(user="a", client="10001", role="member", to=written).wanted[0]
    assert (wanted.role, wanted.ends, wanted.place) == ("member", date(2027, 6, 30), "a.xlsx!user")


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"role": "boss"}, "a.xlsx!role: 'boss' is no role"),
        ({"to": "31/12"}, "a.xlsx!to: '31/12' is no day"),
        ({"to": "31.02.2027"}, "a.xlsx!to: '31.02.2027' is no day"),
        ({"from": "2027-02-01", "to": "2027-01-01"}, "before it begins"),
    ],
)
def test_a_cell_that_cannot_be_is_told(cells: Mapping[str, Any], told: str) -> None:
    with pytest.raises(DocumentInvalid) as refused:
        rows(**{"user": "a", "client": "10001", "role": "member", **cells})
    assert told in refused.value.message


def test_a_row_of_what_is_over_wants_nothing() -> None:
    assert rows(user="a", client="10001", role="member", state="ended").wanted == []
    assert len(rows(user="a", client="10001", role="member", state="running").wanted) == 1


def test_who_gives_a_file_says_what_it_is_complete_for_unless_it_says_something_else() -> None:
    file = AccessFile(name="a.toml", wanted=(), users={})
    assert file.completed("all").complete is Scope.ALL
    assert file.completed("all").completed("all").completed(None).complete is Scope.ALL
    with pytest.raises(BadUsage, match="complete for all"):
        file.completed("all").completed("users")


def test_the_reason_of_a_change_names_the_file_or_the_rule_in_it() -> None:
    named, ruled = read("[access.a]\nmember = ['1', { group = 'payday-20' }]").wanted
    assert named.why == "in a.toml"
    assert isinstance(ruled, WantedAccess)
    assert ruled.why == "by payday-20 in a.toml"
