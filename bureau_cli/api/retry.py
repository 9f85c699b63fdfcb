"""When a request may be sent again, how long to wait first, and when to stop trying: one pure function a decision."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import ClassVar

ATTEMPTS = 4
FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 20.0
POLITENESS = 0.1
"""Up to this share is added to a wait the platform asked for, so that many processes do not return at once."""

TOO_MANY_REQUESTS = 429
TRANSIENT_STATUSES = frozenset({408, TOO_MANY_REQUESTS, 500, 502, 503, 504})


class Safety(Enum):
    """What sending a request twice may do."""

    READ = "changes nothing"
    SET = "gives the same end state"
    KEYED = "is recognised by its key"
    UNKEYED = "may do it twice"


class Trouble(Enum):
    """How an attempt failed."""

    UNSENT = "certainly not sent"
    TIMEOUT = "no answer in time"
    BROKEN = "connection lost or answer unreadable"
    STATUS = "answered with a status"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One failed attempt. `retry_after` is in seconds, None where the platform did not ask for a wait."""

    trouble: Trouble
    status: int | None = None
    code: str | None = None
    retry_after: float | None = None


def is_transient(failure: Failure) -> bool:
    """Whether the same request could succeed later."""
    if failure.trouble is not Trouble.STATUS:
        return True
    return failure.status in TRANSIENT_STATUSES or failure.code == "idempotency_in_progress"


def may_resend(safety: Safety, failure: Failure) -> bool:
    """Whether sending it again cannot do harm; a request without a key only if it was refused or never left."""
    if not is_transient(failure):
        return False
    if safety is Safety.UNKEYED:
        return failure.trouble is Trouble.UNSENT or failure.status == TOO_MANY_REQUESTS
    return True


def wait_before(attempt: int, failure: Failure, *, chance: float) -> float:
    """Seconds to wait before attempt number `attempt` (2 is the first repeat).

    `chance` is a random number in 0..1. Full jitter under a doubling ceiling; a wait the platform asked for is a
    floor, never cut short.
    """
    backoff = chance * min(LONGEST_WAIT_S, FIRST_WAIT_S * float(2 ** (attempt - 2)))
    if failure.retry_after is None:
        return backoff
    return max(backoff, failure.retry_after * (1 + POLITENESS * chance))


def retry_after_seconds(value: str | None, date: str | None) -> float | None:
    """Read Retry-After: seconds, or an HTTP date measured against the answer's own Date. Nonsense is None."""
    if value is None:
        return None
    value = value.strip()
    if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", value, re.ASCII):
        return float(value)
    until, now = _http_date(value), _http_date(date or "")
    if until is None or now is None:
        return None
    return max(0.0, (until - now).total_seconds())


def _http_date(text: str) -> datetime | None:
    try:
        parsed = parsedate_to_datetime(text)
    except ValueError:
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


@dataclass(slots=True)
class Budget:
    """How much trying again one run may do in all, so that an outage is met with a few requests and not thousands.

    A repeat costs 5, after a timeout 10; a success gives 1 back, up to 100. Ten operations in a row that end in
    transient trouble stop the run.
    """

    CAPACITY: ClassVar[int] = 100
    COST: ClassVar[int] = 5
    COST_AFTER_TIMEOUT: ClassVar[int] = 10
    STOP_AFTER: ClassVar[int] = 10

    left: int = CAPACITY
    failed_in_a_row: int = 0

    def spend(self, failure: Failure) -> bool:
        """Pay for one repeat; False when the run cannot afford it."""
        cost = self.COST_AFTER_TIMEOUT if failure.trouble is Trouble.TIMEOUT else self.COST
        if cost > self.left:
            return False
        self.left -= cost
        return True

    def succeeded(self) -> None:
        """Count a success."""
        self.left = min(self.CAPACITY, self.left + 1)
        self.failed_in_a_row = 0

    def gave_up(self) -> None:
        """Count an operation that ended in transient trouble."""
        self.failed_in_a_row += 1

    @property
    def is_spent(self) -> bool:
        """Whether nothing more should be sent at all."""
        return self.failed_in_a_row >= self.STOP_AFTER
