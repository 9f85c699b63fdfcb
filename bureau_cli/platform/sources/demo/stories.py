"""What is told of each client and month: the planted faults, and rare ones by chance."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bureau_cli.platform.calendar import pay_date, period_of, shifted
from bureau_cli.platform.law.due import a_melding_due, withholding_due
from bureau_cli.platform.sources.demo import planted
from bureau_cli.platform.sources.demo.chance import Dice
from bureau_cli.platform.sources.demo.firms import Firm
from bureau_cli.platform.sources.demo.months import number_of, period_at
from bureau_cli.platform.sources.demo.staff import Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What is out of the ordinary in one month of one client.

    `message` says what becomes of the a-melding, `run` of the first ordinary run, `more` which run there is besides.
    """

    message: str = "plain"
    run: str = "plain"
    more: str = ""
    refund: bool = False
    no_pay: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month of a firm: its number, who is employed in it, its story, and the chance that is left in it."""

    number: int
    roster: Sequence[Worker]
    story: Story
    dice: Dice

    @property
    def period(self) -> str:
        """Give it as a period."""
        return period_at(self.number)


_PLAIN = Story()
_MESSAGES = (
    (40, "guideline"), (55, "rejected_then_received"), (65, "immediate_then_received"), (72, "late"), (75, "rejected"),
    (78, "immediate"), (79, "no_feedback"),
)  # fmt: skip
_RUNS = ((15, "locked_late"), (25, "payslips_late"), (35, "withholding_late"), (45, "created_late"))
_MORE = ((20, "extra"), (24, "vacation"), (28, "until_now"))
"""Of a thousand months those below the number, and not below the one before, have this."""
_REFUNDS = 40


def last_reported(today: date) -> str:
    """Give the last month whose a-melding was due before a day."""
    month = shifted(period_of(today), -1)
    return month if a_melding_due(month) < today else shifted(month, -1)


def planted_stories(firm: Firm) -> Mapping[int, Story]:
    """Give the planted stories of a client, by the number of the month."""
    index, reported = firm.index, last_reported(firm.today)
    told = {}
    if index in _OF_THE_LAST_REPORTED:
        told[number_of(reported)] = _OF_THE_LAST_REPORTED[index]
    if index in _OF_THE_LATEST_RUN:
        told[_latest(firm, lambda day: day)] = _OF_THE_LATEST_RUN[index]
    if index == planted.NOT_YET_SENT:
        told[number_of(reported) + 1] = Story(message="last_day")
    if index == planted.WITHHOLDING_UNPAID:
        told[_latest(firm, withholding_due)] = Story(run="withholding_never")
    return told


def by_chance(dice: Dice) -> Story:
    """Tell what chance makes of a month."""
    message, run, more = (_drawn(dice.below(1000), table) for table in (_MESSAGES, _RUNS, _MORE))
    refund = dice.lucky(_REFUNDS)
    if (message, run, more, refund) == ("", "", "", False):
        return _PLAIN
    return Story(message=message or "plain", run=run or "plain", more=more, refund=refund)


def _drawn(luck: int, table: tuple[tuple[int, str], ...]) -> str:
    return next((name for limit, name in table if luck < limit), "")


_OF_THE_LAST_REPORTED = {
    planted.REJECTED: Story(message="rejected"),
    planted.REJECTED_THEN_RECEIVED: Story(message="rejected_then_received"),
    planted.RUN_LOST: Story(message="run_lost"),
    planted.REPLACED_TWICE: Story(message="replaced_twice"),
    planted.REPLACEMENT_REJECTED: Story(message="replacement_rejected"),
    planted.NO_FEEDBACK: Story(message="no_feedback"),
    planted.NO_MESSAGE: Story(message="none"),
    planted.NEVER_SENT: Story(message="never_sent"),
    planted.NO_PAY: Story(no_pay=True),
    planted.UNREPORTED_CORRECTION: Story(more="correction"),
    planted.EXTRA_RUN: Story(more="extra"),
    planted.UNTIL_NOW_RUN: Story(more="until_now"),
    planted.REFUND: Story(refund=True),
    **dict.fromkeys(planted.GUIDELINE, Story(message="guideline_many")),
    **dict.fromkeys(planted.IMMEDIATE, Story(message="immediate_shared")),
    planted.VACATION_RUN: Story(message="immediate_shared", more="vacation"),
}
_OF_THE_LATEST_RUN = {
    planted.LATE_RUN: Story(run="never_locked"),
    planted.AWAITING_APPROVAL: Story(run="never_approved", message="never_sent"),
    planted.NOT_MADE: Story(run="never_made"),
    planted.NOT_SUBMITTED: Story(run="never_submitted", message="none"),
    planted.NOT_LOCKED: Story(run="approved_only", message="none"),
    planted.LOCKED_WITHOUT_APPROVAL: Story(run="not_approved"),
    planted.NOT_PAID: Story(run="never_paid"),
    planted.PAYSLIPS_NOT_SENT: Story(run="payslips_never"),
    planted.CREATED_LATE: Story(run="created_late"),
}


def _latest(firm: Firm, due: Callable[[date], date]) -> int:
    """Give the last month of which something about the first ordinary run was due before the demo's day."""
    period, payday = period_of(firm.today), firm.client.pay_groups[0].payday
    while due(pay_date(period, payday)) >= firm.today:
        period = shifted(period, -1)
    return number_of(period)
