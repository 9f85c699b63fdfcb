"""A platform that answers a change of many in ways nobody foresaw: every client still has one line, and no false 0."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx
from commands.outside import ME
from running import call_in_process

from bureau_cli.app import Wiring

HOST = "https://platform.example"
CLIENTS = ["10001", "10002"]


def client(number: str) -> dict[str, Any]:
    return {
        "id": f"c_{number}", "number": number, "name": f"Klient {number}", "orgnr": "246365008", "form": "AS",
        "status": "active", "paydays": [20], "pay_groups": [], "linked_via": "onboarded", "sites": [], "owner": None,
        "members": [], "groups": [], "active_employees": 1, "my_access": None,
        "altinn": {"partner_settings": False, "delegation": "granted"}, "onboarded": "2024-01-01", "left": None,
        "last_run": None, "withheld": None, "fetched_at": "2026-11-23T00:00:00+01:00",
    }  # fmt: skip


def answering(results: Any) -> Wiring:
    """A platform with two clients and a group; `results` makes its answer to the change from the items sent."""
    router = respx.Router(assert_all_called=False)
    stamp = "2026-11-23T00:00:00+01:00"
    group = {"slug": "g", "title": "g", "kind": "manual", "rule": None, "count": 0, "etag": '"1"',
             "created_at": stamp, "updated_at": stamp}  # fmt: skip
    page = {"items": [client(number) for number in CLIENTS], "next": None, "total": 2, "as_of": stamp}
    router.get(f"{HOST}/v1/me").respond(200, json=ME)
    router.get(f"{HOST}/v1/groups/g").respond(200, json=group)
    router.post(f"{HOST}/v1/selections").respond(201, json={"id": "s", "count": 2, "names": CLIENTS})
    router.get(f"{HOST}/v1/clients").respond(200, json=page)
    router.post(f"{HOST}/v1/groups/g/members").mock(side_effect=lambda request: results(_items(request)))
    return Wiring(network=httpx.MockTransport(router.async_handler))


def _items(request: httpx.Request) -> list[dict[str, str]]:
    return list(json.loads(request.content)["items"])


def told(results: Any) -> tuple[int, dict[str, str]]:
    done = call_in_process(
        "groups", "add", "g", "--all-clients", "--yes", "-o", "json", "-p", "remote", wiring=answering(results)
    )
    return done.code, {row["number"]: row["outcome"] for row in done.json["data"]}


def results_of(*outcomes: str | None, backwards: bool = False) -> Any:
    def answer(items: list[dict[str, str]]) -> httpx.Response:
        results = [
            {"key": item["key"], "client": item["client"], "outcome": outcome}
            for item, outcome in zip(items, outcomes, strict=True)
            if outcome is not None
        ]
        return httpx.Response(200, json={"results": results[::-1] if backwards else results})

    return answer


@pytest.fixture(autouse=True)
def _profile(clean_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = clean_world / ".config" / "bureau" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'[profiles.remote]\nbase_url = "{HOST}"\ncredential = "env"\n', encoding="utf-8")
    monkeypatch.setenv("BUREAU_TOKEN", "t0ken")


def test_results_are_matched_by_key_and_not_by_place() -> None:
    assert told(results_of("done", "refused", backwards=True)) == (3, {"10001": "done", "10002": "refused"})


@pytest.mark.parametrize("strange", ["postponed", "planned", None])
def test_a_client_of_whom_nothing_known_is_said_is_unknown(strange: str | None) -> None:
    assert told(results_of("done", strange)) == (3, {"10001": "done", "10002": "unknown"})


def test_an_answer_that_cannot_be_read_leaves_all_of_it_unknown() -> None:
    code, outcomes = told(lambda _items: httpx.Response(200, json={"results": "none"}))
    assert (code, set(outcomes.values())) == (3, {"unknown"})
