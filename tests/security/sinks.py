"""Servers on real sockets of this machine: a platform that answers as it is told, and sinks that count credentials."""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

LOOPBACK, LOOPBACK_6 = "127.0.0.1", "::1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a server answers."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content: Any = None


Answering = Callable[[str, str], Reply]


class Listener:
    """One server on one port; `heard` is every request as it came, its line, headers and body."""

    def __init__(self, address: str = LOOPBACK, *, certificate: ssl.SSLContext | None = None) -> None:
        self.heard: list[str] = []
        self.answer: Answering = lambda _method, _path: Reply(content={})
        self._server = _server(address, self)
        self._host = f"[{address}]" if ":" in address else address
        self._scheme = "http"
        if certificate is not None:
            self._scheme = "https"
            self._server.socket = certificate.wrap_socket(self._server.socket, server_side=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        return f"{self._scheme}://{self._host}:{self.port}"

    def has_heard(self, secret: str) -> int:
        return sum(secret in request for request in self.heard)

    @contextmanager
    def listening(self) -> Iterator[Listener]:
        thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            thread.join()
            self._server.server_close()


@contextmanager
def listeners(*addresses: str) -> Iterator[list[Listener]]:
    with ExitStack() as stack:
        yield [stack.enter_context(Listener(address).listening()) for address in addresses]


def _server(address: str, listener: Listener) -> ThreadingHTTPServer:
    class Hearing(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 5

        def _take(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode(errors="replace")
            listener.heard.append(f"{self.requestline}\n{self.headers}\n{body}")
            reply = listener.answer(self.command, self.path)
            content = b"" if reply.content is None else json.dumps(reply.content).encode()
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_CONNECT = _take  # noqa: N815 - the names the server looks for

        def log_message(self, *_: object) -> None:
            """Nothing to anybody."""

    class Quiet(ThreadingHTTPServer):
        address_family = socket.AF_INET6 if ":" in address else socket.AF_INET
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A client that hangs up is what is tested for."""

    return Quiet((address, 0), Hearing)
