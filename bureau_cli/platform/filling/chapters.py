"""What happened at the clients, written in batches of them: a portfolio may have millions of payslips."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import attrgetter

from bureau_cli.platform.filling.moments import Moments
from bureau_cli.platform.filling.rows import Numbers, day_text, insert
from bureau_cli.platform.sources import AgaLine, AMelding, Chapter, Employee, PayRun, Registration, TaxCard
from bureau_cli.platform.taxcards.contents import words, written

_CLIENTS_A_BATCH = 200

_AGA = ("position", "site_orgnr", "zone", "sector", "kind", "base", "rate", "amount")
_EMPLOYEE = ("seq", "id", "client_id", "pay_group_id", "site_orgnr", "name", "fnr", "starts", "ends")
_TAX_CARD = """
INSERT INTO tax_card (
    bureau_id, client_id, employee, year, result, employer_role, content, applies, extra_info, issued, fetched_at,
    supersedes
) VALUES (
    ?1, ?2, ?3, ?4, ?5, ?6, (SELECT id FROM card_content WHERE deductions = ?7), ?8, ?9, ?10, ?11,
    (SELECT id FROM tax_card WHERE employee = ?3 AND year = ?4 ORDER BY fetched_at DESC, id DESC LIMIT 1)
)
"""
_SAYS = 6
"""The place, in the values of such a row, of what the card says."""
_PAY_RUN = (
    "seq", "id", "bureau_id", "client_id", "pay_group_id", "period", "type", "pay_date", "created_by", "created_at",
    "submitted_at", "approved_at", "locked_at", "payslips_sent_at", "paid_at", "withholding_paid_at",
    "attachment_paid_at", "booked_at", "payslips", "untouched", "gross", "withholding", "attachment", "net", "aga_base",
    "aga",
)  # fmt: skip
_PAYSLIP = ("run", "employee", "gross", "withholding", "attachment", "net", "touched")
_A_MELDING = (
    "seq", "id", "bureau_id", "client_id", "month", "replaces", "recipients", "created_at", "sent_at", "feedback_at",
    "result", "aga_sum", "finansskatt_sum", "withholding_sum", "attachment_sum",
)  # fmt: skip
_DEVIATION = ("message", "position", "severity", "code", "text", "count")
_PAYMENT = ("message", "position", "kind", "pay_date", "amount", "account", "kid", "due")
_REGISTRATION = ("client_id", "employee", "kind", "at", "amount", "starts", "ends")

Rows = Iterator[tuple[object, ...]]


def write_chapters(db: sqlite3.Connection, bureau_id: str, chapters: Iterable[Chapter]) -> None:
    """Write chapters of a bureau's clients, each client at most once."""
    writer = _Writer(db, bureau_id)
    remaining = iter(chapters)
    while batch := tuple(islice(remaining, _CLIENTS_A_BATCH)):
        writer.write(batch)
    writer.finish()


