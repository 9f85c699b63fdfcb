"""Month-end at the prompt: what is typed after `$ ` in each *.session beside this file, and all that comes back.

`[7]` is an exit code other than 0. A session is replayed in bash, in a folder of its own, and compared as a whole.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
LIMIT_S = 60


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
    command = ["bash", "-c", f"set -o pipefail; {line[2:]}"]
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=LIMIT_S,
        check=False,
    )
    said = re.sub(r"request [0-9a-f]{16}", "request …", done.stdout.decode())
    code = f"[{done.returncode}]\n" if done.returncode else ""
    return f"{line}\n{said}{code}"
