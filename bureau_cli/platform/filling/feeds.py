"""What could be fetched: of a client whose feed has stopped, nothing that happened after it was last fetched."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from bureau_cli.platform.clock import start_of_day, to_moment
from bureau_cli.platform.sources import AMelding, Chapter, PayRun

_STEPS_OF_RUN = (
    "submitted_at", "approved_at", "locked_at", "payslips_sent_at", "paid_at", "withholding_paid_at",
    "attachment_paid_at", "booked_at",
)  # fmt: skip
_NO_FEEDBACK: dict[str, Any] = {"feedback_at": None, "result": None, "deviations": (), "payments": ()}


def as_fetched(db: sqlite3.Connection, chapters: Iterable[Chapter]) -> Iterator[Chapter]:
    """Give chapters of clients that are written already, without what came after a client's feed had stopped."""
    stopped = db.execute("SELECT id, feed_stopped_on FROM client WHERE feed_stopped_on IS NOT NULL")
    last_fetched = {client_id: start_of_day(date.fromisoformat(day)) for client_id, day in stopped}
    for chapter in chapters:
        instant = last_fetched.get(chapter.client_id)
        yield chapter if instant is None else _until(chapter, instant)


def _until(chapter: Chapter, last: int) -> Chapter:
    runs = [_run_until(run, last) for run in chapter.runs if run.created_at <= last]
    paid = {payslip.employee_id for run in runs for payslip in run.payslips}
    day = to_moment(last).date()
    return replace(
        chapter,
        employees=[one for one in chapter.employees if one.starts <= day or one.id in paid],
        tax_cards=[card for card in chapter.tax_cards if card.fetched_at <= last],
        runs=runs,
        no_pay=[one for one in chapter.no_pay if one.recorded_at <= last],
        messages=[_message_until(one, last) for one in chapter.messages if one.created_at <= last],
        registrations=[one for one in chapter.registrations if one.at <= last],
    )


def _run_until(run: PayRun, last: int) -> PayRun:
    return replace(run, **_forgotten(run, _STEPS_OF_RUN, last))


def _message_until(message: AMelding, last: int) -> AMelding:
    forgotten = _forgotten(message, ("sent_at", "feedback_at"), last)
    return replace(message, **(forgotten | _NO_FEEDBACK if "feedback_at" in forgotten else forgotten))


def _forgotten(fact: PayRun | AMelding, steps: Iterable[str], last: int) -> dict[str, Any]:
    """Give the steps of a fact that came later, as unknown."""
    return {step: None for step in steps if (getattr(fact, step) or last) > last}
