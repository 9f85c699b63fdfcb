"""What the user has set: the file, the variables, the profile, its token, and who else can read them."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from shlex import quote

from bureau_cli.checkup.verdicts import Surroundings, Verdict, not_checked, ok, problem, unknown, warning
from bureau_cli.config.config_file import ConfigFile
from bureau_cli.config.credentials import report_of, store_of
from bureau_cli.config.origins import one_setting, settings_with_origin
from bureau_cli.config.settings import unread
from bureau_cli.domain.signing_in import StoreReport, StoreState
from bureau_cli.errors import BureauError, ConfigInvalid
from bureau_cli.files.folders import ELSEWHERE, nearest

SOON = timedelta(days=14)
OTHERS = 0o077
OTHERS_WRITE = 0o022


def config(surroundings: Surroundings) -> Iterator[Verdict]:
    """The file, as every other command would read it."""
    path = surroundings.config_file
    profiles = ConfigFile.read(path).profiles
    if not path.exists():
        yield ok("config", f"there is no {path}; what is built in holds")
        return
    named = f"profiles {', '.join(sorted(profiles))}" if profiles else "no profiles"
    yield ok("config", f"{path}: {named}")


def variables(surroundings: Surroundings) -> Iterator[Verdict]:
    """The BUREAU_ variables: their names, never their values."""
    wrong = list(unread(surroundings.environ))
    for fault in wrong:
        yield problem("variables", fault.message, fault.fix)
    if not wrong:
        names = sorted(name for name in surroundings.environ if name.startswith("BUREAU_"))
        yield ok("variables", ", ".join(names) or "no BUREAU_ variable is set")


def profile(surroundings: Surroundings) -> Iterator[Verdict]:
    """The profile this line would use, where its name comes from, and its platform."""
    try:
        file = ConfigFile.read(surroundings.config_file)
    except ConfigInvalid:
        yield unknown("profile", "the configuration cannot be read", "see config above")
        return
    settings = surroundings.settings
    held = settings_with_origin(file, surroundings.options, surroundings.environ)
    platform = settings.base_url or "the embedded platform"
    origin = one_setting(held, "profile").origin
    yield ok("profile", f"{settings.profile} ({origin}), on {platform}, writes {settings.writes}")


def credential(surroundings: Surroundings) -> Iterator[Verdict]:
    """Whether the profile's store holds a token that can be used; the token is not shown or sent."""
    try:
        settings = surroundings.settings
    except BureauError:
        yield unknown("credential", "no profile can be read", "see config and profile above")
        return
    if settings.is_embedded:
        yield ok("credential", f"the profile {settings.profile} needs none")
        return
    store = store_of(settings, surroundings.folders, surroundings.environ)
    # A check is in a thread of its own, where no event loop runs.
    yield _of_store(asyncio.run(report_of(settings, store)), surroundings.now())


def _of_store(report: StoreReport, now: datetime) -> Verdict:
    """What a store that was looked at comes to; a token that ends soon is told while there is time to get another."""
    if report.state is not StoreState.PRESENT:
        fault = report.fault or f"{report.place} holds no secret"
        return problem("credential", fault, report.fix or f"bureau auth login -p {report.profile}")
    held = f"the store {report.store} holds a secret ({report.place})"
    if report.expires_at is None:
        return ok("credential", held)
    ends = f"{held}, valid until {report.expires_at:%Y-%m-%d %H:%M %Z}"
    if report.expires_at > now + SOON:
        return ok("credential", ends)
    say = warning if report.expires_at > now else problem
    return say("credential", ends, f"bureau auth login -p {report.profile}")


def permissions(surroundings: Surroundings) -> Iterator[Verdict]:
    """Whether you can write where things are kept, and who else can read or, worse, write them."""
    folders = surroundings.folders
    written = dict.fromkeys(map(nearest, (folders.config, folders.data, folders.cache, folders.state)))
    closed = [folder for folder in written if not os.access(folder, os.W_OK | os.X_OK)]
    for folder in closed:
        yield problem("permissions", f"you cannot write in {folder}", ELSEWHERE)
    there = [path for folder in surroundings.kept for path in (folder, *folder.rglob("*"))]
    open_to_others = [told for path in there if (told := _too_open(path, surroundings.config_file))]
    yield from open_to_others
    if closed or open_to_others:
        return
    if not there:
        yield not_checked("permissions", "nothing is kept yet")
    else:
        yield ok("permissions", f"{len(there)} files and folders are yours alone")


def _too_open(path: Path, config_file: Path) -> Verdict | None:
    """A configuration that others can write sends the token where they want it; others may read it."""
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):  # its own rights say nothing
        return None
    mode = stat.S_IMODE(status.st_mode)
    fix = f"chmod {'700' if path.is_dir() else '600'} {quote(str(path))}"
    if status.st_uid != os.getuid():
        return problem("permissions", f"{path} belongs to another user", f"chown {os.getuid()} {quote(str(path))}")
    if mode & OTHERS_WRITE:
        return problem("permissions", f"others can write {path} ({mode:04o})", fix)
    if mode & OTHERS and path not in {config_file, config_file.parent}:
        return warning("permissions", f"others can read {path} ({mode:04o})", fix)
    return None


CHECKS = (config, variables, profile, credential, permissions)
