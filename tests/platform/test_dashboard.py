"""The dashboard: every figure is the sum of the lists that the same caller gets, for every owner and group."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal

import pytest

from bureau_cli.platform.calendar import last_day, period_of, shifted

from .conftest import TODAY

FIRST, NOW = "2025-04", period_of(TODAY)
MONTHS = [shifted(FIRST, months) for months in range(12)]
NAMES = ("clients", "employees", "payslips", "claims", "absences", "net_paid", "a_meldinger_failed", "automation")
ROLES = ("leader", "administrator", "officer")
USAGE = {"payslip": "payslips", "travel": "claims", "expense": "claims", "absence": "absences"}


@pytest.fixture
def everyone(leader, administrator, officer):
    return {"leader": leader, "administrator": administrator, "officer": officer}


def figures_of(scope):
    return {figure["name"]: figure for figure in scope["figures"]}


def trends_of(scope):
    return {name: [month["value"] for month in figure["trend"]] for name, figure in figures_of(scope).items()}


def rows_of(api):
    """Give what the lists tell: pairs of a client's id and its numbers, by figure and month."""
    rows = defaultdict(Counter)
    for one in api.all("/v1/usage", **{"from": FIRST, "to": NOW}, limit=500):
        rows[USAGE[one["kind"]], one["month"]][one["client"]["id"]] += one["count"]
    for run in api.all("/v1/payroll-runs", **{"from": "2025-01-01", "to": "2026-12-31"}, limit=500):
        client, paid = run["client"]["id"], run["paid_at"]
        if paid and run["net"]:
            rows["net_paid", paid[:7]][client] += int(Decimal(run["net"]) * 100)
        if run["type"] == "ordinary":
            rows["untouched", run["pay_date"][:7]][client] += run["payslips_untouched"]
            rows["slips", run["pay_date"][:7]][client] += run["payslips"]
    for month in MONTHS:
        for one in api.all("/v1/period-status", period=shifted(month, -1), limit=500):
            late = one["a_melding"] == "not_sent" and one["steps"]["a_melding"]["state"] == "late"
            failed = one["a_melding"] in {"rejected", "received_immediate"} or late
            rows["a_meldinger_failed", month][one["client"]["id"]] += failed
    return rows


def shown(name, month, rows, ids):
    """Write the sum of a figure over clients as the dashboard does."""
    total = sum(rows[name, month][one] for one in ids)
    if name == "net_paid":
        return f"{Decimal(total) / 100:.2f}"
    if name == "automation":
        part, whole = (sum(rows[of, month][one] for one in ids) for of in ("untouched", "slips"))
        return share_of(part, whole) if whole else None
    return total


def share_of(part, whole):
    return str((Decimal(100 * part) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP))


def scopes_of(clients):
    """Give the clients of each scope: of the bureau, every owner and every group."""
    scopes = defaultdict(set)
    for one in clients:
        owner = one["owner"]["login"] if one["owner"] else None
        for scope in (("bureau", None), ("owner", owner), *(("group", slug) for slug in one["groups"])):
            scopes[scope].add(one["id"])
    return scopes


@pytest.mark.parametrize("role", ROLES)
def test_every_figure_is_the_sum_of_the_lists_the_caller_gets(everyone, role):
    api = everyone[role]
    scopes = scopes_of(api.all("/v1/clients"))
    mine = {one["id"] for one in api.all("/v1/clients", access="mine")}
    listed = {one for ids in scopes.values() for one in ids} if role == "leader" else mine
    rows = rows_of(api)
    answers = {by: api.get("/v1/dashboard", params={"by": by}).json()["scopes"] for by in ("owner", "group")}
    assert answers["owner"][0] == answers["group"][0]
    found = {(scope["kind"], scope["id"]): scope for answer in answers.values() for scope in answer}
    assert found.keys() == scopes.keys()
    for key, ids in scopes.items():
        for name, figure in figures_of(found[key]).items():
            seen = ids & (ids if name in {"clients", "employees"} else mine if name == "net_paid" else listed)
            assert figure["coverage"] == {"clients": len(seen), "of": len(ids)}
            if name not in {"clients", "employees"}:
                expected = [shown(name, month, rows, seen) if seen else None for month in MONTHS]
                assert [month["value"] for month in figure["trend"]] == expected, (key, name)


