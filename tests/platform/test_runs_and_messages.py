"""Payroll runs and a-meldinger: as far as the clock has come, for whom they are, narrowed as asked, page by page."""

from __future__ import annotations

import pytest

from .conftest import NOON

SEEN = int(NOON.timestamp())
STATE_OF_RUN = (
    "CASE WHEN locked_at <= :now THEN 'locked' WHEN approved_at <= :now THEN 'approved'"
    " WHEN submitted_at <= :now THEN 'awaiting_approval' ELSE 'open' END"
)


def ids(api, path, **params):
    return [one["id"] for one in api.all(path, **params)]


@pytest.fixture
def expected(sql):
    """Ask the store for the ids of rows, with ? for the instant of the clock."""

    def ask(table, condition):
        found = sql(f"SELECT id FROM {table} WHERE created_at <= {SEEN} AND {condition}")  # noqa: S608 - ours
        return {row["id"] for row in found}

    return ask


def test_a_run_goes_from_open_to_locked_as_the_clock_passes_its_instants(leader, clock, sql):
    (row,) = sql(
        "SELECT * FROM pay_run WHERE created_at < submitted_at AND submitted_at < approved_at"
        " AND approved_at < locked_at AND created_at > ? ORDER BY created_at LIMIT 1",
        SEEN,
    )
    path = f"/v1/payroll-runs/{row['id']}"
    assert leader.get(path).json()["code"] == "not_found"
    steps = {
        "created_at": "open",
        "submitted_at": "awaiting_approval",
        "approved_at": "approved",
        "locked_at": "locked",
    }
    for step, state in steps.items():
        clock.advance(seconds=row[step] - int(clock.now.timestamp()) - 1)
        assert leader.get(path).json().get(step) is None
        clock.advance(seconds=1)
        run = leader.get(path).json()
        assert (run["state"], run[step]) == (state, clock.now.isoformat())


def test_what_a_run_lacks_is_unknown_only_where_the_bank_tells_nothing(leader, sql):
    known = {row["id"]: row["payments_known"] for row in sql("SELECT id, payments_known FROM client")}
    assert set(known.values()) == {0, 1}
    for run in leader.all("/v1/payroll-runs", period="2026-02"):
        assert (run["payments_as_of"] is not None) == bool(known[run["client"]["id"]])
        if run["payments_as_of"]:
            assert run["payments_as_of"] == run["fetched_at"]


def test_a_runs_lines_add_up_to_its_sums(leader):
    runs = leader.all("/v1/payroll-runs", period="2026-02", owner="me")
    assert runs
    for run in runs:
        for figure, total in (("base", "aga_base"), ("amount", "aga")):
            assert sum(ore(line[figure]) for line in run["aga_lines"]) == ore(run[total])
        held = ore(run["withholding"]) + ore(run["attachment"])
        assert ore(run["gross"]) - held == ore(run["net"])
        assert 0 <= run["payslips_untouched"] <= run["payslips"]


def ore(money):
    return int(money.replace(".", ""))


def of_clients(condition):
    return f"client_id IN (SELECT id FROM client WHERE {condition})"  # noqa: S608 - ours


def in_group(slug):
    return (
        "client_id IN (SELECT client_id FROM group_member JOIN client_group ON client_group.id = group_id"  # noqa: S608 - ours
        f" WHERE slug = '{slug}')"
    )


