"""`taxcards` and `check taxcards`: who is ordered and who is not, once, what came of it, and how it is told."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from commands.outside import Waits
from contract.checking import CheckedAgainstContract
from running import Outcome

from bureau_cli.app import Wiring
from bureau_cli.platform.admin import Admin

MINE = ("--owner", "me")
CRON = ("--cron", "--jitter", "0")
CLEAR = re.compile(r"(?<![0-9])[0-9]{11}(?![0-9])")
Run = Callable[..., Outcome]


@pytest.fixture
def waits(platform_file: Path) -> Waits:
    """A patience that moves the platform's clock on instead of waiting, so that jobs come to their end."""
    admin = Admin(platform_file)

    def move(seconds: float) -> None:
        admin.clock(datetime.fromisoformat(admin.status()["clock"]) + timedelta(seconds=seconds))

    return Waits(meanwhile=move)


@pytest.fixture
def run(bureau: Any, waits: Waits) -> Run:
    """A command on a platform whose time passes while somebody waits."""

    def call(*argv: object, **given: Any) -> Outcome:
        wiring = Wiring(around=CheckedAgainstContract, patience=waits.patience)
        return bureau("taxcards", *argv, wiring=wiring, **given)  # type: ignore[no-any-return]  # a fixture

    return call


@pytest.fixture
def later(platform_file: Path) -> Callable[[timedelta], None]:
    """Let time pass."""
    admin = Admin(platform_file)
    return lambda time: admin.clock(datetime.fromisoformat(admin.status()["clock"]) + time)


@pytest.fixture
def journal(clean_world: Path) -> Callable[[], str]:
    """The newest journal as it stands on the disk."""
    folder = clean_world / ".local/share/bureau/journals/demo"
    return lambda: max(folder.glob("*.ndjson")).read_text(encoding="utf-8")


@pytest.fixture
def ordered(sql: Any) -> Callable[[], Counter[str]]:
    """How often each employee was ordered, as the trail has it."""

    def read() -> Counter[str]:
        rows = [json.loads(row["event"]) for row in sql("SELECT event FROM audit_event ORDER BY seq")]
        orders = [event for event in rows if event["action"] == "taxcards.order" and event["outcome"] == "done"]
        return Counter(employee for event in orders for employee in event["after"]["employees"])

    return read


def rows(outcome: Outcome) -> Any:
    return outcome.json["data"]


# --- the plan ---------------------------------------------------------------------------------------------------------


def test_the_plan_tells_how_many_people_and_who_is_left_out_and_why(run: Run, ordered: Any) -> None:
    plan = run("fetch", *MINE, "--plan", "-o", "json")
    assert (plan.code, len(rows(plan))) == (0, 8)
    assert plan.json["schema"] == "bureau/taxcards.plan@1"
    assert all(row["outcome"] == "planned" and row["employees"] for row in rows(plan))
    left_out = [row for row in rows(plan) if row["left_out"]]
    assert left_out
    assert all(row["left_out_why"] == f"{row['left_out']} employment_ended" for row in left_out)
    assert "left out: " in plan.err
    assert not CLEAR.search(plan.text)
    assert ordered() == {}


def test_a_client_without_access_or_delegation_or_that_has_left_is_settled_and_told_why(run: Run, sql: Any) -> None:
    (missing,) = sql("SELECT number FROM client WHERE delegation = 'missing' AND status = 'active' LIMIT 1")[0]
    (left,) = sql("SELECT number FROM client WHERE status = 'left' LIMIT 1")[0]
    plan = run("fetch", "--clients", f"{missing},{left},10040", "--plan", "-o", "json")
    codes = {row["number"]: row["code"] for row in rows(plan)}
    assert codes[left] == "client_left"
    assert codes["10040"] == "no_access"
    assert codes[missing] in {"no_delegation", "no_access"}
    assert all(row["outcome"] == "refused" and row["reason"] for row in rows(plan))


