"""A profile on another platform: the same answers, and a token that goes nowhere else and is seen nowhere."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from commands.outside import Waits, child, far, problem, serving, with_profile

from bureau_cli.app import Wiring
from bureau_cli.platform.admin import Admin

LISTS = [
    ("clients", "list"),
    ("clients", "list", "--where", 'payday == 20 and name contains "as"', "-o", "csv"),
    ("clients", "list", "--owner", "me", "--group", "payday-20", "-o", "ids"),
    ("clients", "list", "--clients", "10001,10003", "-o", "ndjson"),
    ("clients", "show", "10001", "-o", "plain"),
    ("groups", "list", "-o", "markdown"),
    ("groups", "add", "paused", "--owner", "me", "--plan", "-o", "table"),
    ("clients", "list", "--group", "nope"),
    ("clients", "list", "--where", "payday = 20"),
]


def without_ids(told: str) -> str:
    """What was said, but for the request's id and the profile's name, which differ from run to run."""
    return re.sub(r"request \w+|profile \w+", "", told)


def test_a_remote_platform_gives_the_bytes_the_embedded_one_gives(bureau: Any, afar: Any) -> None:
    for line in LISTS:
        here, there = bureau(*line, "--profile", "demo"), afar(*line)
        assert (there.code, there.out) == (here.code, here.out)
        assert without_ids(there.err) == without_ids(here.err)


def test_a_change_made_afar_is_seen_at_home(bureau: Any, afar: Any) -> None:
    assert afar("groups", "create", "oslo", "--title", "Oslo").code == 0
    assert afar("groups", "add", "oslo", "--clients", "10001,10002", "--yes").code == 0
    assert len(bureau("clients", "list", "--group", "oslo", "--profile", "demo", "-o", "ids").lines) == 2


def test_the_answer_names_the_profile_it_came_from(afar: Any) -> None:
    assert afar("groups", "list", "-o", "json").json["meta"]["profile"] == "far"


# --- the token -------------------------------------------------------------------------------------------------------

CANARY = "canary-4711-do-not-show"


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("BUREAU_TOKEN", CANARY)
    return CANARY


def test_a_token_in_a_file_is_as_good_as_one_in_the_environment(
    bureau: Any, clean_world: Path, platform_file: Path
) -> None:
    held = clean_world / "token"
    held.write_text(Admin(platform_file).token("anne.aas", timedelta(hours=1)) + "\n", encoding="ascii")
    held.chmod(0o600)
    with serving() as url:
        with_profile(clean_world, f"base_url = '{url}'", "credential = 'file'", f"token_file = '{held}'")
        assert json.loads(bureau("api", "GET", "/v1/me").out)["user"]["login"] == "anne.aas"


def test_a_token_of_another_bureau_or_none_or_nonsense_or_an_old_one_is_refused(
    bureau: Any, clean_world: Path, platform_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, other = Admin(platform_file), Admin(clean_world / "other.db")
    other.seed(10, 1)
    hour = timedelta(hours=1)
    good, foreign = mine.token("kari.nordmann", hour), other.token("kari.nordmann", hour)
    codes = {}
    with serving() as url:
        with_profile(clean_world, f"base_url = '{url}'", "credential = 'env'")
        for name, given in (("good", good), ("foreign", foreign), ("garbage", "x" * 40), ("cut", good[:-1])):
            monkeypatch.setenv("BUREAU_TOKEN", given)
            outcome = bureau("clients", "list")
            codes[name] = int(outcome.code)
            assert given not in outcome.err
        mine.clock(None)
        monkeypatch.setenv("BUREAU_TOKEN", mine.token("kari.nordmann", -hour))
        expired = bureau("clients", "list")
    assert codes == {"good": 0, "foreign": 4, "garbage": 4, "cut": 4}
    assert (expired.code, "[token_expired" in expired.err) == (4, True)


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("location", ["https://evil.example/v1/clients", "http://platform.example/v1/clients", "/v2"])
def test_a_redirect_is_not_followed(bureau: Any, clean_world: Path, status: int, location: str) -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(status, headers={"Location": location})

    refused = bureau("clients", "list", wiring=far(clean_world, answer))
    assert (refused.code, refused.out, len(asked)) == (4, b"", 1)
    assert asked[0].headers["authorization"] == f"Bearer {CANARY}"


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize(
    "path", ["https://evil.example/v1", "//evil.example/v1", "/\\evil.example", "v1", "/v1?x=1", ""]
)
def test_the_raw_api_reaches_no_other_place(bureau: Any, clean_world: Path, path: str) -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json={})

    assert bureau("api", "GET", path, wiring=far(clean_world, answer)).code == 2
    assert asked == []


# --- the canary ------------------------------------------------------------------------------------------------------


@pytest.fixture
def debug(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUREAU_DEBUG", request.param)


def crashing(_: httpx.Request) -> httpx.Response:
    raise RuntimeError("a fault nobody foresaw")


def echoing(status: int) -> Callable[[httpx.Request], httpx.Response]:
    """A platform, or a proxy before it, that tells in its error what it was sent."""

    def answer(request: httpx.Request) -> httpx.Response:
        sent = request.headers["authorization"]
        body = {"status": status, "code": "x", "title": sent, "detail": f"bad header: {sent}", "request_id": sent}
        body["errors"] = [{"pointer": sent, "message": sent}]
        headers = {"Content-Type": "application/problem+json", "Request-Id": sent}
        return httpx.Response(status, json=body, headers=headers)

    return answer


ANSWERS = {
    "success": lambda _: httpx.Response(200, json={"items": [], "next": None, "total": 0, "as_of": None}),
    "401": lambda _: problem(401, "unauthenticated"),
    "500": lambda _: problem(500, "internal"),
    "not JSON": lambda _: httpx.Response(200, content=b"<html>"),
    "not the contract": lambda _: httpx.Response(200, json={"items": [{"id": 5}], "next": None, "total": 1}),
    "crash": crashing,
    "echo 400": echoing(400),
    "echo 401": echoing(401),
    "echo 503": echoing(503),
}


@pytest.mark.usefixtures("debug")
@pytest.mark.parametrize("debug", ["", "1"], indirect=True)
@pytest.mark.parametrize("answer", ANSWERS)
def test_a_token_is_never_shown(bureau: Any, clean_world: Path, token: str, answer: str) -> None:
    seen: list[str] = []

    def listening(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["authorization"])
        return ANSWERS[answer](request)

    for line in (["clients", "list"], ["api", "POST", "/v1/groups", "-f", "slug=x", "--yes"]):
        for more in ([], ["--trace"], ["-o", "json"], ["--trace", "-o", "json", "--quiet"]):
            told = bureau(*line, *more, wiring=far(clean_world, listening))
            assert token not in told.text + told.err
    assert set(seen) == {f"Bearer {token}"}


def test_the_trace_shows_each_request(bureau: Any, clean_world: Path, token: str) -> None:
    """The control: there is something to see, and where a filter left out the token it left in the rest."""
    told = bureau("clients", "list", "--trace", "--group", "oslo", wiring=far(clean_world, ANSWERS["success"]))
    assert told.err.startswith("GET /v1/clients?group=oslo")
    assert "→ 200" in told.err
    assert token not in told.err


@pytest.mark.usefixtures("platform_file", "token")
def test_a_token_is_not_in_what_the_process_leaves_behind(clean_world: Path) -> None:
    with serving() as url:
        with_profile(clean_world, f"base_url = '{url}'", "credential = 'env'")
        ended = child("clients", "list", "--trace", environ={"BUREAU_DEBUG": "1"})
    assert ended.returncode == 4
    assert "Traceback" in ended.stderr, "the control: debugging shows all there is"
    assert CANARY not in ended.stdout + ended.stderr
    left = [path for path in clean_world.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
    assert left == []


def test_a_profile_is_on_its_own_platform_only(bureau: Any, clean_world: Path, token: str) -> None:
    """Nothing of the embedded platform is made or asked where the profile is remote."""
    answered = bureau("clients", "list", wiring=far(clean_world, ANSWERS["success"]), stdin=token)
    assert answered.code == 0
    refused = bureau("platform", "status", wiring=Wiring(patience=Waits().patience))
    assert (refused.code, "embedded_only" in refused.err) == (7, True)
