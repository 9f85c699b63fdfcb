"""A run that nobody looks at: written down when it begins and when it has ended, and heard of where there is news."""

from __future__ import annotations

from collections.abc import Callable
from shlex import join

from bureau_cli.commands._session import Session
from bureau_cli.errors import EXIT_MEANINGS, BureauError, ExitCode
from bureau_cli.files.logbook import Began, Ended, Logbook


def recorded(session: Session, work: Callable[[], int]) -> int:
    """Do the work and give its exit code."""
    log = session.app.unattended.logbook(session.profile)
    began = Began(run=session.app.run, at=session.app.now(), line=session.line, put_off=int(session.put_off_s))
    _note(session, lambda: log.begin(began))
    code, error = int(ExitCode.BUG), "bug"
    try:
        code, error = work(), ""
    except BureauError as fault:
        code, error = fault.exit_code, fault.code
        session.output.heard.append(fault.message)
        raise
    except KeyboardInterrupt:
        code, error = ExitCode.INTERRUPTED, "interrupted"
        raise
    finally:
        heard = tuple(session.output.heard)
        ended = Ended(at=session.app.now(), exit_code=code, changed=session.changed, code=error or None, told=heard)
        _note(session, lambda: log.end(began, ended))
        _tell_news(session, log, code)
    return code


def _tell_news(session: Session, log: Logbook, code: int) -> None:
    """Tell what ran, how it ended, what to do next and where more is written; nothing where there is nothing new."""
    if not code and not session.changed:
        return
    line = join(["bureau", *(word for word in session.line if word != "--cron")])
    session.output.tell(f"{line}: {EXIT_MEANINGS[ExitCode(code)] if code else 'changed'} (exit {code})")
    if code:
        session.output.tell(f"again: {session.way_on or line}")
    session.output.tell(f"log: {log.path}")


def _note(session: Session, write: Callable[[], None]) -> None:
    """A log that cannot be written keeps nobody from working."""
    try:
        write()
    except BureauError as fault:
        session.output.warn(fault.message)
