"""What is installed: bureau itself, its Python, its libraries, and which bureau the shell finds."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from operator import eq, ge, gt, le, lt, ne
from pathlib import Path

from bureau_cli.checkup.verdicts import Surroundings, Verdict, ok, problem, unknown, warning
from bureau_cli.files.completions import Completions, State

DISTRIBUTION = "bureau-cli"
OLDEST_PYTHON = (3, 11)
_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)\s*(?:\[[^]]*\])?\s*([^;]*)")
_BOUND = re.compile(r"(>=|<=|==|!=|<|>)\s*([0-9.]+)")
_COMPARED = {">=": ge, "<=": le, "==": eq, "!=": ne, "<": lt, ">": gt}


def bureau(surroundings: Surroundings) -> Iterator[Verdict]:
    """The version, and where it is run from."""
    yield ok("bureau", f"{surroundings.version} in {Path(__file__).parents[1]}")


def python(_: Surroundings) -> Iterator[Verdict]:
    """The interpreter."""
    found = f"{platform.python_version()} at {sys.executable}"
    if sys.version_info[:2] < OLDEST_PYTHON:
        yield problem("python", found, "install bureau with Python 3.11 or newer")
    else:
        yield ok("python", found)


def libraries(_: Surroundings) -> Iterator[Verdict]:
    """Each library that bureau needs, against the range it was tested with."""
    try:
        wanted = [line for line in requires(DISTRIBUTION) or () if "extra ==" not in line]
    except PackageNotFoundError:
        yield unknown("libraries", "bureau runs from a folder that was never installed", "pip install .")
        return
    wrong = [told for line in wanted if (told := unmet(line))]
    if wrong:
        yield problem("libraries", "; ".join(wrong), "install bureau anew: pipx install --force, or make demo")
    else:
        yield ok("libraries", f"all {len(wanted)} in the ranges bureau was tested with")


def programs(surroundings: Surroundings) -> Iterator[Verdict]:
    """Every `bureau` the shell may start: of two, one is not the one that was meant."""
    folders = surroundings.environ.get("PATH", "").split(os.pathsep)
    found = [Path(folder, "bureau") for folder in folders if folder]
    there = list(dict.fromkeys(path.resolve() for path in found if os.access(path, os.X_OK) and path.is_file()))
    if not there:
        yield ok("programs", f"bureau is not on PATH; this one is {surroundings.program}")
    elif len(there) == 1:
        yield ok("programs", str(there[0]))
    else:
        first, *others = map(str, there)
        yield warning("programs", f"{first} comes before {', '.join(others)}", "remove those that are not meant")


def completions(surroundings: Surroundings) -> Iterator[Verdict]:
    """The completion of each shell that has one, against the scripts of this version."""
    found = [one for one in Completions(surroundings.environ).all() if one.state is not State.MISSING]
    if not found:
        yield ok("completions", "none installed; bureau completion install SHELL does it")
    for one in found:
        if one.state is State.STALE:
            yield warning("completions", f"{one.path} is of another version", f"bureau completion install {one.shell}")
        elif one.needs:
            yield warning("completions", f"{one.shell} does not look for {one.path}", f"add to {one.needs}")
        else:
            yield ok("completions", str(one.path))


def unmet(requirement: str) -> str | None:
    """Why an installed library does not do, None where it does."""
    matched = _REQUIREMENT.match(requirement)
    if matched is None:
        return None
    name, bounds = matched[1], matched[2].strip()
    try:
        installed = version(name)
    except PackageNotFoundError:
        return f"{name} is missing"
    here = _release(installed)
    met = all(_COMPARED[sign](here, _release(bound)) for sign, bound in _BOUND.findall(bounds))
    return None if met else f"{name} is {installed}, wanted {bounds}"


def _release(text: str) -> tuple[int, ...]:
    """`14.0.0rc1` as (14,): trailing zeros say nothing."""
    numbers = re.match(r"[0-9]+(\.[0-9]+)*", text)
    parts = [int(part) for part in numbers[0].split(".")] if numbers else []
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts)


CHECKS = (bureau, python, libraries, programs, completions)
