"""The gates of a month: 0 only where every client is proven so, 9 with exactly the planted, 10 on what is unknown."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from running import Outcome

from bureau_cli.app import Wiring

CLOSED = {("run_awaiting_approval", "10022")}
REPORTED = {
    *(("a_melding_rejected", number) for number in ("10005", "10011", "10015", "10030")),
    *(("a_melding_not_sent", number) for number in ("10021", "10022", "10031", "10053")),
    ("no_feedback", "10018"),
    *(
        ("a_melding_immediate", f"100{number}")
        for number in (14, 16, 17, 20, 26, 39, 40, 41, 43, 44, 46, 47, 49, 50)
    ),
}  # fmt: skip
STALE = ("unknown", "10038")
"""Its data could last be fetched three days ago."""
PLANTED = {
    "closed": CLOSED | {STALE},
    "reported": REPORTED | {STALE},
    "a-melding": REPORTED | {STALE},
    "done": CLOSED | REPORTED | {STALE},
    "withholding": {("withholding_unpaid", "10024"), ("unknown", "10023"), ("unknown", "10064"), STALE},
}
"""What docs/demo.md says is wrong with the last month reported, and what a few clients in a hundred have beside."""
IN_ORDER = "10002,10003,10028"
ONBOARDING, LEFT = "10035", "10037"


def found(checked: Outcome) -> set[tuple[str, str]]:
    return {(row["finding"], row["number"]) for row in checked.json["data"]}


@pytest.fixture
def check(bureau: Any) -> Callable[..., Outcome]:
    """Runs a gate on October unless told another month."""

    def run(gate: str, *words: str, period: str = "2026-10", **given: Any) -> Outcome:
        return bureau("check", gate, "--period", period, *words, "-o", "json", **given)

    return run


def altered(change: Callable[[dict[str, Any]], Any]) -> Wiring:
    """The embedded platform, but for what `change` does to a page of period statuses before it is sent."""

    def around(app: Any) -> Any:
        async def serve(scope: Any, receive: Any, send: Any) -> None:
            if scope["path"] != "/v1/period-status":
                await app(scope, receive, send)
                return
            sent: list[dict[str, Any]] = []

            async def keep(message: dict[str, Any]) -> None:
                sent.append(message)

            await app(scope, receive, keep)
            page = json.loads(b"".join(message.get("body", b"") for message in sent))
            change(page)
            headers = [(name, value) for name, value in sent[0]["headers"] if name != b"content-length"]
            await send({**sent[0], "headers": headers})
            await send({"type": "http.response.body", "body": json.dumps(page).encode()})

        return serve

    return Wiring(around=around)


@pytest.mark.parametrize("gate", PLANTED)
def test_exit_9_names_exactly_those_planted(check: Any, gate: str) -> None:
    checked = check(gate)
    assert (checked.code, found(checked)) == (9, PLANTED[gate])
    assert checked.err.startswith("112 clients: ")
    assert checked.json["meta"]["as_of"] is not None


def test_the_worst_comes_first_with_its_day_its_owner_and_a_reason_and_the_unknown_last(check: Any) -> None:
    rows = check("done").json["data"]
    assert [row["state"] for row in rows] == ["problem"] * 18 + ["late"] * 6 + [None]
    assert {(row["due"], row["step"]) for row in rows[:18]} == {("2026-11-05", "a_melding"), ("2026-11-05", "feedback")}
    assert {key: rows[18][key] for key in ("number", "owner", "period", "step", "due", "reason")} == {
        "number": "10022",
        "owner": "fatima.dahl",
        "period": "2026-10",
        "step": "approved",
        "due": "2026-10-21",
        "reason": "the run awaits the client's approval (pay day 2026-10-23, Månedslønn)",
    }


@pytest.mark.parametrize("gate", PLANTED)
def test_exit_0_where_every_client_is_proven_so(check: Any, gate: str) -> None:
    checked = check(gate, "--clients", IN_ORDER)
    assert (checked.code, checked.json["data"]) == (0, [])
    assert checked.err == "3 clients: nothing found\n"


def test_a_rejected_month_turns_green_when_it_is_sent_again_but_not_with_a_run_that_was_lost(check: Any) -> None:
    again, lost = check("done", "--clients", "10001"), check("done", "--clients", "10030")
    assert (again.code, again.json["data"]) == (0, [])
    assert (lost.code, found(lost)) == (9, {("a_melding_rejected", "10030")})


def test_a_month_that_is_not_due_yet_is_not_proven_either_and_says_by_when(check: Any) -> None:
    (row,) = check("reported", "--clients", "10002", period="this").json["data"]
    assert (row["finding"], row["state"], row["due"]) == ("a_melding_not_sent", "open", "2026-12-07")
    assert check("withholding", "--clients", "10001", period="this").code == 0, "nothing of it is due yet"


@pytest.mark.parametrize("gate", PLANTED)
def test_what_is_older_than_max_age_is_never_proven(check: Any, gate: str) -> None:
    stale, trusted = (check(gate, "--clients", "10038", *words) for words in ((), ("--max-age", "30d")))
    assert (stale.code, found(stale)) == (10, {STALE})
    assert stale.json["data"][0]["reason"] == "last fetched 2026-11-20 00:00, too long ago"
    assert (trusted.code, trusted.json["data"]) == (0, [])


def test_a_stale_offender_is_unknown_and_what_was_wrong_is_told(check: Any) -> None:
    (row,) = check("reported", "--clients", "10038", period="this").json["data"]
    assert row["reason"].startswith("last fetched 2026-11-20 00:00, too long ago; then the a-melding is not sent (pay")


def test_whom_the_month_does_not_concern_is_counted_and_named_and_alone_proves_nothing(check: Any) -> None:
    beside = check("closed", "--clients", f"10002,{ONBOARDING},{LEFT}", period="2026-11")
    told = "2 do not apply (1 left: Kystveien Taxi AS; 1 onboarding: Østby Fysioterapi AS)"
    assert (beside.code, beside.err.startswith(f"1 client: nothing found\n{told}")) == (0, True)
    alone = check("closed", "--clients", f"{ONBOARDING},{LEFT}", "-q", period="2026-11")
    assert alone.code == 10
    assert alone.err.startswith(f"it concerns none of the clients, so nothing is proven\n{told}")


@pytest.mark.parametrize("said", ["--where name=='Ingen'", "--clients -"])
def test_a_selection_of_nobody_proves_nothing(check: Any, said: str) -> None:
    checked = check("done", *said.split(), "--quiet")
    assert (checked.code, checked.err) == (10, "no client fits the selection, so nothing is proven\n")


@pytest.mark.parametrize("login", ["ola.admin", "inger.hagen"])
def test_who_may_not_look_into_a_client_cannot_tell(check: Any, acting_as: Any, login: str) -> None:
    acting_as(login)
    checked = check("done", "--clients", "10003")
    assert (checked.code, found(checked)) == (10, {("unknown", "10003")})
    assert checked.json["data"][0]["reason"] == "you have no access to it"


def test_each_run_has_a_state_of_its_own_and_an_a_melding_is_one_thing_to_do(bureau: Any, check: Any, sql: Any) -> None:
    sql("UPDATE pay_run SET locked_at = NULL WHERE id = 'pr_00005426110'")
    checked = check("done", "--clients", "10084", period="2026-11")
    assert [(row["finding"], row["state"], row["due"], row["payroll_runs"]) for row in checked.json["data"]] == [
        ("run_open", "problem", "2026-11-19", ["pr_00005426110"]),
        ("run_open", "open", "2026-11-27", ["pr_00005426111"]),
        ("a_melding_not_sent", "open", "2026-12-07", ["pr_00005426110", "pr_00005426111"]),
    ]
    assert checked.err.startswith("1 client: 1 run open, 1 a-melding not sent\n"), "clients are counted"
    assert bureau("check", "done", "--clients", "10084", "-o", "ids").text == "10084\n"


def test_earlier_months_that_are_overdue_are_told_beside(check: Any) -> None:
    checked = check("closed", "--clients", "10022,10005", period="2026-12")
    assert checked.err.endswith("\n2 earlier client-months overdue: bureau status\n")


def test_quiet_leaves_the_offenders_and_the_exit_code(bureau: Any) -> None:
    quiet = bureau("check", "withholding", "--period", "2026-10", "--clients", "10024", "-q", "-o", "ids")
    assert (quiet.code, quiet.text, quiet.err) == (9, "10024\n", "")


@pytest.mark.parametrize("gate", ["closed", "reported", "done"])
def test_a_month_before_all_that_was_ever_told_is_unknown_and_nobody_is_blamed(check: Any, gate: str) -> None:
    checked = check(gate, "--clients", "10001", period="2024-06")
    assert (checked.code, {finding for finding, _ in found(checked)}) == (10, {"unknown"})


def test_a_client_that_the_answer_leaves_out_is_unknown(check: Any) -> None:
    def without_the_first(page: dict[str, Any]) -> None:
        page["items"], page["total"] = page["items"][1:], page["total"] - len(page["items"][:1])

    checked = check("closed", "--clients", IN_ORDER, wiring=altered(without_the_first))
    assert (checked.code, len(checked.json["data"])) == (10, 1)
    assert checked.json["data"][0]["reason"] == "the platform's answer leaves it out"
    assert checked.err.startswith("3 clients: 1 unknown")


def test_words_that_nobody_knows_yet_are_never_taken_for_good(check: Any) -> None:
    def strange(page: dict[str, Any]) -> None:
        for row in page["items"]:
            row["steps"]["withholding"]["state"] = "contested"
            row["closed"] = row["reported"] = row["done"] = None

    for gate in PLANTED:
        checked = check(gate, "--clients", "10002", wiring=altered(strange))
        assert (checked.code, found(checked)) == (10, {("unknown", "10002")})
        assert checked.json["data"][0]["reason"] == "the platform does not say why"


@pytest.mark.parametrize(
    ("words", "fix"),
    [
        (("--period", "2026-T5"), "2026-T5 is a term of two months: --period 2026-09 or --period 2026-10"),
        (("--max-age", "yesterday"), "write it like 30s, 20m, 2h or 30d"),
    ],
)
def test_what_cannot_be_read_is_refused(bureau: Any, words: tuple[str, ...], fix: str) -> None:
    checked = bureau("check", "done", *words)
    assert (checked.code, checked.text) == (2, "")
    assert f"fix: {fix}" in checked.err
