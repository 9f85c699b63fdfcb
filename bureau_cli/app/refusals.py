"""What the embedded platform refuses, in the words of our own floors; apart from what only looking after it needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bureau_cli.errors import BadUsage, BureauError, LockHeld, PlatformRefused, UserNotFound
from bureau_cli.platform.errors import PlatformError

TOLD_AS: Mapping[str, tuple[type[BureauError], str | None]] = {
    "fault_invalid": (BadUsage, "bureau platform faults --help"),
    "seed_invalid": (BadUsage, "bureau platform seed --help"),
    "clock_out_of_reach": (BadUsage, "bureau platform clock --help"),
    "store_busy": (LockHeld, None),
    "store_out_of_reach": (PlatformRefused, "see that there is room, and that the file and its folder can be written"),
    "store_unreadable": (PlatformRefused, "move that file away; a fresh one is made"),
    "store_too_new": (PlatformRefused, "use the bureau that wrote it, or move the file away"),
}
"""Which of our errors a refusal of the platform is, and its way out; any other is a PlatformRefused."""


@contextmanager
def translated() -> Iterator[None]:
    """Tell the platform's own refusals as ours."""
    try:
        yield
    except PlatformError as refused:
        leaf, fix = TOLD_AS.get(refused.code, (PlatformRefused, None))
        raise leaf(refused.message, fix=fix) from refused


@contextmanager
def known_user(login: str) -> Iterator[None]:
    """Tell a login that nobody has."""
    try:
        yield
    except LookupError as unknown:
        raise UserNotFound(f"the embedded platform has no user {login}") from unknown
