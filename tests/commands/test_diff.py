"""What has changed between two month-ends, or since one: everything that did, and nothing else."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from running import Bureau

NOTHING: list[Any] = []


@pytest.fixture(autouse=True)
def _saved(bureau: Bureau) -> None:
    assert bureau("snapshot", "save", "autumn", "--period", "2026-10").code == 0


def rows(bureau: Bureau, *argv: str) -> list[Any]:
    found = bureau("diff", *argv, "-o", "json")
    assert found.code == 0, found.err
    listed: list[Any] = found.json["data"]
    return listed


def test_what_was_done_since_is_what_differs_and_either_way_about(bureau: Bureau) -> None:
    assert rows(bureau, "autumn", "now", "--exit-code") == NOTHING
    before = bureau("clients", "show", "10002", "-o", "json").json["data"]["owner"]
    bureau("owners", "set", "--user", "tone.sandvik", "--clients", "10002", "--yes")
    bureau("access", "grant", "--user", "geir.berg", "--clients", "10031", "--yes")
    found = bureau("diff", "autumn", "now", "--exit-code", "-o", "json")
    assert found.code == 9
    told = [(one["what"], one["number"], one["user"], one["before"], one["after"]) for one in found.json["data"]]
    assert ("owner", "10002", None, before, "tone.sandvik") == told[0]
    assert ("access", "10031", "geir.berg", None, "member") in told
    assert {(what, number) for what, number, *_ in told} == {
        ("owner", "10002"), ("access", "10002"), ("access", "10031"),
    }  # fmt: skip
    turned = [{**one, "before": one["after"], "after": one["before"]} for one in rows(bureau, "now", "autumn")]
    assert turned == found.json["data"]
    assert rows(bureau, "autumn", "now", "--only", "owner") == found.json["data"][:1]
    assert rows(bureau, "autumn", "now", "--owner", "tone.sandvik", "--only", "owner") == found.json["data"][:1]
    assert rows(bureau, "autumn", "now", "--clients", "10001") == NOTHING


def test_the_sums_are_those_of_the_runs_of_each_month(bureau: Bureau) -> None:
    bureau("snapshot", "save", "late-summer", "--period", "2026-09")
    nets: Counter[str] = Counter()
    for month, last, sign in (("2026-09", "30", -1), ("2026-10", "31", 1)):
        paid = bureau("runs", "list", "--from", f"{month}-01", "--to", f"{month}-{last}", "-o", "json").json["data"]
        for run in paid:
            if run["net"] is not None:
                nets[run["number"]] += sign * Decimal(run["net"])  # type: ignore[assignment]  # a Counter sums decimals
    found = rows(bureau, "late-summer", "autumn", "--only", "net")
    assert {one["number"]: Decimal(one["change"]) for one in found} == {n: net for n, net in nets.items() if net}
    told = bureau("diff", "late-summer", "autumn").err
    assert f"net {sum(nets.values()):+}" in told
    sizes = [abs(Decimal(one["change"])) for one in found]
    assert sizes == sorted(sizes, reverse=True)


def test_a_client_may_be_known_on_one_side_only(bureau: Bureau, sql: Any) -> None:
    sql("UPDATE client SET number = '77777' WHERE number = '10003'")
    assert [one["number"] for one in rows(bureau, "autumn", "now", "--clients", "77777")] == []
    assert [one["number"] for one in rows(bureau, "autumn", "now", "--clients", "10003,10001")] == []
    missing = bureau("diff", "autumn", "now", "--clients", "10001,55555")
    assert (missing.code, missing.out) == (5, b"")
    assert "neither side has a client 55555" in missing.err


def test_sides_that_are_none_are_refused(bureau: Bureau) -> None:
    assert bureau("diff", "now", "now").code == 2
    assert bureau("diff", "autumn", "winter").code == 5
    assert "pay compared at 14 of 120 clients" in bureau("diff", "autumn", "autumn").err
    assert "compared at" not in bureau("diff", "autumn", "autumn", "--only", "owner", "--only", "access").err
