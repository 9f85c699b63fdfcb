"""Signing in and out: a secret is tried before it is kept, kept where it was said, and seen by nobody."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from commands.outside import BUREAU, WHOLE_WORLD_S, Waits, problem, serving, with_profile
from contract.checking import CheckedAgainstContract
from filelock import FileLock

from bureau_cli.app import Wiring
from bureau_cli.platform.admin import Admin
from bureau_cli.platform.embedded import Platform

HERE = "https://payroll.example"
LOGIN = ("auth", "login", "-p", "prod", "--base-url", HERE)
NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)


class Remote:
    """The test's platform, far away: every request noted; `time` is what this machine's clock shows."""

    def __init__(self, platform: Platform, bureau: Any) -> None:
        self.requests: list[httpx.Request] = []
        self.time = NOON
        self.refuse: Callable[[httpx.Request], httpx.Response | None] = lambda _: None
        self._application = httpx.ASGITransport(app=CheckedAgainstContract(platform.asgi()))
        self._bureau = bureau

    def __call__(self, *argv: str, stdin: str | bytes = "") -> Any:
        transport = httpx.MockTransport(self._answer)
        wiring = Wiring(network=transport, patience=Waits().patience, now=lambda: self.time)
        return self._bureau(*argv, stdin=stdin, wiring=wiring)

    @property
    def paths(self) -> list[str]:
        return [request.url.path for request in self.requests]

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.refuse(request) or await self._application.handle_async_request(request)


@pytest.fixture
def remote(platform_file: Path, bureau: Any) -> Any:
    with Platform.open(platform_file) as platform:
        yield Remote(platform, bureau)


@pytest.fixture
def admin(platform_file: Path) -> Admin:
    return Admin(platform_file)


@pytest.fixture
def token(admin: Admin) -> str:
    return admin.token("kari.nordmann", timedelta(hours=1))


@pytest.fixture
def client(admin: Admin) -> tuple[str, str]:
    return admin.issue_client_credentials("kari.nordmann")


@pytest.fixture
def kept(clean_world: Path) -> Path:
    """Where the file store keeps the secret of `prod`."""
    return clean_world / ".local" / "share" / "bureau" / "credentials" / "prod"


@pytest.fixture
def config(clean_world: Path) -> Path:
    return clean_world / ".config" / "bureau" / "config.toml"


@pytest.fixture
def by_client(remote: Any, client: tuple[str, str]) -> Any:
    """The profile prod, signed in by client credentials; its requests are forgotten."""
    client_id, secret = client
    line = (*LOGIN, "--store", "file", "--client-id", client_id, "--secret-stdin")
    assert remote(*line, stdin=secret).code == 0
    remote.requests.clear()
    return remote


# --- in --------------------------------------------------------------------------------------------------------------


def test_a_token_is_tried_then_kept_and_the_profile_made(remote: Any, token: str, kept: Path, config: Path) -> None:
    signed_in = remote(*LOGIN, "--store", "file", "--token-stdin", "-o", "json", stdin=f"{token}\n")
    assert signed_in.code == 0
    told = signed_in.json["data"]
    assert (told["login"], told["role"], told["state"]) == ("kari.nordmann", "leader", "signed_in")
    assert (told["store"], told["place"], told["renews"]) == ("file", str(kept), False)
    assert told["expires_at"].startswith("2026-11-23T13:00")
    assert config.read_text(encoding="utf-8").splitlines() == [
        "[profiles.prod]", f'base_url = "{HERE}"', 'credential = "file"', 'user = "kari.nordmann"',
    ]  # fmt: skip
    assert "make it the default: bureau profiles use prod" in signed_in.err
    assert remote("clients", "list", "-p", "prod", "--limit", "1").code == 0
    assert remote.paths == ["/v1/me", "/v1/clients"]


@pytest.mark.parametrize("more", [["-o", "table"], ["-o", "csv"], ["-o", "ids"], ["--trace"], ["-o", "xlsx"]])
def test_no_secret_is_told_or_left_anywhere_but_in_its_store(
    remote: Any, client: tuple[str, str], kept: Path, clean_world: Path, more: list[str]
) -> None:
    client_id, secret = client
    line = (*LOGIN, "--store", "file", "--client-id", client_id, "--secret-stdin", *more)
    signed_in = remote(*line, stdin=secret)
    assert signed_in.code == 0
    access = json.loads(kept.read_text(encoding="ascii"))["access"]["token"]
    for held in (secret, access):
        assert held not in signed_in.err
        assert held.encode() not in signed_in.out
        left = [path for path in clean_world.rglob("*") if path.is_file() and held.encode() in path.read_bytes()]
        assert left == [kept]


@pytest.mark.parametrize("line", [["--token-stdin"], ["--client-id", "bc_none", "--secret-stdin"]])
def test_of_a_refused_secret_nothing_is_stored(remote: Any, kept: Path, config: Path, line: list[str]) -> None:
    refused = remote(*LOGIN, "--store", "file", *line, stdin="s3cret-that-nobody-gave")
    assert (refused.code, refused.out) == (4, b"")
    assert "s3cret" not in refused.err
    assert not kept.exists()
    assert not config.exists()


@pytest.mark.parametrize("given", ["", "\n", "two words", "tøken", "x" * 20_000, b"\xff\xfe"])
def test_what_could_be_no_token_is_not_sent(remote: Any, kept: Path, given: str | bytes) -> None:
    refused = remote(*LOGIN, "--store", "file", "--token-stdin", stdin=given)
    assert (refused.code, refused.out, remote.requests) == (2, b"", [])
    assert not kept.exists()


def test_a_file_that_could_not_be_written_is_told_before_a_secret_is_stored(
    remote: Any, token: str, kept: Path, config: Path
) -> None:
    config.parent.mkdir(parents=True)
    config.write_text("[profiles.other]\nuser = 'x'\n", encoding="utf-8")
    refused = remote(*LOGIN, "--store", "file", "--token-stdin", stdin=token)
    assert (refused.code, remote.requests, kept.exists()) == (2, [], False)
    assert "the profile other" in refused.err


def test_a_refused_secret_leaves_the_one_that_holds(remote: Any, token: str) -> None:
    assert remote(*LOGIN, "--store", "file", "--token-stdin", stdin=token).code == 0
    assert remote(*LOGIN, "--token-stdin", stdin="s3cret").code == 4
    assert remote("auth", "status", "-p", "prod").code == 0


def test_a_static_token_is_exchanged_for_one_that_ends(remote: Any, admin: Admin, kept: Path) -> None:
    static = admin.issue_static_token("anne.aas")
    assert remote(*LOGIN, "--store", "file", "--token-stdin", stdin=static).code == 0
    status = remote("auth", "status", "-p", "prod", "-o", "json").json["data"]
    assert (status["login"], status["renews"]) == ("anne.aas", True)
    assert remote.paths == ["/v1/me", "/oauth/token", "/v1/me", "/v1/me"]
    sent = {request.headers.get("authorization", "") for request in remote.requests[2:]}
    assert f"Bearer {static}" not in sent
    assert static in kept.read_text(encoding="ascii")


def test_signing_in_again_needs_only_the_secret(by_client: Any, client: tuple[str, str], token: str) -> None:
    assert by_client("auth", "login", "-p", "prod", "--secret-stdin", stdin=client[1]).code == 0
    assert by_client("config", "get", "client_id", "-p", "prod", "-o", "ids").lines == [client[0]]
    assert by_client("auth", "login", "-p", "prod", "--token-stdin", stdin=token).code == 0
    assert by_client("config", "get", "client_id", "-p", "prod", "-o", "ids").lines == []


def test_a_read_only_store_is_tried_where_it_is_filled_and_never_written(
    remote: Any, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    untried = remote(*LOGIN, "--store", "env")
    assert untried.code == 0
    assert "the secret comes from BUREAU_TOKEN, and was not tried" in untried.err
    assert remote("auth", "status", "-p", "prod").code == 4
    monkeypatch.setenv("BUREAU_TOKEN", token)
    assert remote(*LOGIN, "--store", "env", "-o", "json").json["data"]["login"] == "kari.nordmann"
    refused = remote(*LOGIN, "--store", "env", "--token-stdin", stdin=token)
    assert (refused.code, "filled from outside" in refused.err) == (2, True)


def test_a_secret_that_is_given_brings_tokens_that_are_kept_in_memory_alone(
    remote: Any, client: tuple[str, str], clean_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client_id, secret = client
    monkeypatch.setenv("BUREAU_CLIENT_SECRET", secret)
    assert remote(*LOGIN, "--store", "env", "--client-id", client_id).code == 0
    assert remote("clients", "list", "-p", "prod", "--limit", "1").code == 0
    assert remote.paths == ["/oauth/token", "/v1/me", "/oauth/token", "/v1/clients"]
    sent = remote.requests[-1].headers["authorization"].removeprefix("Bearer ")
    for held in (secret, sent):
        left = [path for path in clean_world.rglob("*") if path.is_file() and held.encode() in path.read_bytes()]
        assert left == []


def test_another_store_takes_over_and_no_copy_stays_in_the_first(remote: Any, token: str, kept: Path) -> None:
    assert remote(*LOGIN, "--store", "file", "--token-stdin", stdin=token).code == 0
    assert kept.exists()
    moved = remote("auth", "login", "-p", "prod", "--store", "systemd")
    assert (moved.code, kept.exists()) == (0, False)
    assert f"removed the earlier secret from {kept}" in moved.err


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        (("auth", "login"), 2, "the profile demo is the embedded platform, which needs no sign-in"),
        (("auth", "login", "-p", "prod"), 5, "there is no profile prod yet"),
        (("auth", "login", "-p", "../x", "--base-url", HERE), 2, "cannot name a profile"),
        (("auth", "login", "-p", "x", "--base-url", "http://payroll.example"), 2, "http is for this machine only"),
        (("auth", "login", "-p", "x", "--base-url", "https://me:s3cret@payroll.example"), 2, "without user or path"),
        ((*LOGIN, "--token-stdin", "--client-id", "bc"), 2, "two ways to sign in"),
        ((*LOGIN, "--secret-stdin"), 2, "no client id is known whose secret this is"),
        ((*LOGIN, "--store", "file"), 7, "there is no terminal to ask on"),
    ],
)
def test_what_cannot_be_signed_in_to_is_told_before_anything_is_sent(
    remote: Any, line: tuple[str, ...], code: int, says: str
) -> None:
    told = remote(*line, stdin="s3cret")
    assert (told.code, remote.requests) == (code, [])
    assert says in told.err
    assert "s3cret" not in told.err


def test_a_token_that_was_accepted_elsewhere_is_not_sent_here(remote: Any, token: str, config: Path) -> None:
    assert remote(*LOGIN, "--store", "file", "--token-stdin", stdin=token).code == 0
    remote.requests.clear()
    config.write_text(config.read_text(encoding="utf-8").replace(HERE, "https://payroll.evil"), encoding="utf-8")
    refused = remote("clients", "list", "-p", "prod")
    assert (refused.code, remote.requests) == (4, [])
    assert f"belongs to {HERE}" in refused.err
    assert "fix: bureau auth login -p prod, or bureau config set base_url" in refused.err
    for line in (["auth", "status", "-p", "prod", "--offline"], ["auth", "status", "-p", "prod"]):
        assert remote(*line).code == 4, "nor is it told as if it held here"
    found = {row["check"]: row["state"] for row in remote("doctor", "-p", "prod", "-o", "json").json["data"]}
    assert (found["credential"], remote.requests) == ("problem", [])


def test_a_token_that_was_granted_to_another_client_is_not_used(by_client: Any, admin: Admin) -> None:
    client_id, _ = admin.issue_client_credentials("anne.aas")
    assert by_client("config", "set", "client_id", client_id, "-p", "prod").code == 0
    assert by_client("clients", "list", "-p", "prod").code == 4
    assert by_client.paths == ["/oauth/token"]


# --- status and out --------------------------------------------------------------------------------------------------


def test_without_a_sign_in_the_status_is_4_and_says_where_it_looked(remote: Any, kept: Path, clean_world: Path) -> None:
    with_profile(clean_world, f"base_url = '{HERE}'", "credential = 'file'", name="prod")
    status = remote("auth", "status")
    assert (status.code, status.out) == (4, b"")
    assert f"error: {kept} holds no secret [credential_missing]\nfix: bureau auth login -p prod\n" in status.err


def test_the_demo_needs_no_sign_in(bureau: Any) -> None:
    status = bureau("auth", "status", "-o", "json").json["data"]
    assert (status["state"], status["login"], status["store"]) == ("signed_in", "kari.nordmann", None)


def test_status_tells_what_is_known_when_the_platform_cannot_be_asked(remote: Any, token: str) -> None:
    assert remote(*LOGIN, "--store", "file", "--token-stdin", stdin=token).code == 0
    remote.requests.clear()
    offline = remote("auth", "status", "-p", "prod", "--offline", "-o", "json")
    assert (offline.code, remote.requests) == (0, [])
    assert (offline.json["data"]["state"], offline.json["data"]["login"]) == ("not_checked", "kari.nordmann")
    remote.refuse = lambda _: problem(503, "busy")
    unsure = remote("auth", "status", "-p", "prod", "-o", "json")
    assert (unsure.code, unsure.json["data"]) == (10, offline.json["data"])
    assert "warning: the platform could not be asked" in unsure.err
    remote.time += timedelta(hours=2)
    over = remote("auth", "status", "-p", "prod", "--offline", "-o", "json")
    assert (over.code, over.json["data"]["state"]) == (4, "expired")


def test_signed_out_is_signed_out(by_client: Any, kept: Path, clean_world: Path) -> None:
    held = json.loads(kept.read_text(encoding="ascii"))["secret"]
    noted = clean_world / ".local" / "share" / "bureau" / "profiles" / "prod"
    noted.mkdir(parents=True)
    (noted / "names").write_text("10001\tNordlys\n", encoding="utf-8")
    assert by_client("auth", "logout", "-p", "prod").code == 0
    assert noted.exists()
    assert by_client("clients", "list", "-p", "prod").code == 4
    gone = by_client("auth", "logout", "-p", "prod", "--purge")
    assert (gone.code, noted.exists()) == (0, False)
    assert f"removed {noted}" in gone.err
    assert [path for path in clean_world.rglob("*") if path.is_file() and held.encode() in path.read_bytes()] == []
    assert by_client.requests == []


@pytest.mark.parametrize("line", ["login --token-stdin", "logout", "logout --purge"])
def test_a_secret_is_changed_only_while_nobody_renews_it(
    by_client: Any, kept: Path, token: str, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else who renews would write back what was there before: a sign-in lost, a sign-out undone."""
    monkeypatch.setattr("bureau_cli.files.lock.PATIENCE_S", 0.0)
    before = kept.read_bytes()
    with FileLock(kept.parent.parent / "locks" / "profile-prod.lock"):
        assert by_client("auth", *line.split(), "-p", "prod", stdin=token).code == 75
        by_client.time += timedelta(hours=1)
        assert by_client("clients", "list", "-p", "prod").code == 75, "the lock is the one of those who renew"
        assert kept.read_bytes() == before
    assert by_client("auth", *line.split(), "-p", "prod", stdin=token).code == 0