class _Writer:
    """Writes batches of chapters; within one, rows come before those that refer to them."""

    def __init__(self, db: sqlite3.Connection, bureau_id: str) -> None:
        self._db = db
        self._bureau_id = bureau_id
        self._employees = Numbers(db, "employee")
        self._runs = Numbers(db, "pay_run")
        self._messages = Numbers(db, "a_melding")
        self._moments = Moments(db, bureau_id)

    def write(self, batch: Sequence[Chapter]) -> None:
        self._write_staff(batch)
        self._write_runs([run for chapter in batch for run in chapter.runs])
        self._write_messages([message for chapter in batch for message in chapter.messages])
        self._write_registrations(batch)
        for chapter in batch:
            self._moments.note(chapter)
        self._moments.write_usage()
        for numbers in (self._employees, self._runs, self._messages):
            numbers.forget()

    def finish(self) -> None:
        self._moments.write_instants()

    def _write_staff(self, batch: Sequence[Chapter]) -> None:
        insert(self._db, "employee", _EMPLOYEE, (self._employee(one) for c in batch for one in c.employees))
        self._write_cards(batch)
        insert(
            self._db,
            "zone_1a_opening",
            ("client_id", "year", "base"),
            ((one.client_id, one.year, one.base) for c in batch for one in c.openings),
        )

    def _write_cards(self, batch: Sequence[Chapter]) -> None:
        """Write tax cards, each after the one it supersedes."""
        by_time = ((c.client_id, card) for c in batch for card in sorted(c.tax_cards, key=attrgetter("fetched_at")))
        cards = [self._tax_card(client_id, card) for client_id, card in by_time]
        contents = ((said,) for said in sorted({str(card[_SAYS]) for card in cards}))
        insert(self._db, "card_content", ("deductions",), contents, "ON CONFLICT DO NOTHING")
        self._db.executemany(_TAX_CARD, cards)

    def _write_runs(self, runs: Sequence[PayRun]) -> None:
        insert(self._db, "pay_run", _PAY_RUN, map(self._run, runs))
        insert(self._db, "payslip", _PAYSLIP, self._payslips(runs))
        insert(self._db, "pay_run_aga", ("run", *_AGA), _numbered((self._runs.of(run.id), run.aga) for run in runs))

    def _write_messages(self, messages: Sequence[AMelding]) -> None:
        seq = self._messages.of
        insert(self._db, "a_melding", _A_MELDING, map(self._message, messages))
        insert(
            self._db,
            "a_melding_run",
            ("message", "run"),
            ((seq(one.id), self._runs.of(run_id)) for one in messages for run_id in one.run_ids),
        )
        insert(self._db, "a_melding_aga", ("message", *_AGA), _numbered((seq(one.id), one.aga) for one in messages))
        insert(
            self._db,
            "deviation",
            _DEVIATION,
            (
                (seq(one.id), place, deviation.severity, deviation.code, deviation.text, deviation.count)
                for one in messages
                for place, deviation in enumerate(one.deviations)
            ),
        )
        insert(self._db, "payment", _PAYMENT, self._payments(messages))

    def _write_registrations(self, batch: Sequence[Chapter]) -> None:
        insert(
            self._db,
            "registration",
            _REGISTRATION,
            (self._registration(c.client_id, one) for c in batch for one in c.registrations),
        )
        insert(
            self._db,
            "no_pay",
            ("pay_group_id", "period", "recorded_at", "recorded_by"),
            ((one.pay_group_id, one.period, one.recorded_at, one.recorded_by) for c in batch for one in c.no_pay),
        )

    def _employee(self, one: Employee) -> tuple[object, ...]:
        belongs = (one.client_id, one.pay_group_id, one.site_orgnr)
        lasts = (one.starts.isoformat(), day_text(one.ends))
        return (self._employees.give(one.id), one.id, *belongs, one.name, one.fnr, *lasts)

    def _tax_card(self, client_id: str, card: TaxCard) -> tuple[object, ...]:
        return (
            self._bureau_id,
            client_id,
            self._employees.of(card.employee_id),
            card.year,
            card.result,
            card.employer_role,
            written(card.deductions),
            card.applies,
            words(card.extra_info),
            day_text(card.issued),
            card.fetched_at,
        )

    def _registration(self, client_id: str, one: Registration) -> tuple[object, ...]:
        days = day_text(one.starts), day_text(one.ends)
        return (client_id, self._employees.of(one.employee_id), one.kind, one.at, one.amount, *days)

    def _run(self, run: PayRun) -> tuple[object, ...]:
        gross, withholding, attachment, net, touched = (
            map(sum, list(zip(*run.payslips, strict=True))[1:]) if run.payslips else (0, 0, 0, 0, 0)
        )
        return (
            self._runs.give(run.id),
            run.id,
            self._bureau_id,
            run.client_id,
            run.pay_group_id,
            run.period,
            run.type,
            run.pay_date.isoformat(),
            run.created_by,
            run.created_at,
            run.submitted_at,
            run.approved_at,
            run.locked_at,
            run.payslips_sent_at,
            run.paid_at,
            run.withholding_paid_at,
            run.attachment_paid_at,
            run.booked_at,
            len(run.payslips),
            len(run.payslips) - touched,
            gross,
            withholding,
            attachment,
            net,
            sum(line.base for line in run.aga),
            sum(line.amount for line in run.aga),
        )

    def _payslips(self, runs: Iterable[PayRun]) -> Rows:
        employee = self._employees.of
        for run in runs:
            seq = self._runs.of(run.id)
            for employee_id, *figures in run.payslips:
                yield (seq, employee(employee_id), *figures)

    def _message(self, message: AMelding) -> tuple[object, ...]:
        return (
            self._messages.give(message.id),
            message.id,
            self._bureau_id,
            message.client_id,
            message.month,
            message.replaces,
            message.recipients,
            message.created_at,
            message.sent_at,
            message.feedback_at,
            message.result,
            message.aga_sum,
            message.finansskatt_sum,
            message.withholding_sum,
            message.attachment_sum,
        )

    def _payments(self, messages: Iterable[AMelding]) -> Rows:
        for message in messages:
            seq = self._messages.of(message.id)
            for place, one in enumerate(message.payments):
                due = one.due.isoformat()
                yield (seq, place, one.kind, day_text(one.pay_date), one.amount, one.account, one.kid, due)


def _numbered(lines_of: Iterable[tuple[int, Sequence[AgaLine]]]) -> Rows:
    """Give the lines of arbeidsgiveravgift of runs or of messages, each with its place."""
    for seq, lines in lines_of:
        for place, line in enumerate(lines):
            yield (seq, place, line.site_orgnr, line.zone, line.sector, line.kind, line.base, line.rate, line.amount)
