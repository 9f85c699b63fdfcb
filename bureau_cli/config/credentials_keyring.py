"""The store `keyring`: the desktop's own, asked in a process of its own that is given 2.5 s.

A keyring may wait for ever for somebody to answer a question on a screen, and a thread that waits cannot be ended. The
process gets its task through a pipe and answers through one, so that no secret is in its arguments or its environment.
"""

from __future__ import annotations

import json
import os
import sys
from subprocess import DEVNULL, PIPE
from typing import Any

import anyio

from bureau_cli.config import credentials_text
from bureau_cli.domain.signing_in import Kept
from bureau_cli.errors import BureauError, KeyringAbsent, KeyringLocked, KeyringSilent

LIMIT_S = 2.5
"""Below the 3 s that `bureau doctor` waits for a check, so that what is wrong is told by its own name."""
SERVICE = "bureau"
COMMAND = (sys.executable, "-I", "-m", "bureau_cli.config.keyring_process")
FAULTS: dict[str, type[BureauError]] = {"absent": KeyringAbsent, "locked": KeyringLocked}


class Keyring:
    """The entry of one profile in the keyring of the desktop."""

    name = "keyring"
    writable = True

    def __init__(self, profile: str) -> None:
        self._profile = profile
        self.place = f"the keyring's entry {profile} of {SERVICE}"

    async def read(self) -> Kept | None:
        """What is kept."""
        text = (await self._ask("read"))["secret"]
        return None if text is None else credentials_text.read(text, self.place)

    async def write(self, kept: Kept) -> None:
        """Put the entry, and see that it is read back as it was put: a keyring that forgets is none."""
        text = credentials_text.written(kept)
        await self._ask("write", text)
        if (await self._ask("read"))["secret"] != text:
            raise KeyringAbsent("the keyring took the secret, but does not give it back")

    async def remove(self) -> bool:
        """Remove the entry."""
        return bool((await self._ask("remove"))["found"])

    async def _ask(self, task: str, secret: str | None = None) -> dict[str, Any]:
        """Have one task done.

        Raises:
            KeyringAbsent, KeyringLocked, KeyringSilent: what the keyring is, or that it did not answer in time.
        """
        asked = {"task": task, "service": SERVICE, "profile": self._profile, "secret": secret}
        with anyio.move_on_after(LIMIT_S):
            done = await anyio.run_process(
                COMMAND,
                input=json.dumps(asked).encode(),
                stdout=PIPE,
                stderr=DEVNULL,
                check=False,
                env=_environment(),
            )
            return _answer(done.stdout)
        raise KeyringSilent(f"the keyring did not answer within {LIMIT_S:g} s")


def _environment() -> dict[str, str]:
    """Ours, without what is a secret or would choose another keyring."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("BUREAU_", "PYTHON"))}


def _answer(text: bytes) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = json.loads(text)
    except ValueError:
        raise KeyringAbsent("the keyring could not be asked: its process ended without an answer") from None
    if answer["fault"] is not None:
        raise FAULTS[answer["fault"]](answer["reason"])
    return answer
