"""The served platform: ready when it says so, gone when it is told to, and as broken as faults want it."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from queue import SimpleQueue

import anyio
import httpx
import pytest

from bureau_cli.platform.admin import Admin
from bureau_cli.platform.serve import serve

SERVE = """
import sys, anyio
from functools import partial
from pathlib import Path
from bureau_cli.platform.serve import serve

print(anyio.run(partial(serve, Path(sys.argv[1]), ready=lambda url: print(url, flush=True))).name)
"""


@contextmanager
def served(path, **options) -> Iterator[str]:
    """Serve a store from a thread of this process, and stop it by cancelling."""
    urls: SimpleQueue[str] = SimpleQueue()
    stops: SimpleQueue[Callable[[], None]] = SimpleQueue()

    async def main() -> None:
        with anyio.CancelScope() as scope:
            token = anyio.lowlevel.current_token()
            stops.put(partial(anyio.from_thread.run_sync, scope.cancel, token=token))
            await serve(path, ready=urls.put, **options)

    thread = threading.Thread(target=anyio.run, args=[main])
    thread.start()
    stop = stops.get(timeout=10)
    try:
        yield urls.get(timeout=10)
    finally:
        stop()
        thread.join(timeout=20)
        assert not thread.is_alive()


@pytest.fixture
def headers(path):
    return {"Authorization": f"Bearer {Admin(path).token('kari.nordmann', timedelta(hours=1))}"}


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_cleanly(path, stop):
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    url = process.stdout.readline().strip()
    assert httpx.get(f"{url}/v1/meta", trust_env=False).status_code == 200
    process.send_signal(stop)
    rest, errors = process.communicate(timeout=20)
    assert (process.returncode, rest.strip(), errors) == (0, stop.name, "")
    assert sorted(file.name for file in path.parent.glob("demo.db*")) == ["demo.db"]


def test_cancelling_it_closes_the_port_and_the_store(path):
    with served(path) as url, httpx.Client(base_url=url, trust_env=False) as client:
        assert client.get("/v1/meta").status_code == 200
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/v1/meta", trust_env=False)
    assert sorted(file.name for file in path.parent.glob("demo.db*")) == ["demo.db"]


def test_faults_break_the_connection_as_they_do_in_real_life(path, headers):
    with served(path, fault_header=True) as url, httpx.Client(base_url=url, headers=headers, trust_env=False) as client:
        for fault in ("drop", "drop_after", "truncate"):
            with pytest.raises(httpx.RemoteProtocolError):
                client.get("/v1/groups", headers={"Bureau-Fault": fault})
        assert client.get("/v1/groups", headers={"Bureau-Fault": "503;retry_after=3"}).headers["retry-after"] == "3"
        assert client.get("/v1/groups").status_code == 200


def test_a_reset_connection_is_told_from_an_ended_one(path):
    with served(path, fault_header=True) as url:
        port = int(url.rsplit(":", 1)[1])
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(b"GET /v1/meta HTTP/1.1\r\nHost: platform\r\nBureau-Fault: drop\r\n\r\n")
            connection.settimeout(10)
            assert connection.recv(100) == b""


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.com"])  # noqa: S104 - refused, by this test
def test_it_is_served_to_this_machine_only(path, host):
    with pytest.raises(ValueError, match=r"loopback|address"):
        anyio.run(partial(serve, path, host))


def test_a_port_that_is_taken_is_an_error_of_the_system(path):
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match=r"[Aa]ddress"):
        anyio.run(partial(serve, path, "127.0.0.1", taken.getsockname()[1]))
