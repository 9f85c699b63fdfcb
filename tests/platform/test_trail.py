"""Every change and every refusal leaves exactly one event: a table of each operation and each way it can end."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from bureau_cli import contract
from bureau_cli.platform.requests import operations

from .test_audit import chain_is_whole

ANNE, FATIMA, LEFT = "anne.aas", "fatima.dahl", "marte.kirkerud"
MINE, FREE, INVITED, FOREIGN = "cl_000001", "cl_00000f", "cl_000015", "cl_none"
TODAY, TOMORROW, YESTERDAY, LATER = "2026-03-16", "2026-03-17", "2026-03-15", "2026-03-23"

LEADER, ADMINISTRATOR, OFFICER = "leader", "administrator", "officer"
OFF = "UPDATE user SET role = 'officer' WHERE role = 'leader'"
NOT_ELIGIBLE = ("DELETE FROM pay_run WHERE client_id = 'cl_000000'", "UPDATE client SET linked_via = 'group'")
SETTINGS_ON = "UPDATE client SET altinn_settings = 1 WHERE id = 'cl_000001'"
SETTINGS_OFF = "UPDATE client SET altinn_settings = 0 WHERE id = 'cl_000001'"
OWNED = {"action": "grant", "client": FREE, "user": FATIMA, "role": "owner"}
JOB = "{job}"
SOMEBODY = "em_0000010000"


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way an operation ends: what is asked by whom, on top of what, and the action and subject of its event.

    `code` is why it is refused, None where it is done; `first` is asked before by the leader, `sql` done before that.
    """

    operation: str
    asked: tuple[str, str, Any]
    action: str
    subject: str
    code: str | None = None
    by: str = LEADER
    headers: Mapping[str, str] = field(default_factory=dict)
    first: Sequence[tuple[str, str, Any]] = ()
    sql: Sequence[str] = ()

    @property
    def name(self) -> str:
        return f"{self.operation} {self.action} {self.code or 'done'} by {self.by} {'/'.join(self.headers)}".strip()


def group(method: str, operation: str, path: str, body: Any, **more: Any) -> Way:
    action = {"POST": "group.create", "PATCH": "group.change", "DELETE": "group.delete"}[method]
    subject = more.pop("subject", f"groups/{path or body['slug']}")
    asked = (method, f"/v1/groups/{path}".rstrip("/"), body)
    return Way(operation=operation, asked=asked, action=action, subject=subject, **more)


def create(slug: str = "vip", **more: Any) -> Way:
    return group("POST", "create_group", "", {"slug": slug}, **more)


def patch(slug: str = "paused", title: str = "New", **more: Any) -> Way:
    return group("PATCH", "change_group", slug, {"title": title, **more.pop("body", {})}, **more)


def delete(**more: Any) -> Way:
    return group("DELETE", "delete_group", "paused", None, **more)


def one_item(path: str, key: str = "one", **item: Any) -> tuple[str, str, Any]:
    return "POST", path, {"items": [{"key": key, **item}]}


def earlier(path: str, **item: Any) -> tuple[str, str, Any]:
    return one_item(path, key="earlier", **item)


def member(client: str, action: str = "add", slug: str = "finance", **more: Any) -> Way:
    asked = one_item(f"/v1/groups/{slug}/members", client=client, action=action)
    subject = f"groups/{slug}/members/{client}"
    return Way(operation="change_group_members", asked=asked, action=f"group.member.{action}", subject=subject, **more)


def access(action: str, client: str, user: str, terms: Mapping[str, Any] | None = None, **more: Any) -> Way:
    role = {"role": "member"} if action == "grant" else {}
    asked = one_item("/v1/access/changes", action=action, client=client, user=user, **{**role, **(terms or {})})
    subject = f"clients/{client}/access/{user}"
    return Way(operation="change_access", asked=asked, action=f"access.{action}", subject=subject, **more)


def altinn(action: str, client: str = MINE, user: str | None = None, **more: Any) -> Way:
    named = {} if user is None else {"user": user}
    asked = one_item("/v1/altinn-settings/changes", action=action, client=client, **named, **more.pop("terms", {}))
    subject = f"clients/{client}/altinn{'' if user is None else f'/{user}'}"
    return Way(operation="change_altinn_settings", asked=asked, action=f"altinn.{action}", subject=subject, **more)


def role(login: str, wanted: str, **more: Any) -> Way:
    asked = ("PATCH", f"/v1/users/{login}", {"role": wanted})
    return Way(operation="change_user", asked=asked, action="user.role", subject=f"users/{login}", **more)


