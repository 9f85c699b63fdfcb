"""The file: made whole or not at all, lifted when old, refused when new, shared by processes."""

from __future__ import annotations

import asyncio
import errno
import fcntl
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import date, datetime, timedelta

import httpx
import pytest

from bureau_cli.platform.admin import Admin
from bureau_cli.platform.clock import OSLO
from bureau_cli.platform.embedded import Platform
from bureau_cli.platform.errors import (
    PlatformError,
    StoreBusyError,
    StoreOutOfReachError,
    StoreTooNewError,
    StoreUnreadableError,
)
from bureau_cli.platform.store import Store

from .conftest import NOON, Api, HandClock
from .test_audit import chain_is_whole

WRITE = """
import asyncio, sys
from datetime import datetime, timedelta
from pathlib import Path
import httpx
from bureau_cli.platform.embedded import Platform

name, count = sys.argv[2], int(sys.argv[3])
platform = Platform.open(Path(sys.argv[1]))
async def main():
    headers = {"Authorization": "Bearer " + platform.token(platform.demo_login, timedelta(hours=1))}
    transport = httpx.ASGITransport(app=platform.asgi())
    async with httpx.AsyncClient(transport=transport, base_url="http://platform", headers=headers) as client:
        for number in range(count):
            made = await client.post(
                "/v1/groups", json={"slug": f"{name}-{number}"}, headers={"Idempotency-Key": f"{name}-{number}"}
            )
            assert made.status_code == 201, made.text
            assert (await client.get("/v1/clients?limit=5")).status_code == 200
asyncio.run(main())
platform.close()
print(platform.seeded)
"""


def write_in_a_process(path, name, count):
    return subprocess.Popen([sys.executable, "-c", WRITE, path, name, str(count)], stdout=subprocess.PIPE, text=True)


def test_processes_that_begin_at_once_share_one_store_and_none_sees_it_half_made_or_locked(tmp_path):
    path = tmp_path / "new" / "demo.db"
    processes = [write_in_a_process(path, name, 25) for name in ("one", "two", "three")]
    seeded = [process.communicate(timeout=60)[0].strip() for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert sorted(seeded) == ["120", "None", "None"]
    with Platform.open(path) as platform, asyncio.Runner() as runner:
        api = Api(platform.asgi(), platform.token(platform.demo_login, timedelta(hours=1)), runner)
        events = api.all("/v1/audit-events")
        assert len(events) == 75
        assert chain_is_whole(events)


def test_processes_that_send_the_same_keys_at_once_do_everything_once(path):
    processes = [write_in_a_process(path, "same", 20) for _ in range(3)]
    for process in processes:
        process.communicate(timeout=60)
    assert [process.returncode for process in processes] == [0, 0, 0]
    with Platform.open(path) as platform, asyncio.Runner() as runner:
        api = Api(platform.asgi(), platform.token(platform.demo_login, timedelta(hours=1)), runner)
        events = api.all("/v1/audit-events")
        assert [event["subject"] for event in events] == [f"groups/same-{number}" for number in range(20)]
        assert chain_is_whole(events)


SEED = """
import sys
from pathlib import Path
from bureau_cli.platform.admin import Admin
Admin(Path(sys.argv[1])).seed(1500, 2)
"""


@pytest.mark.slow
@pytest.mark.parametrize("is_there", [False, True])
def test_a_process_killed_while_it_is_seeding_leaves_the_store_as_it_was_or_none(path, clock, is_there):
    if not is_there:
        path.unlink()
    process = subprocess.Popen([sys.executable, "-c", SEED, path])
    while process.poll() is None and not path.with_name("demo.db.new").exists():
        pass
    process.kill()
    assert process.wait() == -signal.SIGKILL
    with Platform.open(path, clock=clock) as platform:
        assert platform.seeded == (None if is_there else 120)
    assert Admin(path, clock=clock).status()["clients"] == (45 if is_there else 120)
    Admin(path, clock=clock).seed(3)
    assert Admin(path, clock=clock).status()["clients"] == 3


def test_the_first_use_fills_the_store_and_the_next_finds_it(tmp_path):
    path = tmp_path / "deep" / "down" / "demo.db"
    with Platform.open(path, clock=HandClock()) as platform:
        assert (platform.seeded, platform.demo_login) == (120, "kari.nordmann")
    with Platform.open(path, clock=HandClock()) as platform:
        assert platform.seeded is None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert sorted(file.name for file in path.parent.iterdir()) == ["demo.db", "demo.db.lock"]


def made_by_the_first_use(path, clock):
    Platform.open(path, clock=clock).close()


def made_by_seeding(path, clock):
    Admin(path, clock=clock).seed(120)


@pytest.mark.parametrize("make", [made_by_the_first_use, made_by_seeding])
def test_a_log_left_by_a_store_that_was_removed_by_hand_does_no_harm(path, tmp_path, clock, make):
    with closing(sqlite3.connect(path)) as db:
        db.execute("DELETE FROM pay_run")
        db.commit()
        leftover = (tmp_path / "demo.db-wal").read_bytes()
    path.unlink()
    (tmp_path / "demo.db-wal").write_bytes(leftover)
    make(path, clock)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM client").fetchone()[0] == 120
        assert db.execute("SELECT count(*) FROM pay_run").fetchone()[0] > 0
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_a_fresh_demo_replaces_the_old_one_under_a_platform_that_has_it_open(leader, admin):
    leader.post("/v1/groups", {"slug": "vip"})
    admin.seed(12, 5, NOON.date())
    assert leader.get("/v1/me").json()["code"] == "unauthenticated"
    assert admin.status()["clients"] == 12
    admin.reset()
    assert admin.status() == admin.status() | {"clients": 12, "seed": 5, "today": "2026-03-16"}


def test_a_store_held_too_long_is_503_for_who_writes_and_no_matter_for_who_reads(path, clock, runner):
    with (
        Platform.open(path, clock=clock, busy_seconds=0.01) as platform,
        closing(sqlite3.connect(path, isolation_level=None)) as holder,
    ):
        api = Api(platform.asgi(), platform.token(platform.demo_login, timedelta(hours=1)), runner)
        holder.execute("BEGIN IMMEDIATE")
        busy = api.post("/v1/groups", {"slug": "vip"})
        assert (busy.status_code, busy.json()["code"], busy.headers["retry-after"]) == (503, "busy", "1")
        assert api.get("/v1/groups").status_code == 200
        holder.execute("ROLLBACK")
        assert api.post("/v1/groups", {"slug": "vip"}).status_code == 201


def fail_half_way(store):
    with store.writing() as db:
        db.execute("DELETE FROM payslip")
        db.execute("DELETE FROM nothing")


def test_a_failed_write_leaves_nothing_behind(path):
    with closing(Store.open(path)) as store:
        with pytest.raises(sqlite3.OperationalError):
            fail_half_way(store)
        with store.reading() as db:
            assert db.execute("SELECT count(*) FROM payslip").fetchone()[0] > 0


def test_a_newer_store_is_refused(path):
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreTooNewError, match="version 99"):
        Platform.open(path)


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 99])
def test_a_file_that_is_no_store_is_refused(tmp_path, content):
    path = tmp_path / "other.db"
    path.write_bytes(content)
    with pytest.raises(StoreUnreadableError):
        Platform.open(path)
    with pytest.raises(StoreUnreadableError, match="not a store of this platform"):
        Admin(path).seed(3)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused_and_never_overwritten(tmp_path):
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE theirs (a)")
    before = path.read_bytes()
    with pytest.raises(StoreUnreadableError):
        Platform.open(path)
    with pytest.raises(StoreUnreadableError):
        Admin(path).seed(3)
    assert path.read_bytes() == before