def test_without_a_yes_nothing_is_ordered(run: Run, ordered: Any) -> None:
    asked = run("fetch", *MINE)
    assert (asked.code, ordered()) == (7, {})
    assert "[needs_yes]" in asked.err
    assert run("fetch", "--yes").code == 2


@pytest.mark.parametrize(("year", "code"), [(2027, "tax_year_not_open"), (2025, "tax_year_closed")])
def test_a_year_that_is_not_open_is_refused_as_a_whole(run: Run, year: int, code: str) -> None:
    refused = run("fetch", *MINE, "--year", year, "--yes")
    assert (refused.code, refused.text) == (7, "")
    assert f"[{code}" in refused.err


# --- the order --------------------------------------------------------------------------------------------------------


def test_each_employee_is_ordered_once_and_has_a_row(run: Run, ordered: Any, waits: Waits) -> None:
    people = sum(row["employees"] for row in rows(run("fetch", *MINE, "--plan", "-o", "json")))
    fetched = run("fetch", *MINE, "--yes", "-o", "json")
    assert waits.seconds, "it was waited for"
    assert set(ordered().values()) == {1}
    assert len(ordered()) == people
    found = rows(fetched)
    failed = {row["number"] for row in found if row["employee"] is None}
    assert Counter(row["employee"] for row in found if row["employee"]).most_common(1)[0][1] == 1
    assert {row["employee"] for row in found if row["number"] not in failed} <= ordered().keys()
    assert all(re.fullmatch(r"[0-9]{6} \*{5}", row["fnr"]) for row in found if row["fnr"])
    assert not CLEAR.search(fetched.text + fetched.err)


def test_what_was_ordered_today_is_left_out_and_ordered_again_only_when_said(run: Run, ordered: Any) -> None:
    assert run("fetch", "--clients", "10001", "--yes").code == 0
    again = run("fetch", "--clients", "10001", "--yes", "-o", "json")
    assert (again.code, again.err.splitlines()[-1]) == (0, "nothing to do")
    assert [(row["outcome"], row["reason"]) for row in rows(again)] == [
        ("unchanged", "nobody to order for (18 ordered_today, 1 employment_ended)")
    ]
    assert set(ordered().values()) == {1}
    assert run("fetch", "--clients", "10001", "--again", "--yes").code == 0
    assert set(ordered().values()) == {2}


def test_what_today_s_order_was_refused_is_no_success_when_it_is_typed_again(run: Run, ordered: Any) -> None:
    assert run("fetch", "--clients", "10001,10005,10034", "--yes").code == 3
    again = run("fetch", "--clients", "10001,10005,10034", "--yes", "-o", "json")
    assert again.code == 3
    assert [(row["number"], row["outcome"], row["code"]) for row in rows(again)] == [
        ("10001", "unchanged", None), ("10005", "refused", "refused_today"), ("10034", "refused", "refused_today"),
    ]  # fmt: skip
    assert any(line.startswith("refused_today: 2 clients (kari.nordmann 2) → ") for line in again.err.splitlines())
    assert again.err.splitlines()[-1] == "3 clients: 1 unchanged, 2 refused (2 refused_today)"
    assert set(ordered().values()) == {1}


def test_who_was_refused_today_is_told_of_beside_those_who_are_still_to_be_ordered(run: Run, sql: Any) -> None:
    assert run("fetch", "--clients", "10005", "--yes").code == 3
    sql("DELETE FROM tax_card_ordered WHERE employee = (SELECT min(employee) FROM tax_card_ordered)")
    plan = run("fetch", "--clients", "10005", "--plan", "-o", "json")
    assert [(row["outcome"], row["employees"], row["code"]) for row in rows(plan)] == [("planned", 1, None)]
    rest = run("fetch", "--clients", "10005", "--yes", "-o", "json")
    assert (rest.code, len(rows(rest))) == (3, 1)


def test_ids_are_the_numbers_of_the_clients(run: Run) -> None:
    fetched = run("fetch", "--clients", "10001,10009", "--yes", "-o", "ids")
    assert list(dict.fromkeys(fetched.lines)) == ["10001", "10009"]


