"""Access as a file: what is written today is the plan of nothing, and what is planned comes true, and no more."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Mapping, Sequence
from contextlib import chdir
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from commands.outside import with_profile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from running import call_in_process

WANTED = """
[access."per.myhre"]
owner = ["10002"]  # of anne.aas
member = [{ client = "10003", to = 2027-01-31, reason = "vikar" }]
[access."anne.aas"]
none = ["10013"]
"""
SCOPES = ("clients", "users", "all")


@pytest.fixture
def wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Writes a file of access, where the command is run."""
    monkeypatch.chdir(tmp_path)

    def write(text: str = WANTED, name: str = "access.toml") -> str:
        Path(name).write_text(text, encoding="utf-8")
        return name

    return write


@pytest.fixture
def held(bureau: Any) -> Callable[..., Mapping[tuple[str, str], Any]]:
    """Who has access, by client and user: role and last day."""

    def read(*chosen: str) -> Mapping[tuple[str, str], Any]:
        rows = bureau("access", "list", *chosen, "-o", "json").json["data"]
        return {(row["number"], row["user"]): (row["role"], row["to"]) for row in rows}

    return read


def told(outcome: Any) -> list[tuple[str, str, str, str]]:
    """The changes, in their order."""
    return [(one["number"], one["user"], one["action"], one["outcome"]) for one in outcome.json["data"]]


def reasons(outcome: Any) -> dict[tuple[str, str], str]:
    return {(one["number"], one["user"]): one["reason"] for one in outcome.json["data"]}


# --- written and read back -------------------------------------------------------------------------------------------


def test_the_file_of_today_names_clients_by_number_with_their_names_and_days(bureau: Any, golden: Any) -> None:
    golden(
        "access/access.toml",
        bureau("access", "list", "--user", "inger.hagen", "--where", "number < '10030'", "-o", "toml").text,
    )


@pytest.mark.parametrize(
    "written",
    [
        ("today.toml",),
        ("today.xlsx",),
        ("today.xlsx", "--lang", "en"),
        ("today.tsv",),
        ("today.csv",),
        ("today.csv", "-o", "csv", "--excel"),
    ],
    ids=" ".join,
)
def test_planning_what_was_just_written_is_empty(
    bureau: Any, wanted: Any, everything: Any, written: Sequence[str]
) -> None:
    wanted("")
    assert bureau("access", "list", "--out", *written).code == 0
    before = everything()
    ways = (("plan",), ("apply",), *(("drift", "--complete", scope) for scope in SCOPES))
    for words in ways if written == ("today.toml",) else ways[-1:]:
        nothing = bureau("access", words[0], written[0], *words[1:], "-o", "json")
        assert (nothing.code, nothing.json["data"]) == (0, [])
    assert everything() == before


def test_a_file_of_some_clients_is_complete_for_them_and_for_no_others(bureau: Any, wanted: Any) -> None:
    wanted("")
    bureau("access", "list", "--group", "payday-12", "--out", "some.toml")
    assert bureau("access", "drift", "some.toml", "--complete", "clients").code == 0
    assert bureau("access", "drift", "some.toml", "--complete", "users").code == 9


def test_history_in_a_sheet_gives_nobody_anything(bureau: Any, wanted: Any) -> None:
    wanted("")
    states = [word for state in ("running", "upcoming", "ended") for word in ("--state", state)]
    bureau("access", "list", *states, "--out", "all.xlsx")
    assert "avsluttet" in {row[6] for row in load_workbook("all.xlsx").worksheets[0].iter_rows(values_only=True)}
    assert bureau("access", "drift", "all.xlsx", "--complete", "all").code == 0


ACCESS = st.tuples(
    st.sampled_from(["10001", "10002", "10003", "10021"]),
    st.sampled_from(["anne.aas", "inger.hagen", "per.myhre", "lene.knudsen"]),
    st.sampled_from(["owner", "member", "none"]),
    st.sampled_from([None, date(2026, 11, 23), date(2027, 1, 31)]),
    st.sampled_from([None, date(2026, 12, 1)]),
)