def whole(way: Way, action: str, subject: str) -> Way:
    """A request that is refused as a whole: it is filed under what all its items are about."""
    return Way(**{**vars(way), "action": action, "subject": subject})


def reveal(path: str, subject: str, operation: str, **more: Any) -> Way:
    headers = {"Reveal-Reason": "control"}
    asked = ("GET", f"{path}{'&' if '?' in path else '?'}reveal=fnr", None)
    return Way(operation=operation, asked=asked, action="fnr.reveal", subject=subject, headers=headers, **more)


def cancel(**more: Any) -> Way:
    more.setdefault("first", [("POST", "/v1/groups/finance/members", {"items": [ITEM]})])
    return Way(
        operation="cancel_job",
        asked=("POST", f"/v1/jobs/{JOB}/cancel", None),
        action="job.cancel",
        subject=f"jobs/{JOB}",
        **more,
    )


def ordered(client: str = MINE, employees: Sequence[str] = (SOMEBODY,), **terms: Any) -> tuple[str, str, Any]:
    """A request that orders tax cards at one client."""
    item = {"key": terms.pop("key", "one"), "client": client, "employees": list(employees), **terms.pop("item", {})}
    return "POST", "/v1/tax-card-orders", {"year": 2026, "mode": "all", "items": [item], **terms}


def cards(client: str = MINE, terms: Mapping[str, Any] | None = None, **more: Any) -> Way:
    asked = ordered(client, **(terms or {}))
    subject = f"clients/{client}/tax-cards"
    return Way(operation="order_tax_cards", asked=asked, action="taxcards.order", subject=subject, **more)


def imported(answer: Any, employer: str = "{orgnr}", subject: str = f"clients/{MINE}/tax-cards", **more: Any) -> Way:
    asked = one_item("/v1/tax-card-imports", place="0", employer=employer, answer=answer)
    return Way(operation="import_tax_cards", asked=asked, action="taxcards.import", subject=subject, **more)


def card_of(issued: str, result: str = "skattekortopplysningerOK") -> dict[str, Any]:
    card = {"utstedtDato": issued, "forskuddstrekk": []}
    return {
        "arbeidstakeridentifikator": "{fnr}",
        "inntektsaar": "2026",
        "resultatForSkattekort": result,
        "skattekort": card,
    }


def for_changes() -> tuple[str, str, Any]:
    method, path, body = ordered(mode="changes")
    return method, path, {**body, "items": [{"key": "one", "client": MINE}]}


NOT_PAID = "DELETE FROM payslip WHERE employee = (SELECT seq FROM employee WHERE id = 'em_0000010000')"
GONE = "UPDATE employee SET ends = '2026-03-15' WHERE id = 'em_0000010000'"
COMING = "UPDATE employee SET starts = '2026-06-01' WHERE id = 'em_0000010000'"
NOT_DELEGATED = "UPDATE client SET delegation = 'missing' WHERE id = 'cl_000001'"
CLIENT_LEFT = "UPDATE client SET status = 'left' WHERE id = 'cl_000001'"
ORDERED_TODAY = (
    "INSERT INTO tax_card_ordered (employee, year, mode, day, item)"
    " SELECT seq, 2026, 'all', '2026-03-16', 0 FROM employee WHERE id = 'em_0000010000'"
)
REFUSED_TODAY = [
    (
        "INSERT INTO job (id, bureau_id, user_id, kind, created_at, due_at, ended_at, ended_as, request_id)"
        " SELECT 'earlier', bureau_id, id, 'tax-cards', 0, 0, 0, 'completed_with_errors', '' FROM user LIMIT 1"
    ),
    "INSERT INTO tax_card_order (job_id, year, mode, reference) VALUES ('earlier', 2026, 'all', 'sent')",
    "INSERT INTO tax_card_order_item (seq, job_id, position, key, client) VALUES (0, 'earlier', 0, '', 'cl_000001')",
    (
        "INSERT INTO tax_card_order_result (item, position, employee, outcome, code)"
        " SELECT 0, 1, seq, 'refused', 'answer_missing' FROM employee WHERE id = 'em_0000010000'"
    ),
    ORDERED_TODAY,
]
FIRST_IMPORT = one_item("/v1/tax-card-imports", place="0", employer="{orgnr}", answer=card_of("2026-03-14"))
THEIR_CARDS = f"clients/{MINE}/tax-cards/{SOMEBODY}"
ITEM = {"key": "job", "client": MINE, "action": "add"}
GRANTED = earlier("/v1/access/changes", action="grant", client=FREE, user=ANNE, role="member")
KEYED = {"Idempotency-Key": "first-0"}

