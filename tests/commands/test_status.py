"""The board of a month: who is finished, what is next, what is late, and why."""

from __future__ import annotations

import re
from io import BytesIO, TextIOWrapper
from typing import Any

import pytest
from commands.outside import Counted
from rich.cells import cell_len
from running import Bureau

from bureau_cli.app import Wiring
from bureau_cli.formatters.output import Output
from bureau_cli.formatters.screen import Screen
from bureau_cli.main import run

STEPS = ("created", "approved", "locked", "paid", "payslips", "withholding", "a_melding", "feedback")
OVERDUE = {"late", "problem", "unknown"}


def rows(bureau: Bureau, *words: str) -> Any:
    return bureau("status", *words, "-o", "json").json["data"]


def test_every_client_has_a_line_and_overdue_months_have_lines_of_their_own(bureau: Bureau) -> None:
    board = rows(bureau)
    clients = [row["number"] for row in board if row["period"] == "2026-11"]
    assert sorted(clients) == sorted(row["number"] for row in bureau("clients", "list", "-o", "json").json["data"])
    earlier = [row for row in board if row["period"] != "2026-11"]
    assert earlier
    assert all({row[step] for step in STEPS} & {"late", "problem"} for row in earlier)


def test_the_overdue_come_first_by_age_and_what_is_finished_comes_last(bureau: Bureau) -> None:
    board = rows(bureau)
    overdue = [row["next_due"] for row in board if row["next_state"] in OVERDUE]
    to_do = [row["next_due"] for row in board if row["next_state"] == "open"]
    rest = [row["state"] for row in board if row["next"] is None]
    assert [row["next_due"] for row in board] == [*sorted(overdue), *sorted(to_do), *[None] * len(rest)]
    assert rest == sorted(rest), "done, and then what does not apply"
    assert {"done", "not_applicable"} == set(rest)


def test_open_leaves_out_what_is_finished_and_the_summary_counts_it_still(bureau: Bureau) -> None:
    everything, some = bureau("status"), bureau("status", "--open")
    assert some.err == everything.err
    assert some.err.startswith("2026-11 · 120 clients: ")
    assert {row["state"] for row in rows(bureau, "--open")}.isdisjoint({"done", "not_applicable"})
    assert len(some.lines) < len(everything.lines)


def test_the_summary_adds_up_and_tells_how_old_the_data_are(bureau: Bureau) -> None:
    clients = [row for row in rows(bureau) if row["period"] == "2026-11"]
    stale = [row["number"] for row in clients if row["stale"]]
    words = {"done": "done", "open": "open", "late": "late", "problem": "problem", "not_applicable": "do not apply"}
    told = bureau("status").err
    for state, said in words.items():
        count = sum(row["state"] == state for row in clients)
        assert f"{count} {said}" in told or not count
    assert f"warning: the data of {len(stale)} client, marked ~, are older than 24 h, the oldest from 2026-11-" in told
    assert len(bureau("status", "-q", "-o", "json").json["meta"]["warnings"]) == 1
    line = next(text for text in bureau("status", "-o", "plain").lines if text.startswith(stale[0]))
    assert "  ~ " in line


def test_a_selection_and_a_period_narrow_it(bureau: Bureau) -> None:
    mine = rows(bureau, "--owner", "me", "--period", "2026-10")
    assert {row["owner"] for row in mine} == {"kari.nordmann"}
    assert max(row["period"] for row in mine) == "2026-10"
    none = bureau("status", "--where", 'name == "Ingen"')
    assert (none.code, none.err) == (0, "no client fits the selection\n")