def as_toml(accesses: Sequence[tuple[str, str, str, date | None, date | None]]) -> str:
    """A file of these, each user and client once and each client with one owner, who begins at once."""
    tables: dict[str, dict[str, list[str]]] = {}
    owned: set[str] = set()
    for (number, user), (role, to, begins) in {(one[0], one[1]): one[2:] for one in accesses}.items():
        known = "member" if role == "owner" and number in owned else role
        owned |= {number} if known == "owner" else set()
        days = {"from": begins if known == "member" and to != date(2026, 11, 23) else None, "to": to}
        terms = "".join(f", {key} = {day}" for key, day in days.items() if day and known == "member")
        tables.setdefault(user, {}).setdefault(known, []).append(f'{{ client = "{number}"{terms} }}')
    return "".join(
        f'[access."{user}"]\n' + "".join(f"{role} = [{', '.join(items)}]\n" for role, items in table.items())
        for user, table in tables.items()
    )


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ACCESS, min_size=1, max_size=8), st.sampled_from(["clients", "users"]))
def test_what_was_applied_needs_no_more_and_is_written_back_as_it_is(
    platform_file: Path, template: Path, tmp_path: Path, accesses: Any, scope: str
) -> None:
    shutil.copy(template, platform_file)
    with chdir(tmp_path):
        Path("wanted.toml").write_text(as_toml(accesses), encoding="utf-8")
        for _ in range(2):
            applied = call_in_process("access", "apply", "wanted.toml", "--complete", scope, "--yes", "-o", "json")
            done = [one for one in applied.json["data"] if one["outcome"] != "refused"]
            assert {one["outcome"] for one in done} <= {"done"}
            assert {one["code"] for one in applied.json["data"]} <= {
                None,
                "access_invited",
                "owner_needed",
                "access_gap",
            }
        assert done == []
        call_in_process("access", "list", "--out", "today.toml", "--force")
        assert call_in_process("access", "plan", "today.toml", "--complete", "all", "-o", "json").json["data"] == []


# --- what a file changes ---------------------------------------------------------------------------------------------


def test_a_plan_says_who_gains_who_loses_and_why(bureau: Any, wanted: Any) -> None:
    planned = bureau("access", "plan", wanted(), "-o", "json")
    assert (planned.code, told(planned)) == (
        0,
        [
            ("10002", "anne.aas", "change", "follows"),
            ("10002", "per.myhre", "set owner", "planned"),
            ("10003", "per.myhre", "change", "planned"),
            ("10013", "anne.aas", "end", "refused"),
        ],
    )
    why = reasons(planned)
    assert why["10002", "anne.aas"] == "owner → member"
    assert why["10002", "per.myhre"].endswith("in access.toml")
    assert "member until 2027-01-31" in why["10003", "per.myhre"]
    assert "anne.aas owns the client" in why["10013", "anne.aas"]
    assert "what access.toml does not name is left as it is" in planned.err


def test_applying_makes_access_be_as_the_file_has_it(bureau: Any, wanted: Any, held: Any, sql: Any) -> None:
    wanted(WANTED + '[access."fatima.dahl"]\nowner = ["10013"]\n')
    before = held()
    assert bureau("access", "drift", "access.toml").code == 9
    assert bureau("access", "apply", "access.toml").code == 7
    assert held() == before
    done = bureau("access", "apply", "access.toml", "--yes", "-o", "json")
    assert (done.code, {one["outcome"] for one in done.json["data"]}) == (0, {"done"})
    now = held()
    assert now["10002", "per.myhre"] == ("owner", None)
    assert now["10002", "anne.aas"] == ("member", None)
    assert now["10003", "per.myhre"] == ("member", "2027-01-31")
    assert now["10013", "fatima.dahl"] == ("owner", None)
    assert ("10013", "anne.aas") not in now
    assert [row["reason"] for row in sql("SELECT reason FROM access WHERE reason = 'vikar'")] == ["vikar"]
    touched = {("10002", "per.myhre"), ("10002", "anne.aas"), ("10003", "per.myhre"), ("10013", "fatima.dahl")}
    assert {key: row for key, row in now.items() if key not in touched} == {
        key: row for key, row in before.items() if key not in touched | {("10013", "anne.aas")}
    }
    assert bureau("access", "drift", "access.toml", "-o", "json").json["data"] == []


