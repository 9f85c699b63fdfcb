"""The process that talks to the keyring: one task in on stdin, one answer out on stdout, both JSON.

It is started as `python -m bureau_cli.config.keyring_process` and knows nothing of the rest of bureau.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, KeyringLocked, PasswordDeleteError


class NoKeyring(Exception):
    """There is none that is on the list."""


def allowed() -> Iterator[type[KeyringBackend]]:
    """The keyrings that keep a secret for its user alone.

    The library would also take one that keeps it in plain text, or none at all, for a keyring, and chooses by
    configuration files and installed packages; so it is not asked.
    """
    if sys.platform == "darwin":
        from keyring.backends import macOS  # noqa: PLC0415 - each system has its own

        yield macOS.Keyring
    else:
        from keyring.backends import kwallet  # noqa: PLC0415 - each system has its own

        from bureau_cli.config.secret_service import SecretService  # noqa: PLC0415 - the same

        yield SecretService
        yield kwallet.DBusKeyring
        yield kwallet.DBusKeyringKWallet4


def chosen() -> KeyringBackend:
    """The one that is there; of several the one the library would rather have.

    Raises:
        NoKeyring: none is, with the reason that the likeliest gives.
    """
    found: list[tuple[float, type[KeyringBackend]]] = []
    reasons: list[str] = []
    for kind in allowed():
        try:
            found.append((kind.priority, kind))
        except RuntimeError as absent:
            reasons.append(str(absent).removeprefix("Unable to initialize SecretService: "))
    if not found:
        raise NoKeyring(f"there is no keyring here: {reasons[0]}")
    return max(found, key=lambda one: one[0])[1]()


def carried_out(asked: dict[str, str]) -> dict[str, Any]:
    """Do the task and tell how it ended."""
    ring, entry = chosen(), (asked["service"], asked["profile"])
    answer: dict[str, Any] = {"fault": None, "secret": None, "found": True}
    match asked["task"]:
        case "read":
            answer["secret"] = ring.get_password(*entry)
        case "write":
            ring.set_password(*entry, asked["secret"])
        case _:
            try:
                ring.delete_password(*entry)
            except PasswordDeleteError:
                answer["found"] = False
    return answer


def main() -> None:
    """Read the task, answer it. What a keyring says of itself holds no secret; nothing else is told."""
    asked = json.load(sys.stdin)
    try:
        answer = carried_out(asked)
    except NoKeyring as none:
        answer = {"fault": "absent", "reason": str(none)}
    except KeyringLocked:
        answer = {"fault": "locked", "reason": "the keyring is locked"}
    except KeyringError as fault:
        answer = {"fault": "absent", "reason": f"the keyring cannot be used: {fault}"}
    except Exception as fault:  # noqa: BLE001 - whatever a keyring does, this process answers and quotes nothing
        answer = {"fault": "absent", "reason": f"the keyring failed ({type(fault).__name__})"}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
