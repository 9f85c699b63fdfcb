"""Answers without what must not be seen: the same columns and documents, read through a `Redactor`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from bureau_cli.formatters.arrangements import Grouping, Level
from bureau_cli.formatters.results import Agenda, Column, Kind, Listing, Noted, Pictures, Pivot, Provenance, Record
from bureau_cli.formatters.values import cell_of
from bureau_cli.redaction import Redactor

_IDENTIFIERS = frozenset({"account", "id", "key", "kid", "number", "orgnr"})
"""Fields of the platform's own JSON whose digits are left alone, as those of an `ID` column are."""


def masked_column(column: Column, redactor: Redactor) -> Column:
    """The column with its texts made fit to be seen.

    An `ID` keeps its digits: eleven of them are an account or a KID more often than a person, and a wrong mask would
    send money astray. So whoever declares a fødselsnummer that was asked for to be shown declares an `ID`.
    """
    if column.kind in {Kind.TEXT, Kind.SENTENCE, Kind.STATE, Kind.STEP, Kind.KEY_FIGURE}:
        return _through(redactor, redactor.prose, column)
    if column.kind is Kind.OBJECT:
        return replace(column, value=cell_of(column, lambda value: masked_document(value, redactor), None, tuple))
    return _through(redactor, redactor.word, column) if column.kind is Kind.ID else column


def masked_pivot(pivot: Pivot, redactor: Redactor) -> Pivot:
    """The same rows turned about, with their texts made fit to be seen."""
    return replace(
        pivot,
        rows=[masked_column(column, redactor) for column in pivot.rows],
        across=masked_column(pivot.across, redactor),
        cell=masked_column(pivot.cell, redactor),
    )


def masked_pictures(pictures: Pictures, redactor: Redactor) -> Pictures:
    """The same pictures, with their texts made fit to be seen."""
    names = [field.name for field in fields(pictures)]
    return Pictures(**{name: masked_column(getattr(pictures, name), redactor) for name in names})


def masked_grouping(grouping: Grouping, redactor: Redactor) -> Grouping:
    """The same groups, with their names made fit to be seen; what they are told apart by is not shown."""
    return Grouping(levels=[Level(by=level.by, name=masked_column(level.name, redactor)) for level in grouping.levels])


def masked_agenda(agenda: Agenda, redactor: Redactor) -> Agenda:
    """The same events, with their titles made fit to be seen."""
    return Agenda(
        day=agenda.day,
        title=[masked_column(column, redactor) for column in agenda.title],
        uid=masked_column(agenda.uid, redactor),
    )


def masked_document(content: Any, redactor: Redactor, key: str = "") -> Any:
    """A JSON value with every text in it made fit to be seen; `key` is the name it stands under."""
    if isinstance(content, str):
        identifies = key.casefold() in _IDENTIFIERS or key.endswith("_id")
        return redactor.word(content) if identifies else redactor.prose(content)
    if isinstance(content, list):
        return [masked_document(one, redactor, key) for one in content]
    if isinstance(content, dict):
        return {redactor.prose(name): masked_document(value, redactor, name) for name, value in content.items()}
    return content


def masked_notes(result: Listing | Record, redactor: Redactor) -> Listing | Record:
    """The answer with its notes made fit to be seen: some are the platform's own words."""
    if isinstance(result, Record):
        return result
    told = result.notes
    return replace(result, notes=lambda: [redactor.prose(note) for note in told()])


def masked_provenance(provenance: Provenance, redactor: Redactor) -> Provenance:
    """What the answer tells of itself: its selection is what the user typed, which may be anything."""
    return replace(
        provenance, profile=redactor.word(provenance.profile), selection=redactor.prose(provenance.selection)
    )


def _through(redactor: Redactor, show: Callable[[str], str], column: Column) -> Column:
    def fit(value: Any) -> str | Noted:
        if isinstance(value, Noted):
            return replace(value, value=show(value.value), note=redactor.prose(value.note))
        return show(str(value))

    return replace(column, value=cell_of(column, fit, None, tuple))
