"""A page holds all it needs, shows text as it is, and can be read by who sees little or nothing of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from formatters.hostile import HOSTILE
from formatters.sample import LISTING, RECORD, named, said
from formatters.test_measures import COLUMNS, ROWS
from formatters.test_measures import LISTING as MEASURES

import bureau_cli.formatters
from bureau_cli.formatters.as_plain import MISSING
from bureau_cli.formatters.bars import HEIGHT, bars
from bureau_cli.formatters.chooser import Format
from bureau_cli.formatters.results import Column, Kind, Listing, Measure, Pictures, Point
from bureau_cli.formatters.text import clean
from bureau_cli.formatters.view import View

WITHOUT_END = {"meta", "link", "br", "img", "hr", "input"}
HEADING = Column("period", value=lambda _row: "2026-11")
UNDER = Column("scope_name", value=lambda row: "<b>A & B</b>" if row.name in "ab" else "C")
NAME, VALUE, _, TREND = COLUMNS
DRAWN = replace(
    MEASURES,
    pictures=Pictures(heading=HEADING, under=UNDER, name=NAME, value=VALUE, note=HEADING, trend=TREND),
)


class Page(HTMLParser):
    """The elements of a page, in order, each closed where it has to be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in WITHOUT_END:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def named(self, *tags: str) -> list[tuple[str, dict[str, str | None]]]:
        return [(tag, attrs) for tag, attrs in self.elements if tag in tags]


def page_of(listing: Listing, **view: str) -> tuple[str, Page]:
    text = said(listing, View(output=Format.HTML, **view)).text  # type: ignore[arg-type]  # only words are given
    return text, Page(text)


@pytest.mark.parametrize("listing", [LISTING, DRAWN, replace(LISTING, rows=()), replace(DRAWN, rows=())])
def test_a_page_fetches_nothing_and_runs_nothing(listing: Listing) -> None:
    text, page = page_of(listing)
    assert "default-src 'none'" in text
    assert not page.named("script", "link", "img", "iframe", "base", "object")
    assert all((attrs["href"] or "").startswith("#part-") for _, attrs in page.named("a"))
    assert not re.search(r"https?:|//|url\(|@import|javascript:", text.replace("<!doctype html>", ""))
    assert not any(name.startswith("on") for _, attrs in page.elements for name in attrs)


def test_names_stay_text_whatever_they_hold() -> None:
    _, page = page_of(named(*HOSTILE))
    (section,) = page.named("section")
    assert section
    assert len(page.named("tr")) == 1 + len(HOSTILE)
    shown = {text.strip() for text in page.texts}
    assert {clean(name).strip() for name in HOSTILE if name.strip()} <= shown | {MISSING, ""}


def test_a_picture_says_in_words_what_it_draws() -> None:
    text, page = page_of(DRAWN)
    assert page.elements[0] == ("html", {"lang": "nb"})
    levels = [int(tag[1]) for tag, _ in page.named("h1", "h2", "h3")]
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    ids = Counter(attrs["id"] for _, attrs in page.elements if "id" in attrs)
    assert set(ids.values()) == {1}
    assert (
        {(attrs["href"] or "").removeprefix("#") for _, attrs in page.named("a")} == {"part-1", "part-2"} <= ids.keys()
    )
    pictures = page.named("svg")
    assert len(pictures) == len(ROWS)
    for _, attrs in pictures:
        assert attrs["role"] == "img"
        assert set((attrs["aria-labelledby"] or "").split()) <= ids.keys()
    assert "2026-01: 0; 2026-02: 600; 2026-03: 1 204" in text
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in text


def test_the_numbers_stand_in_a_table_as_well() -> None:
    _, page = page_of(DRAWN, lang="en")
    assert page.elements[0] == ("html", {"lang": "en"})
    texts = [text.strip() for text in page.texts]
    assert texts.count("1,234,567.50") >= 3
    assert all(attrs.get("scope") in {"row", "col"} for _, attrs in page.named("th"))


def test_one_thing_is_a_field_a_line() -> None:
    page = Page(said(RECORD, View(output=Format.HTML)).text)
    assert len(page.named("tr")) == 1 + len(RECORD.columns)


def palettes() -> Iterator[dict[str, str]]:
    css = Path(bureau_cli.formatters.__file__).with_name("page.css").read_text(encoding="utf-8")
    for block in re.findall(r":root \{([^}]*)\}", css):
        yield {name: value * 2 if len(value) == 3 else value for name, value in re.findall(r"--(\w+): #(\w+)", block)}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("palette", list(palettes()), ids=["light", "dark", "print"])
def test_text_can_be_told_from_the_paper(palette: dict[str, str]) -> None:
    """At least 4.5 to 1 for text and 3 to 1 for the bar that matters (WCAG 2.2, 1.4.3 and 1.4.11)."""
    paper = luminance(palette["paper"])

    def contrast(name: str) -> float:
        low, high = sorted((luminance(palette[name]), paper))
        return (high + 0.05) / (low + 0.05)

    assert min(contrast("ink"), contrast("quiet")) >= 4.5
    assert contrast("last") >= 3


def test_twice_as_much_is_twice_as_high_and_less_than_nought_hangs_below() -> None:
    trend = [Point(f"2026-0{at}", Measure(Decimal(value), Kind.MONEY)) for at, value in enumerate((100, 50, 0, -100))]
    drawn = bars([*trend, Point("2026-05", None)])
    whole, half, nothing, below, unknown = (bar.height for bar in drawn)
    assert (whole, half) == (HEIGHT / 2, HEIGHT / 4)
    assert nothing == unknown == 0
    assert drawn[0].y == 0
    assert drawn[3].y == HEIGHT / 2
    assert below == HEIGHT / 2
