"""One page that holds all it needs: no script, nothing fetched, read by eye, by ear, on paper and in a mail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bureau_cli.formatters.about import about_answer
from bureau_cli.formatters.as_plain import MISSING, heads, screen_cells
from bureau_cli.formatters.bars import HEIGHT, WIDTH, Bar, bars, extremes
from bureau_cli.formatters.columns import together
from bureau_cli.formatters.results import Column, Ending, Kind, Measure, Pictures, Point, Tone
from bureau_cli.formatters.sink import Sink
from bureau_cli.formatters.text import clean
from bureau_cli.formatters.titles import titles
from bureau_cli.formatters.values import Cell, is_figure, on_screen, oslo, tone_of

_TEMPLATE = "page.html.jinja"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A cell: what it says, whether it is a number to be aligned by its units, and how a state feels."""

    text: str
    figure: bool = False
    tone: Tone | None = None

    @property
    def kind(self) -> str:
        """The classes by which the page shows it."""
        return " ".join(filter(None, ("figure" if self.figure else "", self.tone or "")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart: `span` is from the lowest month to the highest, `told` all of it in words, for who cannot see it."""

    name: str
    value: str
    note: str
    span: str
    told: str
    bars: Sequence[tuple[Bar, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Rows that stand together, their pictures, and the months behind those: a title and a cell a picture."""

    name: str
    rows: Sequence[Sequence[Text]]
    pictures: Sequence[Picture] = ()
    months: Sequence[tuple[str, Sequence[str]]] = ()

    @property
    def values(self) -> Mapping[str, str]:
        """The values of the pictures by their names."""
        return {picture.name: picture.value for picture in self.pictures}


class HtmlSink(Sink):
    """Keeps the rows until the end: what belongs together is known only then."""

    _pictures: Pictures | None = None

    def draw(self, pictures: Pictures) -> None:
        """Draw the rows as well."""
        self._pictures = pictures

    def open(self, columns: Sequence[Column]) -> None:
        """Take the columns; what is drawn below the table or stands above it need not stand in it as well."""
        around = set() if self._pictures is None else {self._pictures.trend.key, self._pictures.under.key}
        self._columns = [column for column in columns if column.key not in around]
        self._rows: list[Any] = []

    def write(self, batch: Sequence[Any]) -> None:
        """Keep the rows."""
        self._rows.extend(batch)

    def close(self, ending: Ending) -> None:
        """Write the page."""
        titled = [Text(text=title, figure=is_figure(column)) for title, column in self._heads()]
        self._page(titled, list(self._parts()), ending)

    def one(self, columns: Sequence[Column], row: Any, ending: Ending) -> None:
        """Write a field a line."""
        self.open(columns)
        words = titles(self.look.lang).words
        lines = [
            [Text(text=title), Text(text=cell(row))]
            for (title, _), cell in zip(self._heads(), screen_cells(columns, self.look), strict=True)
        ]
        heading = [Text(text=words["field"]), Text(text=words["value"])]
        self._page(heading, [Part(name="", rows=lines)], ending)

    def _heads(self) -> list[tuple[str, Column]]:
        return list(zip(heads(self._columns, self.look), self._columns, strict=True))

    def _parts(self) -> Iterator[Part]:
        if self._pictures is None:
            yield Part(name="", rows=self._texts(self._rows))
            return
        under = self._cell(self._pictures.under)
        for name, rows in together(self._rows, under).items():
            yield Part(
                name=name,
                rows=self._texts(rows),
                pictures=[self._picture(self._pictures, row) for row in rows],
                months=list(self._months(self._pictures, rows)),
            )

    def _texts(self, rows: Sequence[Any]) -> list[list[Text]]:
        columns = self._columns
        cells = zip(screen_cells(columns, self.look), map(is_figure, columns), map(tone_of, columns), strict=True)
        makers = list(cells)
        return [[Text(text=cell(row), figure=figure, tone=tone(row)) for cell, figure, tone in makers] for row in rows]

    def _cell(self, column: Column) -> Cell[str]:
        (cell,) = screen_cells([column], self.look)
        return cell

    def _picture(self, pictures: Pictures, row: Any) -> Picture:
        trend: Sequence[Point] = pictures.trend.read(row)
        drawn = [(bar, self._measure(bar.point.measure)) for bar in bars(trend)]
        return Picture(
            name=self._cell(pictures.name)(row),
            value=self._cell(pictures.value)(row),
            note=self._cell(pictures.note)(row),
            span=f" {MISSING} ".join(dict.fromkeys(map(self._measure, extremes(trend)))),
            told="; ".join(f"{bar.point.period}: {text}" for bar, text in drawn),
            bars=drawn,
        )

    def _months(self, pictures: Pictures, rows: Sequence[Any]) -> Iterator[tuple[str, Sequence[str]]]:
        """A line a month, with what each row's trend says of it."""
        for points in zip(*map(pictures.trend.read, rows), strict=False):
            yield points[0].period, [self._measure(point.measure) for point in points]

    def _measure(self, measure: Measure | None) -> str:
        show: Callable[[Any], str] = on_screen(titles(self.look.lang))[Kind.MEASURE]
        return MISSING if measure is None else show(measure)

    def _page(self, heading: Sequence[Text], parts: Sequence[Part], ending: Ending) -> None:
        words = titles(self.look.lang)
        about = [(name, self._fact(fact)) for name, fact in about_answer(words, self.provenance, ending)]
        page = _environment().get_template(_TEMPLATE)
        self.stream.writelines(
            page.generate(
                lang=self.look.lang,
                title=self._title(),
                heading=heading,
                parts=parts,
                names=list(dict.fromkeys(name for part in parts for name in part.values)),
                missing=MISSING,
                month=words.columns["month"],
                under=words.columns[self._pictures.under.key] if self._pictures else "",
                about=[(name, fact) for name, fact in about if fact],
                about_title=words.words["about"],
                as_of=self._fact(ending.as_of),
                as_of_title=words.words["as_of"],
                warnings=list(map(clean, ending.warnings)),
                trend=words.columns["trend"],
                size=(WIDTH, HEIGHT),
            )
        )

    def _title(self) -> str:
        """What the page is about: what its pictures are about, else the answer's name."""
        if self._pictures is None or not self._rows:
            return self.provenance.schema
        name = titles(self.look.lang).columns[self._pictures.name.key]
        return f"{name} {self._cell(self._pictures.heading)(self._rows[0])}"

    def _fact(self, fact: Any) -> str:
        if isinstance(fact, datetime):
            return f"{oslo(fact):%Y-%m-%d %H:%M}"
        return "" if fact is None else clean(str(fact))


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


WRITES = HtmlSink