@pytest.mark.parametrize("scope", SCOPES)
def test_a_complete_file_ends_what_it_does_not_name(bureau: Any, wanted: Any, held: Any, scope: str) -> None:
    before = held()
    wanted(f'complete = "{scope}"\n[access."inger.hagen"]\nowner = ["10003"]\nmember = ["10013"]\n')
    done = bureau("access", "apply", "access.toml", "--yes", "-o", "json")
    left = {(one["number"], one["user"]): one["code"] for one in done.json["data"] if one["outcome"] == "refused"}
    now = held()
    gone = {key for key in before if key not in now}
    covered = {
        "clients": {key for key in before if key[0] in {"10003", "10013"}},
        "users": {key for key in before if key[1] == "inger.hagen"},
        "all": set(before),
    }[scope]
    assert gone == covered - {("10003", "inger.hagen"), ("10013", "inger.hagen")} - left.keys()
    assert set(left.values()) <= {"access_invited", "owner_needed"}
    assert now["10003", "inger.hagen"] == ("owner", None)
    assert now["10013", "inger.hagen"] == ("member", None)
    if scope == "clients":
        assert (left, done.code) == ({}, 0)


def test_whom_a_file_of_users_gives_nothing_has_nothing_afterwards(bureau: Any, wanted: Any, held: Any) -> None:
    wanted('complete = "users"\n[access."fatima.dahl"]\nmember = []\n[access."turid.kvam"]\n')
    done = bureau("access", "apply", "access.toml", "--yes", "-o", "json")
    left = {(one["number"], one["user"]) for one in done.json["data"] if one["outcome"] == "refused"}
    assert {key for key in held() if key[1] in {"fatima.dahl", "turid.kvam"}} == left


def test_who_does_not_see_a_client_is_not_told_that_all_is_as_the_file_has_it(
    bureau: Any, wanted: Any, acting_as: Any
) -> None:
    wanted("")
    acting_as("ola.admin")
    bureau("access", "list", "--out", "mine.toml")
    for words, code in ((("mine.toml",), 0), (("mine.toml", "--complete", "users"), 10)):
        assert bureau("access", "drift", *words).code == code
    wanted('[access."per.myhre"]\nnone = ["10001"]\n')
    assert bureau("access", "drift", "access.toml").code == 10
    wanted('[access."per.myhre"]\nnone = ["10001", "10006"]\n[access."tone.sandvik"]\nmember = ["10006"]\n')
    assert bureau("access", "drift", "access.toml").code == 9


@pytest.mark.parametrize("role", ["owner", "member"])
def test_access_that_is_to_begin_later_and_has_begun_is_a_difference_nobody_takes_for_done(
    bureau: Any, wanted: Any, held: Any, role: str
) -> None:
    before = held()
    wanted(f'[access."kari.nordmann"]\n{role} = [{{ client = "10003", from = 2027-06-01 }}]\n')
    assert bureau("access", "drift", "access.toml").code == 9
    done = bureau("access", "apply", "access.toml", "--yes", "-o", "json")
    assert [one["code"] for one in done.json["data"]] == ["access_gap"]
    assert held() == before


@pytest.mark.parametrize(("name", "text"), [("none.toml", ""), ("none.csv", "number,user,role\n")])
def test_a_file_that_names_nobody_ends_nobodys_access(bureau: Any, wanted: Any, name: str, text: str) -> None:
    refused = bureau("access", "apply", wanted(text, name), "--complete", "all", "--yes")
    assert (refused.code, f"{name} names nobody" in refused.err) == (2, True)
    assert bureau("access", "drift", name).code == 0


