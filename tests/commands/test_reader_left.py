"""A reader that leaves says nothing of the command: a change of many ends with its own exit code."""

from __future__ import annotations

import os
import subprocess
from typing import Any

import pytest
from commands.outside import BUREAU, WHOLE_WORLD_S


@pytest.mark.usefixtures("platform_file")
@pytest.mark.parametrize("words", ["", "-o json", "-o xlsx"])
def test_a_partial_run_is_told_by_its_exit_code_even_where_nobody_reads_the_report(acting_as: Any, words: str) -> None:
    acting_as("ola.admin")
    line = f"{' '.join(BUREAU)} groups add finance --clients 10000,10001 --yes {words} | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", line], capture_output=True, text=True, timeout=WHOLE_WORLD_S, check=False, env=os.environ
    )
    assert done.returncode == 3, done.stderr
