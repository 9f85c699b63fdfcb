"""Which base URLs a token may be sent to."""

from __future__ import annotations

import httpx
import pytest

from bureau_cli.api.origin import origin_of_url
from bureau_cli.domain.origin import Origin
from bureau_cli.errors import ConfigInvalid


@pytest.mark.parametrize(
    ("base_url", "shown"),
    [
        ("https://api.bureau.example", "https://api.bureau.example"),
        ("https://api.bureau.example/", "https://api.bureau.example"),
        ("https://api.bureau.example:443", "https://api.bureau.example"),
        ("https://api.bureau.example:8443", "https://api.bureau.example:8443"),
        ("http://127.0.0.1:8765", "http://127.0.0.1:8765"),
        ("http://[::1]:8765", "http://[::1]:8765"),
        ("http://localhost", "http://localhost"),
    ],
)
def test_an_honest_address_is_taken(base_url: str, shown: str) -> None:
    assert str(Origin.of_base_url(base_url)) == shown


@pytest.mark.parametrize(
    "base_url",
    [
        "http://api.bureau.example",
        "http://127.0.0.1.attacker.example",
        "http://localhost.attacker.example",
        "https://user@api.bureau.example",
        "https://user:secret@api.bureau.example",
        "https://api.bureau.example/v1",
        "https://api.bureau.example?x=1",
        "https://api.bureau.example#x",
        "https://äpi.bureau.example",
        "https://api.bureau.example:0x50",
        "https://api.bureau.example:99999",
        "ftp://api.bureau.example",
        "api.bureau.example",
        "https://",
        "https://[::1",
        "https://api.bureau .example",
        "https://api.bureau\t.example",
        " https://api.bureau.example",
        "",
    ],
)
def test_an_address_that_could_mislead_is_refused(base_url: str) -> None:
    with pytest.raises(ConfigInvalid):
        Origin.of_base_url(base_url)


@pytest.mark.parametrize("host", ["xn--blbr-roah.example", "LONN.example", "[::1]:8443", "a_b.example", "host."])
def test_a_request_is_known_to_go_home(host: str) -> None:
    """Also to a name that httpx would tell with its Norwegian letters."""
    home = Origin.of_base_url(f"https://{host}")
    assert origin_of_url(httpx.Client(base_url=str(home)).build_request("GET", "/v1/me").url) == home


def test_a_look_alike_is_another_origin() -> None:
    ours = Origin.of_base_url("https://api.bureau.example")
    others = ["https://api.bureau.example.no", "https://api-bureau.example", "https://api.bureau.example:444"]
    assert all(Origin.of_base_url(other) != ours for other in others)
