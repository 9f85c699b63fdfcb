"""Who may do what, by refusal: every operation for every role, and the console that is off."""

from __future__ import annotations

import pytest

from bureau_cli import contract
from bureau_cli.platform.requests import operations
from bureau_cli.platform.rules import MAY

from .test_groups import item

ALL, OVERSEERS, LEADERS, NOBODY_NEEDED = "oal", "al", "l", "noal"
# Written out, so that a slip in the platform's own table is a failing test.
EXPECTED = {
    "get_me": NOBODY_NEEDED,
    "list_clients": ALL,
    "get_client": ALL,
    "list_payroll_runs": ALL,
    "get_payroll_run": ALL,
    "list_a_meldinger": ALL,
    "get_a_melding": ALL,
    "list_employees": ALL,
    "list_tax_cards": ALL,
    "list_tax_card_status": ALL,
    "list_tax_card_candidates": ALL,
    "list_tax_card_changes": ALL,
    "order_tax_cards": ALL,
    "import_tax_cards": ALL,
    "list_usage": ALL,
    "list_period_status": ALL,
    "get_period_status": ALL,
    "list_registrations": ALL,
    "list_deadlines": ALL,
    "get_dashboard": ALL,
    "list_groups": ALL,
    "get_group": ALL,
    "get_membership": ALL,
    "create_group": LEADERS,
    "change_group": LEADERS,
    "delete_group": LEADERS,
    "change_group_members": OVERSEERS,
    "create_selection": ALL,
    "get_selection": ALL,
    "list_jobs": ALL,
    "get_job": ALL,
    "list_job_results": ALL,
    "cancel_job": ALL,
    "list_audit_events": OVERSEERS,
    "list_users": OVERSEERS,
    "get_user": ALL,  # an officer only themselves: see test_users.py
    "change_user": OVERSEERS,
    "list_access": ALL,
    "change_access": OVERSEERS,
    "list_inferred_owners": OVERSEERS,
    "list_altinn_settings": ALL,
    "change_altinn_settings": OVERSEERS,
}
OPEN_WHILE_OFF = {"list_users", "get_user", "change_user"}
ROLES = {"n": "none", "o": "officer", "a": "administrator", "l": "leader"}
OPEN_TO_ANYONE = {"get_meta", "issue_token"}
BODIES = {
    "create_group": {"slug": "vip"},
    "change_group": {"title": "New"},
    "change_group_members": {"items": [item("k", "cl_000006")]},
    "create_selection": {"all": True},
    "change_user": {"role": "none"},
    "change_access": {"items": [{"key": "k", "client": "cl_000006", "user": "peder.as", "action": "end"}]},
    "change_altinn_settings": {"items": [{"key": "k", "client": "cl_000006", "action": "disable"}]},
    "order_tax_cards": {
        "year": 2026,
        "mode": "all",
        "items": [{"key": "k", "client": "cl_000006", "employees": ["em_0000060000"]}],
    },
    "import_tax_cards": {"items": [{"key": "k", "place": "0", "employer": "335927400", "answer": {}}]},
}
OPERATIONS = {one.id: one for one in operations(contract.load())}


def ask(api, operation_id):
    operation = OPERATIONS[operation_id]
    values = {
        "slug": "paused",
        "login": "marte.kirkerud" if operation_id == "change_user" else "me",
        "client": "cl_000001",
        "id": "cl_000006" if "/clients/" in operation.path else "nothing",
    }
    headers = {"Idempotency-Key": "k"} if operation.method == "POST" else {}
    return api(operation.method, operation.path.format(**values), json=BODIES.get(operation_id), headers=headers)


def test_every_operation_has_its_roles():
    assert EXPECTED.keys() | OPEN_TO_ANYONE == OPERATIONS.keys()
    assert MAY.keys() == EXPECTED.keys() - {"get_me"}


@pytest.mark.parametrize("letter", ROLES)
@pytest.mark.parametrize("operation_id", EXPECTED)
def test_a_role_may_do_what_it_may_and_nothing_more(administrator, sql, operation_id, letter):
    sql("UPDATE user SET role = ? WHERE id = 'us_0001'", ROLES[letter])
    answer = ask(administrator, operation_id)
    if letter in EXPECTED[operation_id]:
        assert answer.status_code in {200, 201, 202, 204, 404}, answer.text
    else:
        assert (answer.status_code, answer.json()["code"]) == (403, "role_forbids")


@pytest.mark.parametrize("operation_id", EXPECTED)
def test_nothing_is_open_without_a_token(api_of, operation_id):
    refused = ask(api_of(""), operation_id)
    assert (refused.status_code, refused.json()["code"]) == (401, "unauthenticated")
    assert refused.headers["www-authenticate"].startswith("Bearer")


def test_the_console_is_off_until_there_is_a_leader(administrator, sql):
    sql("UPDATE user SET role = 'officer' WHERE role = 'leader'")
    for operation_id in MAY.keys() - OPEN_WHILE_OFF:
        refused = ask(administrator, operation_id)
        assert (refused.status_code, refused.json()["code"]) == (403, "bureau_not_activated")
    assert administrator.get("/v1/me").json()["role"] == "administrator"


@pytest.mark.parametrize("operation_id", sorted(OPEN_WHILE_OFF))
def test_only_an_administrator_has_to_do_with_users_while_the_console_is_off(administrator, officer, sql, operation_id):
    sql("UPDATE user SET role = 'officer' WHERE role = 'leader'")
    assert ask(administrator, operation_id).status_code == 200
    assert ask(officer, operation_id).json()["code"] == "bureau_not_activated"
    sql("UPDATE client SET linked_via = 'group'")
    assert ask(administrator, operation_id).json()["code"] == "bureau_not_eligible"


def test_a_leader_who_has_left_keeps_no_console_open(administrator, sql):
    sql("UPDATE user SET left_on = '2026-03-15' WHERE role = 'leader'")
    assert administrator.get("/v1/clients").json()["code"] == "bureau_not_activated"


def test_a_bureau_that_neither_runs_its_own_pay_nor_has_onboarded_anyone_has_no_console(leader, sql):
    sql("UPDATE client SET linked_via = 'group' WHERE linked_via = 'onboarded'")
    assert leader.get("/v1/clients").status_code == 200
    sql("DELETE FROM pay_run WHERE client_id = 'cl_000000'")
    assert leader.get("/v1/clients").json()["code"] == "bureau_not_eligible"
