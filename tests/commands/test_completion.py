"""`bureau completion`: the script into the folder where the shell looks, and what is still to be done."""

from __future__ import annotations

import os
from pathlib import Path
from pwd import getpwuid
from typing import Any

import pytest
from running import call_in_process

ROOT = Path(__file__).parents[2]
SHELLS = {
    "bash": ("bureau.bash", "bash-completion/completions/bureau"),
    "zsh": ("_bureau", "zsh/site-functions/_bureau"),
    "fish": ("bureau.fish", "fish/vendor_completions.d/bureau.fish"),
}


@pytest.fixture(autouse=True)
def no_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the machine of this test has for all its users."""
    folder = tmp_path / "system"
    folder.mkdir()
    monkeypatch.setenv("XDG_DATA_DIRS", str(folder))
    monkeypatch.delenv("BASH_COMPLETION_USER_DIR", raising=False)
    monkeypatch.delenv("ZDOTDIR", raising=False)
    return folder


def script(shell: str) -> str:
    return (ROOT / "completions" / SHELLS[shell][0]).read_text()


def status() -> dict[str, Any]:
    return {row["shell"]: row for row in call_in_process("completion", "status", "-o", "json").json["data"]}


@pytest.mark.parametrize("shell", SHELLS)
def test_show_prints_the_script(shell: str) -> None:
    assert call_in_process("completion", "show", shell).text == script(shell)


@pytest.mark.parametrize("shell", SHELLS)
def test_install_puts_the_script_where_the_shell_looks_and_does_so_once(shell: str, clean_world: Path) -> None:
    place = clean_world / ".local" / "share" / SHELLS[shell][1]
    assert status()[shell] | {"needs": None} == {"shell": shell, "state": "missing", "path": str(place), "needs": None}
    first = call_in_process("completion", "install", shell, "-o", "json")
    assert (first.json["data"]["state"], first.json["data"]["path"]) == ("current", str(place))
    assert place.read_text() == script(shell)
    before = place.stat()
    assert call_in_process("completion", "install", shell, "-o", "json") == first
    assert place.stat() == before
    assert status()[shell]["state"] == "current"


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_of_another_version_is_told_and_replaced(shell: str, clean_world: Path) -> None:
    place = clean_world / ".local" / "share" / SHELLS[shell][1]
    call_in_process("completion", "install", shell)
    place.write_text(script(shell) + "# older\n")
    assert status()[shell]["state"] == "stale"
    assert call_in_process("completion", "install", shell).code == 0
    assert place.read_text() == script(shell)


def test_a_file_that_is_not_ours_is_left_alone(clean_world: Path) -> None:
    place = clean_world / ".local" / "share" / SHELLS["fish"][1]
    place.parent.mkdir(parents=True)
    place.write_text("complete -c bureau -f\n")
    refused = call_in_process("completion", "install", "fish")
    assert (refused.code, place.read_text()) == (2, "complete -c bureau -f\n")
    assert "move it away" in refused.err


@pytest.mark.parametrize(
    ("shell", "start", "line"),
    [
        ("zsh", ".zshrc", "fpath=({home}/.local/share/zsh/site-functions $fpath)"),
        ("zsh", ".zshrc", "fpath=(~/.local/share/zsh/site-functions $fpath)"),
        ("bash", ".bashrc", "source $HOME/.local/share/bash-completion/completions/bureau"),
    ],
)
def test_what_a_start_up_file_needs_is_told_until_it_is_there(
    shell: str, start: str, line: str, clean_world: Path
) -> None:
    told = call_in_process("completion", "install", shell)
    assert str(clean_world / start) in told.err
    assert status()[shell]["needs"]
    (clean_world / start).write_text(f"# mine\n{line.format(home=clean_world)}\n")
    assert status()[shell]["needs"] is None
    assert "the next" in call_in_process("completion", "install", shell).err


def test_bash_needs_nothing_where_it_loads_completions_by_itself(no_system: Path) -> None:
    (no_system / "bash-completion").mkdir()
    (no_system / "bash-completion" / "bash_completion").touch()
    assert status()["bash"]["needs"] is None


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_installed_for_everybody_counts(shell: str, no_system: Path) -> None:
    place = no_system / SHELLS[shell][1]
    place.parent.mkdir(parents=True)
    place.write_text(script(shell))
    assert status()[shell] == {"shell": shell, "state": "current", "path": str(place), "needs": None}


def test_bash_may_look_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BASH_COMPLETION_USER_DIR", str(tmp_path / "own"))
    call_in_process("completion", "install", "bash")
    assert (tmp_path / "own" / "completions" / "bureau").read_text() == script("bash")


def test_doctor_tells_of_a_script_that_is_not_the_one_of_this_version(clean_world: Path) -> None:
    def told() -> Any:
        rows = call_in_process("doctor", "-o", "json").json["data"]
        return next(row for row in rows if row["check"] == "completions")

    assert told()["state"] == "ok"
    call_in_process("completion", "install", "fish")
    assert told()["state"] == "ok"
    (clean_world / ".local" / "share" / SHELLS["fish"][1]).write_text("# older\n")
    assert (told()["state"], told()["fix"]) == ("warning", "bureau completion install fish")


def test_completion_works_with_a_broken_configuration(clean_world: Path) -> None:
    (clean_world / ".config" / "bureau").mkdir(parents=True)
    (clean_world / ".config" / "bureau" / "config.toml").write_text("[broken")
    assert call_in_process("completion", "status").code == 0
    assert call_in_process("completion", "install", "fish").code == 0


def test_a_folder_that_cannot_be_made_is_told(clean_world: Path) -> None:
    (clean_world / ".local").write_text("a file")
    refused = call_in_process("completion", "install", "zsh")
    assert refused.code == 2
    assert "fix:" in refused.err


def test_a_user_without_a_home_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(uid: int) -> None:
        raise KeyError(uid)

    monkeypatch.delenv("HOME")
    monkeypatch.setattr("pwd.getpwuid", nobody)
    refused = call_in_process("completion", "install", "bash")
    assert (refused.code, refused.err.splitlines()[-1]) == (2, "fix: set HOME to a folder that can be written")


def test_the_home_is_that_of_the_account_where_the_environment_names_none(monkeypatch: pytest.MonkeyPatch) -> None:
    home = getpwuid(os.getuid()).pw_dir
    monkeypatch.setenv("HOME", "")
    assert status()["bash"]["needs"].startswith(f"{home}/.bashrc: source {home}/.local/share/")
