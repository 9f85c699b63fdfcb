"""Whose rows each role lists, and whose figures of pay it sees, in every list of what happened at the clients."""

from __future__ import annotations

import pytest

LISTS = {
    "/v1/payroll-runs?period=2026-02": ("gross", "withholding", "attachment", "net", "aga_base", "aga", "aga_lines"),
    "/v1/a-meldinger?month=2026-02": ("sums", "aga_lines", "payments"),
    "/v1/tax-cards?year=2026": ("deductions",),
    "/v1/usage?month=2026-02": (),
}
SINGLE = {"/v1/payroll-runs?period=2026-02": "/v1/payroll-runs", "/v1/a-meldinger?month=2026-02": "/v1/a-meldinger"}


def items(api, path):
    found, cursor = [], None
    while True:
        page = api.get(f"{path}&limit=500" + (f"&cursor={cursor}" if cursor else "")).json()
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            assert len(found) == page["total"]
            return found


@pytest.fixture
def everyone(leader, administrator, officer):
    return {"leader": leader, "administrator": administrator, "officer": officer}


@pytest.mark.parametrize("place", LISTS)
@pytest.mark.parametrize("role", ["leader", "administrator", "officer"])
def test_figures_follow_access_and_rows_follow_the_role(everyone, leader, place, role):
    api = everyone[role]
    mine = {client["id"] for client in api.all("/v1/clients", access="mine")}
    found = items(api, place)
    open_ones = [one for one in found if one["client"]["id"] in mine]
    closed = [one for one in found if one["client"]["id"] not in mine]
    assert open_ones
    assert bool(closed) is (role == "leader")
    for one in found:
        hidden = one["client"]["id"] not in mine
        assert all((one[figure] is None) is hidden for figure in LISTS[place])
        if LISTS[place]:
            assert (one["withheld"] is not None) is hidden
    everything = [one["client"]["id"] for one in items(leader, place)]
    assert len(open_ones) == sum(client_id in mine for client_id in everything)


@pytest.mark.parametrize("place", SINGLE)
@pytest.mark.parametrize("role", ["leader", "administrator", "officer"])
def test_a_single_one_is_shown_as_in_the_list_or_refused(everyone, leader, place, role):
    api = everyone[role]
    listed = {one["id"]: one for one in items(api, place)}
    for shown in items(leader, place)[:40]:
        answer = api.get(f"{SINGLE[place]}/{shown['id']}")
        if shown["id"] in listed:
            assert answer.json() == listed[shown["id"]]
        else:
            assert (answer.status_code, answer.json()["code"]) == (403, "no_access")


@pytest.mark.parametrize("what", ["employees", "registrations"])
@pytest.mark.parametrize("role", ["leader", "administrator", "officer"])
def test_a_clients_people_are_for_those_with_access_and_for_leaders_without_figures(everyone, what, role):
    api = everyone[role]
    for client in api.all("/v1/clients", status="active"):
        answer = api.get(f"/v1/clients/{client['id']}/{what}", params={"limit": 500})
        if client["my_access"] is None and role != "leader":
            assert (answer.status_code, answer.json()["code"]) == (403, "no_access")
            continue
        for one in answer.json()["items"]:
            figure = (one["tax_card"] or {}).get("applies") if what == "employees" else one["amount"]
            assert figure is None or client["my_access"] is not None
            assert one["withheld"] is None or client["my_access"] is None


def test_another_bureaus_rows_are_never_shown(leader, api_of, other_bureau, sql):
    for table in ("pay_run", "a_melding", "tax_card", "usage_month"):
        sql(f"UPDATE {table} SET bureau_id = 'bu_x', client_id = 'cl_x' WHERE client_id = 'cl_000001'")  # noqa: S608 - ours
    sql("UPDATE registration SET client_id = 'cl_x' WHERE client_id = 'cl_000001'")
    (run,) = sql("SELECT id FROM pay_run WHERE client_id = 'cl_x' ORDER BY seq LIMIT 1")
    (message,) = sql("SELECT id FROM a_melding WHERE client_id = 'cl_x' ORDER BY seq LIMIT 1")
    other = api_of(other_bureau)
    for path in (*LISTS, "/v1/deadlines?from=2026-02-01&to=2026-03-13"):
        assert "cl_x" not in {one["client"]["id"] for one in items(leader, path)}
        assert {one["client"]["id"] for one in items(other, path)} == {"cl_x"}
    everyone = {api: api.get("/v1/dashboard").json()["scopes"][0] for api in (leader, other)}
    assert {scope["figures"][0]["coverage"]["of"] for scope in everyone.values()} == {45, 1}
    for path in (f"/v1/payroll-runs/{run['id']}", f"/v1/a-meldinger/{message['id']}"):
        assert leader.get(path).json()["code"] == "not_found"
        assert other.get(path).status_code == 200
    for path in ("/v1/clients/cl_x/employees", "/v1/clients/cl_x/registrations", "/v1/payroll-runs?client=cl_x"):
        assert leader.get(path).json()["code"] == "client_not_found"
