"""The same answer is the same bytes wherever and whenever it is written: by processes, as only they have a locale."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from formatters.sample import environment

ROOT = Path(__file__).parents[2]
PROGRAM = """
import locale, sys, time
sys.path.insert(0, "tests")
try:
    locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    pass  # it is not on this machine; the variables are set all the same
time.tzset()
from pathlib import Path
from formatters.claims import SPLIT, listing
from formatters.sample import LISTING, made, said
from bureau_cli.commands._pack import Packing
from bureau_cli.files.packs import PackFolder
from bureau_cli.formatters.view import View
from bureau_cli.services.packs import Packs

packing = Packing(packs=Packs(PackFolder), period="2026-11")
plain = dict.fromkeys(("list.xlsx", "list.csv", "list.html"), LISTING)
answers = {"split.xlsx": SPLIT, "grouped.xlsx": listing(), **plain}
said(packing.of(made(answers)), View(out=Path(sys.argv[1]), lang=sys.argv[2]))
"""
PLACES = (
    {"TZ": "Europe/Oslo", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "2"},
    {"TZ": "America/St_Johns", "LC_ALL": "nb_NO.ISO-8859-1", "PYTHONHASHSEED": "3", "LANGUAGE": "nb"},
)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_a_pack_is_the_same_bytes_in_another_time_zone_and_locale(tmp_path: Path, lang: str) -> None:
    written = []
    for at, place in enumerate(PLACES):
        folder = tmp_path / str(at)
        command = [sys.executable, "-c", PROGRAM, str(folder), lang]
        subprocess.run(command, cwd=ROOT, env=environment(**place), check=True)
        written.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert len(written[0]) == 6
    assert written[0] == written[1] == written[2]
