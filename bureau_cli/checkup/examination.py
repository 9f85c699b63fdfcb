"""Carries out checks side by side, each by itself: one that fails or hangs hides none of the others."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from threading import Thread

from bureau_cli.checkup.verdicts import Check, Surroundings, Verdict, problem, unknown
from bureau_cli.errors import BureauError, LockHeld

FAMILIES = ("installation", "configuration", "embedded", "machine", "journals", "network")
LIMIT_S = 3.0


def all_checks() -> list[Check]:
    """The checks of every family, in the order they are read in."""
    return [check for family in FAMILIES for check in _checks_of(family)]


async def examine(surroundings: Surroundings, checks: Sequence[Check], *, limit_s: float = LIMIT_S) -> list[Verdict]:
    """The verdicts, in the order of the checks; a check that is silent for `limit_s` is waited for no longer."""
    told = await asyncio.gather(*(_carried_out(check, surroundings, limit_s) for check in checks))
    return [verdict for verdicts in told for verdict in verdicts]


def _checks_of(family: str) -> Sequence[Check]:
    """A family whose library is missing is a finding too."""
    try:
        checks: Sequence[Check] = import_module(f"bureau_cli.checkup.{family}").CHECKS
    except ImportError as missing:
        told = problem(family, f"cannot be looked at: {missing}", "install bureau anew")
        return (lambda _: [told],)
    return checks


async def _carried_out(check: Check, surroundings: Surroundings, limit_s: float) -> list[Verdict]:
    """One check's verdicts, from a thread of its own that the process does not wait for at its end."""
    loop = asyncio.get_running_loop()
    told: asyncio.Queue[Verdict | None] = asyncio.Queue()

    def carry_out() -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody listens any more
            for verdict in _guarded(check, surroundings):
                loop.call_soon_threadsafe(told.put_nowait, verdict)
            loop.call_soon_threadsafe(told.put_nowait, None)

    Thread(target=carry_out, name=_name(check), daemon=True).start()
    verdicts: list[Verdict] = []
    try:
        while (verdict := await asyncio.wait_for(told.get(), limit_s)) is not None:
            verdicts.append(verdict)
    except TimeoutError:
        verdicts.append(unknown(_name(check), f"gave no answer within {limit_s:g} s"))
    return verdicts


def _guarded(check: Check, surroundings: Surroundings) -> Iterator[Verdict]:
    try:
        yield from check(surroundings)
    except BureauError as fault:
        say = unknown if isinstance(fault, LockHeld) else problem
        yield say(_name(check), fault.message, fault.fix)
    except OSError as fault:
        yield unknown(_name(check), f"{fault.filename or 'something'} cannot be looked at: {fault.strerror}")
    except Exception as fault:  # noqa: BLE001 - whatever it is, the other checks are to be heard
        yield unknown(_name(check), f"the check itself failed ({type(fault).__name__})")


def _name(check: Check) -> str:
    return getattr(check, "__name__", "check").replace("_", "-")
