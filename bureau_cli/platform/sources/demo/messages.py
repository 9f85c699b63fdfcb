"""The demo's a-meldinger: mostly one a month and received, else as the month's story has it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, groupby
from operator import attrgetter

from bureau_cli.platform.calendar import working_days_from
from bureau_cli.platform.law.aga import FINANCE, whole_kroner
from bureau_cli.platform.law.due import a_melding_due
from bureau_cli.platform.sources import AgaLine, AMelding, Deviation, PayRun
from bureau_cli.platform.sources.demo import deviations
from bureau_cli.platform.sources.demo.aga import finansskatt
from bureau_cli.platform.sources.demo.firms import Firm
from bureau_cli.platform.sources.demo.months import day_in, instant
from bureau_cli.platform.sources.demo.payments import Sums, payments_of
from bureau_cli.platform.sources.demo.stories import Month

_OPENS, _LATER_THE_SAME_DAY, _IN_THE_AFTERNOON = 8 * 60, 150, 6 * 60
"""Minutes: even if all are sent on one day, each comes after the feedback to the one before."""
_MOST_MINUTES_TO_FEEDBACK = 60
_BEFORE_IT_IS_SENT = 20
_WITHHOLDING, _ATTACHMENT = attrgetter("withholding"), attrgetter("attachment")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Message:
    """One message of a story: no feedback comes without a `result`, `replaces` is the place of another.

    `found` gives the deviations, so many times.
    """

    result: str | None = "received"
    found: Callable[[int], Sequence[Deviation]] = deviations.nothing
    replaces: int | None = None
    is_sent: bool = True
    has_last_run_only: bool = False


_RECEIVED = _Message()
_REJECTED = _Message(result="rejected", found=deviations.rejection)
_IMMEDIATE = _Message(result="received_immediate", found=deviations.immediate)
_AGAIN = _Message(replaces=0)
_STORIES: Mapping[str, Sequence[_Message]] = {
    "rejected": (_REJECTED,),
    "rejected_then_received": (_REJECTED, _RECEIVED),
    "run_lost": (_REJECTED, _Message(has_last_run_only=True)),
    "replaced_twice": (_RECEIVED, _AGAIN, _Message(replaces=1)),
    "replacement_rejected": (_RECEIVED, replace(_REJECTED, replaces=0)),
    "immediate": (_IMMEDIATE,),
    "immediate_shared": (replace(_IMMEDIATE, found=deviations.shared),),
    "immediate_then_received": (_IMMEDIATE, _AGAIN),
    "guideline": (_Message(result="received_guideline", found=deviations.guideline),),
    "guideline_many": (_Message(result="received_guideline", found=deviations.many_guidelines),),
    "no_feedback": (_Message(result=None),),
    "none": (),
    "never_sent": (_Message(result=None, is_sent=False),),
}
"""The messages of a month by its story; one that is received where there is none here."""


def messages_of(firm: Firm, month: Month, runs: Sequence[PayRun]) -> list[AMelding]:
    """Give the messages about a month in which something was paid, or people were employed and nothing was."""
    story = month.story
    reported = [run for run in runs if not (story.more == "correction" and run.type == "extra")]
    if not reported and not story.no_pay:
        return []
    mail = _Mail(firm, month)
    if reported and firm.reports_each_run and story.message == "plain":
        paid = [list(of_a_day) for _, of_a_day in groupby(reported, key=lambda run: run.pay_date)]
        return [mail.message(place, _RECEIVED, runs) for place, runs in enumerate(paid)]
    told = _STORIES.get(story.message, (_RECEIVED,))
    return [
        mail.message(place, one, reported[-1:] if one.has_last_run_only else reported) for place, one in enumerate(told)
    ]


class _Mail:
    """The messages a firm sends about one month."""

    def __init__(self, firm: Firm, month: Month) -> None:
        self._firm = firm
        self._month = month
        self._count = 1 + month.dice.below(4)
        self._days_after = 1 + month.dice.below(4)
        self._days_late = 1 + month.dice.below(3)
        self._minutes_to_feedback = 5 + month.dice.below(_MOST_MINUTES_TO_FEEDBACK - 5)

    def message(self, place: int, told: _Message, runs: Sequence[PayRun]) -> AMelding:
        lines = tuple(chain.from_iterable(run.aga for run in runs))
        sums = _sums(runs, lines)
        sent = self._sent_at(place, runs)
        has_feedback = told.result is not None
        received = has_feedback and told.result != "rejected"
        return AMelding(
            id=self._id(place),
            client_id=self._firm.client.id,
            month=self._month.period,
            replaces=None if told.replaces is None else self._id(told.replaces),
            run_ids=tuple(run.id for run in runs),
            recipients=_recipients(runs) if runs else len(self._month.roster),
            created_at=sent - 60 * _BEFORE_IT_IS_SENT,
            sent_at=sent if told.is_sent else None,
            feedback_at=sent + 60 * self._minutes_to_feedback if has_feedback else None,
            result=told.result,
            deviations=told.found(self._count),
            aga=lines,
            aga_sum=sums.aga,
            finansskatt_sum=sums.finansskatt,
            withholding_sum=sum(sums.withholding.values()),
            attachment_sum=sum(sums.attachment.values()),
            payments=payments_of(self._firm.client.orgnr, self._month.number, sums) if received else (),
        )

    def _id(self, place: int) -> str:
        return f"am_{self._firm.index:06x}{self._month.period[2:].replace('-', '')}{place}"

    def _sent_at(self, place: int, runs: Sequence[PayRun]) -> int:
        minute = _OPENS + self._firm.minute // 2 + place * _LATER_THE_SAME_DAY
        due = a_melding_due(self._month.period)
        if self._month.story.message == "late":
            return instant(working_days_from(due, self._days_late), minute)
        if self._month.story.message == "last_day":
            return instant(due, minute + _IN_THE_AFTERNOON)
        return instant(min(due, working_days_from(self._last_paid(runs), self._days_after + place)), minute)

    def _last_paid(self, runs: Sequence[PayRun]) -> date:
        return runs[-1].pay_date if runs else day_in(self._month.number, 28)


def _recipients(runs: Sequence[PayRun]) -> int:
    if len(runs) == 1:
        return len(runs[0].payslips)
    return len({slip.employee_id for run in runs for slip in run.payslips})


def _sums(runs: Sequence[PayRun], lines: Sequence[AgaLine]) -> Sums:
    """Add up what a message reports, as it reports it: in whole kroner."""
    withholding: dict[date, int] = {}
    attachment: dict[date, int] = {}
    for run in runs:
        day = run.pay_date
        withholding[day] = withholding.get(day, 0) + sum(map(_WITHHOLDING, run.payslips))
        attachment[day] = attachment.get(day, 0) + sum(map(_ATTACHMENT, run.payslips))
    taxed = sum(line.base for line in lines if line.sector == FINANCE)
    return Sums(
        aga=whole_kroner(sum(line.amount for line in lines)),
        finansskatt=finansskatt(taxed, runs[0].pay_date) if taxed else 0,
        withholding=withholding,
        attachment=attachment,
    )