def test_the_demo_has_nothing_to_sign_out_of_but_what_is_kept_for_it(bureau: Any, clean_world: Path) -> None:
    noted = clean_world / ".local" / "share" / "bureau" / "profiles" / "demo"
    noted.mkdir(parents=True)
    out = bureau("auth", "logout", "--purge", "-o", "json")
    assert (out.code, out.json["data"]["state"], noted.exists()) == (0, "signed_out", False)
    assert "the profile demo has no secret" in out.err


# --- tokens that end -------------------------------------------------------------------------------------------------


def test_a_granted_token_is_used_until_it_is_about_to_end(by_client: Any, kept: Path) -> None:
    for minutes in (0, 58, 0, 1, 1):
        by_client.time += timedelta(minutes=minutes)
        assert by_client("clients", "list", "-p", "prod", "--limit", "1").code == 0
    assert by_client.paths == [
        "/v1/clients", "/v1/clients", "/v1/clients", "/oauth/token", "/v1/clients", "/v1/clients",
    ]  # fmt: skip
    assert json.loads(kept.read_text(encoding="ascii"))["access"]["expires_at"] == "2026-11-23T12:59:00+00:00"


def test_a_refused_token_is_renewed_once_in_the_middle_of_a_run(by_client: Any) -> None:
    """Withdrawn between two requests of one command; the change that was refused is sent again, and done once."""

    def refuse(request: httpx.Request) -> httpx.Response | None:
        withdrawn = request.url.path.endswith("/members") and "/oauth/token" not in by_client.paths
        return problem(401, "token_expired") if withdrawn else None

    by_client.refuse = refuse
    added = by_client("groups", "add", "paused", "--clients", "10001", "--yes", "-p", "prod", "-o", "json")
    assert (added.code, [one["outcome"] for one in added.json["data"]]) == (0, ["done"])
    assert by_client.paths[-3:] == ["/v1/groups/paused/members", "/oauth/token", "/v1/groups/paused/members"]
    assert by_client("clients", "list", "-p", "prod", "--limit", "1").code == 0
    assert by_client.paths.count("/oauth/token") == 1