def test_groups_and_rules_mean_their_clients_and_a_named_client_goes_first(
    bureau: Any, wanted: Any, held: Any, members: Any, sql: Any
) -> None:
    wanted(
        '[access."peder.as"]\nmember = [{ group = "payday-12" }, { where = "number == \'10001\'" }]\nnone = ["10005"]\n'
    )
    inside = members("payday-12")
    assert "10005" in inside
    planned = bureau("access", "plan", "access.toml", "-o", "json")
    assert "by payday-12 in access.toml" in reasons(planned)[inside[1], "peder.as"]
    assert bureau("access", "apply", "access.toml", "--yes").code == 0
    now = held("--user", "peder.as")
    assert {number for number, _ in now} >= set(inside) - {"10005"} | {"10001"}
    assert ("10005", "peder.as") not in now
    fresh = {number for number, _, action, _ in told(planned) if action == "grant"}
    sources = sql(
        "SELECT number, source FROM access JOIN client ON client.id = client_id JOIN user ON user.id = user_id "
        "WHERE user.login = 'peder.as'"
    )
    assert {row["source"] for row in sources if row["number"] in fresh} == {"rule"}


def test_days_that_have_passed_have_come_true(bureau: Any, wanted: Any, held: Any) -> None:
    wanted(
        """
[access."tone.sandvik"]
member = [
  { client = "10001", from = 2025-01-01 },
  { client = "10002", from = 2026-12-24, to = 2026-12-31 },
  { client = "10003", to = 2026-11-22 },
]
[access."lene.knudsen"]
member = [{ client = "10002", to = 2026-11-22 }]
"""
    )
    planned = bureau("access", "plan", "access.toml", "-o", "json")
    assert "until 2026-11-22" in reasons(planned)["10002", "lene.knudsen"]
    assert bureau("access", "apply", "access.toml", "--yes").code == 0
    now = held("--clients", "10001,10002,10003")
    assert now["10001", "tone.sandvik"] == ("member", None)
    assert now["10002", "tone.sandvik"] == ("member", "2026-12-31")
    assert ("10003", "tone.sandvik") not in now
    assert ("10002", "lene.knudsen") not in now
    assert bureau("access", "drift", "access.toml").code == 0


def test_what_cannot_be_done_is_in_the_plan_before_anything_is_sent(bureau: Any, wanted: Any, everything: Any) -> None:
    before = everything()
    wanted(
        """
[access."marte.kirkerud"]
member = ["10001"]
[access."fatima.dahl"]
none = ["10021"]
[access."anne.aas"]
member = ["10013"]
"""
    )
    planned = bureau("access", "plan", "access.toml", "-o", "json")
    assert {(one["user"], one["code"]) for one in planned.json["data"]} >= {
        ("marte.kirkerud", "user_left"),
        ("fatima.dahl", "access_invited"),
        ("anne.aas", "owner_needed"),
    }
    refused = bureau("access", "apply", "access.toml", "--yes")
    assert (refused.code, "3 changes: 3 refused" in refused.err) == (3, True)
    assert bureau("access", "drift", "access.toml").code == 9
    assert everything() == before


def test_a_profile_that_denies_changes_still_plans(bureau: Any, wanted: Any, clean_world: Path) -> None:
    wanted()
    with_profile(clean_world, "writes = 'deny'", name="demo")
    assert bureau("access", "plan", "access.toml").code == 0
    assert bureau("access", "apply", "access.toml", "--yes").code == 7


# --- what a file gets wrong ------------------------------------------------------------------------------------------


