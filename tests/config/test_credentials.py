"""A token comes from the store the profile names, or from nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from bureau_cli.config.credentials import token_of
from bureau_cli.config.settings import load
from bureau_cli.errors import CredentialMissing


def profile(tmp_path: Path, *lines: str) -> Path:
    config = tmp_path / "config.toml"
    config.write_text("\n".join(["[profiles.p]", "base_url = 'http://127.0.0.1:1'", *lines]), encoding="utf-8")
    return config


def token(config: Path, environ: dict[str, str]) -> str:
    return token_of(load(config, {"profile": "p"}), environ)


def test_the_environment_is_read_where_the_profile_says_so(tmp_path: Path) -> None:
    assert token(profile(tmp_path, "credential = 'env'"), {"BUREAU_TOKEN": " t0ken\n"}) == "t0ken"


def test_a_private_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("t0ken\n", encoding="ascii")
    secret.chmod(0o600)
    assert token(profile(tmp_path, "credential = 'file'", f"token_file = '{secret}'"), {}) == "t0ken"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_file_others_can_reach_is_refused_with_the_way_out(tmp_path: Path, mode: int) -> None:
    secret = tmp_path / "token"
    secret.write_text("t0ken", encoding="ascii")
    secret.chmod(mode)
    with pytest.raises(CredentialMissing) as caught:
        token(profile(tmp_path, "credential = 'file'", f"token_file = '{secret}'"), {})
    assert caught.value.fix == f"chmod 600 {secret}"


def test_another_store_is_never_tried_instead(tmp_path: Path) -> None:
    secret = tmp_path / "missing"
    with pytest.raises(CredentialMissing):
        token(profile(tmp_path, "credential = 'file'", f"token_file = '{secret}'"), {"BUREAU_TOKEN": "t0ken"})


@pytest.mark.parametrize("held", ["", "  \n", "two words", "tøken", "a\nb"])
def test_what_is_no_token_is_not_sent(tmp_path: Path, held: str) -> None:
    with pytest.raises(CredentialMissing) as caught:
        token(profile(tmp_path, "credential = 'env'"), {"BUREAU_TOKEN": held})
    assert not held.strip() or held not in caught.value.message


def test_a_profile_that_names_no_store_has_no_token(tmp_path: Path) -> None:
    with pytest.raises(CredentialMissing, match="does not name its credential"):
        token(profile(tmp_path), {"BUREAU_TOKEN": "t0ken"})