WAYS = [
    create(),
    create(code="group_exists", first=[("POST", "/v1/groups", {"slug": "vip"})]),
    create(code="idempotency_mismatch", first=[("POST", "/v1/groups", {"slug": "oslo"})], headers=KEYED),
    create(code="role_forbids", by=ADMINISTRATOR),
    create(code="role_forbids", by=OFFICER),
    create(code="bureau_not_activated", by=ADMINISTRATOR, sql=[OFF]),
    create(code="bureau_not_eligible", sql=NOT_ELIGIBLE),
    patch(),
    patch(code="group_exists", body={"slug": "finance"}),
    patch(code="precondition_failed", headers={"If-Match": '"old"'}),
    patch(code="role_forbids", by=ADMINISTRATOR),
    delete(),
    delete(code="precondition_failed", headers={"If-Match": '"old"'}),
    delete(code="role_forbids", by=OFFICER),
    member(MINE),
    member(MINE, "remove", first=[earlier("/v1/groups/finance/members", client=MINE, action="add")]),
    member(FOREIGN, code="client_not_found"),
    member(MINE, code="no_access", by=ADMINISTRATOR, sql=["DELETE FROM access WHERE user_id = 'us_0001'"]),
    member(MINE, slug="payday-20", code="rule_forbids"),
    whole(member(MINE, code="role_forbids", by=OFFICER), "group.members", "groups/finance/members"),
    whole(
        member(
            MINE,
            code="idempotency_mismatch",
            first=[one_item("/v1/groups/finance/members", client=FREE, action="add")],
        ),
        "group.members",
        "groups/finance/members",
    ),
    access("grant", FREE, ANNE),
    access("grant", FREE, ANNE, {"role": "owner"}, first=[earlier("/v1/access/changes", **OWNED)]),
    access("grant", FREE, ANNE, {"to": LATER}, first=[GRANTED]),
    access("end", FREE, ANNE, first=[GRANTED]),
    access("end", FREE, ANNE, {"to": TOMORROW}, first=[GRANTED]),
    access("end", FREE, FATIMA, {"new_owner": ANNE}, first=[earlier("/v1/access/changes", **OWNED)]),
    access("end", FREE, FATIMA, code="owner_needed", first=[earlier("/v1/access/changes", **OWNED)]),
    access("grant", FOREIGN, ANNE, code="client_not_found"),
    access("grant", FREE, "nobody", code="user_not_found"),
    access("grant", FREE, LEFT, code="user_left"),
    access("grant", FREE, ANNE, {"from": YESTERDAY}, code="date_passed"),
    access("grant", FREE, ANNE, {"role": "owner", "from": TOMORROW}, code="owner_begins_at_once"),
    access("grant", FREE, ANNE, {"new_owner": FATIMA, "role": "owner"}, code="invalid_request"),
    access("grant", FREE, ANNE, {"on_top_of": '"old"'}, code="precondition_failed"),
    access(
        "grant",
        FREE,
        ANNE,
        {"from": LATER},
        code="access_gap",
        first=[earlier("/v1/access/changes", action="grant", client=FREE, user=ANNE, role="member", to=TODAY)],
    ),
    access("end", INVITED, "{owner}", {"new_owner": None}, code="access_invited"),
    access("grant", FREE, ANNE, code="no_access", by=ADMINISTRATOR),
    whole(access("grant", FREE, ANNE, code="role_forbids", by=OFFICER), "access.change", "access"),
    whole(
        access(
            "grant",
            FREE,
            ANNE,
            code="idempotency_mismatch",
            first=[one_item("/v1/access/changes", action="grant", client=FREE, user=FATIMA, role="member")],
        ),
        "access.change",
        "access",
    ),
    altinn("enable", sql=[SETTINGS_OFF]),
    altinn("disable", sql=[SETTINGS_ON]),
    altinn("tag", user="{caller}", sql=[SETTINGS_ON, "DELETE FROM altinn_tag"]),
    altinn(
        "untag",
        user="{caller}",
        sql=[SETTINGS_OFF],
        first=[earlier("/v1/altinn-settings/changes", client=MINE, action="enable")],
    ),
    altinn("tag", user="{caller}", code="altinn_off", sql=[SETTINGS_OFF]),
    altinn("tag", user="nobody", code="user_not_found", sql=[SETTINGS_ON]),
    altinn("tag", user=LEFT, code="user_left", sql=[SETTINGS_ON]),
    altinn(
        "tag",
        user=ANNE,
        code="access_missing",
        sql=[SETTINGS_ON, "DELETE FROM access WHERE client_id = 'cl_000001' AND user_id <> 'us_0002'"],
    ),
    altinn("enable", client=FOREIGN, code="client_not_found"),
    altinn("enable", terms={"on_top_of": '"old"'}, code="precondition_failed"),
    altinn("tag", code="invalid_request"),
    altinn("enable", client=FREE, code="no_access", by=ADMINISTRATOR),
    whole(altinn("enable", code="role_forbids", by=OFFICER), "altinn.change", "altinn-settings/changes"),
    role(ANNE, "administrator"),
    role(ANNE, "leader", by=ADMINISTRATOR, sql=[OFF]),
    role("ola.admin", "leader", by=ADMINISTRATOR),
    role("{caller}", "officer", code="own_role"),
    role(LEFT, "administrator", code="user_left"),
    role(
        "ola.admin",
        "none",
        code="last_overseer",
        sql=["UPDATE user SET left_on = '2026-12-31' WHERE role = 'leader'"],
    ),
    role(ANNE, "administrator", code="precondition_failed", headers={"If-Match": '"old"'}),
    role(ANNE, "administrator", code="role_forbids", by=OFFICER),
    reveal(f"/v1/clients/{MINE}/employees", f"clients/{MINE}/employees", "list_employees"),
    reveal(f"/v1/clients/{FREE}/employees", f"clients/{FREE}/employees", "list_employees", code="no_access"),
    reveal(f"/v1/tax-cards?client={MINE}", "tax-cards", "list_tax_cards"),
    reveal("/v1/tax-cards", "tax-cards", "list_tax_cards", code="no_access"),
    reveal("/v1/tax-cards", "tax-cards", "list_tax_cards", code="bureau_not_activated", by=ADMINISTRATOR, sql=[OFF]),
    cards(),
    cards(terms={"item": {"again": True}}, sql=[ORDERED_TODAY]),
    cards(FOREIGN, code="client_not_found"),
    cards(FREE, code="no_access"),
    cards(code="no_delegation", sql=[NOT_DELEGATED]),
    cards(code="client_left", sql=[CLIENT_LEFT]),
    cards(code="ordered_today", sql=[ORDERED_TODAY]),
    cards(code="refused_today", sql=REFUSED_TODAY),
    cards(code="order_under_way", first=[ordered(key="earlier")]),
    cards(code="employment_ended", sql=[NOT_PAID, GONE]),
    cards(code="begins_later", sql=[NOT_PAID, COMING]),
    Way(**{**vars(cards()), "asked": for_changes(), "code": "no_earlier_order"}),
    whole(cards(terms={"year": 2027}, code="tax_year_not_open"), "taxcards.order", "tax-card-orders"),
    whole(cards(terms={"year": 2024}, code="tax_year_closed"), "taxcards.order", "tax-card-orders"),
    whole(
        cards(code="idempotency_mismatch", first=[ordered(employees=["em_0000010010"])]),
        "taxcards.order",
        "tax-card-orders",
    ),
    imported(card_of("2026-03-15"), subject=THEIR_CARDS),
    imported(card_of("2020-01-01"), subject=THEIR_CARDS, code="card_older"),
    imported(card_of("2026-03-15", "ugyldigOrganisasjonsnummer"), code="authority_refused"),
    imported("nothing", code="answer_unreadable"),
    imported(card_of("2026-03-15"), employer="999999999", subject="clients/tax-cards", code="client_not_found"),
    imported(card_of("2026-03-15"), subject=f"clients/{MINE}/tax-cards", code="no_access", by=ADMINISTRATOR),
    whole(
        imported(card_of("2026-03-15"), code="idempotency_mismatch", first=[FIRST_IMPORT]),
        "taxcards.import",
        "tax-card-imports",
    ),
    cancel(),
    cancel(code="rule_forbids", headers={"Cancelled": "before"}),
]
LEAVES_NOTHING = {"create_selection", "issue_token"}
"""What is sent but changes nothing: a selection is looked up, and a token nobody has yet is nobody's deed."""
NEVER_LEFT = {"answer_missing", "conflict", "idempotency_in_progress"}
"""A fault on demand is no deed; while the first of two requests is under way, that one leaves the event; and what an
answer of the tax authority lacks is found out by a job: see test_tax_card_orders.py."""


