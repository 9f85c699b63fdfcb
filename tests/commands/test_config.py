"""The settings commands: what holds and why, changes that are valid or not made, and a way out of a broken file."""

from __future__ import annotations

import signal
import stat
from pathlib import Path
from typing import Any

import pytest

TEXT = """# ours
[defaults]
profile = "prod"  # the real one
lang = "en"

[profiles.prod]
base_url = "https://payroll.example"
credential = "env"
jobs = 3
"""


@pytest.fixture
def config(clean_world: Path) -> Path:
    path = clean_world / ".config" / "bureau" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """An editor that does what it is told in sed's words."""

    def edits(words: str) -> None:
        script = tmp_path / "my editor"
        script.write_text(f'#!/bin/sh\nsed -i "{words}" "$1"\n', encoding="utf-8")
        script.chmod(0o700)
        monkeypatch.setenv("VISUAL", f"'{script}'")
        monkeypatch.setenv("EDITOR", "false")

    return edits


@pytest.mark.usefixtures("config")
def test_each_setting_is_listed_with_the_source_it_comes_from(bureau: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUREAU_OUTPUT", "plain")
    monkeypatch.setenv("BUREAU_TOKEN", "s3cret")
    listed = bureau("config", "list", "--origin", "--deadline", "5m", "-o", "json")
    found = {row["key"]: (row["value"], row["origin"]) for row in listed.json["data"]}
    assert found["deadline"] == ("5m", "option")
    assert found["output"] == ("plain", "variable BUREAU_OUTPUT")
    assert found["jobs"] == ("3", "profile prod")
    assert found["lang"] == ("en", "defaults")
    assert found["profile"] == ("prod", "defaults")
    assert found["writes"] == ("confirm", "built in")
    assert "s3cret" not in listed.text + listed.err
    assert bureau("config", "get", "jobs", "-p", "demo", "-o", "ids").lines == ["4"]


@pytest.mark.usefixtures("config")
def test_the_origin_is_on_the_screen_only_where_it_was_asked_for(bureau: Any) -> None:
    assert "defaults" not in bureau("config", "list", "-o", "table").text
    assert "defaults" in bureau("config", "list", "--origin", "-o", "table").text


def test_setting_keeps_comments_and_order_and_privacy(bureau: Any, config: Path) -> None:
    assert bureau("config", "set", "lang", "nb").code == 0
    assert bureau("config", "set", "jobs", "8", "-p", "prod").code == 0
    assert bureau("config", "set", "exchange", "true", "-p", "prod").code == 0
    changed = TEXT.replace('lang = "en"', 'lang = "nb"').replace("jobs = 3", "jobs = 8\nexchange = true")
    assert config.read_text(encoding="utf-8") == changed
    assert stat.S_IMODE(config.stat().st_mode) == 0o600
    assert not [path for path in config.parent.iterdir() if path != config]


def test_the_first_setting_makes_the_file(bureau: Any, clean_world: Path) -> None:
    assert bureau("config", "set", "lang", "en").code == 0
    assert bureau("config", "get", "lang", "-o", "ids").lines == ["en"]
    assert stat.S_IMODE((clean_world / ".config" / "bureau").stat().st_mode) == 0o700


def test_a_link_to_the_file_is_kept(bureau: Any, config: Path, clean_world: Path) -> None:
    real = config.rename(clean_world / "dotfiles.toml")
    config.symlink_to(real)
    assert bureau("config", "set", "lang", "nb").code == 0
    assert config.is_symlink()
    assert 'lang = "nb"' in real.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("lang nn", 2, "lang: Input should be 'nb' or 'en'"),
        ("jobs many", 2, "jobs: Input should be a valid integer"),
        ("deadline soon", 2, "'soon' is not a length of time"),
        ("exchange maybe -p prod", 2, "exchange is true or false"),
        ("writes deny", 2, "writes is said for one profile"),
        ("profile prod -p prod", 2, "profile is said for all profiles"),
        ("colour red", 2, "there is no setting colour"),
        ("token s3cret -p prod", 2, "there is no setting token"),
        ("profile nope", 5, "there is no profile nope"),
        ("lang nb -p nope", 5, "there is no profile nope"),
    ],
)
def test_what_would_not_be_valid_is_not_set(bureau: Any, config: Path, line: str, code: int, says: str) -> None:
    told = bureau("config", "set", *line.split())
    assert (told.code, told.out) == (code, b"")
    assert says in told.err
    assert "s3cret" not in told.err
    assert config.read_text(encoding="utf-8") == TEXT


