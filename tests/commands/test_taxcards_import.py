"""`taxcards import`: a result an employee, totals that add up, places of what cannot be read, and nothing kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from commands.outside import unhurried
from domain.answers import employee, employer, free, table, written

CLIENT = "10001"


@pytest.fixture
def people(sql: Any) -> list[tuple[str, str]]:
    """Three employees of CLIENT, by their number and name, whose card is neither of the ones below."""
    rows = sql(
        "SELECT fnr, employee.name FROM employee JOIN client ON client.id = employee.client_id"
        " WHERE number = ? ORDER BY employee.seq LIMIT 3",
        CLIENT,
    )
    return [(row["fnr"], row["name"]) for row in rows]


@pytest.fixture
def file(tmp_path: Path, people: list[tuple[str, str]], sql: Any) -> Path:
    """An answer about two of them, somebody unknown, and something that cannot be read."""
    ((orgnr,),) = sql("SELECT orgnr FROM client WHERE number = ?", CLIENT)
    (first, _), (second, _), _ = people
    said = [
        employee(table("LOENN_FRA_HOVEDARBEIDSGIVER", 7100, "31.5"), free(), arbeidstakeridentifikator=first),
        employee(arbeidstakeridentifikator=second, resultatForSkattekort="ikkeSkattekort"),
        employee(table(), arbeidstakeridentifikator="17825510079"),
        employee(table(percent="mye"), arbeidstakeridentifikator=first),
    ]
    for one in said:
        if "skattekort" in one:
            one["skattekort"]["utstedtDato"] = "2026-11-20"
    path = tmp_path / "svar.json"
    path.write_text(written([employer(*said, orgnr=orgnr), employer(7, orgnr="312978083")]), encoding="utf-8")
    return path


@pytest.fixture
def journals(clean_world: Path) -> Callable[[], str]:
    folder = clean_world / ".local/share/bureau/journals/demo"
    return lambda: "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.ndjson"))


def test_the_plan_shows_each_employee_and_the_totals_and_sends_nothing(bureau: Any, file: Path, events: Any) -> None:
    plan = bureau("taxcards", "import", file, "--plan", "-o", "json")
    assert plan.code == 0
    assert plan.err.splitlines()[0] == (
        f"{file} (FORESPOERSEL_OK): 5 employees of 2 employers:"
        " 2 skattekortopplysningerOK, 2 unreadable, 1 ikkeSkattekort"
    )
    found = plan.json["data"]
    assert [(row["number"], row["outcome"], row["place"]) for row in found] == [
        (CLIENT, "planned", "/arbeidsgiver/0/arbeidstaker/0"),
        (CLIENT, "planned", "/arbeidsgiver/0/arbeidstaker/1"),
        (CLIENT, "planned", "/arbeidsgiver/0/arbeidstaker/2"),
        (CLIENT, "refused", "/arbeidsgiver/0/arbeidstaker/3"),
        (None, "refused", "/arbeidsgiver/1/arbeidstaker/0"),
    ]
    assert found[3]["reason"] == "skattekort/forskuddstrekk/0/trekktabell/prosentsats: is no such number"
    assert file.read_text(encoding="utf-8").splitlines()[found[4]["line"] - 1].strip() == "7"
    assert events() == []


def test_each_employee_has_a_result_and_the_counts_add_up(
    bureau: Any, file: Path, people: list[tuple[str, str]]
) -> None:
    taken = bureau("taxcards", "import", file, "--yes", "-o", "json")
    found = taken.json["data"]
    assert [(row["outcome"], row["code"]) for row in found] == [
        ("done", None), ("done", None), ("refused", "employee_not_found"),
        ("refused", "answer_unreadable"), ("refused", "answer_unreadable"),
    ]  # fmt: skip
    assert [row["employee_name"] for row in found[:2]] == [name for _, name in people[:2]]
    assert [row["applies"] for row in found[:2]] == ["table 7100 (31.5 %)", "50 %"]
    assert taken.code == 3
    assert taken.err.splitlines()[-1].startswith(
        "5 employees: 2 done, 3 refused (2 answer_unreadable, 1 employee_not_found)"
    )


def test_taken_in_again_it_is_unchanged(bureau: Any, file: Path) -> None:
    bureau("taxcards", "import", file, "--yes")
    again = bureau("taxcards", "import", file, "--yes", "-o", "json")
    assert [row["outcome"] for row in again.json["data"][:2]] == ["unchanged", "unchanged"]


def test_it_may_come_on_stdin(bureau: Any, file: Path) -> None:
    plan = bureau("taxcards", "import", "-", "--plan", "-o", "json", stdin=file.read_bytes())
    assert len(plan.json["data"]) == 5


def test_nobody_is_seen_in_what_is_said_or_kept(
    bureau: Any, file: Path, people: list[tuple[str, str]], journals: Any
) -> None:
    told = [bureau("taxcards", "import", file, *more) for more in (("--plan",), ("--yes", "-o", "json"), ("--yes",))]
    everything = "".join(one.text + one.err for one in told) + journals()
    assert [number for number, _ in people if number in everything] == []
    assert [name for _, name in people if name in journals()] == []
    bodies = [step["body"] for line in journals().splitlines() for step in json.loads(line).get("steps", ())]
    assert bodies
    assert set(bodies) == {None}


def test_another_try_says_to_type_it_again(bureau: Any, file: Path) -> None:
    bureau("taxcards", "import", file, "--yes")
    again = bureau("history", "retry", "last", "--yes", "-o", "json")
    assert [(row["outcome"], row["reason"]) for row in again.json["data"]] == [
        ("refused", f"what it says is not kept; do it anew: bureau taxcards import {file} --yes")
    ]
    undone = bureau("history", "undo", "last")
    assert undone.code == 7


def test_a_file_that_is_no_answer_is_refused_and_nothing_of_it_is_quoted(bureau: Any, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    for content in ("01819010001", '{"01819010001": 1}', '{"arbeidsgiver": [01819010001'):
        path.write_text(content, encoding="utf-8")
        refused = bureau("taxcards", "import", path, "--yes")
        assert (refused.code, refused.text) == (2, "")
        assert "[document_invalid]" in refused.err
        assert "01819010001" not in refused.err


def test_what_nobody_knows_of_is_told_as_unknown(bureau: Any, file: Path, faults: Any) -> None:
    faults("drop_after;path=/v1/tax-card-imports")
    cut = bureau("taxcards", "import", file, "--yes", "-o", "json", wiring=unhurried())
    assert cut.code == 75
    assert [row["outcome"] for row in cut.json["data"]] == ["unknown"] * 3 + ["refused"] * 2
    assert {row["code"] for row in cut.json["data"][:3]} == {"network"}
    faults()
    again = bureau("taxcards", "import", file, "--yes", "-o", "json")
    assert [row["outcome"] for row in again.json["data"][:3]] == ["unchanged", "unchanged", "refused"]
