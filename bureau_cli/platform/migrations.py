"""The store's versions: a newer file is refused, an older one is lifted step by step."""

import sqlite3
from collections.abc import Sequence
from importlib import resources

from bureau_cli.platform.errors import StoreTooNewError

APPLICATION_ID = 0x62757235  # "bur5": tells our files from other SQLite files

Lifts = Sequence[Sequence[str]]

LIFTS: Lifts = ()
"""LIFTS[n] holds the SQL statements that turn version n + 1 into n + 2; schema.sql is always the newest."""


def create(connection: sqlite3.Connection, lifts: Lifts = LIFTS) -> None:
    """Make the tables of the newest version in an empty file."""
    schema = resources.files(__package__).joinpath("schema.sql").read_text(encoding="utf-8")
    connection.executescript(schema)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {len(lifts) + 1}")


def is_store(connection: sqlite3.Connection) -> bool:
    """Tell whether the file is one of ours."""
    (found,) = connection.execute("PRAGMA application_id").fetchone()
    return bool(found == APPLICATION_ID)


def is_current(connection: sqlite3.Connection, lifts: Lifts) -> bool:
    """Tell whether the file has the newest version; raise StoreTooNewError if it is newer still."""
    found, newest = _version(connection), len(lifts) + 1
    if found > newest:
        raise StoreTooNewError(found, newest)
    return found == newest


def lift(connection: sqlite3.Connection, lifts: Lifts) -> None:
    """Bring an older file to the newest version, inside a write transaction of the caller's.

    Raises sqlite3.IntegrityError when rows would be left that refer to nothing.
    """
    for statements in lifts[_version(connection) - 1 :]:
        for statement in statements:
            connection.execute(statement)
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise sqlite3.IntegrityError("a row refers to one that is gone")
    connection.execute(f"PRAGMA user_version = {len(lifts) + 1}")


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)
