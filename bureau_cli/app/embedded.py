"""The embedded platform as the services and checks see it: looked after, and looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

from bureau_cli.app.refusals import known_user, translated
from bureau_cli.domain.embedded import EmbeddedStatus, StoreLook
from bureau_cli.errors import PlatformRefused
from bureau_cli.platform import inspection
from bureau_cli.platform.admin import Admin
from bureau_cli.platform.embedded import Platform


class EmbeddedAdmin:
    """Implements `services.ports.EmbeddedPort`; the platform is made if there is none yet."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._admin = Admin(path)

    def seed(self, *, clients: int, seed: int, today: date | None) -> None:
        """Replace everything with a fresh demo bureau."""
        with translated():
            self._admin.seed(clients, seed, today)

    def reset(self) -> None:
        """The same bureau again, as it was when it was made."""
        with self._opened() as admin:
            admin.reset()

    def status(self) -> EmbeddedStatus:
        """What is there."""
        with self._opened() as admin:
            found = admin.status()
        return EmbeddedStatus(
            path=found["path"],
            bytes=found["bytes"],
            clients=found["clients"],
            users=found["users"],
            groups=found["groups"],
            seed=found["seed"],
            today=date.fromisoformat(found["today"]),
            clock=datetime.fromisoformat(found["clock"]),
            pinned=found["pinned"],
            horizon=found["horizon"],
            login=found["login"],
            faults=tuple(found["faults"]),
        )

    def set_clock(self, instant: datetime | None) -> None:
        """Pin the clock, or let it go."""
        with self._opened() as admin:
            admin.clock(instant)

    def faults(self) -> Sequence[str]:
        """The faults it makes, in their written form."""
        with self._opened() as admin:
            return admin.faults()

    def set_faults(self, rules: Sequence[str]) -> None:
        """Make these faults and no others."""
        with self._opened() as admin:
            admin.set_faults(rules)

    def token(self, login: str, lifetime: timedelta) -> str:
        """A bearer token for one of its users."""
        with self._opened() as admin, known_user(login):
            return admin.token(login, lifetime)

    def static_token(self, login: str) -> str:
        """A static access token of one of its users, shown this once."""
        with self._opened() as admin, known_user(login):
            return admin.issue_static_token(login)

    def client_credentials(self, login: str) -> tuple[str, str]:
        """A client id that acts as one of its users and its secret, shown this once."""
        with self._opened() as admin, known_user(login):
            return admin.issue_client_credentials(login)

    async def serve(self, *, port: int, fault_header: bool, delay: timedelta, ready: Callable[[str], None]) -> None:
        """Answer on a loopback port until told to stop.

        Raises:
            PlatformRefused: the extra `serve` is not installed, or the port is taken.
        """
        try:
            from bureau_cli.platform.serve import serve  # noqa: PLC0415 - needs an extra
        except ImportError as missing:
            raise PlatformRefused(str(missing), fix="install it with its extra: pip install '.[serve]'") from missing
        with translated():
            try:
                await serve(self._path, port=port, fault_header=fault_header, delay=delay, ready=ready)
            except OSError as fault:
                raise PlatformRefused(f"port {port} cannot be had: {fault.strerror}", fix="try --port 0") from fault

    @contextmanager
    def _opened(self) -> Iterator[Admin]:
        with translated():
            if not self._path.exists():
                Platform.open(self._path).close()
            yield self._admin


class EmbeddedStore:
    """Implements `checkup.verdicts.StorePort`: the platform's file as it is; nothing is made, lifted or changed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def look(self) -> StoreLook:
        """What it is and how it is set."""
        with translated():
            found = inspection.look(self._path)
        return StoreLook(version=found.version, clock=found.clock, pinned=found.pinned, faults=found.faults)

    def damage(self) -> str | None:
        """What is broken inside, None where nothing is."""
        with translated():
            return inspection.damage(self._path)