RUNS = {
    "period=2026-02": "period = '2026-02'",
    "period=2026-02&type=ordinary": "period = '2026-02' AND type = 'ordinary'",
    "type=extra&type=vacation&from=2025-01-01": "type IN ('extra', 'vacation')",
    "from=2026-01-15&to=2026-02-20": "pay_date BETWEEN '2026-01-15' AND '2026-02-20'",
    "to=2025-06-30": "pay_date <= '2025-06-30'",
    "period=2026-01&from=2026-01-15": "period = '2026-01' AND pay_date >= '2026-01-15'",
    "client=cl_000005": "client_id = 'cl_000005'",
    "client=cl_000005&period=2026-02": "client_id = 'cl_000005' AND period = '2026-02'",
    "client=cl_000005&from=2026-02-01": "client_id = 'cl_000005' AND pay_date >= '2026-02-01'",
    "client=cl_000005&client=cl_000006": "client_id IN ('cl_000005', 'cl_000006') AND period = '2026-03'",
    "state=open&state=awaiting_approval": f"period = '2026-03' AND {STATE_OF_RUN} IN ('open', 'awaiting_approval')",
    "state=locked&from=2025-01-01": f"{STATE_OF_RUN} = 'locked'",
    "owner=me&period=2026-02": "period = '2026-02' AND " + of_clients("owner = 'kari.nordmann'"),
    "group=payday-20&not_group=paused&period=2026-02": "period = '2026-02'"
    f" AND {in_group('payday-20')} AND NOT {in_group('paused')}",
    "where=employees>20&period=2026-02": "period = '2026-02' AND " + of_clients("active_employees > 20"),
    "payday=12&period=2026-02": "period = '2026-02' AND pay_group_id IN (SELECT id FROM pay_group WHERE payday = 12)",
    "": "period = '2026-03'",
}


@pytest.mark.parametrize("query", RUNS)
@pytest.mark.parametrize("limit", [3, 500])
def test_filters_of_runs_agree_with_sql(leader, expected, query, limit):
    wanted = expected("pay_run", RUNS[query].replace(":now", str(SEEN)))
    assert wanted
    page = leader.get(f"/v1/payroll-runs?{query}").json()
    assert page["total"] == len(wanted)
    path = f"/v1/payroll-runs?{query}"
    found, cursor = [], None
    while True:
        answer = leader.get(f"{path}&limit={limit}" + (f"&cursor={cursor}" if cursor else "")).json()
        found += [run["id"] for run in answer["items"]]
        cursor = answer["next"]
        if cursor is None:
            break
    assert len(found) == len(set(found))
    assert set(found) == wanted


STATE_OF_MESSAGE = "CASE WHEN feedback_at <= :now THEN result WHEN sent_at <= :now THEN 'sent' ELSE 'not_sent' END"
DEVIATION = "feedback_at <= :now AND seq IN (SELECT message FROM deviation WHERE {})"
MESSAGES = {
    "payday=12&month=2026-02": "month = '2026-02' AND client_id IN (SELECT client_id FROM pay_group WHERE payday = 12)",
    "month=2026-02": "month = '2026-02'",
    "client=cl_000001": "client_id = 'cl_000001'",
    "month=2026-02&state=rejected&state=received_immediate": f"month = '2026-02' AND {STATE_OF_MESSAGE} IN ('rejected',"
    " 'received_immediate')",
    "month=2026-02&severity=rejection": "month = '2026-02' AND " + DEVIATION.format("severity = 'rejection'"),
    "month=2026-02&severity=immediate&severity=guideline": "month = '2026-02' AND "
    + DEVIATION.format("severity IN ('immediate', 'guideline')"),
}


@pytest.mark.parametrize("query", MESSAGES)
def test_filters_of_messages_agree_with_sql(leader, expected, query):
    wanted = expected("a_melding", MESSAGES[query].replace(":now", str(SEEN)))
    assert wanted
    page = leader.get(f"/v1/a-meldinger?limit=500&{query}").json()
    assert {one["id"] for one in page["items"]} == wanted
    assert page["total"] == len(wanted)


def test_messages_are_found_by_the_code_of_a_deviation_shared_by_several_clients(leader, sql):
    code, count = sql(
        "SELECT code, count(DISTINCT message) FROM deviation JOIN a_melding ON seq = message"
        " WHERE month = '2026-02' AND feedback_at <= ? AND severity = 'immediate' GROUP BY code ORDER BY 2 DESC",
        SEEN,
    )[0]
    assert count > 1
    found = leader.all("/v1/a-meldinger", month="2026-02", severity="immediate", code=code)
    assert len(found) == count
    assert all(code in {one["code"] for one in message["deviations"]} for message in found)


