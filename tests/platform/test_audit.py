"""The audit trail: one event a change or refusal, chained so that none can be altered or taken out."""

from __future__ import annotations

import hashlib
import json

import pytest

from .test_groups import change, item


def chain_is_whole(events):
    """Check the chain as the contract describes it, with nothing of the platform's own."""
    prev = "0" * 64
    for event in events:
        rest = {name: value for name, value in event.items() if name != "hash"}
        canonical = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        if event["prev_hash"] != prev or hashlib.sha256((prev + canonical).encode()).hexdigest() != event["hash"]:
            return False
        prev = event["hash"]
    return [event["seq"] for event in events] == list(range(1, len(events) + 1))


@pytest.fixture
def trail(leader, administrator, officer):
    """A bit of everything: done, refused by role, by conflict, by version, by key, item by item."""
    leader.post("/v1/groups", {"slug": "vip", "title": 'Øl, "æ" \\ \x1f \u2028 🌷'}, key="k", Bureau_Run="run-1")
    leader.post("/v1/groups", {"slug": "vip", "title": "again"}, key="k")
    leader.post("/v1/groups", {"slug": "paused"})
    officer.post("/v1/groups", {"slug": "mine"})
    leader("PATCH", "/v1/groups/vip", json={"slug": "best"}, headers={"Request-Id": "req-1"})
    leader("DELETE", "/v1/groups/best", headers={"If-Match": '"old"'})
    change(administrator, "best", item("1", "cl_000006"), item("2", "cl_000009"))
    leader("DELETE", "/v1/groups/best")
    return leader.all("/v1/audit-events")


def test_every_change_and_every_refusal_leaves_one_event_and_nothing_else_does(trail):
    assert [(event["action"], event["subject"], event["code"]) for event in trail] == [
        ("group.create", "groups/vip", None),
        ("group.create", "groups/vip", "idempotency_mismatch"),
        ("group.create", "groups/paused", "group_exists"),
        ("group.create", "groups/mine", "role_forbids"),
        ("group.change", "groups/vip", None),
        ("group.delete", "groups/best", "precondition_failed"),
        ("group.member.add", "groups/best/members/cl_000006", None),
        ("group.member.add", "groups/best/members/cl_000009", "no_access"),
        ("group.delete", "groups/best", None),
    ]
    assert [event["outcome"] for event in trail] == ["refused" if event["code"] else "done" for event in trail]


def test_an_event_says_who_did_what_and_how_it_was_before(trail):
    assert trail[0]["run_id"] == "run-1"
    assert trail[4]["request_id"] == "req-1"
    assert (trail[4]["before"]["slug"], trail[4]["after"]["slug"]) == ("vip", "best")
    assert trail[6]["actor"] == "ola.admin"
    assert trail[8]["before"]["count"] == 1


def test_replays_reads_selections_and_changes_of_nothing_leave_no_event(leader):
    leader.get("/v1/clients")
    leader.post("/v1/selections", {"all": True})
    leader.post("/v1/groups", {"slug": "Not a slug"})
    leader.get("/v1/groups/nowhere")
    leader("DELETE", "/v1/groups/nowhere")
    change(leader, "paused", item("1", "cl_000001", "remove"))
    leader("PATCH", "/v1/groups/paused", json={"slug": "paused"})
    assert leader.all("/v1/audit-events") == []
    for _ in range(2):
        leader.post("/v1/groups", {"slug": "vip"}, key="k")
        change(leader, "paused", item("2", "cl_000001"))
    assert len(leader.all("/v1/audit-events")) == 2


def test_the_chain_is_whole_and_any_alteration_breaks_it(trail):
    assert chain_is_whole(trail)
    for number in range(len(trail)):
        for name, value in (("actor", "someone.else"), ("after", {}), ("at", "2020-01-01T00:00:00+01:00")):
            altered = [dict(event) for event in trail]
            altered[number][name] = value
            assert not chain_is_whole(altered)
        assert not chain_is_whole(trail[:number] + trail[number + 1 :]) or number == len(trail) - 1


