"""What a state feels like, as rules of the sheet itself: its colour follows when somebody edits or sorts the cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter

from bureau_cli.formatters.results import Column, Tone
from bureau_cli.formatters.titles import Titles

_INK = {Tone.GOOD: "006100", Tone.BAD: "9C0006", Tone.WAITING: "7F6000", Tone.DULL: "7F7F7F"}
_PAPER = {Tone.GOOD: "E2EFDA", Tone.BAD: "FFC7CE", Tone.WAITING: "FFEB9C"}
"""A dull state has no colour of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toned:
    """Neighbouring columns, the first and the last by their numbers from 1, and the words that have each tone."""

    first: int
    last: int
    words: Mapping[Tone, Sequence[str]]


def toned(columns: Sequence[Column], titles: Titles) -> list[Toned]:
    """The columns whose states have tones; neighbours with the same ones share their rules."""
    found = []
    for words, group in groupby(enumerate(columns, start=1), key=lambda numbered: _words(numbered[1], titles)):
        numbers = [number for number, _ in group]
        if words:
            found.append(Toned(first=numbers[0], last=numbers[-1], words=words))
    return found


def tone(sheet: Any, parts: Sequence[Toned], last_row: int) -> None:
    """Put the rules on a sheet whose rows begin below its titles."""
    for part in parts:
        cell = f"{get_column_letter(part.first)}2"
        for rule in _rules(cell, part.words):
            sheet.conditional_formatting.add(f"{cell}:{get_column_letter(part.last)}{last_row}", rule)


def differing(columns: Sequence[Column]) -> list[int]:
    """The columns that are differences, by their numbers from 1."""
    return [number for number, column in enumerate(columns, start=1) if column.differs and not column.many]


def mark_differences(sheet: Any, numbers: Sequence[int], last_row: int) -> None:
    """Put a rule on the columns of differences: what is not nought is seen. Sums of binary fractions are not exact."""
    for letter in map(get_column_letter, numbers):
        cell = f"{letter}2"
        rule = Rule(type="expression", formula=[f"AND(ISNUMBER({cell}),ROUND({cell},2)<>0)"], dxf=_look(Tone.BAD))
        sheet.conditional_formatting.add(f"{cell}:{letter}{last_row}", rule)


def _words(column: Column, titles: Titles) -> dict[Tone, list[str]]:
    words: dict[Tone, list[str]] = {}
    if not column.many:
        for state, feeling in column.tones.items():
            words.setdefault(feeling, []).append(titles.state(state))
    return words


def _rules(cell: str, words: Mapping[Tone, Sequence[str]]) -> Iterator[Any]:
    for feeling, said in words.items():
        same = ",".join(f'{cell}="{word}"' for word in said)
        yield Rule(type="expression", formula=[f"OR({same})"], dxf=_look(feeling))


def _look(feeling: Tone) -> Any:
    paper = _PAPER.get(feeling)
    fill = None if paper is None else PatternFill(bgColor=paper)
    return DifferentialStyle(font=Font(color=_INK[feeling]), fill=fill)
