"""Clients made up for where they stand in a month: every way a run can be in, stories, and what they come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import product
from pathlib import Path
from typing import Any

from oracle.test_states import STATES

from bureau_cli.platform import seeding
from bureau_cli.platform.clock import OSLO
from bureau_cli.platform.sources import AMelding, NoPay, PayGroup, PayRun, Payslip

from .told import OWNER, ToldSource, at, client, employee, message, run

MONTH, DAY = "2026-03", date(2026, 3, 20)
"""Paid on Friday 20 March: due are the run on the 13th, approval on the 18th, locking on the 19th, what was withheld on
Monday the 23rd, and the a-melding, Easter in between, on 7 April."""
LATER = datetime(2026, 4, 20, 12, tzinfo=OSLO)
DUE = {
    "created": "2026-03-13", "approved": "2026-03-18", "locked": "2026-03-19", "paid": "2026-03-20",
    "payslips": "2026-03-20", "withholding": "2026-03-23", "a_melding": "2026-04-07", "feedback": "2026-04-07",
}  # fmt: skip
NA, DONE, OPEN, LATE, PROBLEM, UNKNOWN = "not_applicable", "done", "open", "late", "problem", "unknown"

# How far a run came: whether its client uses approval, the instants it lacks, and what approval comes to.
LOCKING: Mapping[str, tuple[bool, set[str], str | None]] = {
    "locked": (True, set(), DONE),
    "locked, approval not used": (False, {"submitted_at", "approved_at"}, NA),
    "locked without approval": (True, {"approved_at"}, PROBLEM),
    "approved": (True, {"locked_at"}, DONE),
    "awaiting approval": (True, {"approved_at", "locked_at"}, None),
    "not submitted": (True, {"submitted_at", "approved_at", "locked_at"}, None),
    "open, approval not used": (False, {"submitted_at", "approved_at", "locked_at"}, NA),
}
NOT_LOCKED = {
    "approved": "run_not_locked", "awaiting approval": "run_awaiting_approval", "not submitted": "run_open",
    "open, approval not used": "run_open",
}  # fmt: skip
PAYING = ("paid", "not paid", "nothing to pay")
SLIPS = ("sent", "not sent", "none")
WITHHELD = ("both paid", "both unpaid", "attachment unpaid", "nothing")
# What is known: the client, and what is to be said of what was not done in time by the day of LATER.
KNOWLEDGE: Mapping[str, tuple[dict[str, Any], dict[str, str]]] = {
    "all": ({}, {}),
    "no payments": ({"payments_known": False}, dict.fromkeys(("paid", "withholding"), UNKNOWN)),
    "until the pay date": (
        {"feed_stopped_on": DAY},
        dict.fromkeys(("paid", "payslips", "withholding", "a_melding", "feedback"), UNKNOWN),
    ),
    "until the 24th": ({"feed_stopped_on": date(2026, 3, 24)}, dict.fromkeys(("a_melding", "feedback"), UNKNOWN)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One run of one client, and what is known of it."""

    locking: str = "locked"
    paying: str = "paid"
    slips: str = "sent"
    withheld: str = "both paid"
    knowledge: str = "all"

    def expected(self) -> dict[str, str]:
        """Say what the six steps of a run come to, from the tables above."""
        overdue = dict.fromkeys(DUE, LATE) | KNOWLEDGE[self.knowledge][1]
        return {
            "created": DONE,
            "approved": LOCKING[self.locking][2] or overdue["approved"],
            "locked": DONE if self.locking not in NOT_LOCKED else PROBLEM if self.is_seen_paid else overdue["locked"],
            "paid": NA if self.paying == "nothing to pay" else DONE if self.is_seen_paid else overdue["paid"],
            "payslips": {"none": NA, "sent": DONE}.get(self.slips, overdue["payslips"]),
            "withholding": self._withholding(overdue["withholding"]),
        }

    @property
    def is_seen_paid(self) -> bool:
        return self.paying == "paid" and self.knowledge in {"all", "until the 24th"}

    def _withholding(self, overdue: str) -> str:
        if self.withheld == "nothing":
            return NA
        if self.withheld == "both paid" and overdue == LATE:
            return DONE
        is_owed = self.is_seen_paid or self.paying == "nothing to pay"
        return OPEN if overdue == LATE and not is_owed else overdue

    @property
    def is_possible(self) -> bool:
        """Tell whether there can be such a run: one without payslips pays nothing and withholds nothing."""
        return self.slips != "none" or (self.paying, self.withheld) == ("nothing to pay", "nothing")