def test_unknown_users_and_clients_are_told_all_at_once_with_their_places(bureau: Any, wanted: Any) -> None:
    wanted('[access.kari]\nowner = ["10002", "99x"]\n[access."anne.aas"]\nmember = ["Finnes ikke AS"]\n[access.per]\n')
    refused = bureau("access", "plan", "access.toml")
    assert (refused.code, refused.out) == (5, b"")
    assert "error: 4 names in access.toml are not known" in refused.err
    for line in (
        "  access.toml: access.kari.owner, no. 2: 99x: there is no such client",
        "  access.toml: access.anne.aas.member, no. 1: Finnes ikke AS: there is no such client",
        "  access.toml: access.kari.owner, no. 1: kari: no user of the bureau is called so",
        "  access.toml: access.per: per: no user of the bureau is called so",
    ):
        assert line in refused.err.splitlines()
    wanted('[access.kari]\nmember = [{ group = "payday-12" }]\n')
    assert "access.toml: access.kari.member, no. 1: kari: no user" in bureau("access", "plan", "access.toml").err


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ('member = ["10001", { client = "10001", to = 2027-01-01 }]', 2, "per.myhre at 10001: "),
        (
            'owner = ["10001"]\nmember = ["10001"]',
            2,
            "access.per.myhre.owner, no. 1 and access.toml: access.per.myhre.member",
        ),
        ('owner = [{ all = true }]\n[access."anne.aas"]\nowner = ["10002"]', 2, "the owner of 10002: "),
        ('member = [{ group = "nobody-knows" }]', 5, "access.toml: access.per.myhre.member, no. 1: "),
        ('member = [{ where = "payday = 12" }]', 2, "access.toml: access.per.myhre.member, no. 1: "),
        ("member = 3", 2, "access.toml: access.per.myhre.member: a list"),
    ],
)
def test_a_file_that_contradicts_itself_or_cannot_be_understood_is_told_where(
    bureau: Any, wanted: Any, text: str, code: int, message: str
) -> None:
    refused = bureau("access", "apply", wanted(f'[access."per.myhre"]\n{text}\n'), "--yes")
    assert (refused.code, refused.out) == (code, b"")
    assert message in refused.err


@pytest.mark.parametrize("name", ["Rør [as]", "rØR [AS]", "10003", "Ærlig Øl pa\u030a A\u030as ANS"])
def test_a_client_is_known_by_all_that_names_it_in_any_letters(bureau: Any, wanted: Any, name: str) -> None:
    wanted(f'[access."tone.sandvik"]\nmember = ["{name}"]\n')
    (step,) = told(bureau("access", "plan", "access.toml", "-o", "json"))
    assert step[0] in {"10003", "10007"}


def test_the_same_said_twice_is_said_once(bureau: Any, wanted: Any) -> None:
    wanted('[access."tone.sandvik"]\nmember = ["10001", "10001", { group = "payday-12" }, { group = "payday-12" }]\n')
    planned = bureau("access", "plan", "access.toml", "-o", "json")
    assert planned.code == 0
    assert len(told(planned)) == len(set(told(planned)))


# --- saved plans -----------------------------------------------------------------------------------------------------


@pytest.fixture
def saved(bureau: Any, wanted: Any) -> Path:
    """A plan for a file of access."""
    wanted()
    assert bureau("access", "plan", "access.toml", "--plan-out", "p.json").err.endswith("bureau access apply p.json\n")
    return Path("p.json")


def test_a_saved_plan_is_done_as_it_is(bureau: Any, saved: Path, held: Any) -> None:
    Path("access.toml").unlink()
    done = bureau("access", "apply", str(saved), "--yes", "-o", "json")
    assert done.code == 3  # what could not be done is no success
    assert held()["10002", "per.myhre"] == ("owner", None)


@pytest.mark.parametrize(
    "move",
    [
        ("access", "revoke", "--user", "per.myhre", "--clients", "10003", "--to", "2026-12-31", "--yes"),
        ("access", "grant", "--user", "fatima.dahl", "--clients", "10002", "--role", "owner", "--yes"),
    ],
    ids=" ".join,
)
def test_a_saved_plan_is_refused_once_access_has_moved(bureau: Any, saved: Path, held: Any, move: Any) -> None:
    assert bureau(*move).code == 0
    before = held()
    refused = bureau("access", "apply", str(saved), "--yes")
    assert (refused.code, refused.out) == (6, b"")
    assert re.search(r"^  100\d\d, [a-z.]+: (was changed|is gone|is there now)$", refused.err, re.MULTILINE)
    assert held() == before


def test_a_plan_that_is_not_as_it_was_saved_is_no_plan(bureau: Any, saved: Path, everything: Any) -> None:
    before = everything()
    document = json.loads(saved.read_text(encoding="utf-8"))
    document["steps"][0]["body"]["user"] = "tone.sandvik"
    Path("edited.json").write_text(json.dumps(document), encoding="utf-8")
    for line, said in (
        (("apply", "edited.json", "--yes"), "is not as it was saved"),
        (("apply", "p.json", "--complete", "all", "--yes"), "carried out as it is"),
        (("plan", "p.json"), "p.json is a saved plan"),
        (("drift", "p.json"), "p.json is a saved plan"),
    ):
        refused = bureau("access", *line)
        assert (refused.code, said in refused.err) == (2, True), refused.err
    assert everything() == before


