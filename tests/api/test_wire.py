"""One operation on the wire, its faults made by respx."""

from __future__ import annotations

from collections.abc import AsyncIterator

import anyio
import httpx
import pytest
from api.dialling import HOST, PATH, THINGS, Dial

from bureau_cli import errors
from bureau_cli.api.retry import Safety
from bureau_cli.api.wire import LARGEST_BODY, Call


@pytest.fixture
def dial() -> Dial:
    return Dial()


def test_an_answer_is_decoded_and_carries_the_token(dial: Dial) -> None:
    route = dial.router.get(PATH).respond(200, json={"total": "1.10"})
    assert dial.send().content == {"total": "1.10"}
    assert route.calls.last.request.headers["Authorization"] == "Bearer s3cret"
    assert route.calls.last.request.headers["Accept-Encoding"] == "identity"


def test_a_request_that_cannot_be_formed_does_not_bring_along_who_quotes_it(dial: Dial) -> None:
    dial.router.get(PATH).mock(side_effect=httpx.LocalProtocolError("Illegal header value b'Bearer s3cret\\x00'"))
    with pytest.raises(errors.UnexpectedFault) as refused:
        dial.send()
    assert (refused.value.__cause__, refused.value.__context__) == (None, None)


@pytest.mark.parametrize(
    "fault",
    [httpx.ConnectError("x"), httpx.ReadTimeout("x"), httpx.RemoteProtocolError("x"), httpx.ReadError("x")],
)
def test_a_read_survives_a_broken_connection(dial: Dial, fault: Exception) -> None:
    dial.router.get(PATH).mock(side_effect=[fault, httpx.Response(200, json=[])])
    answer = dial.send()
    assert answer.content == []
    assert dial.waits == [0.5]
    assert answer.resent is not isinstance(fault, httpx.ConnectError)


def test_a_body_cut_short_is_fetched_again(dial: Dial) -> None:
    dial.router.get(PATH).mock(side_effect=[httpx.Response(200, content=b'{"items": ['), httpx.Response(200, json={})])
    assert dial.send().content == {}


def test_four_attempts_and_no_more(dial: Dial) -> None:
    route = dial.router.get(PATH).respond(503)
    with pytest.raises(errors.Busy):
        dial.send()
    assert route.call_count == 4
    assert dial.waits == [0.5, 1.0, 2.0]


def test_retry_after_is_obeyed_before_our_own_wait(dial: Dial) -> None:
    dial.router.get(PATH).mock(side_effect=[httpx.Response(429, headers={"Retry-After": "7"}), httpx.Response(200)])
    dial.send()
    assert dial.waits == [pytest.approx(7.7)]
    assert dial.wire.reads.width == 8


def test_a_limit_that_names_only_its_reset_is_obeyed_too(dial: Dial) -> None:
    dial.router.get(PATH).mock(side_effect=[httpx.Response(429, headers={"RateLimit-Reset": "3"}), httpx.Response(200)])
    dial.send()
    assert dial.waits == [pytest.approx(3.3)]


def test_a_healthy_limits_reset_is_no_wait(dial: Dial) -> None:
    headers = {"RateLimit-Reset": "3000"}
    dial.router.get(PATH).mock(side_effect=[httpx.Response(500, headers=headers), httpx.Response(200)])
    dial.send()
    assert dial.waits == [0.5]