def test_a_client_that_fails_never_stops_the_others_and_failures_are_told_by_cause_and_owner(run: Run) -> None:
    fetched = run("fetch", "--clients", "10001,10040,10034", "--yes", "-o", "json")
    assert fetched.code == 3
    states = {row["number"]: row["outcome"] for row in rows(fetched)}
    assert (states["10001"] in {"done", "unchanged"}, states["10034"], states["10040"]) == (True, "refused", "refused")
    assert {
        "no_access: 1 client (inger.hagen 1) → ask a leader of the bureau for access",
        "ugyldigOrganisasjonsnummer: 1 client (kari.nordmann 1) → bureau explain ugyldigOrganisasjonsnummer",
    } <= set(fetched.err.splitlines())
    assert fetched.err.splitlines()[-1].endswith("bureau history retry last")


def test_an_employee_who_is_refused_is_partial_though_the_client_is_done(run: Run, journal: Any) -> None:
    fetched = run("fetch", "--clients", "10019", "--yes", "-o", "json")
    refused = [row["code"] for row in rows(fetched) if row["outcome"] == "refused"]
    assert "ugyldigFoedselsEllerDnummer" in refused
    assert fetched.code == 3
    assert json.loads(journal().splitlines()[-1])["exit_code"] == 3


def test_the_plan_and_the_journal_name_no_employee(run: Run, journal: Any, sql: Any) -> None:
    run("fetch", *MINE, "--yes")
    names = {name for (name,) in sql("SELECT name FROM employee")}
    numbers = {fnr for (fnr,) in sql("SELECT fnr FROM employee")}
    written = journal()
    assert [one for one in names | numbers if one in written] == []


def test_an_order_that_is_not_waited_for_ends_with_8_and_is_collected_by_its_journal(
    bureau: Any, run: Run, waits: Waits, ordered: Any
) -> None:
    sent = run("fetch", "--clients", "10001", "--no-wait", "--yes", "-o", "json")
    assert (sent.code, [row["code"] for row in rows(sent)]) == (8, ["job_pending"])
    assert re.search(r"job jb_\w+ was accepted; it is not waited for \(bureau api GET /v1/jobs/jb_\w+\)", sent.text)
    assert waits.seconds == []
    typed_again = run("fetch", "--clients", "10001", "--yes", "-o", "json")
    assert typed_again.code == 8
    assert [(row["outcome"], row["code"]) for row in rows(typed_again)] == [("pending", "order_under_way")]
    assert "order_under_way: 1 client (kari.nordmann 1) → wait until it has ended" in typed_again.err
    wiring = Wiring(around=CheckedAgainstContract, patience=waits.patience)
    assert bureau("history", "retry", "last", "--yes", wiring=wiring).code == 0
    assert set(ordered().values()) == {1}


def test_what_stands_until_somebody_signs_in_says_so_and_is_ordered_once_they_have(
    bureau: Any, run: Run, waits: Waits, faults: Any, ordered: Any
) -> None:
    faults("401;path=/authority")
    standing = run("fetch", "--clients", "10001", "--yes", "-o", "json")
    assert (standing.code, [row["code"] for row in rows(standing)]) == (8, ["job_needs_authentication"])
    assert "approve the system user in Altinn" in rows(standing)[0]["reason"]
    faults()
    wiring = Wiring(around=CheckedAgainstContract, patience=waits.patience)
    assert bureau("history", "retry", "last", "--yes", wiring=wiring).code == 0
    assert len(ordered()) == 18


def test_a_fetch_cannot_be_taken_back(bureau: Any, run: Run) -> None:
    run("fetch", "--clients", "10001", "--yes")
    undone = bureau("history", "undo", "last", "--yes")
    assert (undone.code, undone.text) == (7, "")
    assert undone.err.startswith("error: tax cards that were fetched or imported cannot be taken back [run_final]")


