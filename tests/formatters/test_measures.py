"""Rows that each count something else: a count, money and a percentage in one column, and twelve months of each."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from formatters.sample import AS_OF, said, workbook_of

from bureau_cli.formatters.as_plain import MISSING
from bureau_cli.formatters.chooser import Format
from bureau_cli.formatters.results import Column, Kind, Listing, Measure, Point
from bureau_cli.formatters.sparkline import sparkline
from bureau_cli.formatters.view import View


@dataclass(frozen=True)
class Row:
    name: str
    value: Measure | None
    changed: Measure | None
    trend: tuple[Point, ...]


def trend(kind: Kind, *values: int | Decimal | None) -> tuple[Point, ...]:
    return tuple(
        Point(f"2026-{at:02}", None if value is None else Measure(value, kind)) for at, value in enumerate(values, 1)
    )


AMOUNT = Decimal("1234567.50")
ROWS = (
    Row("a", Measure(1204, Kind.COUNT), Measure(4, Kind.COUNT, signed=True), trend(Kind.COUNT, 0, 600, 1204)),
    Row("b", Measure(AMOUNT, Kind.MONEY), Measure(Decimal("-0.50"), Kind.MONEY), trend(Kind.MONEY, None, AMOUNT)),
    Row("c", Measure(Decimal("92.30"), Kind.PERCENT), Measure(Decimal("1.05"), Kind.POINTS, signed=True), ()),
    Row("d", None, None, trend(Kind.COUNT, None, None)),
)
COLUMNS = (
    Column("name"),
    Column("value", Kind.MEASURE),
    Column("changed", Kind.MEASURE),
    Column("trend", Kind.TREND),
)
LISTING = Listing(schema="dashboard", columns=COLUMNS, rows=ROWS, as_of=AS_OF)


@pytest.mark.parametrize(
    ("view", "lines"),
    [
        (View(output=Format.TSV), ["a\t1204\t4\t0,600,1204", "b\t1234567.50\t-0.50\t,1234567.50", "c\t92.30\t1.05\t"]),
        (View(output=Format.CSV, excel=True), ["a;1204;4;0 + 600 + 1204", "b;1234567,50;-0,50; + 1234567,50"]),
        (View(output=Format.MARKDOWN), ["| a | 1 204 | +4 | ▁▄█ |", f"| c | 92,30 % | +1,05 pp | {MISSING} |"]),
        (View(output=Format.MARKDOWN, lang="en"), ["| b | 1,234,567.50 | -0.50 | ·▅ |"]),
    ],
)  # fmt: skip
def test_each_number_is_written_as_its_own_kind(view: View, lines: list[str]) -> None:
    written = said(LISTING, view).text.replace("\r\n", "\n").splitlines()
    assert set(lines) <= set(written)


def test_a_terminal_without_unicode_gets_bars_of_ascii() -> None:
    assert "_-#" in said(LISTING, screen={"ascii_only": True}).text


def test_json_keeps_counts_as_numbers_and_names_the_months() -> None:
    first, second, *_, last = said(LISTING, View(output=Format.NDJSON)).text.splitlines()
    assert '"value":1204' in first
    assert '"value":"1234567.50"' in second
    assert '{"period":"2026-01","value":null}' in second
    assert '"value":null,"changed":null' in last


def test_a_workbook_has_them_as_numbers_with_their_formats() -> None:
    sheet = workbook_of(LISTING).worksheets[0]
    cells = [(sheet.cell(row, column).value, sheet.cell(row, column).number_format) for row, column in
             ((2, 2), (3, 2), (4, 2), (4, 3))]  # fmt: skip
    assert cells == [(1204, "#,##0"), (1234567.5, "#,##0.00"), (0.923, "0.0# %"), (1.05, '0.0# "pp"')]


@pytest.mark.parametrize("key", [column.key for column in COLUMNS])
def test_rows_can_be_put_in_order_by_each_column(key: str) -> None:
    up, down = (said(LISTING, View(output=Format.TSV, sort=sort, header=False)).text for sort in (key, f"-{key}"))
    assert sorted(up) == sorted(down)
    if key == "trend":
        assert [line[0] for line in up.splitlines()] == ["c", "d", "a", "b"]


def test_bars_go_from_the_lowest_to_the_highest() -> None:
    assert sparkline([118, 119, None, 125]) == "▁▂·█"
    assert sparkline([Decimal(5)] * 3) == "▅▅▅"
    assert sparkline([]) == ""
