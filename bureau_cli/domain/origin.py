"""The place a platform is at, and the only one that what belongs to it is sent to."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from bureau_cli.errors import ConfigInvalid

DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port, compared exactly: a look-alike host or another port is another origin."""

    scheme: str
    host: str
    port: int

    @classmethod
    def of_base_url(cls, base_url: str) -> Origin:
        """The origin of a profile's base URL.

        Raises:
            ConfigInvalid: not http or https, no host, or with user, path, query, fragment or non-ASCII letters;
                http to anything but this machine.
        """
        try:
            parts = urlsplit(base_url)
        except ValueError as fault:
            raise _no_base_url(f"cannot be read: {fault}") from fault
        if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
            raise _no_base_url("is no address of a platform")
        written_plainly = base_url.isascii() and base_url.isprintable() and " " not in base_url
        if not written_plainly or parts.username is not None or parts.path.strip("/") or _has_tail(parts):
            raise _no_base_url("must be scheme, host and port only, in ASCII, without user or path")
        try:
            port = parts.port or DEFAULT_PORTS[parts.scheme]
        except ValueError as fault:
            raise _no_base_url("has a port that is no port") from fault
        origin = cls(parts.scheme, parts.hostname, port)
        if origin.scheme == "http" and not origin.is_loopback:
            raise _no_base_url(f"must be https: http is for this machine only, not for {origin.host}")
        return origin

    @property
    def is_loopback(self) -> bool:
        """Whether it is this machine, by number or as `localhost`."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"


def _no_base_url(reason: str) -> ConfigInvalid:
    """It may hold a user and a password, so it is not quoted."""
    return ConfigInvalid(f"base_url {reason}", fix="write it like https://payroll.example")


def _has_tail(parts: SplitResult) -> bool:
    return bool(parts.query or parts.fragment)
