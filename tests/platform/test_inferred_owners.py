"""Owners held against who ran the latest ordinary payroll."""

from __future__ import annotations

import pytest

LIST = "/v1/access/inferred-owners"
NOON = 1_773_658_800  # of the tests' day


def row_of(api, client):
    (found,) = api.get(LIST, params={"client": client}).json()["items"]
    return found


@pytest.fixture
def owned(sql):
    """Give an active client whose owner is here and ran the latest ordinary payroll, and that run."""
    (row,) = sql(
        "SELECT client.id AS client, run.id AS run, run.created_by AS runner, user.login, max(run.created_at) AS made"
        " FROM client JOIN user ON user.login = client.owner JOIN pay_run AS run ON run.client_id = client.id"
        " WHERE status = 'active' AND type = 'ordinary' AND run.created_at <= ?"
        " GROUP BY client.id HAVING run.created_by = user.id ORDER BY client.id LIMIT 1",
        NOON,
    )
    return row


@pytest.fixture
def plan_owner(sql):
    """Set where the owner's access to a client comes from, or let somebody else run its payroll."""

    def plan(client, *, source=None, runner=None):
        if source is not None:
            sql("UPDATE access SET source = ? WHERE client_id = ? AND role = 'owner'", source, client)
        if runner is not None:
            sql("UPDATE pay_run SET created_by = ? WHERE client_id = ?", runner, client)

    return plan


def test_there_is_a_row_for_each_client_that_has_not_left_by_name(leader, sql):
    shown = leader.all(LIST, limit=8)
    expected = sql("SELECT id, owner FROM client WHERE status <> 'left' ORDER BY name_order, id")
    assert [(one["client"]["id"], one["owner"]["login"] if one["owner"] else "") for one in shown] == [
        (row["id"], row["owner"]) for row in expected
    ]
    assert all((one["owner"] is None) == (one["source"] is None) for one in shown)
    assert all((one["inferred"] is None) == (one["basis"] is None) for one in shown)


def test_the_basis_is_the_newest_ordinary_run_made_so_far(leader, sql, clock, owned):
    basis = row_of(leader, owned["client"])["basis"]
    assert basis["run"] == owned["run"]
    later = int(clock().timestamp()) + 60
    sql(
        "UPDATE pay_run SET created_at = ?, created_by = 'us_0003' WHERE seq = ("
        "SELECT min(seq) FROM pay_run WHERE client_id = ? AND type = 'ordinary')",
        *(later, owned["client"]),
    )
    assert row_of(leader, owned["client"])["basis"] == basis
    clock.advance(seconds=60)
    found = row_of(leader, owned["client"])
    assert (found["basis"]["created_at"], found["verdict"]) == ("2026-03-16T12:01:00+01:00", "differs_from_manual")


def test_runs_of_other_kinds_say_nothing(leader, sql, owned):
    sql("UPDATE pay_run SET type = 'extra' WHERE client_id = ?", owned["client"])
    found = row_of(leader, owned["client"])
    assert (found["verdict"], found["inferred"], found["basis"]) == ("no_run", None, None)
    assert found["owner"]["login"] == owned["login"]


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        ("manual", "differs_from_manual"),
        ("client_invited", "differs_from_manual"),
        ("inferred", "differs"),
        ("rule", "differs"),
    ],
)
def test_the_verdict_on_another_owner_follows_where_ownership_comes_from(leader, plan_owner, owned, source, verdict):
    plan_owner(owned["client"], source=source)
    assert (row_of(leader, owned["client"])["verdict"], row_of(leader, owned["client"])["source"]) == ("same", source)
    plan_owner(owned["client"], runner="us_0003")
    found = row_of(leader, owned["client"])
    assert (found["verdict"], found["inferred"]["name"]) == (verdict, "Peder Ås")


def test_who_left_is_named_but_is_nobody_to_go_by(leader, sql, plan_owner, owned):
    plan_owner(owned["client"], runner="us_0004")
    found = row_of(leader, owned["client"])
    assert (found["verdict"], found["inferred"]["name"]) == ("runner_left", "Marte Kirkerud")
    sql("UPDATE access SET user_id = 'us_0004' WHERE client_id = ? AND role = 'owner'", owned["client"])
    assert row_of(leader, owned["client"])["verdict"] == "runner_left"


def test_a_client_without_owner_is_told_who_it_might_be(leader, sql, owned):
    sql("UPDATE access SET role = 'member' WHERE client_id = ?", owned["client"])
    found = row_of(leader, owned["client"])
    assert (found["verdict"], found["owner"], found["source"]) == ("no_owner", None, None)
    assert found["inferred"]["login"] == owned["login"]


def test_without_run_and_owner_there_is_no_run_to_go_by_also_where_nobody_has_left(leader, sql, owned):
    sql("UPDATE user SET left_on = NULL")
    sql("UPDATE access SET role = 'member' WHERE client_id = ?", owned["client"])
    sql("UPDATE pay_run SET type = 'extra' WHERE client_id = ?", owned["client"])
    assert row_of(leader, owned["client"])["verdict"] == "no_run"


def test_verdicts_can_be_chosen_and_divide_the_list(leader, sql, plan_owner):
    clients = [row["id"] for row in sql("SELECT id FROM client WHERE status <> 'left' ORDER BY id LIMIT 9")]
    for position, runner in enumerate(("us_0003", "us_0004")):
        plan_owner(clients[position], runner=runner)
    sql("UPDATE pay_run SET type = 'extra' WHERE client_id = ?", clients[2])
    everything = leader.all(LIST)
    verdicts = {one["verdict"] for one in everything}
    assert len(verdicts) >= 4
    for verdict in ("same", "no_owner", "differs", "differs_from_manual", "runner_left", "no_run"):
        assert leader.all(LIST, verdict=verdict, limit=4) == [one for one in everything if one["verdict"] == verdict]
        total = leader.get(LIST, params={"verdict": verdict}).json()["total"]
        assert total == sum(one["verdict"] == verdict for one in everything)
    assert leader.all(LIST, verdict=sorted(verdicts), limit=4) == everything


def test_administrators_see_clients_they_have_access_to_and_officers_nothing(administrator, officer, sql):
    mine = sql(
        "SELECT client_id FROM access JOIN client ON client.id = client_id WHERE user_id = 'us_0001'"
        " AND status <> 'left' AND ended_at IS NULL AND starts <= '2026-03-16'"
    )
    assert {one["client"]["id"] for one in administrator.all(LIST)} == {row["client_id"] for row in mine}
    assert officer.get(LIST).json()["code"] == "role_forbids"


def test_another_bureaus_clients_are_not_there(leader, other_bureau):
    assert "cl_x" not in {one["client"]["id"] for one in leader.all(LIST)}
    assert leader.get(LIST, params={"owner": other_bureau}).json()["code"] == "user_not_found"
