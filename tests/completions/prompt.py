"""A real shell at a real prompt: keys go in through a terminal; the line and what was offered come back in files."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "completions"
PATIENCE_S = 20
SHOW = "\x07"
"""Ctrl-G writes the line to a file and empties it; shells take keys in order, so it is seen after all before it."""

BASH = """
bind 'set enable-bracketed-paste off'; bind 'set completion-query-items -1'; bind 'set page-completions off'
source {scripts}/bureau.bash
_noting() {{ _bureau "$@"; printf '%s\\n' "${{COMPREPLY[@]}}" >offers; }}
complete -o nosort -F _noting bureau
_show() {{ printf '%s' "$READLINE_LINE" >line.part; mv line.part line; READLINE_LINE=; }}
bind -x '"\\C-g": _show'
"""
ZSH = """
unset zle_bracketed_paste; LISTMAX=-1
autoload -Uz compinit; compinit -D -u
source {scripts}/_bureau
compadd() {{
    if [[ " $* " != *\\ -[OAD]\\ * ]]; then
        local -a hits; builtin compadd -O hits "$@"; print -rl -- $hits >>offers
    fi
    builtin compadd "$@"
}}
_show() {{ print -rn -- "$BUFFER" >line.part; command mv line.part line; BUFFER=; }}
zle -N _show; bindkey '^G' _show
"""
FISH = """
function fish_prompt; echo '$ '; end; function fish_greeting; end
source {scripts}/bureau.fish
function _show
    complete --do-complete (commandline) >offers
    commandline >line.part; mv line.part line; commandline ''
end
bind \\cg _show
"""
SETUP = {"bash": BASH, "zsh": ZSH, "fish": FISH}
BEGUN = {
    "bash": ("bash", "--noprofile", "--rcfile", "rc", "-i"),
    "zsh": ("zsh", "-d", "-i"),
    "fish": ("fish", "--no-config", "-i", "-C", "source rc"),
}


class Prompt:
    """One interactive shell. `environ` is what it and its commands live in."""

    def __init__(self, shell: str, terminal: int, home: Path, environ: dict[str, str]) -> None:
        self._shell = shell
        self._terminal = terminal
        self._home = home
        self._environ = environ

    def after(self, keys: str) -> str:
        """Type these keys, a tab among them, and see the line as it then stands."""
        line = self._home / "line"
        line.unlink(missing_ok=True)
        (self._home / "offers").write_text("")
        os.write(self._terminal, (keys + SHOW).encode())
        end = time.monotonic() + PATIENCE_S
        while not line.exists():
            self._read_screen()
            assert time.monotonic() < end, "the shell did not answer"
        return line.read_text().removesuffix("\n")

    def offered(self, keys: str) -> list[str]:
        """What is offered after these keys; in fish without the tab."""
        self.after(keys if self._shell == "fish" else f"{keys}\t")
        rows = (self._home / "offers").read_text().split("\n")
        return [row.partition("\t")[0].partition("  (")[0] for row in rows if row.strip()]

    def run(self, line: str) -> str:
        """What such a line prints when it is run in this shell."""
        command = [self._shell, "-c", line]
        return subprocess.run(command, env=self._environ, capture_output=True, text=True, check=True).stdout

    def _read_screen(self) -> None:
        """A shell stops when nobody reads what it shows."""
        readable, _, _ = select.select([self._terminal], [], [], 0.02)
        if readable:
            os.read(self._terminal, 65536)


@contextmanager
def prompt(shell: str, home: Path) -> Iterator[Prompt]:
    """A shell with the completion loaded, the checkout's `bureau`, and nothing of the user's."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    setup = SETUP[shell].format(scripts=SCRIPTS)
    (home / "rc").write_text(setup)
    (home / ".zshrc").write_text(setup)
    ours = home / "bin" / "bureau"
    ours.parent.mkdir(exist_ok=True)
    ours.write_text(f'#!/bin/sh\nexec {sys.executable} -m bureau_cli "$@"\n')
    ours.chmod(0o755)
    environ = {
        **os.environ,
        "HOME": str(home), "ZDOTDIR": str(home), "PATH": f"{ours.parent}:{os.environ['PATH']}",
        "PS1": "$ ", "TERM": "xterm", "LC_ALL": "C.UTF-8", "COLUMNS": "200",
    }  # fmt: skip
    terminal, child = _on_terminal(BEGUN[shell], home, environ)
    try:
        yield Prompt(shell, terminal, home, environ)
    finally:
        child.kill()
        child.wait()
        os.close(terminal)


def _on_terminal(command: Sequence[str], home: Path, environ: dict[str, str]) -> tuple[int, subprocess.Popen[bytes]]:
    ours, theirs = os.openpty()
    child = subprocess.Popen(
        [sys.executable, "-c", "import os, sys; os.login_tty(0); os.execvp(sys.argv[1], sys.argv[1:])", *command],
        stdin=theirs, cwd=home, env=environ,
    )  # fmt: skip
    os.close(theirs)
    return ours, child
