"""The bureau's eight key figures: what they mean, and what an answer about them holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

FigureValue = int | Decimal | None
"""A count is an int, money and percent are decimals; None where there is nothing to count from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What a figure counts exactly."""

    name: str
    meaning: str


FIGURES = (
    Definition(
        name="clients",
        meaning="Clients that are active or leaving on the last day of the period, or today while it lasts.",
    ),
    Definition(
        name="employees",
        meaning="Employees of those clients with an employment on the last day of the period, or today while it lasts.",
    ),
    Definition(
        name="payslips",
        meaning="Payslips that were sent in the period.",
    ),
    Definition(
        name="claims",
        meaning="Travels and expenses that were registered in the period.",
    ),
    Definition(
        name="absences",
        meaning="Absences that were registered in the period.",
    ),
    Definition(
        name="net_paid",
        meaning="Net pay of the runs that were paid in the period.",
    ),
    Definition(
        name="a_meldinger_failed",
        meaning=(
            "Clients whose a-melding about the month before the period is rejected or received with immediate"
            " deviations, and those that have not sent it past its deadline; what was replaced does not count."
        ),
    ),
    Definition(
        name="automation",
        meaning=(
            "Payslips of ordinary runs paid in the period with no line entered or changed by hand, of all such"
            " payslips. A definition of our own."
        ),
    ),
)
"""The figures in the order they are shown."""

MEANINGS = {figure.name: figure.meaning for figure in FIGURES}

MONEY, PERCENT = "money", "percent"
"""Units; the change of a share is in percentage points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureMonth:
    """A figure of one month."""

    period: str
    value: FigureValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Of how many clients (`clients`) out of those meant (`of`) a figure speaks."""

    clients: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure: of the period, of the one before, the change, and twelve months with the oldest first.

    `unit` is count, money or percent; `parts` is what the value is made of, where that tells more.
    """

    name: str
    unit: str
    value: FigureValue
    previous: FigureValue
    change: FigureValue
    parts: Mapping[str, int]
    coverage: Coverage
    trend: tuple[FigureMonth, ...]

    @property
    def growth(self) -> Decimal | None:
        """The change in percent of the period before, with one decimal; None of a share, and where that was nothing."""
        if self.unit == PERCENT or self.change is None or not self.previous:
            return None
        return (Decimal(self.change) * 100 / abs(Decimal(self.previous))).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whose figures they are: the bureau's, an owner's or a group's.

    `id` is the login or the slug; it and `name` are None for clients without owner.
    """

    kind: str
    id: str | None
    name: str | None
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """The figures of a period against the period before; the bureau's own scope is the first.

    `fetched_at` is when the client whose data are oldest was last had from its source.
    """

    period: str
    previous: str
    scopes: tuple[Scope, ...]
    fetched_at: datetime
    as_of: datetime