class World:
    """Who asks, and what only the store knows: whose job it is, who owns a client, who the caller is."""

    def __init__(self, apis: Mapping[str, Any], sql: Any) -> None:
        self.apis = apis
        self.sql = sql
        self.known: dict[str, str] = {}

    def know(self, by: str) -> None:
        me = self.apis[by].get("/v1/me").json()["user"]["login"]
        owner = self.sql("SELECT owner FROM client WHERE id = ?", INVITED)[0]["owner"]
        (mine,) = self.sql(
            "SELECT orgnr, fnr FROM client, employee WHERE client.id = ? AND employee.id = ?", MINE, SOMEBODY
        )
        self.known |= {"{caller}": me, "{owner}": owner, "{orgnr}": mine["orgnr"], "{fnr}": mine["fnr"]}

    def ask(self, by: str, asked: tuple[str, str, Any], headers: Mapping[str, str]) -> Any:
        method, path, body = self.filled(asked)
        key = {"Idempotency-Key": "the-way"} if method == "POST" else {}
        return self.apis[by](method, path, json=body, headers={**key, **headers})

    def filled(self, value: Any) -> Any:
        """With what is known in the place of its name."""
        if isinstance(value, str):
            for name, known in self.known.items():
                value = value.replace(name, known)
        elif isinstance(value, dict):
            return {name: self.filled(one) for name, one in value.items()}
        elif isinstance(value, list | tuple):
            return type(value)(map(self.filled, value))
        return value

    def events(self) -> list[Any]:
        rows = self.sql("SELECT event, hash FROM audit_event ORDER BY seq")
        return [json.loads(row["event"]) | {"hash": row["hash"]} for row in rows]