def test_side_by_side_requests_renew_once(by_client: Any, admin: Admin, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are asked for side by side; all that were under way with the withdrawn token come back refused."""
    fresh = admin.token("kari.nordmann", timedelta(hours=2))
    withdrawn: list[httpx.Request] = []

    def refuse(request: httpx.Request) -> httpx.Response | None:
        if request.url.path == "/oauth/token":
            return httpx.Response(200, json={"access_token": fresh, "token_type": "Bearer", "expires_in": 7200})
        if request.headers["authorization"] == f"Bearer {fresh}" or "cursor" not in request.url.params:
            return None
        withdrawn.append(request)
        return problem(401, "unauthenticated")

    by_client.refuse = refuse
    monkeypatch.setenv("BUREAU_PAGE_SIZE", "10")
    listed = by_client("clients", "list", "-p", "prod", "-o", "ids")
    assert (listed.code, len(listed.lines)) == (0, 120)
    assert len(withdrawn) > 1
    assert by_client.paths.count("/oauth/token") == 1


def test_who_is_refused_with_a_fresh_token_too_is_told_so(by_client: Any) -> None:
    by_client.refuse = lambda request: None if request.url.path == "/oauth/token" else problem(401, "unauthenticated")
    refused = by_client("clients", "list", "-p", "prod")
    assert (refused.code, by_client.paths) == (4, ["/v1/clients", "/oauth/token", "/v1/clients"])


def test_what_another_process_has_renewed_is_used(by_client: Any, kept: Path, admin: Admin) -> None:
    """The store is read again once the lock is held: it may have what this process was about to ask for."""
    held = json.loads(kept.read_text(encoding="ascii"))
    token = admin.token("kari.nordmann", timedelta(hours=2))

    def refuse(request: httpx.Request) -> httpx.Response | None:
        if request.headers["authorization"] == f"Bearer {token}":
            return None
        kept.write_text(json.dumps(held | {"access": held["access"] | {"token": token}}), encoding="ascii")
        return problem(401, "token_expired")

    by_client.refuse = refuse
    assert by_client("clients", "list", "-p", "prod", "--limit", "1").code == 0
    assert by_client.paths == ["/v1/clients", "/v1/clients"]


def test_the_secret_goes_to_the_token_endpoint_of_its_own_origin_and_nowhere_else(by_client: Any, kept: Path) -> None:
    secret = json.loads(kept.read_text(encoding="ascii"))["secret"]
    by_client.time += timedelta(hours=2)
    by_client.refuse = lambda request: (
        httpx.Response(307, headers={"Location": "https://evil.example/oauth/token"})
        if request.url.path == "/oauth/token"
        else None
    )
    refused = by_client("clients", "list", "-p", "prod", "--trace")
    assert (refused.code, by_client.paths) == (4, ["/oauth/token"])
    assert str(by_client.requests[0].url) == f"{HERE}/oauth/token"
    assert "authorization" not in by_client.requests[0].headers
    assert secret not in refused.err


@pytest.mark.parametrize("status", [400, 401, 500])
def test_a_token_endpoint_that_quotes_what_it_was_sent_tells_nobody(by_client: Any, kept: Path, status: int) -> None:
    secret = json.loads(kept.read_text(encoding="ascii"))["secret"]
    by_client.time += timedelta(hours=2)

    def quote(request: httpx.Request) -> httpx.Response:
        sent = request.content.decode()
        body = {"status": status, "code": "invalid_client", "title": sent, "detail": sent, "error": secret}
        return httpx.Response(status, json=body, headers={"Content-Type": "application/problem+json"})

    by_client.refuse = quote
    refused = by_client("clients", "list", "-p", "prod", "--trace")
    assert refused.code in {4, 75}
    assert "client_id=" in refused.err, "the control: what was sent is quoted"
    assert secret not in refused.err


def test_a_store_that_takes_nothing_more_stops_no_run(by_client: Any, kept: Path) -> None:
    by_client.time += timedelta(hours=2)

    def fill(request: httpx.Request) -> httpx.Response | None:
        if request.url.path == "/oauth/token":
            kept.unlink()
            kept.mkdir()
        return None

    by_client.refuse = fill
    listed = by_client("clients", "list", "-p", "prod", "--limit", "1")
    assert listed.code == 0
    assert "the new access token is used, but not kept" in listed.err


@pytest.mark.slow
def test_several_processes_renew_once(bureau: Any, admin: Admin, sql: Any, kept: Path) -> None:
    """All start while the first still waits for its answer: the others wait for the lock, and find what it brought."""
    client_id, secret = admin.issue_client_credentials("kari.nordmann")
    with serving() as url:
        line = ("auth", "login", "-p", "prod", "--base-url", url, "--store", "file", "--client-id", client_id)
        assert bureau(*line, "--secret-stdin", stdin=secret, wiring=Wiring()).code == 0
        held = json.loads(kept.read_text(encoding="ascii"))
        held["access"]["renew_at"] = NOON.replace(year=2020).isoformat()
        kept.write_text(json.dumps(held), encoding="ascii")
        admin.set_faults(["slow;seconds=2;path=/oauth/token"])
        command = [*BUREAU, "auth", "status", "-p", "prod", "-o", "ids"]
        running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
        assert [process.communicate(timeout=WHOLE_WORLD_S)[0] for process in running] == ["kari.nordmann\n"] * 4
    assert sql("SELECT sum(hits) FROM fault")[0][0] == 1
