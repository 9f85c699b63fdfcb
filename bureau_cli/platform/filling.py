"""What a source gives, written into the store's tables."""

import json
import sqlite3
from datetime import date

from bureau_cli.platform import calendar
from bureau_cli.platform.calendar import horizon
from bureau_cli.platform.clock import start_of_day
from bureau_cli.platform.names import order_key, search_key
from bureau_cli.platform.sources import Client, Group, PayRun, Portfolio, Source
from bureau_cli.platform.sources.known import reopen
from bureau_cli.platform.store import put_setting, setting

MONTHS_OF_HISTORY = 14


def fill(db: sqlite3.Connection, source: Source) -> None:
    """Write a portfolio and its months of history into empty tables."""
    portfolio = source.portfolio()
    fetched_at = start_of_day(source.today)
    _write_people(db, portfolio)
    _write_clients(db, portfolio, fetched_at)
    for position, group in enumerate(portfolio.groups, start=1):
        _write_group(db, portfolio.bureau.id, f"gr_{position:06x}", group, fetched_at)
    put_setting(db, "source", json.dumps(dict(source.recipe)))
    put_setting(db, "default_login", portfolio.default_login)
    put_setting(db, "horizon", calendar.shifted(calendar.period_of(source.today), -MONTHS_OF_HISTORY))
    extend(db, source, horizon(source.today))


def source_of(db: sqlite3.Connection) -> Source:
    """Give the source a store was filled from."""
    return reopen(json.loads(setting(db, "source")))


def extend(db: sqlite3.Connection, source: Source, last: str) -> None:
    """Write the months still missing up to the last one wanted; those written already stay as they are."""
    period = setting(db, "horizon")
    while period < last:
        period = calendar.shifted(period, 1)
        db.executemany(
            "INSERT INTO pay_run (bureau_id, client_id, pay_group_id, period, type, pay_date, paid_at, payslips, gross,"
            " net) SELECT bureau_id, id, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 FROM client WHERE id = ?1",
            map(_run_row, source.pay_runs(period)),
        )
    put_setting(db, "horizon", period)


def _run_row(run: PayRun) -> tuple[object, ...]:
    return (
        run.client_id,
        run.pay_group_id,
        run.period,
        run.type,
        run.pay_date.isoformat(),
        run.paid_at,
        run.payslips,
        run.gross,
        run.net,
    )


def _write_people(db: sqlite3.Connection, portfolio: Portfolio) -> None:
    bureau = portfolio.bureau
    db.execute("INSERT INTO bureau (id, name, orgnr) VALUES (?, ?, ?)", (bureau.id, bureau.name, bureau.orgnr))
    db.executemany(
        "INSERT INTO user (id, bureau_id, login, name, email, role, left_on) VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((u.id, bureau.id, u.login, u.name, u.email, u.role, _day(u.left_on)) for u in portfolio.users),
    )


def _write_clients(db: sqlite3.Connection, portfolio: Portfolio, fetched_at: int) -> None:
    clients = portfolio.clients
    db.executemany(
        "INSERT INTO client (id, bureau_id, number, name, name_key, name_order, orgnr, form, status, linked_via,"
        " active_employees, altinn_settings, delegation, onboarded, left_on, fetched_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (_client_row(client, portfolio.bureau.id, fetched_at) for client in clients),
    )
    db.executemany(
        "INSERT INTO pay_group (id, client_id, name, payday) VALUES (?, ?, ?, ?)",
        ((group.id, client.id, group.name, group.payday) for client in clients for group in client.pay_groups),
    )
    db.executemany(
        "INSERT INTO site (client_id, orgnr, zone, sector) VALUES (?, ?, ?, ?)",
        ((client.id, site.orgnr, site.zone, site.sector) for client in clients for site in client.sites),
    )
    db.executemany(
        "INSERT INTO access (client_id, user_id, role, starts, ends, ended_at, source) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (client.id, a.user_id, a.role, a.starts.isoformat(), _day(a.ends), _instant(a.ended_on), a.origin)
            for client in clients
            for a in client.access
        ),
    )


def _client_row(client: Client, bureau_id: str, fetched_at: int) -> tuple[object, ...]:
    return (
        client.id,
        bureau_id,
        client.number,
        client.name,
        search_key(client.name),
        order_key(client.name),
        client.orgnr,
        client.form,
        client.status,
        client.linked_via,
        client.active_employees,
        client.altinn_settings,
        client.delegation,
        client.onboarded.isoformat(),
        _day(client.left_on),
        fetched_at,
    )


def _write_group(db: sqlite3.Connection, bureau_id: str, group_id: str, group: Group, at: int) -> None:
    """Write a group; the members of one with a rule follow from it, see derived.py."""
    kind = "manual" if group.rule is None else "rule"
    db.execute(
        "INSERT INTO client_group (id, bureau_id, slug, title, title_order, kind, rule, created_at, updated_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (group_id, bureau_id, group.slug, group.title, order_key(group.title), kind, group.rule, at, at),
    )
    db.executemany(
        "INSERT INTO group_member (group_id, client_id, since) VALUES (?, ?, ?)",
        ((group_id, client_id, at) for client_id in group.client_ids),
    )


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _instant(day: date | None) -> int | None:
    return None if day is None else start_of_day(day)