WAYS: Mapping[str, Any] = {
    "locking": LOCKING, "paying": PAYING, "slips": SLIPS, "withheld": WITHHELD, "knowledge": KNOWLEDGE,
}  # fmt: skip
TOGETHER = (
    ("locking", "paying"), ("locking", "knowledge"), ("slips", "knowledge"), ("withheld", "paying", "knowledge"),
)  # fmt: skip
"""What a step depends on together; the steps are judged each by themselves."""


def cases(*changed: str) -> Iterator[Case]:
    """Give the cases in which these differ from the usual, in all their ways together."""
    for values in product(*(WAYS[name] for name in changed)):
        case = Case(**dict(zip(changed, values, strict=True)))
        if case.is_possible:
            yield case


EMPTY = Case(paying="nothing to pay", slips="none", withheld="nothing")
UNDONE = Case(locking="not submitted", paying="not paid", slips="not sent", withheld="both unpaid")
SOME = [*dict.fromkeys((EMPTY, UNDONE, *(case for names in TOGETHER for case in cases(*names))))]
ALL = list(cases(*WAYS))


class Bureau:
    """Gathers clients, each with its own pay groups, runs and messages, for a source."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self._told: dict[str, list[Any]] = {
            "clients": [client(0, linked_via="internal")], "employees": [], "runs": [], "messages": [], "no_pay": [],
        }  # fmt: skip

    def source(self) -> ToldSource:
        return ToldSource(today=LATER.date(), **self._told)

    def add(
        self,
        *,
        runs: Sequence[PayRun] = (),
        messages: Sequence[AMelding] = (),
        no_pay: Sequence[str] = (),
        employs: bool = True,
        paydays: Sequence[int] = (20,),
        **changes: Any,
    ) -> str:
        """Add a client from March 2026 on, and give its id; what is its own is named after it."""
        number = len(self.ids) + 1
        groups = tuple(PayGroup(id=f"pg_{number}_{one}", name=f"Den {one}.", payday=one) for one in paydays)
        since = {"active_from": date(2026, 3, 1), **changes}
        one = client(number, orgnr=f"31{number:07}", pay_groups=groups, **since)
        self.ids.append(one.id)
        self._told["clients"].append(one)
        if employs:
            self._told["employees"].append(employee(number, number, pay_group_id=groups[0].id))
        self._told["runs"] += (_of_client(made, number) for made in runs)
        self._told["messages"] += (_of_client(made, number) for made in messages)
        self._told["no_pay"] += (
            NoPay(pay_group_id=groups[0].id, period=period, recorded_at=at("2026-03-20T09:00"), recorded_by=OWNER)
            for period in no_pay
        )
        return one.id


def _of_client(made: Any, number: int) -> Any:
    """Make a run or a message that was written for client 0 another client's."""

    def own(name: str) -> str:
        return f"{number}_{name}"

    if isinstance(made, AMelding):
        replaces = made.replaces and own(made.replaces)
        named = {"id": own(made.id), "replaces": replaces, "run_ids": [own(one) for one in made.run_ids]}
    else:
        slips = [slip._replace(employee_id=f"em_{number}") for slip in made.payslips]
        named = {"id": own(made.id), "pay_group_id": made.pay_group_id.replace("0", str(number), 1), "payslips": slips}
    return replace(made, client_id=f"cl_{number}", **named)


def paid(place: int = 1, payday: int = 20, **changes: Any) -> PayRun:
    """Make a run of March paid with everything done."""
    slips = [Payslip("", 3000, 1000, 0, 2000, touched=False)]
    usual = {"pay_date": DAY, "withholding_paid_at": at("2026-03-23T09:00"), "pay_group_id": f"pg_0_{payday}"}
    return run(place, 0, slips, **{**usual, **changes})


