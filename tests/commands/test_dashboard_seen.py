"""What a browser and an office suite make of the figures: the page and the workbook as their reader opens them."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from formatters.sample import environment
from running import Bureau

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MEASURING = """
<script>
const box = (each) => { const at = each.getBoundingClientRect(); return [at.width, at.height]; };
document.body.dataset.measured = JSON.stringify({
  wide: document.documentElement.scrollWidth, room: document.documentElement.clientWidth,
  cut: [...document.querySelectorAll(".wide")].filter((each) => each.scrollWidth > each.clientWidth).length,
  pictures: [...document.querySelectorAll("svg")].map(box),
  bars: [...document.querySelectorAll("rect")].filter((each) => box(each)[1] > 0).length,
  letters: Math.min(...[...document.querySelectorAll("p, td, th, dd, dt")].map(
    (each) => parseFloat(getComputedStyle(each).fontSize))),
});
</script>
"""

pytestmark = pytest.mark.slow


@pytest.fixture
def page(bureau: Bureau, tmp_path: Path) -> Path:
    bureau("dashboard", "--by", "owner", "--compare", "--out", tmp_path / "figures.html")
    return tmp_path / "figures.html"


def looked_at(page: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Chromium's look at a page; what the page says on its console is in stderr."""
    assert CHROMIUM is not None
    quiet = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
    return subprocess.run(
        [CHROMIUM, *quiet, "--enable-logging=stderr", f"--user-data-dir={page.parent / 'chromium'}", *words, page],
        env=environment(HOME=str(page.parent)),
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )


def measured(page: Path, width: int) -> Any:
    """The page's sizes on a screen so wide, by a script that only this copy of it has."""
    text = page.read_text(encoding="utf-8")
    open_page = re.sub(r"<meta http-equiv=[^>]*>", "", text).replace("</body>", MEASURING + "</body>")
    copy = page.with_name("measured.html")
    copy.write_text(open_page, encoding="utf-8")
    dumped = looked_at(copy, "--dump-dom", f"--window-size={width},900").stdout
    found = re.search(r'data-measured="([^"]*)"', dumped)
    assert found is not None
    return json.loads(html.unescape(found[1]))


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_a_browser_shows_the_page_whole_on_a_desk_and_on_a_phone(page: Path) -> None:
    looked = looked_at(page, "--dump-dom")
    assert "CONSOLE" not in looked.stderr
    assert "Total lønn utbetalt" in looked.stdout
    drawn = looked.stdout.count("<svg")
    for width in (1280, 400):
        seen = measured(page, width)
        assert seen["wide"] <= seen["room"], f"the page is wider than a screen of {width}"
        assert bool(seen["cut"]) == (width == 400), f"tables that cannot be seen whole on a screen of {width}"
        assert len(seen["pictures"]) == drawn
        assert all(wide > 200 and high > 50 for wide, high in seen["pictures"])
        assert seen["bars"] > 8 * 10
        assert seen["letters"] >= 13


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_an_office_suite_opens_the_workbook_with_its_charts(bureau: Bureau, tmp_path: Path) -> None:
    book = tmp_path / "figures.xlsx"
    bureau("dashboard", "--by", "owner", "--out", book)
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "fods", "--outdir", tmp_path, book],
        env=environment(HOME=str(tmp_path)),
        check=True,
        capture_output=True,
        timeout=120,
    )
    flat = book.with_suffix(".fods").read_text(encoding="utf-8")
    assert flat.count("<chart:chart ") == 8
    assert "Err:" not in flat
    assert "#REF!" not in flat
