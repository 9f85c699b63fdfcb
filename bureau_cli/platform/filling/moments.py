"""When what happened is seen: every instant at which an answer changes, and the months that have use to count."""

import sqlite3
from collections.abc import Iterable
from functools import cache

from bureau_cli.platform.calendar import period_of
from bureau_cli.platform.clock import to_moment
from bureau_cli.platform.filling.rows import insert
from bureau_cli.platform.sources import AMelding, Chapter, PayRun

_SECONDS_AN_HOUR = 3600
_EARLIEST = "ON CONFLICT DO UPDATE SET first_at = excluded.first_at WHERE excluded.first_at < first_at"


class Moments:
    """Gathers the instants of chapters: `usage_month` is written with each batch, `fact_instant` once."""

    def __init__(self, db: sqlite3.Connection, bureau_id: str) -> None:
        self._db = db
        self._bureau_id = bureau_id
        self._instants: set[int] = set()
        self._first_use: dict[tuple[str, str, str], int] = {}

    def note(self, chapter: Chapter) -> None:
        """Take down the instants of a chapter."""
        for run in chapter.runs:
            self._see(_instants_of_run(run))
            if run.payslips_sent_at is not None and run.payslips:
                self._use(chapter.client_id, "payslip", run.payslips_sent_at)
        for message in chapter.messages:
            self._see(_instants_of_message(message))
        for registration in chapter.registrations:
            self._use(chapter.client_id, registration.kind, registration.at)
        self._see(one.at for one in chapter.registrations)
        self._see(card.fetched_at for card in chapter.tax_cards)
        self._see(one.recorded_at for one in chapter.no_pay)

    def write_usage(self) -> None:
        """Write the months gathered, and begin afresh."""
        rows = ((self._bureau_id, *key, first_at) for key, first_at in sorted(self._first_use.items()))
        insert(self._db, "usage_month", ("bureau_id", "month", "client_id", "kind", "first_at"), rows, _EARLIEST)
        self._first_use.clear()

    def write_instants(self) -> None:
        """Write the instants gathered."""
        rows = ((self._bureau_id, instant) for instant in sorted(self._instants))
        insert(self._db, "fact_instant", ("bureau_id", "at"), rows, "ON CONFLICT DO NOTHING")

    def _see(self, instants: Iterable[int | None]) -> None:
        self._instants.update(instant for instant in instants if instant is not None)

    def _use(self, client_id: str, kind: str, at: int) -> None:
        key = _month(at // _SECONDS_AN_HOUR), client_id, kind
        self._first_use[key] = min(at, self._first_use.get(key, at))


@cache
def _month(hour: int) -> str:
    """Give the month in which an hour since 1970 lies: months begin on the hour."""
    return period_of(to_moment(hour * _SECONDS_AN_HOUR).date())


def _instants_of_run(run: PayRun) -> tuple[int | None, ...]:
    steps = (run.created_at, run.submitted_at, run.approved_at, run.locked_at)
    paid = (run.paid_at, run.withholding_paid_at, run.attachment_paid_at)
    return (*steps, run.payslips_sent_at, *paid, run.booked_at)


def _instants_of_message(message: AMelding) -> tuple[int | None, ...]:
    return message.created_at, message.sent_at, message.feedback_at
