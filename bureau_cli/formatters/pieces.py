"""What a table on a screen is laid out of: columns in words, or with steps of work side by side, a sign each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bureau_cli.formatters.as_plain import heads, missing_on
from bureau_cli.formatters.results import Column, Kind, Look
from bureau_cli.formatters.signs import WITHHELD, signs_of
from bureau_cli.formatters.titles import titles


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What stands below one title: a column, or several steps; `at` is the number of the first column.

    `signs` says that a cell is a sign for each column, with a blank between two of them.
    """

    at: int
    columns: Sequence[Column]
    title: str
    cells: Sequence[str]
    signs: bool = False


def is_step(column: Column) -> bool:
    """Whether a sign can stand for its words."""
    return column.kind is Kind.STEP and not column.many


def in_words(columns: Sequence[Column], rows: Sequence[Sequence[str]], look: Look) -> list[Piece]:
    """A piece a column."""
    texts = zip(*rows, strict=True) if rows else [()] * len(columns)
    named = zip(columns, heads(columns, look), texts, strict=True)
    return [Piece(at=at, columns=[column], title=title, cells=cells) for at, (column, title, cells) in enumerate(named)]


def in_signs(columns: Sequence[Column], rows: Sequence[Sequence[str]], look: Look) -> list[Piece]:
    """Neighbouring steps as one piece, and short titles where there are any."""
    return list(_shortened(in_words(columns, rows, look), look))


def _shortened(pieces: Sequence[Piece], look: Look) -> Iterator[Piece]:
    words = titles(look.lang)
    signs = {words.state(state): sign for state, sign in signs_of(look).items()} | {missing_on(look): WITHHELD}
    for steps, group in groupby(pieces, key=lambda piece: is_step(piece.columns[0])):
        brief = [replace(one, title=words.short.get(one.columns[0].key, one.title)) for one in group]
        if steps:
            yield Piece(
                at=brief[0].at,
                columns=[one.columns[0] for one in brief],
                title=" ".join(one.title for one in brief),
                cells=[
                    " ".join(signs.get(text, text) for text in texts)
                    for texts in zip(*(one.cells for one in brief), strict=True)
                ],
                signs=True,
            )
        else:
            yield from brief