def test_a_wait_that_does_not_fit_the_operation_is_told_instead_of_begun(
    dial: Dial, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bureau_cli.api.wire.OPERATION_LIMIT_S", 20)
    dial.router.get(PATH).respond(429, headers={"Retry-After": "30"})
    with pytest.raises(errors.RateLimited) as caught:
        dial.send()
    assert (dial.waits, caught.value.fix) == ([], "run it again in 30 s")


def test_a_burst_of_refusals_narrows_the_road_once(dial: Dial) -> None:
    dial.router.get(PATH).mock(side_effect=[*[httpx.Response(429)] * 8, *[httpx.Response(200)] * 8])

    async def burst() -> None:
        async with anyio.create_task_group() as tasks:
            for _ in range(8):
                tasks.start_soon(dial.wire.send, THINGS)

    anyio.run(burst)
    assert dial.wire.reads.width == 8


def test_a_failed_attempt_is_traced_with_its_wait(dial: Dial) -> None:
    dial.router.get(PATH).mock(side_effect=[httpx.ConnectError("x"), httpx.Response(200)])
    dial.send()
    assert dial.traced[0] == "GET /v1/things failed (network), again in 0.5 s"


def test_a_wait_that_is_too_long_is_told_instead_of_waited(dial: Dial) -> None:
    route = dial.router.get(PATH).respond(503, headers={"Retry-After": "3600"})
    with pytest.raises(errors.Busy) as caught:
        dial.send()
    assert (route.call_count, dial.waits, caught.value.fix) == (1, [], "run it again in 3600 s")


def test_every_attempt_of_a_change_has_the_same_key_and_body(dial: Dial) -> None:
    route = dial.router.post(PATH).mock(side_effect=[httpx.ReadTimeout("x"), httpx.Response(200, json={})])
    headers = {"Idempotency-Key": "k1"}
    dial.send(Call(method="POST", path="/v1/things", body={"a": 1}, headers=headers, safety=Safety.KEYED))
    sent = [(call.request.headers["Idempotency-Key"], call.request.content) for call in route.calls]
    assert sent == [("k1", b'{"a":1}')] * 2


def test_a_change_without_a_key_is_not_sent_twice(dial: Dial) -> None:
    route = dial.router.post(PATH).mock(side_effect=httpx.ReadTimeout("x"))
    with pytest.raises(errors.AnswerTimeout):
        dial.send(Call(method="POST", path="/v1/things", safety=Safety.UNKEYED))
    assert route.call_count == 1


def test_an_outage_is_met_with_few_requests(dial: Dial) -> None:
    route = dial.router.get(PATH).respond(503)

    async def five_hundred() -> None:
        for _ in range(500):
            with pytest.raises(errors.Busy):
                await dial.wire.send(THINGS)

    anyio.run(five_hundred)
    assert route.call_count <= 60


@pytest.mark.parametrize("status", [300, 301, 302, 303, 304, 307, 308])
def test_a_redirect_is_an_error_and_is_not_followed(dial: Dial, status: int) -> None:
    sink = dial.router.get("https://elsewhere.example/").respond(200)
    dial.router.get(PATH).respond(status, headers={"Location": "https://elsewhere.example/"})
    with pytest.raises(errors.OriginRefused):
        dial.send()
    assert not sink.called


@pytest.mark.parametrize(
    "path",
    ["https://elsewhere.example/v1", "http://platform.example/v1", f"{HOST}:444/v1"],
)
def test_the_token_never_leaves_its_origin(dial: Dial, path: str) -> None:
    everything = dial.router.route().respond(200)
    with pytest.raises(errors.OriginRefused):
        dial.send(Call(method="GET", path=path))
    assert not everything.called


def test_without_the_guard_the_token_would_leave() -> None:
    """The control of the test above: a plain client with the same base URL hands its token to anybody."""
    seen: list[str] = []
    transport = httpx.MockTransport(
        lambda request: (seen.append(request.headers["Authorization"]), httpx.Response(200))[1]
    )
    with httpx.Client(base_url=HOST, headers={"Authorization": "Bearer s3cret"}, transport=transport) as plain:
        plain.get("https://elsewhere.example/v1")
    assert seen == ["Bearer s3cret"]


def test_a_compressed_answer_is_refused(dial: Dial) -> None:
    dial.router.get(PATH).respond(200, headers={"Content-Encoding": "gzip"}, content=b"")
    with pytest.raises(errors.AnswerInvalid):
        dial.send()


def test_an_answer_without_end_is_cut_off(dial: Dial) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(2 * LARGEST_BODY >> 20):
            yield b" " * (1 << 20)

    dial.router.get(PATH).respond(200, content=endless())
    with pytest.raises(errors.AnswerInvalid, match="32 MiB"):
        dial.send()


@pytest.mark.parametrize("body", [b"NaN", b'{"a": Infinity}', b"<html>", b"\xff"])
def test_what_is_not_json_is_fetched_again_and_then_told(dial: Dial, body: bytes) -> None:
    route = dial.router.get(PATH).respond(200, content=body)
    with pytest.raises(errors.AnswerBroken):
        dial.send()
    assert route.call_count == 4


def test_a_problem_code_becomes_its_leaf_with_the_request_id(dial: Dial) -> None:
    problem = {"code": "group_not_found", "detail": "no group x", "request_id": "q7", "errors": []}
    dial.router.get(PATH).respond(404, json=problem, headers={"Content-Type": "application/problem+json"})
    with pytest.raises(errors.GroupNotFound, match="no group x") as caught:
        dial.send()
    assert caught.value.request_id == "q7"


@pytest.mark.parametrize(
    ("status", "leaf"),
    [(401, errors.Unauthenticated), (403, errors.RoleForbids), (418, errors.InvalidRequest), (507, errors.Busy)],
)
def test_an_unknown_code_or_status_falls_back_to_the_nearest_leaf(
    dial: Dial, status: int, leaf: type[errors.BureauError]
) -> None:
    dial.router.get(PATH).respond(status, json={"code": "new_in_2030", "detail": "news"})
    with pytest.raises(leaf, match="news"):
        dial.send()


@pytest.mark.parametrize("body", [b"[]", b'"text"', b"{", b'{"errors": 5}', b'{"errors": [5]}', b""])
def test_a_malformed_problem_is_still_one_clean_error(dial: Dial, body: bytes) -> None:
    dial.router.get(PATH).respond(409, content=body, headers={"Content-Type": "application/problem+json"})
    with pytest.raises(errors.OtherConflict):
        dial.send()


def leaves(kind: type[httpx.TransportError]) -> list[type[httpx.TransportError]]:
    return [leaf for child in kind.__subclasses__() for leaf in leaves(child)] or [kind]


@pytest.mark.parametrize("fault", leaves(httpx.TransportError))
def test_every_fault_of_httpx_has_a_translation_that_quotes_nothing(
    dial: Dial, fault: type[httpx.TransportError]
) -> None:
    dial.router.get(PATH).mock(side_effect=fault("secret text"))
    with pytest.raises(errors.BureauError) as caught:
        dial.send()
    assert "secret" not in caught.value.message


def test_an_operation_ends_at_its_limit(dial: Dial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bureau_cli.api.wire.OPERATION_LIMIT_S", 0.01)

    async def never(_request: httpx.Request) -> httpx.Response:
        await anyio.sleep_forever()
        raise AssertionError

    dial.router.get(PATH).mock(side_effect=never)
    with pytest.raises(errors.AnswerTimeout):
        dial.send()


def test_the_trace_shows_no_token_and_no_search_word(dial: Dial) -> None:
    dial.router.get(PATH).respond(200, json={}, headers={"Set-Cookie": "c00kie"})
    dial.send(Call(method="GET", path="/v1/things", query=[("where", 'name == "Hemmelig"'), ("limit", "5")]))
    (line,) = dial.traced
    assert "GET /v1/things?where=…&limit=5 → 200" in line
    assert not any(secret in line for secret in ("s3cret", "Hemmelig", "c00kie"))