# --- a workbook ------------------------------------------------------------------------------------------------------


@pytest.fixture
def book(bureau: Any, wanted: Any) -> Any:
    """The workbook of three clients, opened to be edited."""
    wanted("")
    assert bureau("access", "list", "--clients", "10001,10002,10003", "--out", "book.xlsx").code == 0
    return load_workbook("book.xlsx")


def row_of(sheet: Any, number: str, user: str) -> int:
    return next(
        at for at, row in enumerate(sheet.iter_rows(values_only=True), start=1) if (row[0], row[3]) == (number, user)
    )


def test_an_edited_workbook_is_planned_row_by_row(bureau: Any, book: Any) -> None:
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    to, role = heads.index("Til") + 1, heads.index("Rolle") + 1
    sheet.cell(row_of(sheet, "10002", "fatima.dahl"), role).value = "ansvarlig"
    sheet.cell(row_of(sheet, "10002", "anne.aas"), role).value = "medarbeider"
    sheet.cell(row_of(sheet, "10003", "per.myhre"), to).value = date(2027, 1, 31)
    sheet.delete_rows(row_of(sheet, "10003", "kari.nordmann"))
    fresh = sheet.max_row + 1
    for head, value in {"Nr.": 10001, "Bruker": "tone.sandvik", "Rolle": "Medarbeider", "Til": "31.12.2026"}.items():
        sheet.cell(fresh, heads.index(head) + 1).value = value
    book.save("book.xlsx")
    planned = bureau("access", "plan", "book.xlsx", "--complete", "clients", "-o", "json")
    assert told(planned) == [
        ("10001", "tone.sandvik", "grant", "planned"),
        ("10002", "anne.aas", "change", "follows"),
        ("10002", "fatima.dahl", "set owner", "planned"),
        ("10003", "kari.nordmann", "end", "planned"),
        ("10003", "per.myhre", "change", "planned"),
    ]
    why = reasons(planned)
    assert why["10003", "kari.nordmann"].endswith("not in book.xlsx")
    assert why["10001", "tone.sandvik"].endswith(f"in book.xlsx!Liste!D{fresh}")
    assert "member until 2026-12-31" in why["10001", "tone.sandvik"]
    assert bureau("access", "apply", "book.xlsx", "--complete", "clients", "--yes").code == 0
    assert bureau("access", "drift", "book.xlsx", "--complete", "clients").code == 0


@pytest.mark.parametrize(
    ("head", "value", "said"),
    [
        ("Rolle", "sjef", "book.xlsx!Liste!F2: 'sjef' is no role"),
        ("Rolle", None, "book.xlsx!Liste!F2 has no Rolle"),
        ("Til", "snart", "book.xlsx!Liste!I2: 'snart' is no day"),
        ("Bruker", "kari", "book.xlsx!Liste!D2: kari: no user of the bureau is called so"),
        ("Nr.", "99999", "book.xlsx!Liste!A2: 99999: there is no such client"),
    ],
)
def test_a_mistake_in_a_workbook_is_told_with_its_cell(
    bureau: Any, book: Any, head: str, value: Any, said: str
) -> None:
    sheet = book.worksheets[0]
    sheet.cell(2, [cell.value for cell in sheet[1]].index(head) + 1).value = value
    book.save("book.xlsx")
    refused = bureau("access", "plan", "book.xlsx")
    assert refused.code in {2, 5}
    assert said in refused.err


def test_the_second_sheet_shows_the_same_turned_about(book: Any) -> None:
    listed, matrix = book.worksheets[:2]
    assert matrix.title == "Matrise"
    heads = [cell.value for cell in matrix[1]]
    crossed = {
        (row[0], user): role
        for row in matrix.iter_rows(min_row=2, values_only=True)
        for user, role in zip(heads[2:], row[2:], strict=True)
        if role
    }
    rows = listed.iter_rows(min_row=2, values_only=True)
    assert crossed == {(row[0], row[3]): row[5] for row in rows}