def test_an_edit_that_is_valid_takes_the_place_of_the_file(bureau: Any, config: Path, editor: Any) -> None:
    editor("s/# ours/# theirs/")
    assert bureau("config", "edit").lines == [str(config)]
    assert "# theirs" in config.read_text(encoding="utf-8")
    assert list(config.parent.iterdir()) == [config]


def test_an_edit_that_is_not_valid_leaves_the_file_and_keeps_what_was_written(
    bureau: Any, config: Path, editor: Any
) -> None:
    editor("s/lang/lagn/")
    refused = bureau("config", "edit")
    assert refused.code == 2
    assert "unknown key lagn" in refused.err
    assert config.read_text(encoding="utf-8") == TEXT
    written = config.with_name("config.edited.toml")
    assert str(written) in refused.err
    assert "lagn" in written.read_text(encoding="utf-8")
    editor("s/ours/theirs/")
    again = bureau("config", "edit")
    assert (again.code, str(written) in again.err) == (2, True)
    assert "lagn" in written.read_text(encoding="utf-8"), "what somebody wrote is not written over"


def test_an_edit_does_not_undo_what_another_run_wrote_meanwhile(bureau: Any, config: Path, editor: Any) -> None:
    editor(f"s/ours/theirs/;w {config}")
    refused = bureau("config", "edit")
    assert (refused.code, "was changed while you edited" in refused.err) == (2, True)
    assert config.with_name("config.edited.toml").exists()


@pytest.mark.parametrize(("words", "left"), [("", 0), ("s/ours/theirs/;q3", 1)])
def test_of_an_edit_that_came_to_nothing_only_what_was_written_is_left(
    bureau: Any, config: Path, editor: Any, words: str, left: int
) -> None:
    editor(words)
    assert bureau("config", "edit").code == (2 if left else 0)
    assert config.read_text(encoding="utf-8") == TEXT
    assert len(list(config.parent.glob("config.edited.toml"))) == left


INTERRUPTING = """#!/bin/sh
# Once the editor has the terminal to itself, which the parent shows by what it ignores; or else after a while.
for _ in $(seq 300); do grep -q 'SigIgn:.*[2367abef]$' /proc/$PPID/status && break; done
kill -INT $PPID
sed -i s/ours/theirs/ "$1"
"""


def test_an_interrupt_while_an_editor_runs_is_the_editors(
    bureau: Any, config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor"
    script.write_text(INTERRUPTING, encoding="utf-8")
    script.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(script))
    before = signal.getsignal(signal.SIGINT)
    assert bureau("config", "edit").code == 0
    assert "theirs" in config.read_text(encoding="utf-8")
    assert signal.getsignal(signal.SIGINT) == before


@pytest.mark.parametrize("name", ["..", "/elsewhere", "a/b", "", "x\\n", "-p"])
def test_a_profile_whose_name_leads_elsewhere_is_neither_used_nor_purged(
    bureau: Any, config: Path, clean_world: Path, name: str
) -> None:
    config.write_text(f'[profiles."{name}"]\nbase_url = "https://x.example"\ncredential = "env"', encoding="utf-8")
    kept = clean_world / ".local" / "share" / "bureau" / "kept"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.touch()
    for line in (["auth", "logout", "--purge", f"--profile={name}"], ["profiles", "remove", "--yes", "--", name]):
        refused = bureau(*line)
        assert (refused.code, "cannot name a profile" in refused.err) == (2, True)
    assert kept.exists()


