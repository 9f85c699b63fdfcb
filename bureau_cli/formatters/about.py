"""What an answer tells of itself: where it comes from and how much of it there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bureau_cli.formatters.results import Ending, Provenance
from bureau_cli.formatters.titles import Titles


def about_answer(
    titles: Titles, provenance: Provenance, ending: Ending, warnings: Sequence[str] = ()
) -> Iterator[tuple[str, Any]]:
    """Each fact and what it is called; `warnings` are those of the format beside the answer's own."""
    words = titles.words
    yield words["schema"], provenance.schema_id
    yield words["profile"], provenance.profile
    yield words["selection"], provenance.selection
    if provenance.snapshot is not None:
        yield words["snapshot"], provenance.snapshot
    yield words["rows"], ending.count
    yield words["total"], ending.total
    yield f"{words['as_of']} ({words['oslo']})", ending.as_of
    yield words["version"], provenance.version
    for note in ending.notes:
        yield words["note"], note
    for warning in (*ending.warnings, *warnings):
        yield words["warning"], warning
