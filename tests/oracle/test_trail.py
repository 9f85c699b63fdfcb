"""After changes of every kind the trail is whole by the oracle's own reckoning, and what must hold does."""

from __future__ import annotations

import hashlib
import json

import pytest
from oracle.conftest import NOON
from oracle.store import checks, found, opened
from oracle.trail import breaks, canonical

CLIENTS = ("cl_000006", "cl_000007", "cl_000008", "cl_000009")

ACCESS = (
    {"action": "grant", "role": "member", "to": "2026-12-31", "reason": "Ferievikar 🌷"},
    {"action": "grant", "role": "owner"},
    {"action": "end"},
    {"action": "end", "new_owner": None},
    {"action": "grant", "role": "member", "from": "2026-12-01"},
)


@pytest.fixture
def changed(bureau, platform_file):
    """The store after changes done, refused and done again, with words of every kind in them."""

    def change(method, path, **body):
        bureau("api", method, path, "--yes", "--body", json.dumps(body))

    change("POST", "/v1/groups", slug="vip", title='Øl, "æ" \\ \u2028 🌷')
    change("POST", "/v1/groups", slug="vip", title="again")
    change("PATCH", "/v1/groups/vip", slug="best")
    for action in ("disable", "enable", "tag"):
        items = [{"key": f"{action}-{client}", "client": client, "action": action} for client in CLIENTS]
        change("POST", "/v1/altinn-settings/changes", items=items)
    items = [
        {"key": f"{number}-{client}", "client": client, "user": "ola.admin", **wanted}
        for client in CLIENTS
        for number, wanted in enumerate(ACCESS)
    ]
    change("POST", "/v1/access/changes", items=items)
    bureau("clients", "list")  # whoever looks next has owners written down
    with opened(platform_file, NOON) as db:
        yield db


@pytest.fixture
def rows(changed):
    return [dict(row) for row in changed.execute("SELECT * FROM audit_event ORDER BY seq")]


def test_the_trail_is_whole(rows):
    assert breaks(rows) == []
    assert len(rows) > 30
    assert {row["outcome"] for row in rows} == {"done", "refused"}


def test_who_has_access_and_uses_altinn_is_as_it_must_be(changed):
    assert [check.sentence for check in checks() if check.family == "access" and found(changed, check)] == []


def rehashed(row):
    return row | {"hash": hashlib.sha256((json.loads(row["event"])["prev_hash"] + row["event"]).encode()).hexdigest()}


def edited(row, **more):
    return row | {"event": canonical(json.loads(row["event"]) | more)}


DAMAGES = {
    "edited": lambda rows: [*rows[:3], edited(rows[3], actor="someone.else"), *rows[4:]],
    "edited, its own hash as well": lambda rows: [*rows[:3], rehashed(edited(rows[3], after=None)), *rows[4:]],
    "deleted": lambda rows: rows[:3] + rows[4:],
    "deleted and counted anew": lambda rows: [
        rehashed(edited(row, seq=number) | {"seq": number}) for number, row in enumerate(rows[:3] + rows[4:], start=1)
    ],
    "inserted": lambda rows: rows[:4] + rows[3:],
    "reordered": lambda rows: [*rows[:3], rows[4], rows[3], *rows[5:]],
    "begun later": lambda rows: rows[1:],
    "filed under another": lambda rows: [*rows[:3], rows[3] | {"actor": "someone.else"}, *rows[4:]],
    "moved in time": lambda rows: [*rows[:3], rows[3] | {"at": rows[3]["at"] + 1}, *rows[4:]],
}


def test_every_damage_to_it_is_noticed(rows):
    assert [name for name, damage in DAMAGES.items() if not breaks(damage(rows))] == []


def test_only_a_tail_that_was_cut_off_is_not(rows):
    assert breaks(rows[:-1]) == []