def test_the_second_sheet_tells_what_does_not_run_from_what_does(bureau: Any, wanted: Any) -> None:
    wanted("")
    states = [word for state in ("running", "upcoming", "ended") for word in ("--state", state)]
    assert bureau("access", "list", *states, "--out", "all.xlsx").code == 0
    matrix = load_workbook("all.xlsx").worksheets[1]
    cells = {cell for row in matrix.iter_rows(min_row=2, min_col=3, values_only=True) for cell in row if cell}
    assert cells >= {"ansvarlig", "medarbeider", "medarbeider, kommende", "medarbeider, avsluttet"}


def test_a_table_without_days_leaves_them_and_an_empty_one_is_at_once_or_no_end(bureau: Any, wanted: Any) -> None:
    wanted("")
    bureau("access", "list", "--fields", "number,user,role", "--out", "some.csv")
    assert bureau("access", "drift", "some.csv", "--complete", "all").code == 0
    wanted("number,user,role,to\n10026,anne.aas,member,\n", "no-end.csv")
    assert told(bureau("access", "plan", "no-end.csv", "-o", "json")) == [("10026", "anne.aas", "change", "planned")]
    wanted("number,user,role,from\n10027,inger.hagen,member,\n", "begun.csv")
    assert reasons(bureau("access", "plan", "begun.csv", "-o", "json")) == {
        ("10027", "inger.hagen"): "member; from 2026-11-23; in begun.csv:2"
    }


def test_a_row_that_is_made_to_say_that_it_is_over_is_told_to_end_nothing(bureau: Any, book: Any) -> None:
    sheet = book.worksheets[0]
    sheet.cell(2, [cell.value for cell in sheet[1]].index("Tilstand") + 1).value = "avsluttet"
    book.save("book.xlsx")
    planned = bureau("access", "plan", "book.xlsx")
    assert "1 row of what is over passed over; to end access, take none for its role" in planned.err


def test_a_table_by_hand_needs_only_who_where_and_what(bureau: Any, wanted: Any) -> None:
    wanted("Klient;Bruker;Rolle\n10001;tone.sandvik;medarbeider\nRør [as];tone.sandvik;ingen\n", "hand.csv")
    assert told(bureau("access", "plan", "hand.csv", "-o", "json")) == [("10001", "tone.sandvik", "grant", "planned")]
    assert told(bureau("access", "plan", "-", "-o", "json", stdin="number,login,role\n10001,tone.sandvik,owner\n"))
    wanted("Bruker;Rolle\ntone.sandvik;medarbeider\n", "hand.csv")
    assert "hand.csv: no column of the list is known; found Bruker, Rolle" in bureau("access", "plan", "hand.csv").err


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_a_workbook_that_another_office_suite_saved_is_still_the_plan_of_nothing(
    bureau: Any, wanted: Any, tmp_path: Path
) -> None:
    wanted("")
    bureau("access", "list", "--out", "today.xlsx")
    line = ["soffice", "--headless", "--convert-to", "ods", "today.xlsx"]
    back = ["soffice", "--headless", "--convert-to", "xlsx", "--outdir", "back", "today.ods"]
    for words in (line, back):
        subprocess.run(words, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    for scope in SCOPES:
        planned = bureau("access", "plan", "back/today.xlsx", "--complete", scope, "-o", "json")
        assert (planned.code, planned.json["data"]) == (0, [])


def test_the_file_of_today_is_read_by_any_reader_of_toml(bureau: Any) -> None:
    tables = tomllib.loads(bureau("access", "list", "-o", "toml").text)["access"]
    assert all(table.keys() <= {"owner", "member"} for table in tables.values())
    dated = [one for table in tables.values() for items in table.values() for one in items if isinstance(one, dict)]
    assert {frozenset(one) for one in dated} == {frozenset({"client", "to"}), frozenset({"client", "from"})}