@pytest.mark.parametrize(
    "address", ["https://user:hunter2-secret@x.example", "http://x.example", "x.example", "https://x.example/v1"]
)
def test_an_address_that_no_token_may_be_sent_to_is_not_set_and_not_told(
    bureau: Any, config: Path, address: str
) -> None:
    refused = bureau("config", "set", "base_url", address, "-p", "prod")
    assert (refused.code, "base_url: " in refused.err, "hunter2" in refused.err) == (2, True, False)
    assert config.read_text(encoding="utf-8") == TEXT
    config.write_text(TEXT.replace("https://payroll.example", address), encoding="utf-8")
    for line in (["config", "list"], ["profiles", "list"], ["clients", "list"], ["doctor"], ["platform", "reset"]):
        told = bureau(*line)
        assert "hunter2" not in told.text + told.err
    assert bureau("clients", "list").code == 2


def test_a_profile_of_no_name_is_not_taken_for_the_default(bureau: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a script says it whose variable is empty; an empty variable of ours says nothing."""
    assert bureau("config", "list", "-p", "").code == 5
    assert bureau("auth", "login", "-p", "", "--base-url", "https://x.example").code == 2
    monkeypatch.setenv("BUREAU_PROFILE", "")
    assert bureau("config", "list").code == 0


@pytest.mark.parametrize("broken", ["not toml", "[defaults]\nlagn = 'nb'", "[defaults]\nprofile = 'nope'"])
def test_a_broken_file_can_be_found_and_mended(bureau: Any, config: Path, editor: Any, broken: str) -> None:
    config.write_text(broken, encoding="utf-8")
    assert bureau("config", "list").code in {2, 5}
    assert bureau("config", "path").lines == [str(config)]
    editor("d")
    assert bureau("config", "edit").code == 0
    assert bureau("config", "list").code == 0


# --- profiles --------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("config")
def test_profiles_are_listed_shown_and_chosen(bureau: Any) -> None:
    assert bureau("profiles", "list", "-o", "ids").lines == ["demo", "prod"]
    assert bureau("profiles", "show", "prod", "-o", "json").json["data"] == {
        "profile": "prod", "base_url": "https://payroll.example", "store": "env", "writes": "confirm",
        "is_default": True,
    }  # fmt: skip
    assert bureau("profiles", "use", "demo").code == 0
    assert bureau("config", "get", "profile", "-o", "ids").lines == ["demo"]
    assert bureau("profiles", "use", "nope").code == 5


def test_a_profile_goes_with_its_secret_once_that_is_agreed(bureau: Any, config: Path, clean_world: Path) -> None:
    assert bureau("config", "set", "credential", "file", "-p", "prod").code == 0
    secret = clean_world / ".local" / "share" / "bureau" / "credentials" / "prod"
    secret.parent.mkdir(mode=0o700)
    secret.write_text("{}", encoding="ascii")
    secret.chmod(0o600)
    assert bureau("profiles", "remove", "prod").code == 7
    assert secret.exists()
    assert bureau("profiles", "remove", "prod", "--yes").code == 0
    assert not secret.exists()
    assert config.read_text(encoding="utf-8").splitlines()[:3] == ["# ours", "[defaults]", 'lang = "en"']
    assert bureau("config", "get", "profile", "-o", "ids").lines == ["demo"]
    assert bureau("profiles", "remove", "demo", "--yes").code == 5


@pytest.mark.usefixtures("config")
def test_a_profile_whose_keyring_cannot_be_asked_can_still_be_removed(
    bureau: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    assert bureau("config", "set", "credential", "keyring", "-p", "prod").code == 0
    removed = bureau("profiles", "remove", "prod", "--yes")
    assert removed.code == 0
    assert "a secret may still be in the keyring's entry prod of bureau: " in removed.err
    assert bureau("profiles", "list", "-o", "ids").lines == ["demo"]
