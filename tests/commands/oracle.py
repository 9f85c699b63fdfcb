"""What the commands should find, in plain SQL over the platform's file: a second opinion, written apart from it."""
# ruff: noqa: S608 - SQL put together from a test's own words

from __future__ import annotations

ME = "kari.nordmann"
OWNER, MEMBER = "'owner'", "'member'"
LASTING = "access.starts <= '2026-11-23' AND coalesce(access.ends, '9999') >= '2026-11-23' AND access.ended_at IS NULL"


def numbers_where(condition: str) -> str:
    return f"SELECT number FROM client WHERE {condition} ORDER BY number"


def who_sees_what(login: str) -> str:
    """For every client: whether the user has access, and whether a pay date of a run has come, to show figures of."""
    paid = "pay_date <= '2026-11-23' AND created_at <= (SELECT value FROM setting WHERE name = 'pinned_at')"
    run = f"EXISTS (SELECT 1 FROM pay_run WHERE client_id = client.id AND {paid})"
    return f"SELECT number, {with_access(login)} AS mine, {run} AS run FROM client"


def in_group(slug: str) -> str:
    members = "group_member JOIN client_group ON client_group.id = group_id"
    return f"client.id IN (SELECT client_id FROM {members} WHERE slug = '{slug}')"


def with_access(login: str, role: str = f"{OWNER}, {MEMBER}") -> str:
    users = f"access JOIN user ON user.id = user_id AND login = '{login}'"
    return f"client.id IN (SELECT client_id FROM {users} WHERE access.role IN ({role}) AND {LASTING})"


def paid_on(day: int) -> str:
    return f"client.id IN (SELECT client_id FROM pay_group WHERE payday = {day})"


def in_zones(*zones: str) -> str:
    return f"client.id IN (SELECT client_id FROM site WHERE zone IN {zones})"


def numbered(*numbers: int) -> str:
    return f"number IN {tuple(map(str, numbers))}"
