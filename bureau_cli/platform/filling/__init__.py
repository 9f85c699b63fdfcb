"""What a source gives, written into the store's tables: the portfolio once, and month after month what happened."""

import json
import sqlite3

from bureau_cli.platform import calendar
from bureau_cli.platform.filling.chapters import write_chapters
from bureau_cli.platform.filling.feeds import as_fetched
from bureau_cli.platform.filling.portfolio import write_portfolio
from bureau_cli.platform.month_end import settled
from bureau_cli.platform.sources import Source
from bureau_cli.platform.sources.known import reopen
from bureau_cli.platform.store import put_setting, setting


def fill(db: sqlite3.Connection, source: Source) -> None:
    """Write a portfolio and its months of history into empty tables."""
    portfolio = source.portfolio()
    write_portfolio(db, portfolio, source.today)
    put_setting(db, "source", json.dumps(dict(source.recipe)))
    put_setting(db, "bureau", portfolio.bureau.id)
    put_setting(db, "default_login", portfolio.default_login)
    put_setting(db, "first_period", source.first_period)
    put_setting(db, "horizon", calendar.shifted(source.first_period, -1))
    extend(db, source, calendar.horizon(source.today))


def source_of(db: sqlite3.Connection) -> Source:
    """Give the source a store was filled from."""
    return reopen(json.loads(setting(db, "source")))


def extend(db: sqlite3.Connection, source: Source, last: str) -> None:
    """Write the months still missing up to the last one wanted; what is written already stays as it is."""
    first = calendar.shifted(setting(db, "horizon"), 1)
    since = settled.written(db)
    write_chapters(db, setting(db, "bureau"), as_fetched(db, source.chapters(first, last)))
    put_setting(db, "horizon", last)
    settled.settle(db, setting(db, "bureau"), first, since)
