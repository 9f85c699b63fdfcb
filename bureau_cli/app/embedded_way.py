"""The way to the embedded platform, which runs in this very process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from bureau_cli.api.connection import Caller, connect_embedded
from bureau_cli.api.tokens import FixedToken
from bureau_cli.api.wire import Wire
from bureau_cli.app.refusals import known_user, translated
from bureau_cli.platform.embedded import Platform

TOKEN_LIFETIME = timedelta(hours=12)


class EmbeddedWay:
    """The platform kept in a file, opened when somebody goes there; `say` tells of a first use."""

    def __init__(self, file: Path, say: Callable[[str], None]) -> None:
        self._file = file
        self._say = say
        self._platform: Platform | None = None

    def token(self, login: str | None) -> str:
        """A token of a user, or of the one who shows it.

        Raises:
            PlatformRefused, LockHeld: it cannot be opened.
            UserNotFound: nobody has this login.
        """
        with translated():
            login = login or self._opened().demo_login
            with known_user(login):
                return self._opened().token(login, TOKEN_LIFETIME)

    def wire(self, token: str, caller: Caller, around: Callable[[Any], Any] | None) -> Wire:
        """Requests to it with this token; `around`, in a test, wraps it."""
        application = self._opened().asgi()
        return connect_embedded(around(application) if around else application, caller, FixedToken(token))

    def close(self) -> None:
        """Let go of it, if it was opened."""
        if self._platform is not None:
            self._platform.close()

    def _opened(self) -> Platform:
        if self._platform is None:
            self._platform = Platform.open(self._file)
            if self._platform.seeded:
                self._say(f"first use: made a demo bureau of {self._platform.seeded} clients in {self._file}")
        return self._platform