def test_a_store_that_is_damaged_inside_is_made_whole_by_seeding_it_again(path, clock):
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x00" * (len(content) - 4096)
    path.write_bytes(content)
    Admin(path, clock=clock).seed(3)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM client").fetchone()[0] == 3
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_a_store_that_could_not_be_filled_does_not_stay_to_fill_the_disk(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("bureau_cli.platform.filling.fill", full)
    with pytest.raises(StoreOutOfReachError, match="No space left"):
        Platform.open(tmp_path / "demo.db")
    assert [path.name for path in tmp_path.glob("demo*")] == ["demo.db.lock"]


def test_seeding_a_store_that_another_process_holds_gives_up_and_leaves_it_as_it_was(path, clock, tmp_path):
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        for change in (lambda admin: admin.seed(3), Admin.reset):
            with pytest.raises(StoreBusyError):
                change(Admin(path, clock=clock, busy_seconds=0.01))
    assert Admin(path, clock=clock).status()["clients"] == 45
    assert not list(tmp_path.glob("*.new*"))


def test_seeding_while_another_process_is_seeding_gives_up(tmp_path, clock):
    path = tmp_path / "demo.db"
    with path.with_name("demo.db.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(StoreBusyError):
            Admin(path, clock=clock, busy_seconds=0.01).seed(3)
        with pytest.raises(StoreBusyError):
            Platform.open(path, clock=clock, busy_seconds=0.01)


def test_a_place_where_no_store_can_be_is_told_as_such(path, tmp_path, clock):
    for attempt in (lambda: Platform.open(path / "demo.db", clock=clock), lambda: Admin(path / "demo.db").seed(3)):
        with pytest.raises(StoreOutOfReachError, match=str(path / "demo.db")):
            attempt()
    (tmp_path / "demo.db-wal").mkdir()
    for attempt in (lambda: Platform.open(path, clock=clock), lambda: Admin(path, clock=clock).seed(3)):
        with pytest.raises(StoreOutOfReachError, match="unable to open"):
            attempt()


def test_an_older_store_is_lifted_step_by_step_in_one_transaction(path):
    lifts = (
        ("ALTER TABLE bureau ADD COLUMN phone TEXT", "UPDATE bureau SET phone = '1'"),
        ("ALTER TABLE bureau ADD COLUMN fax TEXT",),
    )
    for _ in range(2):  # the second time there is nothing to lift
        with closing(Store.open(path, lifts=lifts)) as store, store.reading() as db:
            assert tuple(db.execute("SELECT phone, fax FROM bureau").fetchone()) == ("1", None)
    with pytest.raises(StoreTooNewError):
        Store.open(path)


def test_lifting_may_rebuild_a_table_that_others_refer_to(path):
    rebuilt = (
        "CREATE TABLE bureau_new (id TEXT PRIMARY KEY, name TEXT NOT NULL, orgnr TEXT NOT NULL UNIQUE)",
        "INSERT INTO bureau_new SELECT id, name, orgnr FROM bureau",
        "DROP TABLE bureau",
        "ALTER TABLE bureau_new RENAME TO bureau",
    )
    with closing(Store.open(path, lifts=(rebuilt,))) as store:
        with store.reading() as db:
            assert db.execute("SELECT count(*) FROM client JOIN bureau ON bureau.id = bureau_id").fetchone()[0] == 45
        with pytest.raises(sqlite3.IntegrityError), store.writing() as db:
            db.execute("UPDATE client SET bureau_id = 'bu_none'")


@pytest.mark.parametrize("lift", [("DELETE FROM bureau",), ("CREATE TABLE later (a)", "DROP TABLE nothing")])
def test_lifting_that_fails_half_way_or_leaves_rows_alone_is_undone(path, lift):
    with pytest.raises(PlatformError):
        Store.open(path, lifts=(lift,))
    with closing(Store.open(path)) as store, store.reading() as db:
        assert db.execute("SELECT count(*) FROM bureau").fetchone()[0] == 1
        assert db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'later'").fetchone()[0] == 0


def test_the_clock_can_be_pinned_moved_and_let_go(leader, admin, clock):
    admin.clock(datetime(2026, 4, 1, 8))  # noqa: DTZ001 - without an offset it is Oslo's
    assert leader.get("/v1/meta").json()["clock"] == {
        "now": "2026-04-01T08:00:00+02:00",
        "today": "2026-04-01",
        "pinned": True,
    }
    clock.advance(hours=1)
    assert leader.get("/v1/meta").json()["clock"]["now"] == "2026-04-01T08:00:00+02:00"
    admin.clock(None)
    assert leader.get("/v1/meta").json()["clock"] == {
        "now": "2026-03-16T13:00:00+01:00",
        "today": "2026-03-16",
        "pinned": False,
    }
    with pytest.raises(PlatformError, match="within five years"):
        admin.clock(NOON.replace(year=2099))


def test_the_status_tells_what_the_store_holds(admin, path):
    assert admin.status() == {
        "path": str(path),
        "size": 45,
        "clients": 45,
        "users": 10,
        "groups": 8,
        "seed": 1,
        "today": "2026-03-16",
        "login": "kari.nordmann",
        "clock": "2026-03-16T12:00:00+01:00",
        "pinned": False,
        "faults": [],
        "horizon": "2026-04",
        "bytes": path.stat().st_size,
    }


def test_a_reset_without_a_given_day_is_as_of_today(tmp_path):
    clock = HandClock()
    admin = Admin(tmp_path / "demo.db", clock=clock)
    admin.seed(3)
    clock.advance(days=40)
    admin.reset()
    assert admin.status()["today"] == "2026-04-25"


@pytest.mark.parametrize(("clients", "seed"), [(0, 1), (-5, 1), (5, -1)])
def test_a_demo_that_cannot_be_is_refused(tmp_path, clients, seed):
    with pytest.raises(PlatformError):
        Admin(tmp_path / "demo.db").seed(clients, seed)


@pytest.mark.parametrize("day", [date.min, date(1979, 12, 31), date(2100, 1, 2), date.max])
def test_a_demo_as_of_a_day_out_of_reach_is_refused(tmp_path, day):
    with pytest.raises(PlatformError, match="from 1980-01-01 to 2100-01-01"):
        Admin(tmp_path / "demo.db").seed(3, 1, day)


@pytest.mark.parametrize("day", [date(1980, 1, 1), date(2100, 1, 1)])
def test_a_demo_can_be_as_of_the_farthest_days(tmp_path, day):
    admin = Admin(tmp_path / "demo.db", clock=HandClock(datetime(day.year, 1, 1, tzinfo=OSLO)))
    admin.seed(20, 1, day)
    assert admin.status()["today"] == day.isoformat()


def test_an_unexpected_failure_is_an_internal_problem_without_its_cause(leader, sql):
    sql("DROP TABLE site")
    failed: httpx.Response = leader.get("/v1/clients")
    assert (failed.status_code, failed.json()["code"]) == (500, "internal")
    assert "site" not in failed.text
