"""Whether a platform can be reached, step by step and without a token: for `bureau doctor`, which asks why not."""

from __future__ import annotations

import socket
import ssl
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.request import getproxies, proxy_bypass

import httpx

from bureau_cli.api.connection import network_options
from bureau_cli.api.reading import read_as
from bureau_cli.domain.origin import Origin
from bureau_cli.errors import NetworkFailed

LIMIT_S = 2.5
"""A step's own patience: less than that of who waits for its answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """The platform's answer to who it is: its name and version, its clock's reading, and how long it took."""

    platform: str
    date: datetime | None
    seconds: float


def proxy_for(origin: Origin) -> str | None:
    """The proxy that a request would go through, without its user and password; http goes through none."""
    named = getproxies()
    proxy = named.get("https") or named.get("all")
    if origin.scheme != "https" or not proxy or proxy_bypass(origin.host):
        return None
    url = httpx.URL(proxy)
    return f"{url.scheme}://{url.host}" + (f":{url.port}" if url.port else "")


def addresses(origin: Origin) -> list[str]:
    """The addresses its name stands for.

    Raises:
        NetworkFailed: none.
    """
    try:
        found = socket.getaddrinfo(origin.host, origin.port, type=socket.SOCK_STREAM)
    except OSError as fault:
        raise NetworkFailed(f"the name {origin.host} has no address: {fault.strerror}", fix="check base_url") from fault
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def certificate_end(origin: Origin) -> datetime:
    """When the certificate of an https platform ends, checked as every request checks it.

    Raises:
        NetworkFailed: no connection, or a certificate that is not trusted.
    """
    context = network_options(origin)["verify"]
    try:
        with (
            socket.create_connection((origin.host, origin.port), timeout=LIMIT_S) as plain,
            context.wrap_socket(plain, server_hostname=origin.host) as secure,
        ):
            certificate = secure.getpeercert()
    except ssl.SSLCertVerificationError as fault:
        told = f"the certificate of {origin.host} is not trusted: {fault.verify_message}"
        raise NetworkFailed(told, fix="check base_url, and SSL_CERT_FILE where a proxy looks inside") from fault
    except OSError as fault:
        raise NetworkFailed(f"{origin} cannot be reached: {fault.strerror or fault}") from fault
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(certificate["notAfter"]), UTC)


def meta(origin: Origin, agent: str, transport: Any = None) -> Meta:
    """Ask the platform who it is, as any request would go but without a token.

    Raises:
        NetworkFailed: no answer, or one that is no platform's.
        AnswerInvalid: an answer that breaks the contract.
    """
    options = network_options(origin) if transport is None else {"transport": transport}
    options["timeout"] = LIMIT_S
    began = time.monotonic()
    try:
        with httpx.Client(base_url=str(origin), headers={"User-Agent": agent}, **options) as client:
            answer = client.get("/v1/meta")
    except httpx.TransportError as fault:
        raise NetworkFailed(f"{origin} gave no answer ({type(fault).__name__})") from fault
    seconds = time.monotonic() - began
    if not answer.is_success:
        raise NetworkFailed(f"{origin} answered {answer.status_code}", fix="check base_url")
    return read_as("its description", lambda content: _meta(content, answer, seconds), _decoded(answer))


def _meta(content: Any, answer: httpx.Response, seconds: float) -> Meta:
    stated = answer.headers.get("Date")
    platform = content["platform"]
    return Meta(
        platform=f"{platform['name']} {platform['version']}",
        date=parsedate_to_datetime(stated) if stated else None,
        seconds=seconds,
    )


def _decoded(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        return None
