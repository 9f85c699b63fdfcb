"""The portfolio's rows: people, clients with what belongs to them, groups."""

import sqlite3
from collections.abc import Iterator
from datetime import date

from bureau_cli.platform import altinn_tags
from bureau_cli.platform.clock import start_of_day, to_moment
from bureau_cli.platform.filling.rows import day_text, insert
from bureau_cli.platform.names import order_key, search_key
from bureau_cli.platform.sources import Client, Group, Portfolio

_CLIENT = (
    "id", "bureau_id", "number", "name", "name_key", "name_order", "orgnr", "form", "linked_via", "altinn_settings",
    "delegation", "onboarded", "active_from", "notice_on", "left_on", "uses_approval", "payments_known",
    "feed_stopped_on",
)  # fmt: skip
_ACCESS = (
    "client_id", "user_id", "role", "starts", "ends", "ended_at", "source", "granted_by", "granted_at", "reason",
    "bureau_id", "client_order", "user_login",
)  # fmt: skip


def write_portfolio(db: sqlite3.Connection, portfolio: Portfolio, today: date) -> None:
    """Write a bureau as it is at first."""
    bureau, clients = portfolio.bureau, portfolio.clients
    insert(db, "bureau", ("id", "name", "orgnr"), [(bureau.id, bureau.name, bureau.orgnr)])
    insert(
        db,
        "user",
        ("id", "bureau_id", "login", "name", "email", "role", "left_on", "two_factor"),
        (
            (u.id, bureau.id, u.login, u.name, u.email, u.role, day_text(u.left_on), u.two_factor)
            for u in portfolio.users
        ),
    )
    insert(db, "client", _CLIENT, (_client_row(client, bureau.id) for client in clients))
    insert(
        db,
        "pay_group",
        ("id", "client_id", "name", "payday"),
        ((group.id, client.id, group.name, group.payday) for client in clients for group in client.pay_groups),
    )
    insert(
        db,
        "site",
        ("client_id", "orgnr", "zone", "sector"),
        ((client.id, site.orgnr, site.zone, site.sector) for client in clients for site in client.sites),
    )
    insert(db, "access", _ACCESS, _access_rows(portfolio))
    altinn_tags.tag_everyone(db, to_moment(start_of_day(today)), among="TRUE")
    for position, group in enumerate(portfolio.groups, start=1):
        _write_group(db, bureau.id, f"gr_{position:06x}", group, start_of_day(today))


def _client_row(client: Client, bureau_id: str) -> tuple[object, ...]:
    return (
        client.id,
        bureau_id,
        client.number,
        client.name,
        search_key(client.name),
        order_key(client.name),
        client.orgnr,
        client.form,
        client.linked_via,
        client.altinn_settings,
        client.delegation,
        client.onboarded.isoformat(),
        client.active_from.isoformat(),
        day_text(client.notice_on),
        day_text(client.left_on),
        client.uses_approval,
        client.payments_known,
        day_text(client.feed_stopped_on),
    )


def _access_rows(portfolio: Portfolio) -> Iterator[tuple[object, ...]]:
    logins = {user.id: user.login for user in portfolio.users}
    for client in portfolio.clients:
        order = order_key(client.name)
        for access in client.access:
            giver = None if access.granted_by is None else logins[access.granted_by]
            yield (
                client.id,
                access.user_id,
                access.role,
                access.starts.isoformat(),
                day_text(access.ends),
                _instant(access.ended_on),
                access.origin,
                giver,
                _instant(access.starts if giver else None),
                access.reason,
                portfolio.bureau.id,
                order,
                logins[access.user_id],
            )


def _write_group(db: sqlite3.Connection, bureau_id: str, group_id: str, group: Group, at: int) -> None:
    """Write a group; the members of one with a rule follow from it, see derived.py."""
    kind = "manual" if group.rule is None else "rule"
    row = (group_id, bureau_id, group.slug, group.title, order_key(group.title), kind, group.rule, at, at)
    columns = ("id", "bureau_id", "slug", "title", "title_order", "kind", "rule", "created_at", "updated_at")
    insert(db, "client_group", columns, [row])
    members = ((group_id, client_id, at) for client_id in group.client_ids)
    insert(db, "group_member", ("group_id", "client_id", "since"), members)


def _instant(day: date | None) -> int | None:
    return None if day is None else start_of_day(day)