def test_changes_are_asked_for_where_all_were_ordered_and_all_elsewhere_with_a_warning(
    run: Run, sql: Any, later: Any
) -> None:
    run("fetch", "--clients", "10001,10009", "--yes")
    later(timedelta(days=1))
    (never,) = sql(
        "SELECT number FROM client JOIN access ON access.client_id = client.id JOIN user ON user.id = access.user_id"
        " WHERE login = 'kari.nordmann' AND client.status = 'active' AND number NOT IN ('10001', '10009')"
        " AND delegation = 'granted' AND access.ended_at IS NULL LIMIT 1"
    )[0]
    plan = run("fetch", "--clients", f"10001,10009,{never}", "--mode", "changes", "--plan", "-o", "json")
    modes = {row["number"]: row["mode"] for row in rows(plan)}
    assert modes == {"10001": "changes", "10009": "changes", never: "all"}
    assert f"no completed order of all tax cards of 2026, so all are ordered there: {never}" in plan.err
    fetched = run("fetch", "--clients", "10001,10009", "--mode", "changes", "--yes", "-o", "json")
    assert fetched.code == 0
    assert {row["number"] for row in rows(fetched)} == {"10001", "10009"}


# --- from cron --------------------------------------------------------------------------------------------------------


def test_from_cron_a_fetch_is_heard_of_when_something_changed_and_else_not(run: Run) -> None:
    line = ("fetch", "--clients", "10001", "--yes", *CRON)
    first = run(*line)
    assert (first.code, first.text) == (0, "")
    assert re.match(r"[0-9]+ cards changed at 1 client\n1 client: 1 done\n", first.err)
    again = run(*line)
    assert (again.code, again.text, again.err) == (0, "", "")


def test_from_cron_a_failure_is_a_short_text(run: Run) -> None:
    failed = run("fetch", "--clients", "10034", "--yes", *CRON)
    assert (failed.code, failed.text) == (3, "")
    told = failed.err.splitlines()
    assert told[0].startswith("ugyldigOrganisasjonsnummer: 1 client (kari.nordmann 1) → ")
    assert told[1].startswith("1 client: 1 refused (1 ugyldigOrganisasjonsnummer)")


# --- the lists --------------------------------------------------------------------------------------------------------


def test_a_row_a_client_that_has_not_left_adds_up(run: Run, sql: Any) -> None:
    found = run("status", "-o", "json")
    expected = {number for (number,) in sql("SELECT number FROM client WHERE status <> 'left'")}
    assert {row["number"] for row in rows(found)} == expected
    assert all(row["fetched"] + row["missing"] == row["employees"] for row in rows(found))
    assert all((row["at_50"] > 0) == (row["at_50_on"] is not None) for row in rows(found))
    at_50 = sum(row["at_50"] for row in rows(found))
    first = min(row["at_50_on"] for row in rows(found) if row["at_50_on"])
    assert found.err.splitlines()[0].endswith(f"{at_50} would meet 50 %, the first on {first}")


def test_explain_tells_of_each_employee_whether_a_card_would_be_ordered_and_why_not(run: Run) -> None:
    found = run("status", "--explain", "10001", "-o", "json")
    reasons = Counter(row["reason"] for row in rows(found))
    assert reasons == {None: 18, "employment_ended": 1}
    assert all(row["ordered"] == (row["reason"] is None) for row in rows(found))
    assert found.err == "10001 Storgata Ventilasjon AS · 18 cards would be ordered, 1 left out\n"
    assert not CLEAR.search(found.text)


def test_numbers_are_masked_unless_they_are_asked_for_with_a_reason_which_the_trail_keeps(
    run: Run, sql: Any, events: Any
) -> None:
    line = ("list", "--clients", "10001", "-o", "json")
    assert all(row["fnr"].endswith("*****") for row in rows(run(*line)))
    assert events() == []
    shown = run(*line, "--reveal", "fnr", "--reveal-reason", "Kontroll av æøå, 100 %")
    numbers = {fnr for (fnr,) in sql("SELECT fnr FROM employee")}
    assert {row["fnr"] for row in rows(shown)} <= numbers
    assert [action for action, _, _ in events()] == ["fnr.reveal"]
    (event,) = sql("SELECT event FROM audit_event")
    assert "Kontroll av æøå, 100 %" in event["event"]