def test_who_may_not_look_in_sees_that_and_no_step(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUREAU_DEMO_USER", "anne.aas")
    hidden = [row for row in rows(bureau) if row["withheld"]]
    assert hidden
    assert all(row["state"] == "no_access" and row["created"] is None for row in hidden)
    assert f"{len(hidden)} you may not look into" in bureau("status").err
    why = bureau("status", "--explain", hidden[0]["number"])
    assert (why.code, len(why.lines)) == (0, 1)
    assert "you have no access to it" in why.err


def test_explain_gives_each_step_its_rule_and_the_facts_it_was_held_against(bureau: Bureau) -> None:
    late = next(row for row in rows(bureau) if row["next_state"] == "late" and row["locked"] == "late")
    why = bureau("status", "--explain", late["number"], "--period", late["period"], "-o", "json").json["data"]
    rules = {row["step"]: row for row in why if row["fact"] is None}
    assert tuple(rules) == STEPS
    assert {step: row["state"] for step, row in rules.items()} == {step: late[step] for step in STEPS}
    assert {step: row["due"] for step, row in rules.items()} == {step: late[f"{step}_due"] for step in STEPS}
    facts = [row for row in why if row["step"] == "locked" and row["fact"] is not None]
    assert [(row["fact"], row["state"]) for row in facts] == [("not_locked", "late")]
    about = f"ordinary run of {facts[0]['pay_group']}, pay date {facts[0]['pay_date']}"
    assert facts[0]["text"] == f"{about}: The run is not locked."
    (made,) = (row["text"] for row in why if row["fact"] == "run_made")
    assert re.fullmatch(f"{about}: There is a run. Since 20[0-9-]+ [0-9:]+\\.", made)


def test_explain_is_about_a_client_of_the_selection(bureau: Bureau) -> None:
    unknown, other = (
        bureau("status", "--explain", "99999"),
        bureau("status", "--explain", "10001", "--clients", "10002"),
    )
    assert (unknown.code, other.code) == (5, 5)
    assert "is not among 1 named" in other.err


def test_one_look_costs_a_request_a_page_and_one_for_what_is_overdue(bureau: Bureau) -> None:
    counted = Counted()
    assert bureau("status", wiring=Wiring(around=counted.around)).code == 0
    assert counted.requests == ["GET /v1/period-status"] * 2


def test_a_month_that_is_none_is_told_before_anything_is_asked(bureau: Bureau) -> None:
    wrong = bureau("status", "--period", "2026-T5")
    assert wrong.code == 2
    assert "--period 2026-09 or --period 2026-10" in wrong.err


@pytest.mark.parametrize(
    ("words", "fix"),
    [
        (("--watch", "30s"), "leave out --watch"),
        (("--watch", "20ms"), "--watch 30s"),
        (("--watch", "soon"), "write it like 30s, 20m, 2h or 30d"),
        (("--watch", "30s", "--explain", "10001"), "leave out --watch or --explain"),
    ],
)
def test_what_cannot_be_watched_is_told(bureau: Bureau, words: tuple[str, ...], fix: str) -> None:
    wrong = bureau("status", *words)
    assert (wrong.code, wrong.out) == (2, b"")
    assert wrong.err.endswith(f"fix: {fix}\n")


def drawn(width: int, *words: str, ascii_only: bool = False) -> str:
    """The board on a terminal so wide, and what is said below it."""
    out = BytesIO()
    stream = TextIOWrapper(out, encoding="utf-8", newline="")
    screen = Screen(stream=stream, terminal=True, width=width, ascii_only=ascii_only)
    assert run(["status", *words], output=Output(screen, Screen(stream=stream))) == 0
    stream.flush()
    return out.getvalue().decode()


@pytest.mark.usefixtures("platform_file")
@pytest.mark.parametrize("width", [80, 200])
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_the_board_on_a_screen_looks_as_it_did(width: int, lang: str, golden: Any) -> None:
    text = drawn(width, "--owner", "fatima.dahl", "--lang", lang, ascii_only=lang == "en")
    golden(f"status/{lang}.{width}.txt", text)
    rows = [line for line in text.splitlines() if re.match(r"1\d{4} ", line)]
    assert max(map(cell_len, rows)) <= width
    assert all(row.endswith("fatima.dahl") for row in rows), "nothing but the name is shortened"
