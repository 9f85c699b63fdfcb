"""The completion scripts in the shells they are for."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "completions"

BASH = """
source {script}
COMP_WORDS=({words} "{last}"); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
_bureau; printf '%s\\n' "${{COMPREPLY[@]}}"
"""
# zsh completes only at a prompt, so the two functions that would offer words there print them instead.
ZSH = """
compdef() {{ :; }}
source {script}
_describe() {{ shift; for one in "${{(@P)1}}"; do print -r -- "${{one%%:*}}"; done }}
compadd() {{ shift; print -l -- "$@"; }}
words=({words} "{last}"); CURRENT=$#words
_bureau
"""
FISH = """
source {script}
complete --do-complete '{line}' | string replace --regex '\\t.*' ''; true
"""

CASES = [
    ("bureau", "cl", {"clients"}),
    ("bureau clients", "", {"list", "show"}),
    ("bureau clients", "l", {"list"}),
    ("bureau clients list", "--not", {"--not-group"}),
    ("bureau clients list -o", "", {"table", "xlsx", "ids"}),
    ("bureau groups add payday-20", "--pl", {"--plan"}),
    ("bureau -o json clients", "sh", {"show"}),
    ("bureau clients list --access", "", {"mine", "none"}),
]


def offered(shell: str, words: str, last: str) -> set[str]:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script = {"bash": "bureau.bash", "zsh": "_bureau", "fish": "bureau.fish"}[shell]
    template = {"bash": BASH, "zsh": ZSH, "fish": FISH}[shell]
    program = template.format(script=SCRIPTS / script, words=words, last=last, line=f"{words} {last}")
    done = subprocess.run([shell, "-c", program], capture_output=True, text=True, check=True, timeout=20)
    return {word for word in done.stdout.splitlines() if word.startswith(last)}


@pytest.mark.slow
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(("words", "last", "expected"), CASES)
def test_a_shell_offers_what_the_tree_holds(shell: str, words: str, last: str, expected: set[str]) -> None:
    found = offered(shell, words, last)
    assert expected <= found
    if last:
        assert found == expected


@pytest.mark.slow
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_word_that_is_no_command_is_offered_nothing_of_it(shell: str) -> None:
    assert "show" not in offered(shell, "bureau nonsense", "sh")
