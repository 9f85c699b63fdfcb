"""Of which income years cards can be ordered on a day.

Next year's from 15 December, last year's until 30 June: outside of that Skatteetaten answers UGYLDIG_INNTEKTSAAR.
"""

from datetime import date

from bureau_cli.platform.problems import Problem

_OPENS = (12, 15)
_CLOSES = (6, 30)


def require_open(year: int, today: date) -> None:
    """Raise the Problem of a year of which no cards can be ordered on a day."""
    if year > today.year + 1 or (year == today.year + 1 and (today.month, today.day) < _OPENS):
        opens = date(year - 1, *_OPENS)
        raise Problem("tax_year_not_open", f"Cards of {year} can be ordered from {opens} on.")
    if year < today.year - 1 or (year == today.year - 1 and (today.month, today.day) > _CLOSES):
        closed = date(year + 1, *_CLOSES)
        raise Problem("tax_year_closed", f"Cards of {year} could be ordered until {closed}.")
