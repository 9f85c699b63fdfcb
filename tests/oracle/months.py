"""What the platform says of months, in the shape of the oracle's own answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Rows = Iterable[dict[str, Any]]


def steps_of(rows: Rows) -> set[tuple[Any, ...]]:
    """Every step that applies, and what it is."""
    return {
        (row["client"]["id"], row["period"], step, told["state"])
        for row in rows
        for step, told in row["steps"].items()
        if told["state"] != "not_applicable"
    }


def gates_of(rows: Rows) -> set[tuple[Any, ...]]:
    """Whether those who have such a month are closed and reported, and what its messages come to."""
    return {
        (row["client"]["id"], row["period"], row["closed"], row["reported"], row["a_melding"])
        for row in rows
        if row["outside"] is None
    }


def figures_of(scopes: Rows) -> dict[tuple[Any, ...], int]:
    """Every figure of every month by scope, where there is any; money in øre, shares in hundredths of a percent."""
    return {
        (scope["kind"], scope["id"], month["period"], figure["name"]): whole
        for scope in scopes
        for figure in scope["figures"]
        for month in figure["trend"]
        if (whole := int(str(month["value"] or 0).replace(".", "")))
    }


def due_of(deadlines: Rows) -> set[tuple[Any, ...]]:
    """What is due when, and whether it is done; amounts are another matter, being withheld."""
    return {(one["due"], one["kind"], one["client"]["id"], one["run"], one["met"]) for one in deadlines}


def overdue_of(rows: Rows) -> set[tuple[Any, ...]]:
    """Whose month it is."""
    return {(row["client"]["id"], row["period"]) for row in rows}
