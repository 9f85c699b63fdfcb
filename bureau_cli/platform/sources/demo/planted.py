"""What goes wrong in real life, planted on fixed clients so that tests and demonstrations find it again.

A client is known by its index, 0 being the bureau's own company. A portfolio of 60 clients or more has all of it.
Months are those of the demo's day: the last one reported is the last whose a-melding was due before that day.
"""

from bureau_cli.platform.sources.demo.words import HOSTILE_NAMES

# Clients, people and access.
INTERNAL = 0
OWNED_BY_CALLER = frozenset({1, 5, 9, 14, 19, 24, 29, 34})
NO_OWNER = 12
NOBODY_HAS_ACCESS = 15
SAME_NAME = frozenset({17, 18})
INVITED_BY_CLIENT = 21
ACCESS_ENDED = 22
DELEGATION_MISSING = 25
ACCESS_ENDS_SOON = 26
ACCESS_STARTS_SOON = 27
FINANCE = 28
TWO_PAY_GROUPS = 30
AGRICULTURE = 32
SITES_IN_MANY_ZONES = 33
OPEN_TO_USER_WHO_LEFT = frozenset({10, 20, 31})
OPEN_TO_USER_WITHOUT_ROLE = frozenset({33})
OPEN_TO_ADMINISTRATOR = frozenset({INTERNAL, 6, 7, 8})
OPEN_TO_CALLER = frozenset({INTERNAL, 2, 3})
RUN_BY_USER_WHO_LEFT = 20
"""Its runs were made by somebody who has left since, and who never owned it."""
PAUSED = frozenset({13, 23, 38})
ONBOARDING = 35
LEAVING = 36
LEFT = 37
FEED_STOPPED = 38
"""Its data could last be fetched three days before the demo's day."""
PAYMENTS_UNKNOWN = 23
"""Its bank tells nothing, so that nobody knows whether its withholding was paid."""
LARGE = 999
"""It employs more than a thousand, in a portfolio of a thousand clients or more."""

# A-meldinger of the last month reported.
REJECTED = 5
"""Its message was rejected, and no other was sent."""
REJECTED_THEN_RECEIVED = 1
"""Its message was rejected, sent again and received."""
RUN_LOST = TWO_PAY_GROUPS
"""Its message was rejected with two runs in it; the one received since has only the last."""
REPLACED_TWICE = 10
"""Its message was replaced by a received one, and that by another."""
REPLACEMENT_REJECTED = 11
"""Its message was received; the one to replace it was rejected."""
IMMEDIATE = frozenset({14, 16, 17, 20, 26, 39, 40, 41, 43, 44, 46, 47, 49, 50})
"""Their messages have the same immediate deviation: a cause they share."""
GUIDELINE = frozenset({2, 3, 28})
"""Their messages have two or three guideline deviations."""
NO_FEEDBACK = 18
"""Its message was sent in time, and no feedback has come."""
NEVER_SENT = 21
"""Its message was made and never sent."""
NO_PAY = 13
"""It recorded that nobody is paid, and reported so; people are employed."""
UNREPORTED_CORRECTION = 31
"""An extra run was made after its message; no message has it, so what was reported is less than what was paid."""
NO_MESSAGE = 53
"""Its run was paid, and no message was ever made."""
NOT_YET_SENT = 27
"""Its message of the month that is due next is sent on the last day."""

# The latest run that was to be paid before the demo's day.
LATE_RUN = 4
"""It was never locked, and paid all the same."""
AWAITING_APPROVAL = 22
"""It still awaits approval, and nobody was paid."""
PAYSLIPS_NOT_SENT = 9
"""Its payslips were never sent."""
CREATED_LATE = NO_OWNER
"""It was made on the working day before it was paid."""
WITHHOLDING_UNPAID = 24
"""What was withheld in the last run of which it is due is known to be unpaid."""

NOT_MADE = 58
"""There is none, and nothing says that nobody is paid."""
NOT_SUBMITTED = 52
"""It was made, and never sent to the client for approval; nobody was paid."""
NOT_LOCKED = 57
"""It was approved and never locked, and nobody was paid."""
LOCKED_WITHOUT_APPROVAL = 48
"""It was locked and paid, and its client never approved it."""
NOT_PAID = 59
"""It was locked and its payslips sent, and nobody was paid."""

# More than the ordinary runs of the last month reported.
EXTRA_RUN = 6
VACATION_RUN = 39
UNTIL_NOW_RUN = 8
REFUND = 34
"""Its run has a refund of sick pay, which lowers the arbeidsgiveravgift."""

# Employees and sites.
ATTACHMENT = DELEGATION_MISSING
"""Some of its employees have utleggstrekk."""
ATTACHED = frozenset({0, 2})
"""The positions of those employees."""
TAX_CARDS = 19
"""Its employees have a tax card of every kind, or none: see `CARDS`."""
ZONE_1A = 29
"""It uses up its fribeløp in every year, about August."""
ZONE_4A = TAX_CARDS

CARDS = {
    1: "never_fetched",
    2: "no_card",
    3: "free_with_limit",
    4: "free_without_limit",
    5: "free_nothing_left",
    6: "not_liable",
    7: "expired_d_number",
    8: "invalid_number",
    9: "percent",
    10: "changed",
}
"""The kind of tax card of the employees in these positions at the client for tax cards; they stay."""

HAS_A_STORY = IMMEDIATE | GUIDELINE | {
    REJECTED, REJECTED_THEN_RECEIVED, RUN_LOST, REPLACED_TWICE, REPLACEMENT_REJECTED, NO_FEEDBACK, NEVER_SENT, NO_PAY,
    UNREPORTED_CORRECTION, NOT_YET_SENT, LATE_RUN, AWAITING_APPROVAL, PAYSLIPS_NOT_SENT, CREATED_LATE,
    WITHHOLDING_UNPAID, NOT_MADE, NOT_SUBMITTED, NOT_LOCKED, LOCKED_WITHOUT_APPROVAL, NOT_PAID, NO_MESSAGE,
    EXTRA_RUN, VACATION_RUN, UNTIL_NOW_RUN, REFUND, ATTACHMENT, TAX_CARDS, ZONE_1A, FEED_STOPPED,
    PAYMENTS_UNKNOWN, FINANCE, AGRICULTURE, SITES_IN_MANY_ZONES, LARGE,
}  # fmt: skip
"""These have been clients for some months, and stay."""

USES_APPROVAL = frozenset({AWAITING_APPROVAL, NOT_SUBMITTED, NOT_LOCKED, LOCKED_WITHOUT_APPROVAL})
STATUSES = {INTERNAL: "active", ONBOARDING: "onboarding", LEAVING: "leaving", LEFT: "left"} | dict.fromkeys(
    OWNED_BY_CALLER, "active"
)
SIZES = {INTERNAL: 12, TAX_CARDS: 14, ATTACHMENT: 6, UNREPORTED_CORRECTION: 4, ZONE_1A: 60, LARGE: 1_200}
"""The fewest people these employ."""
ZONES = {AGRICULTURE: ("1a",), SITES_IN_MANY_ZONES: ("1", "4", "5"), ZONE_1A: ("1a",), ZONE_4A: ("4a",)}
NAMES = dict(zip((2, 3, 4, 6, 7, 8, 11, 13, 16, 23), HOSTILE_NAMES, strict=True)) | dict.fromkeys(
    SAME_NAME, "Nordlys Bakeri AS"
)
