"""What a resource gets to see of a request, and what it gives back."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bureau_cli.platform.clock import to_seconds
from bureau_cli.platform.pages import Pager
from bureau_cli.platform.requests import Arguments


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """The user behind a token; `expires_at` is the token's, in seconds since 1970."""

    user_id: str
    bureau_id: str
    login: str
    role: str
    expires_at: int


NOBODY = Caller(user_id="", bureau_id="", login="", role="none", expires_at=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something a caller does at an instant, in a transaction; the audit trail keeps request and run."""

    db: sqlite3.Connection
    caller: Caller
    now: datetime
    request_id: str
    run_id: str | None

    @property
    def seconds(self) -> int:
        """The instant as the store writes it."""
        return to_seconds(self.now)

    @property
    def today(self) -> date:
        """The business day."""
        return self.now.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Deed):
    """A deed that is a request of an operation; `is_audited` if what becomes of it belongs in the audit trail."""

    operation_id: str
    is_audited: bool
    arguments: Arguments
    pager: Pager


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes back: a JSON body, or none."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
