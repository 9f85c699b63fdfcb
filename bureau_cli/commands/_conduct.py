"""Runs one command in the event loop: under a deadline, beside the signals, and to its rendered end."""

from __future__ import annotations

import signal
from collections.abc import Awaitable, Callable
from typing import Any

import anyio

from bureau_cli.commands._session import Session
from bureau_cli.errors import BureauError, DeadlinePassed, Interrupted, JobPending, Terminated
from bureau_cli.formatters.results import Document, Result

LET_END_S = 5
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


async def conduct(session: Session, function: Callable[[Any], Awaitable[Result]], ctx: Any) -> int:
    """Await the command's function, write its result, and give the exit code.

    Raises:
        BureauError: what the command raised; Interrupted or Terminated on a signal; DeadlinePassed.
    """
    ended: list[int] = []
    failed: list[Exception] = []
    stopped: list[BureauError] = []
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_watch_signals, session, tasks.cancel_scope, stopped)
        try:
            await anyio.sleep(session.put_off_s)
            ended.append(await _within_deadline(session, function, ctx))
        except Exception as raised:  # noqa: BLE001 - kept whole, to be raised outside the group that would wrap it
            failed.append(raised)
        with anyio.CancelScope(shield=True):
            await session.app.aclose()
        tasks.cancel_scope.cancel()
    for fault in (*stopped, *failed):
        raise fault
    return ended[0]


async def _within_deadline(session: Session, function: Callable[[Any], Awaitable[Result]], ctx: Any) -> int:
    with anyio.move_on_after(session.deadline_s) as scope:
        result = await function(ctx)
        schema = "" if isinstance(result, Document) else result.schema
        await session.output.render(result, session.view, session.provenance(schema))
        return result.exit_code
    assert scope.cancelled_caught  # noqa: S101 - the only way here
    if session.app.accepted_job is not None:
        raise JobPending(f"job {session.app.accepted_job} was accepted, but is not finished")
    raise DeadlinePassed(f"the command did not end within {session.deadline_s:g} s", fix=session.way_on)


async def _watch_signals(session: Session, scope: anyio.CancelScope, stopped: list[BureauError]) -> None:
    """A run of many is let end what is under way: then its report is the answer, and says by what it was stopped."""
    with anyio.open_signal_receiver(*SIGNALS) as signals:
        number = await anext(signals)
        fault = Interrupted("interrupted") if number == signal.SIGINT else Terminated("terminated")
        under_way = session.under_way
        if under_way is not None:
            fault.fix = under_way.way_on
            under_way.brake.pull(fault.exit_code)
            session.output.tell(
                f"{fault.message}: what is under way may end within {LET_END_S} s; once more leaves now"
            )
            with anyio.move_on_after(LET_END_S):
                await anext(signals)
        stopped.append(fault)
        scope.cancel()
