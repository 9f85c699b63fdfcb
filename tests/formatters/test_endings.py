"""How a process of ours ends when its streams are taken from it: by a real process, as only the system can tell."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from formatters.sample import environment

PROGRAM = """
import sys, anyio
from types import SimpleNamespace
from bureau_cli.errors import BureauError
from bureau_cli.formatters.chooser import Format
from bureau_cli.formatters.output import Output, ReaderLeft
from bureau_cli.formatters.results import Column, Listing, Provenance
from bureau_cli.formatters.view import View

rows = [SimpleNamespace(name="x" * 100)] * 20_000
listing = Listing(schema="clients.list", columns=(Column("name"),), rows=rows, ids="name")
output = Output.of_process()
try:
    anyio.run(output.render, listing, View(output=Format(sys.argv[1])), Provenance(
        schema="clients.list", profile="demo", selection="all", version="0"))
except ReaderLeft:
    sys.exit(0)
except BureauError as error:
    output.error(error)
    sys.exit(error.exit_code)
"""
FORMATS = ["tsv", "csv", "json", "ndjson", "ids", "plain", "table", "markdown", "xlsx"]


def shell(script: str, wanted: str) -> subprocess.CompletedProcess[str]:
    """Run the program as `"$@"` in a shell line, from the root of the repository."""
    return subprocess.run(
        ["bash", "-c", script, "bash", sys.executable, "-c", PROGRAM, wanted],
        cwd=Path(__file__).parents[2],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("wanted", FORMATS)
def test_a_reader_that_leaves_ends_it_quietly_with_0(wanted: str) -> None:
    done = shell('"$@" | head -c 10 >/dev/null; echo "${PIPESTATUS[0]}"', wanted)
    assert (done.stdout, done.stderr) == ("0\n", "")


@pytest.mark.parametrize("wanted", FORMATS)
def test_a_full_disk_is_told_with_1(wanted: str) -> None:
    done = shell('"$@" >/dev/full', wanted)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "error: cannot write to stdout: No space left on device [output_failed]",
        "fix: free space, or choose another place",
    ]


def test_a_closed_stdout_is_told_with_1() -> None:
    done = shell('"$@" >&-', "tsv")
    assert done.returncode == 1
    assert done.stderr.startswith("error: stdout is closed [output_failed]\n")


@pytest.mark.parametrize("stderr", ["2>/dev/full", "2>&-"])
def test_a_stderr_that_takes_nothing_changes_no_exit_code(stderr: str) -> None:
    assert shell(f'"$@" >/dev/full {stderr}', "tsv").returncode == 1
    assert shell(f'"$@" >/dev/null {stderr}', "tsv").returncode == 0


def test_in_the_c_locale_every_character_is_still_written() -> None:
    program = PROGRAM.replace('"x" * 100', ascii("Blåbær 👨\u200d👩")).replace("20_000", "1")
    done = subprocess.run(
        [sys.executable, "-c", program, "tsv"],
        cwd=Path(__file__).parents[2],
        env=environment(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"),
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode() == "name\nBlåbær 👨\u200d👩\n"
