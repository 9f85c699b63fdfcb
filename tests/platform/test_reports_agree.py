"""The reports of the demo portfolio: one sum everywhere, for every role, narrowed and paged as every list is."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal

import pytest

USAGE, AUTOMATION = "/v1/reports/forbrukslogg", "/v1/reports/automatiseringsgrad"
COUNTED = ("payslip", "travel", "expense", "absence")
FIRST, LAST = "2026-01", "2026-03"


@pytest.fixture
def everyone(leader, administrator, officer):
    return {"leader": leader, "administrator": administrator, "officer": officer}


@pytest.mark.parametrize("role", ["leader", "administrator", "officer"])
def test_dashboard_reports_and_lists_tell_the_same(everyone, role):
    api = everyone[role]
    months = {"from": FIRST, "to": LAST}
    slips, degrees = defaultdict(Counter), defaultdict(Counter)
    for row in api.all(USAGE, **months):
        for one in row["months"] or ():
            slips[one["month"]].update({kind: one[kind] for kind in COUNTED})
    for row in api.all(AUTOMATION, **months):
        for one in row["months"] or ():
            degrees[one["month"]].update({name: one[name] for name in ("payslips", "untouched")})
    for month in ("2026-01", "2026-02", "2026-03"):
        (bureau,) = api.get("/v1/dashboard", params={"period": month}).json()["scopes"]
        figures = {one["name"]: one for one in bureau["figures"]}
        assert figures["payslips"]["value"] == slips[month]["payslip"]
        assert figures["claims"]["parts"] == {"travel": slips[month]["travel"], "expense": slips[month]["expense"]}
        assert figures["absences"]["value"] == slips[month]["absence"]
        assert figures["automation"]["parts"] == degrees[month]
        coverage = api.get(USAGE, params={"from": month}).json()["coverage"]
        assert coverage == figures["payslips"]["coverage"]


@pytest.mark.parametrize("role", ["leader", "administrator", "officer"])
def test_a_terminoppgave_adds_up_to_the_deadlines_of_the_term_and_covers_those_with_access(everyone, role):
    api = everyone[role]
    page = api.get("/v1/reports/terminoppgave", params={"term": "2026-T1", "limit": 500}).json()
    open_rows = [row for row in page["items"] if not row["withheld"]]
    mine = api.get("/v1/clients", params={"access": "mine", "limit": 1}).json()["total"]
    assert page["coverage"] == {"clients": mine, "of": page["total"]}
    assert len(open_rows) == mine
    due = api.all("/v1/deadlines", kind="term", **{"from": "2026-03-16", "to": "2026-03-16"}, limit=500)
    charged = {
        row["client"]["id"]: sum(Decimal(row["sums"][kind] or 0) for kind in ("aga", "finansskatt"))
        for row in open_rows
    }
    assert {key: amount for key, amount in charged.items() if amount} == {
        one["client"]["id"]: Decimal(one["amount"]) for one in due if one["amount"] and Decimal(one["amount"])
    }


@pytest.mark.parametrize("report", ["terminoppgave", "mine-klienter", "forbrukslogg", "automatiseringsgrad"])
def test_each_is_narrowed_and_paged_as_every_list(leader, report):
    path = f"/v1/reports/{report}"
    everyone = [one["client"]["id"] for one in leader.all(path, limit=7)]
    clients = leader.all("/v1/clients", limit=500)
    assert sorted(everyone) == sorted(one["id"] for one in clients)
    selection = leader.post("/v1/selections", {"groups": ["payday-20"]}).json()["id"]
    in_group = {one["id"] for one in clients if "payday-20" in one["groups"]}
    owned = {one["id"] for one in clients if one["owner"] and one["owner"]["login"] == "kari.nordmann"}
    for asked, wanted in (
        ({"group": "payday-20"}, in_group),
        ({"not_group": "payday-20"}, {*everyone} - in_group),
        ({"owner": "me"}, owned),
        ({"selection": selection}, in_group),
        ({"where": "payday == 20"}, {one["id"] for one in clients if 20 in one["paydays"]}),
        ({"client": everyone[3]}, {everyone[3]}),
    ):
        page = leader.get(path, params={**asked, "limit": 500}).json()
        assert {one["client"]["id"] for one in page["items"]} == wanted
        assert page["coverage"]["of"] == page["total"] == len(wanted)
