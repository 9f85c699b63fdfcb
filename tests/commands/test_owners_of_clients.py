"""`owners`: who owns which client, and that each change of it leaves every client with one owner at most."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from commands.people import held, owners

from bureau_cli.commands._command import SelectingCommand
from bureau_cli.commands._report_options import PackingCommand
from bureau_cli.commands.owners import Verdict
from generate.tree import commands

RUNNERS = """
    SELECT client.number, user.login FROM client
    JOIN pay_run ON pay_run.id = (
        SELECT id FROM pay_run AS newest WHERE newest.client_id = client.id AND newest.type = 'ordinary'
        ORDER BY newest.created_at DESC LIMIT 1)
    JOIN user ON user.id = pay_run.created_by
"""


def verdicts(bureau: Any, *more: str) -> dict[str, dict[str, Any]]:
    return {row["number"]: row for row in bureau("owners", "list", *more, "-o", "json").json["data"]}


def by_hand(sql: Any, number: str, source: str = "manual") -> None:
    """Make the owner of a client one that was chosen so."""
    sql(
        "UPDATE access SET source = ? WHERE role = 'owner' AND ended_at IS NULL"
        " AND client_id = (SELECT id FROM client WHERE number = ?)",
        source,
        number,
    )


# --- list ------------------------------------------------------------------------------------------------------------


def test_every_client_that_has_not_left_is_listed_with_its_owner(bureau: Any, sql: Any) -> None:
    listed = verdicts(bureau)
    assert set(listed) == {row["number"] for row in sql("SELECT number FROM client WHERE status <> 'left'")}
    has = owners(sql)
    assert {number: row["owner"] for number, row in listed.items()} == {number: has.get(number) for number in listed}


def test_the_basis_is_the_run_that_speaks_for_somebody(bureau: Any) -> None:
    with_run = [row for row in verdicts(bureau).values() if row["ran_by"]]
    assert len(with_run) > 50
    assert all(row["payroll_run"] and row["period"] and row["pay_date"] for row in with_run)
    assert all((row["owner"] == row["ran_by"]) == (row["verdict"] == "same") for row in with_run)


def test_a_verdict_narrows_the_list(bureau: Any) -> None:
    everybody = verdicts(bureau)
    assert {row["verdict"] for row in everybody.values()} == set(Verdict)
    for verdict, number in Counter(row["verdict"] for row in everybody.values()).items():
        assert len(verdicts(bureau, "--verdict", verdict)) == number
    assert bureau("owners", "list", "--verdict", "handsome").code == 2


# --- set -------------------------------------------------------------------------------------------------------------


def test_a_new_owner_leaves_the_old_one_a_member(bureau: Any, sql: Any) -> None:
    number, old = next((number, owner) for number, owner in owners(sql).items() if owner != "tone.sandvik")
    assert bureau("owners", "set", "--user", "tone.sandvik", "--clients", number, "--yes").code == 0
    assert owners(sql)[number] == "tone.sandvik"
    assert held(sql, old)[number].role == "member"


def test_to_set_the_same_owner_again_is_nothing_to_do(bureau: Any) -> None:
    line = ("owners", "set", "--user", "tone.sandvik", "--group", "payday-20")
    assert bureau(*line, "--yes").code == 0
    again = bureau(*line, "--yes", "-o", "json")
    assert {row["outcome"] for row in again.json["data"]} == {"unchanged"}
    assert "nothing to do" in again.err


def test_an_owner_that_cannot_be_is_told_before_anything_is_sent(bureau: Any, sql: Any, everything: Any) -> None:
    sql("UPDATE user SET left_on = '2026-06-30' WHERE login = 'tone.sandvik'")
    before = everything(but="audit_event")
    refused = bureau("owners", "set", "--user", "tone.sandvik", "--clients", "10001,10002", "--yes", "-o", "json")
    assert (refused.code, {row["code"] for row in refused.json["data"]}) == (3, {"user_left"})
    assert bureau("owners", "set", "--user", "nobody.here", "--clients", "10001", "--yes").code == 5
    assert bureau("owners", "set", "--user", "tone.sandvik", "--yes").code == 2
    assert everything(but="audit_event") == before


# --- infer -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def shifted(bureau: Any, sql: Any) -> dict[str, str]:
    """Three clients that somebody runs who does not own them: chosen by hand, inferred and with no owner at all."""
    ran = {number: row["ran_by"] for number, row in verdicts(bureau, "--verdict", "same").items()}
    numbers = [number for number, runner in ran.items() if runner not in {"tone.sandvik", "kari.nordmann"}][:3]
    bureau("owners", "set", "--user", "tone.sandvik", "--clients", ",".join(numbers), "--yes")
    by_hand(sql, numbers[1], "inferred")
    bureau(
        "access", "revoke", "--user", "tone.sandvik", "--clients", numbers[2], "--new-owner", "none", "--yes"
    )  # fmt: skip
    return {number: ran[number] for number in numbers}


def test_who_ran_the_latest_payroll_is_proposed_but_never_over_a_choice_made_by_hand(
    bureau: Any, sql: Any, shifted: dict[str, str]
) -> None:
    chosen, inferred, none = shifted
    done = bureau("owners", "infer", "--clients", ",".join(shifted), "--yes", "-o", "json")
    told = {row["number"]: row for row in done.json["data"]}
    assert done.code == 0
    assert {number: told[number]["outcome"] for number in shifted} == {
        chosen: "unchanged",
        inferred: "done",
        none: "done",
    }
    assert owners(sql)[chosen] == "tone.sandvik"
    assert "--override-manual" in told[chosen]["reason"]
    assert all(owners(sql)[number] == shifted[number] for number in (inferred, none))
    assert all("ran 2026-" in told[number]["reason"] for number in (inferred, none))
    assert held(sql, shifted[none])[none].source == "inferred"


def test_who_has_no_role_in_the_bureau_is_not_made_owner(bureau: Any, sql: Any, shifted: dict[str, str]) -> None:
    before = owners(sql)
    for runner in set(shifted.values()):
        sql("UPDATE user SET role = 'none' WHERE login = ?", runner)
    line = ("owners", "infer", "--clients", ",".join(shifted), "--override-manual", "--yes", "-o", "json")
    told = {row["number"]: row for row in bureau(*line).json["data"]}
    chosen, inferred, none = shifted
    assert [told[number]["outcome"] for number in (chosen, inferred, none)] == ["unchanged", "unchanged", "refused"]
    assert all("has no role in the bureau" in row["reason"] for row in told.values())
    assert owners(sql) == before


def test_a_choice_made_by_hand_is_overridden_when_told(bureau: Any, sql: Any, shifted: dict[str, str]) -> None:
    line = ("owners", "infer", "--clients", ",".join(shifted), "--override-manual", "--yes")
    assert bureau(*line).code == 0
    assert {number: owners(sql)[number] for number in shifted} == shifted
    assert "nothing to do" in bureau(*line).err


def test_over_all_clients_every_one_is_told_and_no_choice_by_hand_is_touched(bureau: Any, sql: Any) -> None:
    before, numbers = owners(sql), {row["number"] for row in sql("SELECT number FROM client")}
    chosen = {number: owner for number, owner in before.items() if held(sql, owner)[number].source != "inferred"}
    done = bureau("owners", "infer", "--all-clients", "--yes", "-o", "json")
    assert {row["number"] for row in done.json["data"]} == numbers
    assert {number: owners(sql)[number] for number in chosen} == chosen
    assert all(row["reason"] for row in done.json["data"])


def test_what_an_administrator_does_not_see_is_refused_with_its_reason(bureau: Any, sql: Any, acting_as: Any) -> None:
    acting_as("ola.admin")
    mine = set(held(sql, "ola.admin"))
    done = bureau("owners", "infer", "--all-clients", "--plan", "-o", "json")
    refused = {row["number"] for row in done.json["data"] if row["code"] == "no_access"}
    here = {row["number"] for row in sql("SELECT number FROM client WHERE status <> 'left'")}
    assert refused == here - mine


# --- move ------------------------------------------------------------------------------------------------------------


def test_clients_are_shared_evenly_and_each_keeps_one_owner(bureau: Any, sql: Any) -> None:
    before = owners(sql)
    moved = {number for number, owner in before.items() if owner == "anne.aas"}
    takers = ("geir.berg", "tone.sandvik", "per.myhre")
    line = ("owners", "move", "--from-user", "anne.aas", "--to-user", ",".join(takers))
    assert bureau(*line, "--yes").code == 2
    assert bureau(*line, "--evenly", "--yes").code == 0
    now = owners(sql)
    shares = Counter(now[number] for number in moved)
    assert set(shares) == set(takers)
    assert max(shares.values()) - min(shares.values()) <= 1
    assert {number: now[number] for number in before if number not in moved} == {
        number: owner for number, owner in before.items() if number not in moved
    }
    assert all(held(sql, "anne.aas")[number].role == "member" for number in moved)
    assert "nothing to do" in bureau(*line, "--evenly", "--yes").err


def test_only_the_chosen_clients_are_handed_over(bureau: Any, sql: Any) -> None:
    mine = sorted(number for number, owner in owners(sql).items() if owner == "kari.nordmann")
    line = ("--from-user", "me", "--to-user", "ola.admin", "--clients", ",".join([*mine[:2], "10003"]))
    assert bureau("owners", "move", *line, "--yes").code == 0
    assert [number for number, owner in owners(sql).items() if owner == "ola.admin"] == mine[:2]


@pytest.mark.parametrize(
    "takers", ["anne.aas", "geir.berg,geir.berg", ","], ids=["to the giver", "to one twice", "to nobody"]
)  # fmt: skip
def test_a_handover_names_somebody_and_each_once(bureau: Any, takers: str) -> None:
    assert bureau("owners", "move", "--from-user", "anne.aas", "--to-user", takers, "--evenly", "--yes").code == 2


def test_a_handover_is_undone_whole(bureau: Any, sql: Any) -> None:
    before, has = owners(sql), held(sql, "anne.aas")
    bureau("owners", "move", "--from-user", "anne.aas", "--to-user", "geir.berg,per.myhre", "--evenly", "--yes")
    assert owners(sql) != before
    undone = bureau("history", "undo", "last", "--yes")
    assert undone.code == 0, undone.err
    assert owners(sql) == before
    assert held(sql, "anne.aas") == has


# --- as a filter -----------------------------------------------------------------------------------------------------


def takes_words(command: Any) -> bool:
    """Whether it needs more than options: `diff` compares two snapshots, a pack has a folder; both are tried there."""
    is_placed = any(parameter.param_type_name == "argument" for parameter in command.params)
    return is_placed or isinstance(command, PackingCommand)


SELECTING = [
    node.words for node in commands() if isinstance(node.command, SelectingCommand) and not takes_words(node.command)
]


@pytest.mark.parametrize("words", SELECTING, ids=" ".join)
def test_the_owner_narrows_every_list_of_clients(bureau: Any, sql: Any, words: tuple[str, ...]) -> None:
    mine = {number for number, owner in owners(sql).items() if owner == "kari.nordmann"}
    listed = bureau(*words, "--owner", "me", "-o", "json").json["data"]
    assert {row["number"] for row in listed} - {None} <= mine, "a sum has no number"
    assert bureau(*words, "--owner", "nobody.here").code == 5