@pytest.fixture
def world(leader, administrator, officer, sql):
    return World({LEADER: leader, ADMINISTRATOR: administrator, OFFICER: officer}, sql)


def prepared(world: World, way: Way) -> None:
    """Bring about what the way begins with."""
    for statement in way.sql:
        world.sql(statement)
    world.know(way.by)
    for number, asked in enumerate(way.first):
        prefer = {"Prefer": "respond-async"} if way.operation == "cancel_job" else {}
        answer = world.ask(LEADER, asked, {"Idempotency-Key": f"first-{number}", **prefer})
        assert answer.status_code in {200, 201, 202}, answer.text
        if prefer:
            world.known[JOB] = answer.json()["id"]
    if "Cancelled" in way.headers:
        assert world.ask(LEADER, way.asked, {"Idempotency-Key": "earlier"}).status_code == 200


@pytest.mark.parametrize("way", WAYS, ids=[way.name for way in WAYS])
def test_each_way_an_operation_ends_leaves_one_event(world, way):
    prepared(world, way)
    before = len(world.events())
    headers = {**way.headers, "Bureau-Run": "run-7", "Request-Id": "req-7"}
    answer = world.ask(way.by, way.asked, headers)
    events = world.events()
    left = events[before:]
    told = [(one["action"], one["subject"], one["code"], one["request_id"], one["run_id"]) for one in left]
    assert told == [(way.action, world.filled(way.subject), way.code, "req-7", "run-7")], answer.text
    assert left[0]["outcome"] == ("refused" if way.code else "done")
    assert (left[0]["before"], left[0]["after"]) == (None, None) if way.code else left[0]["after"] or left[0]["before"]
    assert chain_is_whole(events)


@pytest.mark.parametrize(
    "way", [way for way in WAYS if way.code is None and way.asked[0] == "POST"], ids=lambda w: w.name
)
def test_what_is_sent_again_leaves_nothing_more(world, way):
    prepared(world, way)
    world.ask(way.by, way.asked, way.headers)
    events = world.events()
    again = world.ask(way.by, way.asked, way.headers)
    assert again.status_code in {200, 201, 202}, again.text
    assert world.events() == events


def test_every_operation_that_changes_something_has_its_ways():
    known = operations(contract.load())
    changing = {one.id for one in known if one.method != "GET"} | {"list_employees", "list_tax_cards"}
    assert {way.operation for way in WAYS} == changing - LEAVES_NOTHING
    for operation in {way.operation for way in WAYS}:
        assert {way.code is None for way in WAYS if way.operation == operation} == {True, False}, operation


def test_every_code_that_refuses_a_change_is_among_them():
    codes = contract.load()["components"]["schemas"]["ProblemCode"]["x-codes"]
    refusing = {code for code, one in codes.items() if one["status"] in {403, 409, 412, 422}}
    assert refusing - NEVER_LEFT <= {way.code for way in WAYS}
