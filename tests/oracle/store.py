"""Looks into a platform's file with plain SQL and the oracle's own calendar, and with nothing of the product."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from oracle import calendar, numbers

HERE = Path(__file__).parent
OSLO = ZoneInfo("Europe/Oslo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Something that holds in every store: `query` finds what breaks it, `damage` breaks it."""

    family: str
    sentence: str
    query: str
    damage: str


def checks() -> list[Check]:
    """Every check there is, as written in the files below `checks`."""
    return [
        Check(family=path.stem, sentence=sentence, query=query, damage=damage)
        for path in sorted((HERE / "checks").glob("*.sql"))
        for sentence, text in blocks("check", path.read_text(encoding="utf-8"))
        for query, _, damage in [text.partition("-- damage\n")]
    ]


def blocks(word: str, text: str) -> Iterator[tuple[str, str]]:
    """What follows each comment that begins with a word, with the rest of the comment."""
    for block in re.split(rf"^-- {word}: ", text, flags=re.MULTILINE)[1:]:
        title, _, sql = block.partition("\n")
        yield title, sql


@contextmanager
def opened(path: Path, now: datetime) -> Iterator[sqlite3.Connection]:
    """The store at a moment, with the law and the views; one may damage it, nothing is kept."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.row_factory = sqlite3.Row
        for function in FUNCTIONS:
            db.create_function(function.__name__, -1, function, deterministic=True)
        for script in ("law.sql", "views.sql"):
            db.executescript((HERE / script).read_text(encoding="utf-8"))
        set_clock(db, now)
        db.execute("BEGIN")
        yield db
        db.execute("ROLLBACK")


def set_clock(db: sqlite3.Connection, now: datetime) -> None:
    """Look at the store as it is at another moment."""
    db.execute("DELETE FROM clock")
    db.execute("INSERT INTO clock VALUES (?)", (int(now.timestamp()),))


def found(db: sqlite3.Connection, check: Check) -> list[tuple[object, ...]]:
    """What breaks a check, the first few."""
    return [tuple(row) for row in db.execute(check.query).fetchmany(5)]


@cache
def oslo_day(instant: int) -> str:
    return datetime.fromtimestamp(instant, OSLO).date().isoformat()


@cache
def pay_day(period: str, agreed: int) -> str:
    return calendar.pay_day(period, agreed).isoformat()


@cache
def term_due(month: str) -> str:
    return calendar.term_due(month).isoformat()


@cache
def withholding_due(paid: str) -> str:
    return calendar.withholding_due(date.fromisoformat(paid)).isoformat()


@cache
def is_working(day: str) -> bool:
    return calendar.is_working(date.fromisoformat(day))


@cache
def working_days(after: str, until: str) -> int:
    """How many there are after a day, up to another."""
    begin, end = date.fromisoformat(after), date.fromisoformat(until)
    return sum(calendar.is_working(begin + number * calendar.DAY) for number in range(1, (end - begin).days + 1))


@cache
def workdays(day: str, count: int) -> str:
    """The working day so many before a day."""
    found = date.fromisoformat(day)
    for _ in range(-count):
        found = calendar.on_or_before(found - calendar.DAY)
    return found.isoformat()


@cache
def a_melding_due(month: str) -> str:
    return calendar.a_melding_due(month).isoformat()


def month_after(month: str) -> str:
    return calendar.shifted(month, 1)


def kroner(amount: int | None) -> str | None:
    """Øre as the contract writes money."""
    if amount is None:
        return None
    return f"{amount // 100}.{amount % 100:02}" if amount >= 0 else f"-{kroner(-amount)}"


def withholds_half(result: str | None, deductions: str | None, applies: int | None) -> bool:
    """Whether half is withheld by a card, or for want of one."""
    if result in {None, "ikkeSkattekort"}:
        return True
    if result == "ikkeTrekkplikt":
        return False
    if applies is None or deductions is None:
        return True
    deduction = json.loads(deductions)[applies]
    return deduction["kind"] == "free_card" and deduction.get("free_amount") == 0


def month_before(month: str) -> str:
    return calendar.shifted(month, -1)


FUNCTIONS = (
    oslo_day,
    pay_day,
    term_due,
    withholding_due,
    is_working,
    working_days,
    workdays,
    a_melding_due,
    month_before,
    month_after,
    kroner,
    withholds_half,
    numbers.orgnr_holds,
    numbers.fnr_holds,
    numbers.fnr_is_synthetic,
    numbers.kid_holds,
)