def of_case(case: Case) -> dict[str, Any]:
    """Give what is added for a case."""
    uses_approval, lacking, _ = LOCKING[case.locking]
    knowledge, _ = KNOWLEDGE[case.knowledge]
    withheld = (0, 0) if case.withheld == "nothing" else (1000, 500)
    net = 0 if case.paying == "nothing to pay" else 2000
    tells = knowledge.get("payments_known", True)
    settled = at("2026-03-23T09:00") if tells else None
    instants = {
        "payslips_sent_at": at("2026-03-19T09:00") if case.slips == "sent" else None,
        "paid_at": at("2026-03-20T06:00") if tells and case.paying == "paid" else None,
        "withholding_paid_at": settled if case.withheld in {"both paid", "attachment unpaid"} else None,
        "attachment_paid_at": settled if case.withheld == "both paid" else None,
        **dict.fromkeys(lacking),
    }
    slips = [] if case.slips == "none" else [Payslip("", sum(withheld) + net, *withheld, net, touched=False)]
    return {"runs": [replace(paid(**instants), payslips=slips)], "uses_approval": uses_approval, **knowledge}


def of_messages(told: Sequence[tuple[Any, ...]]) -> dict[str, Any]:
    """Give two runs, and the messages that tests/oracle/test_states.py has of them, day after day."""
    messages = [
        message(
            place,
            0,
            [f"run_{one}" for one in carried],
            MONTH,
            replaces=f"am_{replaced[0]}" if replaced else None,
            created_at=at(f"2026-03-{24 + place}T08:00"),
            sent_at=at(f"2026-03-{24 + place}T09:00"),
            feedback_at=at(f"2026-03-{24 + place}T10:00") if result else None,
            result=result,
        )
        for place, (carried, result, *replaced) in enumerate(told, start=1)
    ]
    return {"runs": [paid(1), paid(2, type="extra")], "messages": messages}


