"""Lets a run work when it is its turn."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from bureau_cli.commands._session import Session
from bureau_cli.domain.turns import SKIP, WAIT, Lock
from bureau_cli.errors import ExitCode, LockHeld


def in_turn(session: Session, work: Callable[[], int], command: str) -> int:
    """Do the work of a command and give its exit code; whoever is to be alone asks for that before anything else.

    Raises:
        LockHeld: the same command of the profile is at work, and is neither skipped nor waited for.
    """
    lock = session.turn.lock
    if lock is None:
        return work()
    with ExitStack() as stack:
        try:
            stack.enter_context(
                session.app.unattended.alone(session.profile, command, patience_s=_patience(session, lock))
            )
        except LockHeld:
            told = f"bureau {command} is at work already under the profile {session.profile}"
            if lock.choice == SKIP:
                session.output.tell(f"{told}: skipped")
                return ExitCode.DONE
            raise LockHeld(told, fix="run it again later, or let it wait with --lock wait") from None
        if not session.turn.cron:
            return work()
        from bureau_cli.commands._recorded import recorded  # noqa: PLC0415 - no other run has a log

        return recorded(session, work)


def _patience(session: Session, lock: Lock) -> float | None:
    """Seconds to wait for the lock: as long as the command itself may take, where nothing else was said."""
    if lock.choice != WAIT:
        return 0
    return session.deadline_s if lock.patience is None else lock.patience.total_seconds()
