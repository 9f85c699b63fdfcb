"""Times whole processes in alternation, so that a drift of the machine falls on all of them alike."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

PYTHON = sys.executable
BUREAU = str(Path(PYTHON).parent / "bureau")


@dataclass(slots=True)
class Timing:
    """The runs of one command: seconds of wall, seconds of CPU, peak memory in MB."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak: list[float] = field(default_factory=list)


DONE = 0
PARTIAL, FINDING = 3, 9
"""How a change of many ends of which something was refused, and a gate that has found something: the work is done."""


def alternate(commands: Mapping[str, Sequence[str]], rounds: int, environ: Mapping[str, str]) -> dict[str, Timing]:
    """Run every command once to warm up, then all of them in turn, so many rounds."""
    timings = {name: Timing() for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            wall, cpu, peak = once(command, environ)
            if number:
                timings[name].wall.append(wall)
                timings[name].cpu.append(cpu)
                timings[name].peak.append(peak)
    return timings


def ratio(timings: Mapping[str, Timing], name: str, anchor: str) -> float:
    """The median of the ratios, pair by pair."""
    return median(one / other for one, other in zip(timings[name].wall, timings[anchor].wall, strict=True))


def own_environment(**added: str) -> dict[str, str]:
    """This process's environment, in which Python may keep its bytecode: an installed command has it."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHONDONTWRITEBYTECODE", "XDG_DATA_HOME", "XDG_CONFIG_HOME"}
    }
    return {**kept, **added}


def once(command: Sequence[str], environ: Mapping[str, str]) -> tuple[float, float, float]:
    """Run a command that must do its work; seconds of wall, seconds of CPU, peak memory in MB."""
    with tempfile.TemporaryFile() as complaints:
        begin = time.perf_counter()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=complaints, env=dict(environ))
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in {DONE, PARTIAL, FINDING}:
            complaints.seek(0)
            raise SystemExit(f"{command} exited {child.returncode}: {complaints.read().decode()[-500:]}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
