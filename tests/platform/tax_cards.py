"""Tax cards as tests order and look at them."""

from __future__ import annotations

from typing import Any

MINE, MANY_KINDS, STRANGE, CHANGED = "cl_00000e", "cl_000013", "cl_000005", "cl_000001"
NOT_ANSWERED, EMPLOYER_INVALID = "cl_000018", "cl_000022"
LONG_ENOUGH_S = 20


def item(client: str, employees: list[str] | None = None, key: str | None = None, **more: Any) -> dict[str, Any]:
    named = {} if employees is None else {"employees": employees}
    return {"key": key or f"key-{client}", "client": client, **named, **more}


def order(api: Any, *items: dict[str, Any], year: int = 2026, mode: str = "all", key: str | None = None) -> Any:
    body = {"year": year, "mode": mode, "items": list(items)}
    return api.post("/v1/tax-card-orders", body, key=key)


def people(api: Any, client: str, **asked: Any) -> list[str]:
    """Who would be ordered at a client."""
    return list(candidate(api, client, **asked)["people"])


def candidate(api: Any, client: str, **asked: Any) -> dict[str, Any]:
    (row,) = api.all("/v1/tax-card-candidates", client=client, **asked)
    return dict(row)


def left_out(api: Any, client: str, **asked: Any) -> dict[str, list[str]]:
    return {one["reason"]: one["employees"] for one in candidate(api, client, **asked)["left_out"]}


def job(api: Any, accepted: Any) -> dict[str, Any]:
    assert accepted.status_code == 202, accepted.text
    return dict(api.get(f"/v1/jobs/{accepted.json()['id']}").json())


def finished(api: Any, clock: Any, accepted: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The job when it has ended, and its results."""
    job_id = accepted.json()["id"]
    clock.advance(seconds=LONG_ENOUGH_S)
    shown = api.get(f"/v1/jobs/{job_id}").json()
    assert shown["ended_at"] is not None, shown
    return shown, api.all(f"/v1/jobs/{job_id}/results", limit=500)


def fetched(api: Any, clock: Any, client: str, **asked: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Everybody to be paid at a client, ordered and waited for."""
    key = f"{client}-{clock.now.timestamp():.0f}"
    return finished(api, clock, order(api, item(client, people(api, client, **asked), key=key)))
