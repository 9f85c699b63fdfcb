"""The platform on a loopback port, for scripts, tests and other clients. Needs the extra `serve`."""

import ipaddress
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import FrameType

import anyio

from bureau_cli.platform.application import Application
from bureau_cli.platform.clock import Clock, real_time
from bureau_cli.platform.embedded import Platform

try:
    import uvicorn
except ImportError as cause:
    raise ImportError("platform serve needs uvicorn: install bureau-cli with the extra serve") from cause

_GRACE_SECONDS = 5
_STOPPING = (signal.SIGINT, signal.SIGTERM)


async def serve(  # noqa: PLR0913 - what a server can be told
    path: Path,
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    fault_header: bool = False,
    delay: timedelta = timedelta(),
    ready: Callable[[str], None] = lambda _: None,
    clock: Clock = real_time,
) -> signal.Signals | None:
    """Serve the store at a path until SIGTERM, SIGINT or cancellation, and tell which signal ended it.

    `ready` is told the base URL as soon as requests are taken; port 0 takes a free one. `delay` is added to every
    answer. Raises ValueError for a host that is not loopback, OSError for a port that cannot be had,
    PlatformError for a store that cannot be opened.
    """
    with _listener(host, port) as listener, Platform.open(path, clock=clock) as platform:
        application = platform.asgi(fault_header=fault_header, delay=delay)
        server = _Server(application, _url(listener), ready)
        try:
            await server.serve(sockets=[listener])
        finally:
            if server.started and not server.should_exit:  # cancelled: uvicorn has not closed anything yet
                with anyio.CancelScope(shield=True):
                    await server.shutdown(sockets=[listener])
        return server.stopped_by


class _Server(uvicorn.Server):
    """A uvicorn that says when it is ready, and that lets a signal stop it without raising it again."""

    def __init__(self, application: Application, url: str, ready: Callable[[str], None]) -> None:
        super().__init__(
            uvicorn.Config(
                application,
                lifespan="off",
                log_level="error",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=_GRACE_SECONDS,
            )
        )
        self.stopped_by: signal.Signals | None = None
        self._url = url
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready(self._url)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {one: signal.signal(one, self.handle_exit) for one in _STOPPING}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.stopped_by = signal.Signals(sig)
        super().handle_exit(sig, frame)


def _listener(host: str, port: int) -> socket.socket:
    address = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    if not address.is_loopback:
        raise ValueError(f"{host} is not a loopback address; the platform is served to this machine only")
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET  # noqa: PLR2004 - the protocol's number
    listener = socket.create_server((str(address), port), family=family)
    # Head and body of an answer are two writes: without this, which connections inherit, the second one waits 40 ms
    # for the first to be acknowledged. asyncio sets it only on sockets made with the protocol's number.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
