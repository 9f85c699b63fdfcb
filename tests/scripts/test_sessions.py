"""Month-end at the prompt: what is typed after `$ ` in each *.session beside this file, and all that comes back.

`[7]` is an exit code other than 0. A session is replayed in a folder of its own and compared as a whole: in bash what
needs a shell, and what is nothing but `bureau` and its words in this process.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from running import call_in_process

HERE = Path(__file__).parent
LIMIT_S = 60
IS_PLAIN = re.compile(r"bureau( '[^']*'| [\w,.:@/=-]+)*").fullmatch


@pytest.mark.usefixtures("platform_file")
@pytest.mark.parametrize("path", sorted(HERE.glob("*.session")), ids=lambda path: path.stem)
def test_a_session_goes_as_it_is_written(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, golden: Any
) -> None:
    program = tmp_path / "bin" / "bureau"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m bureau_cli "$@"\n', encoding="utf-8")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(HERE.parents[1]))
    monkeypatch.chdir(tmp_path)
    golden(f"../scripts/{path.name}", "".join(map(replayed, path.read_text(encoding="utf-8").splitlines())))


def replayed(line: str) -> str:
    """A remark as it is; a command with what it says now, stdout and stderr as a terminal shows them."""
    if not line.startswith("$ "):
        return f"{line}\n" if line.startswith("#") else ""
    code, said = in_this_process(line[2:]) if IS_PLAIN(line[2:]) else in_bash(line[2:])
    said = re.sub(r"request [0-9a-f]{16}", "request …", said)
    return f"{line}\n{said}" + (f"[{code}]\n" if code else "")


def in_this_process(line: str) -> tuple[int, str]:
    done = call_in_process(*shlex.split(line)[1:], joined=True)
    return done.code, done.text


def in_bash(line: str) -> tuple[int, str]:
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=LIMIT_S,
        check=False,
    )
    return done.returncode, done.stdout.decode()