@pytest.mark.parametrize(
    "said", [("--reveal", "fnr"), ("--reveal-reason", "x y z"), ("--reveal", "fnr", "--reveal-reason", "x")]
)
def test_one_without_the_other_shows_nothing(run: Run, said: tuple[str, ...], events: Any) -> None:
    refused = run("list", "--clients", "10001", *said)
    assert (refused.code, refused.text, events()) == (2, "", [])


def test_changes_tell_old_and_new_and_end_with_9_where_that_was_asked(run: Run) -> None:
    run("fetch", "--clients", "10001", "--yes")
    found = run("changes", "--clients", "10001", "--exit-code", "-o", "json")
    assert found.code == 9
    assert rows(found)
    assert all(row["before"] != row["after"] for row in rows(found))
    assert run("changes", "--clients", "10001", "-o", "json").code == 0
    none = run("changes", "--clients", "10001", "--since", "2026-11-24", "--exit-code")
    assert (none.code, none.err) == (0, "0 cards changed at 0 clients\n")
    assert run("changes", "--since", "i går").code == 2


# --- the gate ---------------------------------------------------------------------------------------------------------


def test_the_gate_holds_only_where_nobody_is_at_50_and_everything_is_known(bureau: Any) -> None:
    standing = bureau("taxcards", "status", "-o", "json").json["data"]
    (stopped,) = [row["number"] for row in standing if row["fetched_at"] < "2026-11-22"]
    proven = [row for row in standing if row["employees"] and not row["at_50"] and not row["missing"]]
    well = [row["number"] for row in proven if row["number"] != stopped]
    holds = bureau("check", "taxcards", "--clients", ",".join(well[:5]))
    assert (holds.code, holds.err) == (0, "5 clients: nothing found\n")
    at_50 = next(row for row in standing if row["at_50"])
    found = bureau("check", "taxcards", "--clients", at_50["number"], "-o", "json")
    assert (found.code, found.err) == (9, "1 client: 1 at 50 %\n")
    (row,) = found.json["data"]
    assert (row["finding"], row["employees"], row["due"]) == ("at_50", at_50["at_50"], at_50["at_50_on"])
    old = bureau("check", "taxcards", "--clients", stopped, "-o", "json")
    assert (old.code, old.json["data"][0]["finding"]) == (10, "unknown")


def test_what_the_caller_may_not_see_is_unknown_and_no_client_proves_nothing(bureau: Any, acting_as: Any) -> None:
    acting_as("geir.berg")
    ended = bureau("check", "taxcards", "--clients", "10001", "-o", "json")
    assert (ended.code, [row["finding"] for row in ended.json["data"]]) == (10, ["unknown"])
    nobody = bureau("check", "taxcards", "--group", "finance", "--not-group", "finance")
    assert nobody.code == 10


# --- how it looks -----------------------------------------------------------------------------------------------------


def test_plans_answers_and_reasons_look_as_they_did(run: Run, golden: Any) -> None:
    few = ("--clients", "10009,10014,10034")
    for name, line in {
        "plan": ("fetch", *few, "--plan", "-o", "plain"),
        "fetch": ("fetch", *few, "--yes", "-o", "plain"),
        "fetched-again": ("fetch", *few, "--yes", "-o", "tsv"),
        "status": ("status", *few, "-o", "plain"),
        "explain": ("status", "--explain", "10014", "-o", "plain"),
        "list": ("list", "--clients", "10014", "-o", "json"),
    }.items():
        shown = run(*line)
        golden(f"taxcards/{name}.txt", shown.text)
        golden(f"taxcards/{name}.err.txt", re.sub(r" in [0-9]+ s", "", shown.err))
