"""What the user has set: the file, the variables, the profile, its token, and who else can read them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from bureau_cli.checkup.verdicts import Surroundings, Verdict, not_checked, ok, problem, unknown, warning
from bureau_cli.config.credentials import token_of
from bureau_cli.config.settings import ConfigFile, unread
from bureau_cli.errors import BureauError

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
        settings = surroundings.settings
    except BureauError as fault:
        yield problem("profile", fault.message, fault.fix)
        return
    platform = settings.base_url or "the embedded platform"
    yield ok("profile", f"{settings.profile} ({_origin(surroundings)}), on {platform}, writes {settings.writes}")


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
    token_of(settings, surroundings.environ)
    yield ok("credential", f"the store {settings.credential} holds a token")


def permissions(surroundings: Surroundings) -> Iterator[Verdict]:
    """Who else can read or, worse, write what is kept here."""
    folders = surroundings.folders
    kept = [folders.config, surroundings.config_file, folders.data, surroundings.platform_file]
    there = [path for path in kept if path.exists()]
    open_to_others = [told for path in there if (told := _too_open(path, surroundings.config_file))]
    yield from open_to_others
    if not there:
        yield not_checked("permissions", "nothing is kept yet")
    elif not open_to_others:
        yield ok("permissions", f"{len(there)} files and folders are yours alone")


def _too_open(path: Path, config_file: Path) -> Verdict | None:
    """A configuration that others can write sends the token where they want it; others may read it."""
    status = path.stat()
    mode = stat.S_IMODE(status.st_mode)
    fix = f"chmod {'700' if path.is_dir() else '600'} {path}"
    if status.st_uid != os.getuid():
        return problem("permissions", f"{path} belongs to another user", f"chown {os.getuid()} {path}")
    if mode & OTHERS_WRITE:
        return problem("permissions", f"others can write {path} ({mode:04o})", fix)
    if mode & OTHERS and path not in {config_file, config_file.parent}:
        return warning("permissions", f"others can read {path} ({mode:04o})", fix)
    return None


def _origin(surroundings: Surroundings) -> str:
    if "profile" in surroundings.options:
        return "said with --profile"
    if surroundings.environ.get("BUREAU_PROFILE"):
        return "from BUREAU_PROFILE"
    if "profile" in ConfigFile.read(surroundings.config_file).defaults:
        return "the default in config.toml"
    return "built in"


CHECKS = (config, variables, profile, credential, permissions)