@pytest.mark.usefixtures("trail")
def test_events_can_be_found_by_whom_what_and_when(leader, clock):
    clock.advance(days=1)
    leader.post("/v1/groups", {"slug": "late"})

    def found(**params):
        return [event["seq"] for event in leader.all("/v1/audit-events", limit=2, **params)]

    assert found(actor="ola.admin") == [7, 8]
    assert found(action="group.delete") == [6, 9]
    assert found(subject="groups/vip") == [1, 2, 5]
    assert found(from_seq=8) == [8, 9, 10]
    assert found(since="2026-03-17") == [10]
    assert found(until="2026-03-16") == list(range(1, 10))
    assert found(until="9999-12-31", since="0001-01-01", sort="-seq") == list(range(10, 0, -1))


@pytest.mark.usefixtures("trail")
@pytest.mark.parametrize(
    ("asked", "seqs"),
    [
        ({"action": "group.member.*"}, [7, 8]),
        ({"action": "*.change"}, [5]),
        ({"action": "*"}, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        ({"subject": "groups/best/*"}, [7, 8]),
        ({"subject": "*cl_000006"}, [7]),
        ({"subject": ["groups/paused", "groups/m*", "groups/*/members/cl_000009"]}, [3, 4, 8]),
        ({"subject": ["groups/v*", "groups/vip"]}, [1, 2, 5]),
        ({"outcome": "refused"}, [2, 3, 4, 6, 8]),
        ({"outcome": "done", "action": "group.d*"}, [9]),
        ({"run": "run-1"}, [1]),
        ({"run": "run-2"}, []),
        ({"request": "req-1"}, [5]),
        ({"run": "run-1", "outcome": "done", "action": "group.*"}, [1]),
        ({"run": "run-1", "outcome": "refused"}, []),
        ({"request": "req-1", "subject": ["groups/*", "groups/vip"], "actor": "kari.nordmann"}, [5]),
        ({"actor": "ola.admin", "outcome": "refused"}, [8]),
        ({"actor": "ola.admin", "action": "*.add", "subject": "*6", "from_seq": 7, "since": "2026-03-16"}, [7]),
        ({"since": "2026-03-17"}, []),
        ({"until": "2026-03-15"}, []),
        ({"action": "group.?????e"}, []),
        ({"subject": "groups/[a-z]*"}, []),
        ({"subject": "%"}, []),
    ],
)
def test_events_can_be_found_by_pattern_outcome_run_and_request(asked, seqs, leader):
    found = leader.all("/v1/audit-events", limit=2, **asked)
    assert [event["seq"] for event in found] == seqs
    assert leader.get("/v1/audit-events", params=asked).json()["total"] == len(seqs)
    assert [event["seq"] for event in leader.all("/v1/audit-events", limit=2, sort="-seq", **asked)] == seqs[::-1]


def test_a_star_stands_for_any_text_and_every_other_sign_for_itself(leader, sql):
    subjects = ["a?c", "abc", "a[b]c", "a]c", "a*c", "a%c", "a\U0001f337c", "A?C"]
    for subject in subjects:
        leader.post("/v1/groups", {"slug": f"g{subjects.index(subject)}"})
        sql("UPDATE audit_event SET subject = ? WHERE seq = ?", subject, subjects.index(subject) + 1)

    def found(pattern):
        events = leader.all("/v1/audit-events", subject=pattern)
        return [subjects[event["seq"] - 1] for event in events]

    assert found("a*c") == subjects[:-1]
    assert found("a?*") == ["a?c"]
    assert found("*[b]*") == ["a[b]c"]
    assert found("*]c") == ["a[b]c", "a]c"]
    assert found("*%*") == ["a%c"]
    assert found("a\U0001f337*") == ["a\U0001f337c"]
    assert found("A*") == ["A?C"]


def test_instants_never_go_back_though_the_clock_does(leader, admin, clock):
    leader.post("/v1/groups", {"slug": "first"})
    admin.clock(clock().replace(day=1))
    leader.post("/v1/groups", {"slug": "second"})
    first, second = leader.all("/v1/audit-events", until="9999-12-31")
    assert first["at"] == second["at"] == "2026-03-16T12:00:00+01:00"


def test_a_refused_change_is_undone_and_its_event_kept(leader, sql):
    leader("PATCH", "/v1/groups/finance", json={"title": "Changed", "slug": "paused"})
    assert sql("SELECT title FROM client_group WHERE slug = 'finance'")[0]["title"] == "Finansskatt"
    assert len(leader.all("/v1/audit-events")) == 1