REPORTED = message(1, 0, ["run_1"], MONTH)
UNSENT = message(1, 0, [], MONTH, sent_at=None, feedback_at=None, result=None)
LEFT = {"active_from": date(2025, 1, 1), "notice_on": date(2026, 2, 1)}
NO_RUN = dict.fromkeys(DUE, LATE) | {"withholding": OPEN}
NO_REPORT = dict.fromkeys(("a_melding", "feedback"), NA)
STORIES: Mapping[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "everything done": (
        {"runs": [paid()], "messages": [REPORTED]},
        {"steps": dict.fromkeys(DUE, DONE), "closed": True, "reported": True, "codes": [], "pay_dates": ["2026-03-20"]},
    ),
    "nothing done": (
        {},
        {"steps": NO_RUN, "closed": False, "reported": False, "codes": ["run_missing", "a_melding_not_sent"]},
    ),
    "nothing done, and nobody tells what is paid": ({"payments_known": False}, {"steps": NO_RUN}),
    "nothing done by the pay date, and nothing known since": (
        {"feed_stopped_on": DAY},
        {
            "steps": dict.fromkeys(DUE, UNKNOWN) | dict.fromkeys(("created", "approved", "locked"), LATE),
            "codes": ["run_missing", "withholding_unknown", "a_melding_not_sent"],
        },
    ),
    "began afterwards": (
        {"active_from": date(2026, 4, 1), "employs": False},
        {"outside": "onboarding", "steps": dict.fromkeys(DUE, NA), "closed": None, "reported": None, "codes": []},
    ),
    "began afterwards, and paid all the same": (
        {"active_from": date(2026, 4, 1), "runs": [paid()]},
        {"outside": None, "closed": True, "reported": False, "codes": ["a_melding_not_sent"]},
    ),
    "left before": (
        {**LEFT, "left_on": date(2026, 2, 28), "employs": False},
        {"outside": "left", "steps": dict.fromkeys(DUE, NA), "closed": None, "reported": None},
    ),
    "left before, and a message about it was rejected": (
        {
            **LEFT, "left_on": date(2026, 2, 28), "employs": False,
            "messages": [message(1, 0, [], MONTH, result="rejected")],
        },
        {"outside": None, "closed": True, "a_melding": "rejected", "codes": ["a_melding_rejected"]},
    ),
    "left before the pay day, with people employed": (
        {**LEFT, "left_on": date(2026, 3, 10)},
        {"outside": None, "pay_dates": [], "closed": True, "reported": True, "a_melding": None, "codes": []},
    ),
    "left after the pay day, and nobody was paid": (
        {**LEFT, "left_on": date(2026, 3, 25)},
        {"steps": NO_RUN | NO_REPORT, "pay_dates": ["2026-03-20"], "codes": ["run_missing"]},
    ),
    "left after the pay day, paid and did not report": (
        {**LEFT, "left_on": date(2026, 3, 30), "runs": [paid()]},
        {"closed": True, "reported": False, "codes": ["a_melding_not_sent"]},
    ),
    "left before the pay day, and a message about it was not sent": (
        {**LEFT, "left_on": date(2026, 3, 10), "messages": [UNSENT]},
        {"reported": False, "a_melding": "not_sent", "codes": ["a_melding_not_sent"]},
    ),
    "left on the last day": (
        {**LEFT, "left_on": date(2026, 3, 31)},
        {"steps": NO_RUN, "codes": ["run_missing", "a_melding_not_sent"]},
    ),
    "began on the second day": (
        {"active_from": date(2026, 3, 2)},
        {"steps": NO_RUN | NO_REPORT, "reported": True, "codes": ["run_missing"]},
    ),
    "nobody is paid or employed, as was recorded": (
        {"no_pay": [MONTH], "employs": False},
        {"steps": dict.fromkeys(DUE, NA), "closed": True, "reported": True, "a_melding": None, "pay_dates": []},
    ),
    "nobody is paid, as was recorded, and people are employed": (
        {"no_pay": [MONTH]},
        {"closed": True, "reported": False, "codes": ["a_melding_not_sent"]},
    ),
    "nobody employed, and no run": ({"employs": False}, {"reported": True, "codes": ["run_missing"]}),
    "a message made and not sent": (
        {"runs": [paid()], "messages": [replace(REPORTED, sent_at=None, feedback_at=None, result=None)]},
        {"a_melding": "not_sent", "codes": ["a_melding_not_sent"]},
    ),
    "two pay groups, and a run of one of them": (
        {"runs": [paid()], "paydays": (12, 20), "messages": [REPORTED]},
        {"pay_dates": ["2026-03-12", "2026-03-20"], "reported": True, "due": "2026-03-05", "codes": ["run_missing"]},
    ),
    "an extra run that no message has": (
        {"runs": [paid(), paid(2, type="extra")], "messages": [REPORTED]},
        {"closed": True, "a_melding": "not_sent", "codes": ["a_melding_not_sent"]},
    ),
    "an extra run that nobody locked": (
        {
            "runs": [paid(), paid(2, type="extra", locked_at=None)],
            "messages": [replace(REPORTED, run_ids=["run_1", "run_2"])],
        },
        {"closed": False, "reported": True, "codes": ["run_not_locked"]},
    ),
    "the ordinary run was paid in the month after": (
        {"runs": [paid(pay_date=date(2026, 4, 1))]},
        {"closed": True, "pay_dates": [], "codes": ["a_melding_not_sent"]},
    ),
    "a first of the month that was moved to the month before": (
        {"paydays": (1,), "employs": False},
        {"closed": True, "pay_dates": [], "codes": []},
    ),
}  # fmt: skip


def filled(path: Path, cases: Sequence[Case]) -> tuple[dict[Any, str], ToldSource]:
    """Fill a store with the cases, the stories and the messages; give their clients, and the source."""
    bureau = Bureau()
    told = {case: of_case(case) for case in cases}
    told |= {name: story for name, (story, _) in STORIES.items()}
    told |= {("messages", name): of_messages(messages) for name, (messages, _) in STATES.items()}
    ids = {name: bureau.add(**more) for name, more in told.items()}
    source = bureau.source()
    seeding.seed_if_absent(path, source)
    return ids, source
