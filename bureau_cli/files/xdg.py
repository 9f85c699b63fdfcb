"""The folders the system sets aside for a user's files, after the XDG Base Directory Specification (freedesktop.org).

As plain text: completion at a prompt needs them too, and has no time for `pathlib`.
"""

import os
from collections.abc import Mapping

DEFAULTS = {
    "XDG_CACHE_HOME": ".cache",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
}


def base(environ: Mapping[str, str], variable: str) -> str:
    """The folder that the variable names; a relative path there is ignored, as the specification says.

    Raises:
        LookupError: it names none, and neither the environment nor the system names a home.
    """
    named = environ.get(variable) or ""
    if named.startswith("/"):
        return named
    return f"{home(environ)}/{DEFAULTS[variable]}"


def home(environ: Mapping[str, str]) -> str:
    """The user's own folder, as the environment says or, where it says nothing of use, as the system's accounts do.

    Raises:
        LookupError: neither names one.
    """
    named = environ.get("HOME") or ""
    if named.startswith("/"):
        return named
    from pwd import getpwuid  # noqa: PLC0415 - hardly ever needed

    return getpwuid(os.getuid()).pw_dir
