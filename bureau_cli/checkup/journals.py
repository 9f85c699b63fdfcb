"""The journals of runs of many: whether one was cut short or is damaged, and what room they take."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import suppress

from bureau_cli.bulk.runs import Run, Runs, RunState
from bureau_cli.checkup.verdicts import Surroundings, Verdict, ok, warning
from bureau_cli.errors import RunUnreadable

_MIB = 1 << 20


def journals(surroundings: Surroundings) -> Iterator[Verdict]:
    """Runs that were cut short wait to be taken up; a damaged journal can be looked at by a person at most."""
    folder = surroundings.folders.journals
    runs = Runs(folder)
    readable = runs.all()
    damaged = [*runs.unreadable(), *(run.path for run in readable if run.is_damaged)]
    waiting = _waiting(readable)
    for run in waiting:
        fix = f"bureau history retry {run.opening.id} --profile {run.opening.planner.profile}"
        yield warning("journals", f"the run {run.opening.id} of {run.opening.began_at:%Y-%m-%d} was cut short", fix)
    for path in damaged:
        yield warning("journals", f"{path} is damaged", shlex.join(["mv", str(path), f"{path}.damaged"]))
    if not waiting and not damaged:
        size = sum(run.path.stat().st_size for run in readable) / _MIB
        yield ok("journals", f"{len(readable)} in {folder}, {size:.1f} MiB")


def _waiting(runs: list[Run]) -> list[Run]:
    """Those without an end that left something, which nobody has taken up yet."""
    taken_up = {run.opening.retries for run in runs if run.opening.retries and run.has_begun}
    unfinished = [run for run in runs if run.state is RunState.UNFINISHED and run.opening.id not in taken_up]
    return [run for run in unfinished if _left_something(run)]


def _left_something(run: Run) -> bool:
    with suppress(RunUnreadable):
        return bool(run.left())
    return False


CHECKS = (journals,)
