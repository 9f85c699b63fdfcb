"""Faults on demand, from the store and from the header."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bureau_cli.platform.errors import PlatformError
from bureau_cli.platform.faults import KINDS, Fault

from .conftest import Api

STATUSES = {
    "unauthenticated": (401, "unauthenticated"),
    "conflict": (409, "conflict"),
    "precondition": (412, "precondition_failed"),
    "idempotency": (422, "idempotency_mismatch"),
    "rate_limited": (429, "rate_limited"),
    "internal": (500, "internal"),
    "busy": (503, "busy"),
}


def with_fault(api, text, path="/v1/groups", **more):
    return api.get(path, headers={"Bureau-Fault": text}, **more)


def create(api, slug="vip", **headers):
    return api("POST", "/v1/groups", json={"slug": slug}, headers={"Idempotency-Key": f"key-{slug}", **headers})


@pytest.mark.parametrize("kind", STATUSES)
def test_a_fault_answers_with_its_status_and_says_that_it_is_one(leader, kind):
    status, code = STATUSES[kind]
    for text in (kind, str(status)):
        faked = with_fault(leader, text)
        assert (faked.status_code, faked.json()["code"]) == (status, code)
        assert faked.headers["bureau-fault"] == kind


def test_retry_after_is_what_the_fault_says(leader):
    assert with_fault(leader, "429;retry_after=7").headers["retry-after"] == "7"
    assert with_fault(leader, "503").headers["retry-after"] == "1"


def test_a_refusal_on_demand_does_nothing_and_leaves_no_event(leader):
    assert create(leader, **{"Bureau-Fault": "409"}).status_code == 409
    assert leader.all("/v1/audit-events") == []
    assert leader.get("/v1/groups/vip").status_code == 404


def test_a_dropped_connection_drops_the_work_and_a_lost_reply_only_the_reply(leader):
    with pytest.raises(ConnectionResetError):
        create(leader, "before", **{"Bureau-Fault": "drop"})
    with pytest.raises(ConnectionResetError):
        create(leader, "after", **{"Bureau-Fault": "drop_after"})
    assert leader.get("/v1/groups/before").status_code == 404
    assert leader.get("/v1/groups/after").status_code == 200
    again = create(leader, "after")
    assert (again.status_code, again.headers["idempotent-replayed"]) == (201, "true")


def test_a_truncated_answer_is_half_of_it(platform, runner):
    api = Api(platform.asgi(fault_header=True), platform.token(platform.demo_login, timedelta(hours=1)), runner)
    whole, half = api.get("/v1/groups"), with_fault(api, "truncate")
    assert half.headers["content-length"] == str(len(whole.content))
    assert half.content == whole.content[: len(whole.content) // 2]


def test_a_slow_answer_lets_others_pass(leader):
    ended = []

    async def ask(name, **headers):
        response = await leader.as_task("GET", "/v1/groups", headers=headers)
        assert response.status_code == 200
        ended.append(name)

    async def both():
        await asyncio.gather(ask("slow", **{"Bureau-Fault": "slow;seconds=0.2"}), ask("quick"))

    leader.run(both())
    assert ended == ["quick", "slow"]


def test_a_stored_fault_strikes_as_many_requests_as_it_says_across_processes(leader, admin):
    admin.set_faults(["503;path=/v1/groups;times=2", "slow;seconds=0"])
    statuses = [leader.get(path).status_code for path in ("/v1/clients", *["/v1/groups"] * 3)]
    assert statuses == [200, 503, 503, 200]
    admin.set_faults(["409;method=POST"])
    assert (leader.get("/v1/groups").status_code, create(leader).status_code) == (200, 409)
    assert admin.faults() == ["conflict;method=POST"]
    admin.set_faults([])
    assert create(leader).status_code == 201


def test_a_401_that_was_asked_for_has_the_challenge_of_any_other(leader):
    assert with_fault(leader, "401").headers["www-authenticate"].startswith("Bearer")


def test_a_header_strikes_as_many_requests_as_each_of_its_rules_says(leader):
    text = "503;path=/v1/groups;times=2,500;times=1"
    statuses = [with_fault(leader, text, path).status_code for path in ("/v1/clients", *["/v1/groups"] * 4)]
    assert statuses == [500, 503, 503, 200, 200]


def test_a_rate_strikes_a_share_of_requests_the_same_ones_each_time(leader, admin):
    def struck():
        admin.set_faults(["500;rate=0.3"])
        return [leader.get("/v1/meta").status_code == 500 for _ in range(60)]

    first = struck()
    assert struck() == first
    assert 8 <= sum(first) <= 30


def test_the_header_is_ignored_unless_the_application_was_built_to_heed_it(platform, runner):
    api = Api(platform.asgi(), platform.token(platform.demo_login, timedelta(hours=1)), runner)
    assert with_fault(api, "503").status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        "",
        "odd",
        "503;",
        "503;odd=1",
        "503;times=-1",
        "slow;seconds=x",
        "slow;seconds=inf",
        "500;rate=2",
        "500;rate=nan",
    ],
)
def test_a_fault_that_is_none_is_refused(leader, admin, text):
    with pytest.raises(PlatformError) as caught:
        admin.set_faults([text])
    assert caught.value.code == "fault_invalid"
    assert with_fault(leader, text).json()["errors"][0]["pointer"] == "/header/Bureau-Fault"


@given(
    fault=st.builds(
        Fault,
        kind=st.sampled_from(sorted(KINDS)),
        path=st.sampled_from(["/", "/v1/clients"]),
        method=st.sampled_from([None, "GET", "POST"]),
        times=st.none() | st.integers(0, 9),
        rate=st.floats(0, 1),
        seconds=st.floats(0, 600),
        retry_after=st.integers(0, 99),
    )
)
def test_a_fault_reads_what_it_writes(fault):
    assert Fault.parse(str(fault)) == fault