@pytest.mark.parametrize("role", ROLES)
def test_clients_and_employees_are_of_everybody_there_on_the_last_day_or_today(everyone, role, sql):
    api = everyone[role]
    everybody = api.all("/v1/clients")
    (bureau,) = api.get("/v1/dashboard").json()["scopes"]
    trends = trends_of(bureau)
    there = [one for one in everybody if one["status"] in {"active", "leaving"}]
    assert (trends["clients"][-1], trends["employees"][-1]) == (
        len(there), sum(one["active_employees"] for one in there),
    )  # fmt: skip
    days = [min(last_day(month), TODAY).isoformat() for month in MONTHS]
    ids = {one["id"] for one in everybody}
    there = "active_from <= ? AND ifnull(left_on, '9999') >= ?"
    employed = f"SELECT client.id FROM client JOIN employee ON client_id = client.id WHERE {there}"  # noqa: S608 - ours
    for place, day in enumerate(days):
        clients = sql(f"SELECT id FROM client WHERE {there}", day, day)  # noqa: S608 - ours
        people = sql(f"{employed} AND starts <= ? AND ifnull(ends, '9999') >= ?", *[day] * 4)
        counts = [sum(row["id"] in ids for row in rows) for rows in (clients, people)]
        assert [trends["clients"][place], trends["employees"][place]] == counts


def test_the_parts_the_change_and_the_trend_belong_together(leader):
    answer = leader.get("/v1/dashboard", params={"period": "2026-02"}).json()
    assert (answer["period"], answer["previous"]) == ("2026-02", "2026-01")
    (bureau,) = answer["scopes"]
    assert tuple(figure["name"] for figure in bureau["figures"]) == NAMES
    for name, figure in figures_of(bureau).items():
        trend = [month["value"] for month in figure["trend"]]
        assert [month["period"] for month in figure["trend"]] == [shifted("2026-02", place - 11) for place in range(12)]
        assert trend[-2:] == [figure["previous"], figure["value"]]
        assert Decimal(figure["change"]) == Decimal(figure["value"]) - Decimal(figure["previous"])
        parts = figure["parts"]
        if name == "automation":
            assert figure["value"] == share_of(parts["untouched"], parts["payslips"])
        else:
            assert sum(parts.values()) == (figure["value"] if parts else 0)
    assert [name for name, figure in figures_of(bureau).items() if figure["parts"]] == [
        "claims", "a_meldinger_failed", "automation",
    ]  # fmt: skip


def test_of_months_that_nobody_tells_of_there_is_nothing_to_count_from(leader):
    early = trends_of(leader.get("/v1/dashboard", params={"period": "2025-06"}).json()["scopes"][0])
    assert [value is None for value in early["payslips"]] == [True] * 7 + [False] * 5
    assert [value is None for value in early["a_meldinger_failed"]] == [True] * 8 + [False] * 4
    later = figures_of(leader.get("/v1/dashboard", params={"period": "2026-05"}).json()["scopes"][0])
    assert {name: figure["value"] for name, figure in later.items()} == dict.fromkeys(NAMES)
    assert {figure["change"] for figure in later.values()} == {None}


def test_it_is_of_the_clients_that_are_meant(leader):
    wanted = leader.all("/v1/clients", group="payday-20")
    answer = leader.get("/v1/dashboard", params={"group": "payday-20", "by": "group"}).json()
    bureau, *groups = answer["scopes"]
    assert figures_of(bureau)["clients"]["coverage"]["of"] == len(wanted)
    assert [scope["id"] for scope in groups] == sorted({slug for one in wanted for slug in one["groups"]})
    twenty = next(scope for scope in groups if scope["id"] == "payday-20")
    assert (twenty["name"], twenty["figures"]) == ("Lønn den 20.", bureau["figures"])


def test_nobody_is_counted_where_nobody_is_meant(leader):
    (bureau,) = leader.get("/v1/dashboard", params={"group": "payday-20", "not_group": "payday-20"}).json()["scopes"]
    assert {figure["value"] for figure in bureau["figures"]} == {None}
    assert {tuple(figure["coverage"].values()) for figure in bureau["figures"]} == {(0, 0)}
    assert {value for name in NAMES for value in trends_of(bureau)[name]} == {None}


def test_a_client_without_owner_counts_under_none_last(leader):
    *_, none = leader.get("/v1/dashboard", params={"by": "owner"}).json()["scopes"]
    unowned = [one for one in leader.all("/v1/clients") if one["owner"] is None]
    assert (none["kind"], none["id"], none["name"]) == ("owner", None, None)
    assert figures_of(none)["clients"]["coverage"]["of"] == len(unowned) > 0


def test_a_month_counts_only_what_has_come(leader, clock):
    before = trends_of(leader.get("/v1/dashboard").json()["scopes"][0])
    clock.advance(days=10)
    after = trends_of(leader.get("/v1/dashboard").json()["scopes"][0])
    assert before["payslips"][-1] < after["payslips"][-1]
    assert Decimal(before["net_paid"][-1]) < Decimal(after["net_paid"][-1])
    assert [before[name][:-1] for name in NAMES[:6]] == [after[name][:-1] for name in NAMES[:6]]


def test_the_data_are_as_old_as_those_of_the_client_fetched_first(leader):
    fetched = {one["fetched_at"] for one in leader.all("/v1/clients")}
    answer = leader.get("/v1/dashboard").json()
    assert answer["fetched_at"] == min(fetched) < max(fetched)
    assert leader.get("/v1/dashboard", params={"client": "cl_000001"}).json()["fetched_at"] == max(fetched)
