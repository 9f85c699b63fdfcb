"""What is cut and what is not, on screens of every width."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from formatters.sample import AS_OF, LISTING, ROWS, said
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from bureau_cli.formatters.chooser import Format
from bureau_cli.formatters.fitting import GAP, Need, fitted
from bureau_cli.formatters.results import Column, Kind, Listing, Tone
from bureau_cli.formatters.signs import SIGNS
from bureau_cli.formatters.view import View

NEEDS = st.lists(
    st.tuples(st.integers(1, 200), st.integers(1, 200)).map(lambda two: Need(ideal=max(two), least=min(two))),
    min_size=1,
    max_size=12,
)
TONES = {"done": Tone.GOOD, "late": Tone.BAD}
WHOLE = ("310000001", "aktiv", "12, 20", "1 204", "1 234 567,50")


def like_the_first(**fields: object) -> SimpleNamespace:
    return SimpleNamespace(**{**vars(ROWS[0]), **fields})


def shown(listing: Listing, width: int, **screen: bool) -> tuple[list[str], str]:
    result = said(listing, View(fields=()), screen={"width": width, **screen})
    return result.text.splitlines(), result.err


@given(NEEDS, st.integers(1, 300))
def test_widths_fit_or_only_the_first_column_is_left(needs: list[Need], room: int) -> None:
    widths = fitted(needs, room)
    assert 1 <= len(widths) <= len(needs)
    assert len(widths) == 1 or sum(widths) + GAP * (len(widths) - 1) <= room


@given(NEEDS, st.integers(1, 300))
def test_no_column_gets_less_than_its_least_or_more_than_its_ideal(needs: list[Need], room: int) -> None:
    for need, width in zip(needs, fitted(needs, room), strict=False):
        assert need.least <= width <= need.ideal


@given(NEEDS)
def test_with_room_for_all_every_column_gets_what_it_would_like(needs: list[Need]) -> None:
    room = sum(need.ideal for need in needs) + GAP * (len(needs) - 1)
    assert fitted(needs, room) == [need.ideal for need in needs]


@pytest.mark.parametrize("rows", [3, 201], ids=["rich", "tabulate"])
@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 140])
def test_no_line_is_wider_than_the_screen_and_figures_are_whole(width: int, rows: int) -> None:
    name = "Et ganske langt navn på et ganske stort konsern 👨\u200d👩\u200d👧 i Oslo AS"
    lines, _ = shown(replace(LISTING, rows=[like_the_first(name=name)] * rows), width)
    assert max(map(cell_len, lines)) <= width
    number, *cells = re.split(" {2,}", lines[-1])
    assert number == "0012"
    assert [figure for figure, cell in zip(WHOLE, cells[1:], strict=False) if figure != cell] == []


def test_text_gives_way_before_a_column_does() -> None:
    lines, err = shown(LISTING, 74)
    assert lines[-3] == "0012  Blåbær & Sønne…  310000001  aktiv    12, 20      1 204  1 234 567,50"
    assert err == "+5 columns: --fields … or -o xlsx\n"


def test_columns_without_room_are_counted_among_the_hidden() -> None:
    _, err = shown(LISTING, 30)
    assert err == "+9 columns: --fields … or -o xlsx\n"


def test_a_list_of_ids_is_shortened_between_two_of_them() -> None:
    groups = tuple(f"payday-{day}" for day in range(10, 20))
    view = View(fields=("number", "groups"))
    text = said(replace(LISTING, rows=[like_the_first(groups=groups)]), view, screen={"width": 40}).text
    assert text.splitlines()[-1] == "0012  payday-10, payday-11, payday-12, …"


def test_a_plain_terminal_gets_plain_characters() -> None:
    lines, _ = shown(LISTING, 72, ascii_only=True)
    assert set("".join(lines)) - set("ÆØÅæøå") <= set(map(chr, range(32, 127)))


def test_without_colour_there_is_no_escape() -> None:
    lines, _ = shown(LISTING, 100)
    assert "\x1b" not in "".join(lines)


def test_in_colour_a_state_has_the_colour_of_its_tone() -> None:
    lines, _ = shown(LISTING, 100, colour=True)
    assert "\x1b[32maktiv" in lines[-3]
    assert "\x1b[2msluttet" in lines[-2]
    assert "\x1b[32m" not in lines[-1]


def test_off_a_terminal_a_table_is_never_cut() -> None:
    name = "x" * 500
    assert name in said(replace(LISTING, rows=[like_the_first(name=name)]), View(output=Format.TABLE)).text


STEPS = ("created", "approved", "locked", "paid", "payslips", "withholding", "a_melding", "feedback")
BOARD = (Column("number", Kind.ID), Column("name"), *(Column(key, Kind.STEP, tones=TONES) for key in STEPS))
MONTHS = [
    SimpleNamespace(number="1", name="Blåbær", **dict(zip(STEPS, (*SIGNS, "later_than_late"), strict=True))),
    SimpleNamespace(number="2", name="Skjult", **dict.fromkeys(STEPS)),
    SimpleNamespace(number="3", name="Et navn som er mye lengre enn plassen", **dict.fromkeys(STEPS, "done")),
]


def board(width: int, rows: int = 3, **screen: bool) -> tuple[list[str], str]:
    return shown(Listing(schema="status", columns=BOARD, rows=MONTHS[3 - rows :], as_of=AS_OF), width, **screen)


def test_steps_are_words_where_those_fit_and_signs_where_they_do_not() -> None:
    lines, legend = board(180)
    assert lines[-1].split()[-len(STEPS) :] == ["ferdig"] * len(STEPS)
    assert legend == ""
    lines, legend = board(50, rows=2)
    assert lines[0].endswith("  O G L U S F A T")
    assert lines[-1].endswith("  ✓ ✓ ✓ ✓ ✓ ✓ ✓ ✓")
    assert lines[-2] == "2    Skjult", "what is not known is no sign at all"
    assert "! forsinket" in legend
    assert "F Forskuddstrekk" in legend


def test_a_state_that_is_not_known_is_shown_as_it_came() -> None:
    assert board(60)[0][-3].endswith("✓ · ! ✗ ? \N{EN DASH} ~ later_than_late")


def test_signs_differ_on_a_plain_terminal_too() -> None:
    assert board(60, ascii_only=True)[0][-3].endswith("+ . ! X ? - ~ later_than_late")


def test_each_sign_has_the_colour_of_its_state() -> None:
    assert board(40, rows=2, colour=True)[0][-1].count("\x1b[32m✓\x1b[0m") == len(STEPS)
