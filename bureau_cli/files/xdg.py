"""The folders the system sets aside for a user's files, after the XDG Base Directory Specification (freedesktop.org).

As plain text: completion at a prompt needs them too, and has no time for `pathlib`.
"""

import os
from collections.abc import Mapping

DEFAULTS = {"XDG_CACHE_HOME": ".cache", "XDG_CONFIG_HOME": ".config", "XDG_DATA_HOME": ".local/share"}


def base(environ: Mapping[str, str], variable: str) -> str:
    """The folder that the variable names; a relative path there is ignored, as the specification says.

    Raises:
        LookupError: it names none, and neither the environment nor the system names a home.
    """
    named = environ.get(variable) or ""
    if named.startswith("/"):
        return named
    home = os.path.expanduser(environ.get("HOME") or "~")  # noqa: PTH111 - without pathlib
    if home.startswith("~"):
        raise LookupError("home")
    return f"{home}/{DEFAULTS[variable]}"
