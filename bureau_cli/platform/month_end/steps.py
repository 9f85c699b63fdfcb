"""The facts that the steps of a run are judged by."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, Self

from bureau_cli.platform.month_end.judging import Judge, dues_of

RUN_STEPS = ("created", "approved", "locked", "paid", "payslips", "withholding")
STEPS = (*RUN_STEPS, "a_melding", "feedback")

Row = Mapping[str, Any]


class Fact(NamedTuple):
    """One fact that a step is judged by, as the contract has it; `at` is in seconds."""

    step: str
    state: str
    fact: str
    due: str | None = None
    at: int | None = None
    pay_group: str | None = None
    pay_date: str | None = None
    run: str | None = None
    run_type: str | None = None
    message: str | None = None


class About(NamedTuple):
    """What facts are about: a pay group, its pay date, and the run if there is one."""

    pay_group: str
    pay_date: str
    run: str | None = None
    run_type: str | None = None

    @classmethod
    def of(cls, run: Row) -> Self:
        """Tell of a run."""
        return cls(run["group_name"], run["pay_date"], run["id"], run["type"])


def facts_of_run(run: Row, client: Row, judge: Judge) -> Iterator[Fact]:
    """Give the six facts of a run, in the order of the steps."""
    about = About.of(run)
    dues = dues_of(about.pay_date)
    yield Fact("created", "done", "run_made", dues.created, run["created_at"], *about)
    yield _approved(run, client, judge, about)
    yield _locked(run, judge, about)
    yield _paid(run, client, judge, about)
    if not run["payslips"]:
        yield Fact("payslips", "not_applicable", "no_payslips", None, None, *about)
    elif run["payslips_sent_at"] is not None:
        yield Fact("payslips", "done", "payslips_sent", dues.paid, run["payslips_sent_at"], *about)
    else:
        yield Fact("payslips", judge.overdue(dues.paid), "payslips_not_sent", dues.paid, None, *about)
    yield _withholding(run, client, judge, about)


def facts_of_missing(about: About, client: Row, judge: Judge) -> Iterator[Fact]:
    """Give the six facts of a pay date for which there is no run."""
    dues = dues_of(about.pay_date)
    for step, due in (
        ("created", dues.created),
        ("approved", dues.approved),
        ("locked", dues.locked),
        ("paid", dues.paid),
        ("payslips", dues.paid),
    ):
        if step == "approved" and not client["uses_approval"]:
            yield Fact(step, "not_applicable", "approval_not_used", None, None, *about)
        else:
            yield Fact(step, judge.overdue(due), "run_missing", due, None, *about)
    # Where it is known that nobody was paid, nothing is owed yet, however late it is.
    state = judge.overdue(dues.withholding).replace("late", "open")
    yield Fact("withholding", state, "run_missing", dues.withholding, None, *about)


def _approved(run: Row, client: Row, judge: Judge, about: About) -> Fact:
    due = dues_of(about.pay_date).approved
    if not client["uses_approval"]:
        return Fact("approved", "not_applicable", "approval_not_used", None, None, *about)
    if run["approved_at"] is not None:
        return Fact("approved", "done", "approved", due, run["approved_at"], *about)
    if run["locked_at"] is not None:
        return Fact("approved", "problem", "locked_without_approval", due, run["locked_at"], *about)
    fact = "not_submitted" if run["submitted_at"] is None else "awaiting_approval"
    return Fact("approved", judge.overdue(due), fact, due, None, *about)


def _locked(run: Row, judge: Judge, about: About) -> Fact:
    due = dues_of(about.pay_date).locked
    if run["locked_at"] is not None:
        return Fact("locked", "done", "locked", due, run["locked_at"], *about)
    if run["paid_at"] is not None:
        return Fact("locked", "problem", "paid_not_locked", due, run["paid_at"], *about)
    return Fact("locked", judge.overdue(due), "not_locked", due, None, *about)


def _paid(run: Row, client: Row, judge: Judge, about: About) -> Fact:
    due = dues_of(about.pay_date).paid
    if run["net"] <= 0:
        return Fact("paid", "not_applicable", "nothing_to_pay", None, None, *about)
    if run["paid_at"] is not None:
        return Fact("paid", "done", "paid", due, run["paid_at"], *about)
    if not client["payments_known"]:
        return Fact("paid", judge.overdue_untold(due), "payment_unknown", due, None, *about)
    return Fact("paid", judge.overdue(due), "not_paid", due, None, *about)


def _withholding(run: Row, client: Row, judge: Judge, about: About) -> Fact:
    due = dues_of(about.pay_date).withholding
    kinds = (("withholding", "withholding_paid_at"), ("attachment", "attachment_paid_at"))
    paid = [run[instant] for amount, instant in kinds if run[amount] > 0]
    if not paid:
        return Fact("withholding", "not_applicable", "nothing_withheld", None, None, *about)
    if None not in paid:
        return Fact("withholding", "done", "withholding_paid", due, max(paid), *about)
    if not client["payments_known"]:
        return Fact("withholding", judge.overdue_untold(due), "withholding_unknown", due, None, *about)
    state = judge.overdue(due)
    if state == "unknown":
        return Fact("withholding", state, "withholding_unknown", due, None, *about)
    if run["paid_at"] is None and run["net"] > 0:
        return Fact("withholding", "open", "withholding_not_owed", due, None, *about)
    return Fact("withholding", state, "withholding_not_paid", due, None, *about)
