"""A token reaches its own platform and nobody else: sinks on real sockets count what they are given.

Each test has its control: a plain client in the same place gives the sink what `bureau` keeps.
"""

from __future__ import annotations

import json
import shutil
import socket
import ssl
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from commands.outside import ME, Waits, child, with_profile
from security.sinks import LOOPBACK, LOOPBACK_6, Listener, Reply, listeners

from bureau_cli.app import Wiring

TOKEN = "canary-of-the-origin-4711"  # noqa: S105 - a made-up one
REDIRECTS = (300, 301, 302, 303, 304, 305, 306, 307, 308, 309, 310, 399)
FOLLOWED_BY_PLAIN_CLIENTS = frozenset({301, 302, 303, 307, 308})


@pytest.fixture(autouse=True)
def every_name_is_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """An attacker's names lead to the sinks."""
    resolve = socket.getaddrinfo

    def resolved(host: Any, *args: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        return resolve(name if name in {LOOPBACK, LOOPBACK_6} else LOOPBACK, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolved)


@pytest.fixture
def servers() -> Iterator[list[Listener]]:
    """The platform, and two sinks: one by each of this machine's numbers."""
    with listeners(LOOPBACK, LOOPBACK, LOOPBACK_6) as three:
        yield three


@pytest.fixture
def run(bureau: Any, clean_world: Path, servers: list[Listener], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command line against the platform's port, through the network."""
    with_profile(clean_world, f"base_url = '{servers[0].url}'", "credential = 'env'")
    monkeypatch.setenv("BUREAU_TOKEN", TOKEN)
    return lambda *argv, **given: bureau(*argv, wiring=Wiring(patience=Waits().patience), **given)


def given(*sinks: Listener) -> int:
    return sum(sink.has_heard(TOKEN) for sink in sinks)


def places(platform: Listener, sink: Listener, sink_6: Listener) -> list[str]:
    """Where an answer may want to send a client: away, or to what looks like home."""
    port = sink.port
    return [
        f"http://{LOOPBACK}:{port}/v1/clients",
        f"//{LOOPBACK}:{port}/v1/clients",
        f"http://user:pass@{LOOPBACK}:{port}/v1/clients",
        f"http://{LOOPBACK}:{platform.port}@{LOOPBACK}:{port}/v1/clients",
        f"https://{LOOPBACK}:{port}/v1/clients",
        f"http://localhost:{port}/v1/clients",
        f"http://{LOOPBACK}.evil.example:{port}/v1/clients",
        f"http://bl\u00e5b\u00e6r.example:{port}/v1/clients",
        f"http://xn--blbr-roah.example:{port}/v1/clients",
        f"http://localhost.:{port}/v1/clients",
        f"http://2130706433:{port}/v1/clients",
        f"{sink_6.url}/v1/clients",
    ]


@pytest.mark.parametrize("status", REDIRECTS)
def test_a_redirect_takes_the_token_nowhere(run: Any, servers: list[Listener], status: int) -> None:
    platform, *sinks = servers
    for place in places(*servers):
        platform.answer = lambda _method, _path, place=place: Reply(
            status=status, headers={"Location": place.encode("utf-8").decode("latin-1")}
        )
        told = run("clients", "list")
        assert (told.code, told.out, "origin_refused" in told.err) == (4, b"", True)
    assert run("api", "POST", "/v1/groups", "-f", "slug=x", "--yes").code == 4
    assert platform.has_heard(TOKEN) == len(places(*servers)) + 1
    assert given(*sinks) == 0

    for place in places(*servers):
        platform.answer = lambda _method, _path, place=place: Reply(status=status, headers={"Location": place})
        if place.isascii() and not place.startswith("https:"):
            a_plain_client_asks(f"{platform.url}/v1/clients")
    assert (given(*sinks) > 5) == (status in FOLLOWED_BY_PLAIN_CLIENTS), "the control"


def a_plain_client_asks(url: str) -> None:
    """The standard library's client: it follows, and takes every header along."""
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {TOKEN}"})  # noqa: S310 - http here
    with suppress(OSError, ValueError), urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - the same
        answer.read()


def a_plain_httpx_asks(url: str, **options: Any) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with suppress(httpx.HTTPError), httpx.Client(headers=headers, follow_redirects=True, **options) as client:
        client.get(url)


def test_a_cursor_that_is_an_address_is_a_cursor(run: Any, servers: list[Listener]) -> None:
    platform, sink, sink_6 = servers
    away = f"{sink.url}/v1/clients?cursor=x"

    def pages(_method: str, path: str) -> Reply:
        page = {"items": [], "next": None if "cursor=" in path else away, "ahead": [away], "total": 0, "as_of": None}
        return Reply(content=page)

    platform.answer = pages
    assert run("clients", "list").code == 0
    assert "cursor=http%3A%2F%2F" in platform.heard[1]
    assert given(sink, sink_6) == 0
    a_plain_httpx_asks(away)
    assert given(sink) == 1, "the control"


@pytest.mark.parametrize("word", ["{url}/v1/jobs/1", "@{host}/1", "/{host}/1", "../../..//{host}/x", "\\\\{host}\\x"])
def test_a_job_elsewhere_is_not_asked_for(run: Any, servers: list[Listener], word: str) -> None:
    platform, sink, sink_6 = servers
    away = word.format(url=sink.url, host=f"{LOOPBACK}:{sink.port}")
    group = json.loads(run("api", "GET", "/v1/groups/finance", "-p", "demo").out)
    clients = json.loads(run("api", "GET", "/v1/clients", "-f", "limit=2", "-p", "demo").out) | {
        "next": None,
        "total": 2,
    }
    job = Reply(status=202, headers={"Location": f"{sink.url}/v1/jobs/1"}, content={"id": away, "state": "queued"})
    answers = {
        "/v1/me": Reply(content=ME),
        "/v1/groups/finance": Reply(content=group),
        "/v1/selections": Reply(status=201, content={"id": "se_1", "count": 2, "names": []}),
        "/v1/clients": Reply(content=clients),
        "/v1/groups/finance/members": job,
    }
    platform.answer = lambda _method, path: answers.get(path.partition("?")[0], Reply(status=503))
    assert run("groups", "add", "finance", "--all-clients", "--yes").code == 8
    assert platform.has_heard("POST /v1/groups/finance/members") == 1, "it was accepted"
    assert platform.heard[-1].startswith("GET /"), "and asked about, here"
    assert given(sink, sink_6) == 0
    a_plain_httpx_asks(job.headers["Location"])
    assert given(sink) == 1, "the control"


@pytest.mark.parametrize(
    "base_url",
    [
        "http://user:pass@{host}",
        "http://{host}/v1",
        "http://{host}?x",
        "http://evil.example:{port}",
        "http://127.0.0.1.evil.example:{port}",
        "http://localhost.evil.example:{port}",
        "http://localhost.:{port}",
        "http://l\u00f8calhost:{port}",
        "http://2130706433:{port}",
        "http://0x7f.1:{port}",
        "http://0.0.0.0:{port}",
        "ftp://{host}",
        "//{host}",
    ],
)
def test_an_address_that_misleads_is_refused_before_anything_is_sent(
    run: Any, clean_world: Path, servers: list[Listener], base_url: str
) -> None:
    _, sink, sink_6 = servers
    address = base_url.format(host=f"{LOOPBACK}:{sink.port}", port=sink.port)
    with_profile(clean_world, f"base_url = '{address}'", "credential = 'env'")
    told = run("clients", "list")
    assert (told.code, "config_invalid" in told.err, "pass@" in told.err) == (2, True, False)
    assert run("doctor", "--network", "--exit-code").code == 9
    assert (sink.heard, sink_6.heard) == ([], [])
    if address.startswith("http"):
        a_plain_httpx_asks(address, trust_env=False)
        assert sink.heard, "the control"


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])
def test_a_proxy_of_the_environment_does_not_see_what_stays_on_this_machine(
    run: Any, servers: list[Listener], monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    platform, sink, _ = servers
    monkeypatch.setenv(variable, sink.url)
    platform.answer = lambda _method, _path: NO_CLIENTS
    assert run("clients", "list").code == 0
    assert platform.has_heard(TOKEN)
    assert sink.heard == []
    a_plain_httpx_asks(f"{platform.url}/v1/clients")
    assert given(sink) == 1, "the control"


def test_a_netrc_is_not_read(run: Any, servers: list[Listener], clean_world: Path) -> None:
    platform = servers[0]
    netrc = clean_world / ".netrc"
    netrc.write_text(f"machine {LOOPBACK} login somebody password n3trc-s3cret\n", encoding="ascii")
    netrc.chmod(0o600)
    platform.answer = lambda _method, _path: NO_CLIENTS
    assert run("clients", "list").code == 0
    assert all(f"Bearer {TOKEN}" in request for request in platform.heard)
    assert platform.has_heard("Basic ") == 0
    with httpx.Client(auth=httpx.NetRCAuth(str(netrc))) as plain:
        plain.get(platform.url)
    assert platform.has_heard("Basic ") == 1, "the control"


# --- https -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this machine, of no authority, with its key in the same file."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    path = tmp_path_factory.mktemp("tls") / "certificate.pem"
    subject = ["-subj", "/CN=localhost", "-addext", f"subjectAltName=IP:{LOOPBACK},DNS:localhost"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", str(path)]
    made = subprocess.run(
        ["openssl", "req", "-x509", "-days", "3", *key, *subject], capture_output=True, text=True, check=True
    )
    path.write_text(path.read_text(encoding="ascii") + made.stdout, encoding="ascii")
    return path


@pytest.fixture
def secure(certificate: Path) -> Iterator[Listener]:
    """The platform behind https."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with Listener(certificate=context).listening() as listener:
        yield listener


@pytest.mark.slow
def test_a_certificate_of_no_authority_is_told_no_token(
    clean_world: Path, secure: Listener, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUREAU_TOKEN", TOKEN)
    with_profile(clean_world, f"base_url = '{secure.url}'", "credential = 'env'")
    secure.answer = lambda _method, _path: NO_CLIENTS
    assert child("clients", "list").returncode == 75
    assert "not trusted" in child("doctor", "--network").stdout
    assert secure.heard == []
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert child("clients", "list").returncode == 0
    assert secure.has_heard(TOKEN), "the control"


@pytest.mark.slow
def test_no_log_of_keys_is_written(
    clean_world: Path, secure: Listener, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the keys of its sessions, whoever recorded the traffic reads the token in it."""
    log = clean_world / "keys.log"
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setenv("SSLKEYLOGFILE", str(log))
    monkeypatch.setenv("BUREAU_TOKEN", TOKEN)
    with_profile(clean_world, f"base_url = '{secure.url}'", "credential = 'env'")
    secure.answer = lambda _method, _path: NO_CLIENTS
    assert child("clients", "list").returncode == 0
    assert child("doctor", "--network").returncode == 0
    assert "SECRET" not in log.read_text(encoding="ascii"), "OpenSSL writes its first line before anybody can say no"
    a_plain_httpx_asks(secure.url)
    assert "SECRET" in log.read_text(encoding="ascii"), "the control"


@pytest.mark.slow
def test_a_proxy_of_the_environment_sees_no_token_of_an_https_platform(
    clean_world: Path, secure: Listener, servers: list[Listener], monkeypatch: pytest.MonkeyPatch
) -> None:
    sink = servers[1]
    monkeypatch.setenv("HTTPS_PROXY", sink.url.replace("://", "://user:pr0xy-s3cret@"))
    monkeypatch.setenv("BUREAU_TOKEN", TOKEN)
    with_profile(clean_world, f"base_url = '{secure.url}'", "credential = 'env'")
    sink.answer = lambda _method, _path: Reply(status=403)
    assert child("clients", "list").returncode == 75
    assert sink.has_heard("CONNECT "), "it was asked"
    assert (given(sink), secure.heard) == (0, [])


NO_CLIENTS = Reply(content={"items": [], "next": None, "total": 0, "as_of": None})


# --- a secret that is exchanged for tokens ---------------------------------------------------------------------------

CLIENT_SECRET = "canary-client-secret-of-the-origin"  # noqa: S105 - a made-up one


@pytest.mark.parametrize("status", sorted(FOLLOWED_BY_PLAIN_CLIENTS))
def test_a_token_endpoint_that_redirects_is_given_the_secret_alone(
    run: Any, servers: list[Listener], clean_world: Path, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    platform, sink, sink_6 = servers
    with_profile(clean_world, f"base_url = '{platform.url}'", "credential = 'env'", "client_id = 'bc_1'")
    monkeypatch.setenv("BUREAU_CLIENT_SECRET", CLIENT_SECRET)
    for place in places(*servers):
        platform.answer = lambda _method, _path, place=place: Reply(
            status=status, headers={"Location": place.encode("utf-8").decode("latin-1")}
        )
        told = run("clients", "list")
        assert (told.code, CLIENT_SECRET in told.err) == (4, False)
    assert platform.has_heard(CLIENT_SECRET) == len(places(*servers)) == len(platform.heard)
    assert (sink.heard, sink_6.heard) == ([], [])
    platform.answer = lambda _method, _path: Reply(status=307, headers={"Location": f"{sink.url}/oauth/token"})
    httpx.post(f"{platform.url}/oauth/token", data={"client_secret": CLIENT_SECRET}, follow_redirects=True)
    assert sink.has_heard(CLIENT_SECRET) == 1, "the control"


def test_a_token_that_was_granted_is_renewed_at_home_and_sent_nowhere_else(
    run: Any, servers: list[Listener], clean_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The platform refuses the first token, grants another, and sends whoever has it away."""
    platform, sink, sink_6 = servers
    with_profile(clean_world, f"base_url = '{platform.url}'", "credential = 'env'", "client_id = 'bc_1'")
    monkeypatch.setenv("BUREAU_CLIENT_SECRET", CLIENT_SECRET)
    granted: list[str] = []

    def answer(_method: str, path: str) -> Reply:
        if path == "/oauth/token":
            granted.append(f"canary-granted-{len(granted)}")
            return Reply(content={"access_token": granted[-1], "expires_in": 3600, "token_type": "Bearer"})
        return Reply(status=401) if len(granted) == 1 else Reply(status=307, headers={"Location": sink.url})

    platform.answer = answer
    told = run("clients", "list", "--trace")
    assert (told.code, len(granted), [token for token in granted if token in told.err]) == (4, 2, [])
    assert all(platform.has_heard(token) for token in granted)
    assert (sink.heard, sink_6.heard) == ([], [])


@pytest.mark.parametrize("token", ["canary-granted\x00-1", "canary-granted\n-1", "canary granted", ""])
def test_a_granted_token_that_no_header_can_carry_is_not_told_by_the_one_who_will_not_carry_it(
    run: Any, servers: list[Listener], clean_world: Path, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    platform = servers[0]
    with_profile(clean_world, f"base_url = '{platform.url}'", "credential = 'env'", "client_id = 'bc_1'")
    monkeypatch.setenv("BUREAU_CLIENT_SECRET", CLIENT_SECRET)
    monkeypatch.setenv("BUREAU_DEBUG", "1")
    platform.answer = lambda _method, _path: Reply(content={"access_token": token, "expires_in": 3600})
    told = run("clients", "list", "--trace")
    assert (told.code, "answer_invalid" in told.err, "canary" in told.err) == (1, True, False)
    assert len(platform.heard) == 1


def test_a_profile_that_moved_takes_no_secret_along(run: Any, servers: list[Listener], clean_world: Path) -> None:
    """What was accepted at one place is kept for that place: a base_url changed behind its back gets nothing."""
    platform, sink, _ = servers
    who = {
        "user": {"id": "u_1", "login": "kari.nordmann", "name": "Kari Nordmann", "email": "kari@byraa.example"},
        "bureau": {"id": "b_1", "name": "Byrået", "orgnr": "310000001"},
        "role": "leader",
        "token": {"expires_at": "2026-12-01T12:00:00+01:00"},
        "as_of": None,
    }
    platform.answer = lambda _method, _path: Reply(content=who)
    login = ("auth", "login", "-p", "far", "--base-url", platform.url, "--store", "file", "--token-stdin")
    signed_in = run(*login, stdin=f"{TOKEN}\n")
    assert (signed_in.code, platform.has_heard(TOKEN)) == (0, 1), signed_in.err
    config = clean_world / ".config" / "bureau" / "config.toml"
    config.write_text(config.read_text(encoding="utf-8").replace(platform.url, sink.url), encoding="utf-8")
    assert sink.url in config.read_text(encoding="utf-8")
    assert run("clients", "list", "-p", "far").code == 4
    assert sink.heard == []
    config.write_text(config.read_text(encoding="utf-8").replace(sink.url, platform.url), encoding="utf-8")
    run("clients", "list", "-p", "far")
    assert platform.has_heard(TOKEN) > 1, "the control"
