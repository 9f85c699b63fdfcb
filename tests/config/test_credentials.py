"""A secret comes from the store the profile names, or from nowhere."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import anyio
import pytest

from bureau_cli.config.credentials import Store, store_of
from bureau_cli.config.settings import load
from bureau_cli.domain.signing_in import Access, Identity, Kept
from bureau_cli.errors import BureauError, CredentialExposed, CredentialMissing
from bureau_cli.files.folders import Folders

THEN = datetime(2026, 11, 23, 12, tzinfo=UTC)
KEPT = Kept(
    secret="s3cret",  # noqa: S106 - a made-up one
    origin="https://payroll.example",
    identity=Identity(
        login="kari.nordmann", name="Kåre", role="leader", bureau="Byrå", orgnr="201583802", expires_at=THEN
    ),
    access=Access(token="t0ken", expires_at=THEN, renew_at=THEN),  # noqa: S106 - a made-up one
)


def folders(tmp_path: Path) -> Folders:
    return Folders(config=tmp_path, data=tmp_path / "data", cache=tmp_path / "cache", state=tmp_path / "state")


def store(tmp_path: Path, *lines: str, environ: dict[str, str] | None = None) -> Store:
    config = tmp_path / "config.toml"
    config.write_text("\n".join(["[profiles.p]", "base_url = 'http://127.0.0.1:1'", *lines]), encoding="utf-8")
    return store_of(load(config, {"profile": "p"}), folders(tmp_path), environ or {})


def secret(kept: Store) -> str | None:
    found = anyio.run(kept.read)
    return None if found is None else found.secret


def test_the_environment_is_read_where_the_profile_says_so(tmp_path: Path) -> None:
    given = {"BUREAU_TOKEN": " t0ken\n", "BUREAU_CLIENT_SECRET": "s3cret"}
    assert secret(store(tmp_path, "credential = 'env'", environ=given)) == "t0ken"
    assert secret(store(tmp_path, "credential = 'env'", "client_id = 'bc'", environ=given)) == "s3cret"


def test_a_systemd_credential_is_read_where_the_service_has_one(tmp_path: Path) -> None:
    for name, held in (("bureau-token", "t0ken"), ("bureau-client-secret", "s3cret")):
        (tmp_path / name).write_text(held, encoding="ascii")
        (tmp_path / name).chmod(0o400)
    given = {"CREDENTIALS_DIRECTORY": str(tmp_path)}
    assert secret(store(tmp_path, "credential = 'systemd'", environ=given)) == "t0ken"
    assert secret(store(tmp_path, "credential = 'systemd'", "client_id = 'bc'", environ=given)) == "s3cret"
    (tmp_path / "bureau-token").chmod(0o440)  # how an access list that lets the service in is shown
    assert secret(store(tmp_path, "credential = 'systemd'", environ=given)) == "t0ken"
    (tmp_path / "bureau-token").chmod(0o444)
    with pytest.raises(CredentialExposed):
        secret(store(tmp_path, "credential = 'systemd'", environ=given))
    with pytest.raises(CredentialMissing) as caught:
        secret(store(tmp_path, "credential = 'systemd'"))
    assert "LoadCredential=bureau-token:" in (caught.value.fix or "")


def test_a_private_file_that_the_profile_names_is_read(tmp_path: Path) -> None:
    held = tmp_path / "token"
    held.write_text("t0ken\n", encoding="ascii")
    held.chmod(0o600)
    assert secret(store(tmp_path, "credential = 'file'", f"token_file = '{held}'")) == "t0ken"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_file_others_can_reach_is_refused_with_the_way_out(tmp_path: Path, mode: int) -> None:
    held = tmp_path / "token"
    held.write_text("t0ken", encoding="ascii")
    held.chmod(mode)
    with pytest.raises(CredentialExposed) as caught:
        secret(store(tmp_path, "credential = 'file'", f"token_file = '{held}'"))
    assert caught.value.fix == f"chmod 600 {held}"


def test_another_store_is_never_tried_instead(tmp_path: Path) -> None:
    given = {"BUREAU_TOKEN": "t0ken"}
    lines = ("credential = 'file'", f"token_file = '{tmp_path / 'missing'}'")
    assert secret(store(tmp_path, *lines, environ=given)) is None
    assert secret(store(tmp_path, "credential = 'file'", environ=given)) is None


@pytest.mark.parametrize("held", ["two words", "tøken", "a\nb", "x" * 20_000])
def test_what_is_no_token_is_not_sent(tmp_path: Path, held: str) -> None:
    with pytest.raises(CredentialMissing) as caught:
        secret(store(tmp_path, "credential = 'env'", environ={"BUREAU_TOKEN": held}))
    assert held not in caught.value.message


def test_a_profile_that_names_no_store_has_no_token(tmp_path: Path) -> None:
    with pytest.raises(CredentialMissing, match="does not name its credential"):
        store(tmp_path, environ={"BUREAU_TOKEN": "t0ken"})


# --- the store that we write -----------------------------------------------------------------------------------------


@pytest.fixture
def ours(tmp_path: Path) -> Store:
    return store(tmp_path, "credential = 'file'")


def test_what_is_kept_is_read_back_whole_and_can_be_removed(ours: Store) -> None:
    anyio.run(ours.write, KEPT)
    assert anyio.run(ours.read) == KEPT
    assert anyio.run(ours.remove)
    assert anyio.run(ours.read) is None
    assert not anyio.run(ours.remove)


def test_it_is_private_from_the_first_byte_whatever_the_umask(ours: Store) -> None:
    before = os.umask(0)
    try:
        anyio.run(ours.write, KEPT)
    finally:
        os.umask(before)
    path = Path(ours.place)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def widen_file(path: Path) -> None:
    path.chmod(0o644)


def widen_folder(path: Path) -> None:
    path.parent.chmod(0o755)


def link_file(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to(path.with_name("elsewhere"))


def link_folder(path: Path) -> None:
    real = path.parent.rename(path.parent.with_name("elsewhere"))
    path.parent.symlink_to(real)


def give_away(path: Path) -> None:
    if os.getuid() != 0:
        pytest.skip("only root can give a file away")
    os.chown(path, 65534, 65534)


@pytest.mark.parametrize("spoil", [widen_file, widen_folder, link_file, link_folder, give_away])
def test_a_kept_file_that_others_can_reach_or_exchange_is_not_used(ours: Store, spoil: Any) -> None:
    anyio.run(ours.write, KEPT)
    spoil(Path(ours.place))
    with pytest.raises(CredentialExposed, match="so it is not used"):
        anyio.run(ours.read)


@pytest.mark.parametrize(
    "text", ["s3cret", "{}", "[]", '{"secret": "s3cret"}', '{"secret":"s3cret","origin":"o","access":5}']
)
def test_a_damaged_file_is_told_and_not_quoted(ours: Store, text: str) -> None:
    anyio.run(ours.write, KEPT)
    Path(ours.place).write_text(text, encoding="ascii")
    with pytest.raises(CredentialMissing) as caught:
        anyio.run(ours.read)
    assert "s3cret" not in caught.value.message
    assert caught.value.fix == "bureau auth login, with the same --profile"


def test_a_name_that_could_leave_the_folder_is_no_profile_of_this_store(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("[profiles.'../p']\nbase_url = 'https://x'\ncredential = 'file'", encoding="utf-8")
    with pytest.raises(BureauError, match="cannot name a profile"):
        store_of(load(config, {"profile": "../p"}), folders(tmp_path), {})


def test_no_secret_is_in_a_repr() -> None:
    assert "s3cret" not in repr(KEPT)
    assert "t0ken" not in repr(KEPT)
