"""The ways to platforms: how the one of a profile is called, and what has to be let go of afterwards."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bureau_cli import __version__

if TYPE_CHECKING:
    from bureau_cli.api.connection import Caller
    from bureau_cli.api.wire import Patience, Wire
    from bureau_cli.app import App, Wiring
    from bureau_cli.app.approach import Approach
    from bureau_cli.app.embedded_way import EmbeddedWay
    from bureau_cli.config.settings import Settings
    from bureau_cli.domain.snapshots import Snapshot

LONGEST_WAIT_S = 300.0
LONGEST_WAIT_WATCHED_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Where a way may speak: `say` what may be left out, `trace` each request, `hide` what must never be told."""

    say: Callable[[str], None]
    trace: Callable[[str], None] | None
    hide: Callable[[str], None]


class Ways:
    """Nothing is opened before it is asked for."""

    def __init__(self, app: App, wiring: Wiring, voice: Voice) -> None:
        self._app = app
        self._wiring = wiring
        self._voice = voice
        self._embedded_way: EmbeddedWay | None = None
        self._wire: Wire | None = None

    @property
    def wire(self) -> Wire:
        """The way to the platform of the run's profile."""
        if self._wire is None:
            self._wire = self._recalled() or self._connected(self._app.settings)
        return self._wire

    @property
    def accepted_job(self) -> str | None:
        """A job the platform has accepted in this run and not finished, if any."""
        return None if self._wire is None else next(iter(self._wire.accepted_jobs), None)

    def approach(self, settings: Settings) -> Approach:
        """What the way to the platform of a profile needs beside the profile."""
        from bureau_cli.app.approach import Approach

        return Approach(
            caller=self._caller(settings),
            folders=self._app.folders,
            network=self._wiring.network,
            say=self._voice.say,
            hide=self._voice.hide,
        )

    async def aclose(self) -> None:
        """Close connections and the embedded platform, if they were opened."""
        if self._wire is not None:
            await self._wire.aclose()
        if self._embedded_way is not None:
            self._embedded_way.close()

    def wire_to(self, snapshot: Snapshot) -> Wire:
        """The way to a snapshot as if it were the platform."""
        return self._app.archive.wire(snapshot, self._caller(self._app.settings))

    def _recalled(self) -> Wire | None:
        """The way to the snapshot that answers, if one does; then no other is opened."""
        snapshot = self._app.recalled
        return None if snapshot is None else self.wire_to(snapshot)

    def _connected(self, settings: Settings) -> Wire:
        if settings.base_url is None:
            return self._connected_embedded(settings)
        from bureau_cli.api.connection import connect
        from bureau_cli.app.approach import kept_tokens

        approach = self.approach(settings)
        tokens_kept = kept_tokens(settings, settings.base_url, approach)
        return connect(settings.base_url, approach.caller, tokens_kept, self._wiring.network)

    def _connected_embedded(self, settings: Settings) -> Wire:
        from bureau_cli.app.embedded_way import EmbeddedWay

        way = self._embedded_way = self._embedded_way or EmbeddedWay(self._app.platform_file, self._voice.say)
        token = way.token(settings.demo_login)
        self._voice.hide(token)
        return way.wire(token, self._caller(settings), self._wiring.around)

    def _caller(self, settings: Settings) -> Caller:
        from bureau_cli.api.connection import Caller

        return Caller(
            agent=f"bureau/{__version__}",
            run=self._app.run,
            jobs=settings.jobs,
            patience=self._patience(),
            now=self._wiring.now,
        )

    def _patience(self) -> Patience:
        from bureau_cli.api.wire import Patience

        # Somebody who sits and waits is told when to come back; a script may as well wait itself.
        longest = LONGEST_WAIT_WATCHED_S if os.isatty(2) else LONGEST_WAIT_S
        return Patience(**{"longest_wait_s": longest, "trace": self._voice.trace, **(self._wiring.patience or {})})