def test_a_message_is_silent_about_its_feedback_until_it_comes(leader, clock, sql):
    row = sql(
        "SELECT a_melding.* FROM a_melding WHERE created_at < sent_at AND sent_at < feedback_at AND created_at > ?"
        " AND result = 'received' AND client_id IN (SELECT client_id FROM access WHERE user_id = 'us_0002'"
        " AND ends IS NULL AND ended_at IS NULL) AND EXISTS (SELECT 1 FROM payment WHERE message = a_melding.seq)"
        " ORDER BY created_at LIMIT 1",
        SEEN,
    )[0]

    def seen_at(instant):
        clock.advance(seconds=instant - int(clock.now.timestamp()))
        message = leader.get(f"/v1/a-meldinger/{row['id']}").json()
        return message["state"], bool(message["payments"]), message["feedback_at"] is not None

    assert leader.get(f"/v1/a-meldinger/{row['id']}").json()["code"] == "not_found"
    assert seen_at(row["created_at"]) == ("not_sent", False, False)
    assert seen_at(row["sent_at"]) == ("sent", False, False)
    assert seen_at(row["feedback_at"] - 1) == ("sent", False, False)
    assert seen_at(row["feedback_at"]) == ("received", True, True)


def test_a_message_is_replaced_only_by_one_that_was_received(leader, sql):
    messages = {
        one["id"]: one
        for row in sql("SELECT DISTINCT month FROM a_melding WHERE replaces IS NOT NULL")
        for one in leader.all("/v1/a-meldinger", month=row["month"])
    }
    seen = set()
    for message in messages.values():
        if message["replaces"] is None:
            continue
        original, received = messages[message["replaces"]], message["state"].startswith("received")
        seen.add(received)
        assert (original["replaced_by"] == message["id"]) is received
    assert seen == {True, False}
    chained = [one for one in messages.values() if one["replaces"] and one["replaced_by"]]
    assert chained


@pytest.mark.parametrize("place", ["/v1/payroll-runs?period=2026-02", "/v1/a-meldinger?month=2026-02"])
def test_pages_are_whole_while_rows_are_added(leader, clock, place):
    first = leader.get(f"{place}&limit=10&ahead=3").json()
    before = {one["id"] for one in first["items"]}
    clock.advance(days=40)
    cursor, found = first["next"], []
    while cursor:
        page = leader.get(f"{place}&limit=10&cursor={cursor}").json()
        found += [one["id"] for one in page["items"]]
        cursor = page["next"]
    assert not before & set(found)
    assert len(before | set(found)) == len(before) + len(found) == leader.get(place).json()["total"]


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("/v1/payroll-runs?client=cl_none", "client_not_found"),
        ("/v1/payroll-runs?group=nowhere", "group_not_found"),
        ("/v1/a-meldinger?owner=nobody", "user_not_found"),
        ("/v1/tax-cards?selection=se_none", "selection_not_found"),
        ("/v1/usage?where=size", "where_invalid"),
        ("/v1/payroll-runs/nothing", "not_found"),
        ("/v1/a-meldinger/nothing", "not_found"),
        ("/v1/clients/nothing/employees", "client_not_found"),
        ("/v1/clients/nothing/registrations", "client_not_found"),
    ],
)
def test_what_is_not_there_is_told(leader, place, code):
    assert leader.get(place).json()["code"] == code


def test_a_selection_narrows_every_list(leader):
    selection = leader.post("/v1/selections", {"owner": "me"}).json()
    assert selection["count"] == 8
    mine = {client["id"] for client in leader.all("/v1/clients", owner="me")}
    for path in ("/v1/payroll-runs?period=2026-02", "/v1/a-meldinger?month=2026-02", "/v1/tax-cards?", "/v1/usage?"):
        page = leader.get(f"{path}&limit=500&selection={selection['id']}").json()
        assert {one["client"]["id"] for one in page["items"]} <= mine
        assert page["total"] == len(page["items"]) > 0
