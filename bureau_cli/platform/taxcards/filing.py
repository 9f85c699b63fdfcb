"""Files what the tax authority says of somebody as a card of theirs: cards are added, and never changed.

A card takes its place after the one fetched before it, also where the source tells of one that will be fetched later.
"""

import sqlite3
from dataclasses import dataclass
from typing import Any

from bureau_cli.platform.calls import Deed
from bureau_cli.platform.filling.rows import day_text
from bureau_cli.platform.sources import Deduction
from bureau_cli.platform.taxcards.contents import words, written
from bureau_cli.platform.taxcards.reading import MAIN, SIDE, Says

_NEWEST = """
SELECT tax_card.*, deductions FROM tax_card JOIN card_content ON card_content.id = tax_card.content
WHERE employee = :employee AND year = :year AND fetched_at <= :now ORDER BY fetched_at DESC, tax_card.id DESC LIMIT 1
"""
_ROLE = """
SELECT employer_role FROM tax_card WHERE employee = :employee AND fetched_at <= :now ORDER BY year DESC, fetched_at DESC
LIMIT 1
"""
_CARD = """
INSERT INTO tax_card (
    bureau_id, client_id, employee, year, result, employer_role, content, applies, extra_info, issued, fetched_at,
    supersedes
) VALUES (
    :bureau, :client, :employee, :year, :result, :role, (SELECT id FROM card_content WHERE deductions = :deductions),
    :applies, :extra_info, :issued, :now, :previous
)
"""
_AFTER_IT = """
UPDATE tax_card SET supersedes = :card WHERE id = (
    SELECT id FROM tax_card WHERE employee = :employee AND year = :year AND fetched_at > :now
    ORDER BY fetched_at, id LIMIT 1
)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A card that was filed, the one before it, and whether it says something else."""

    card: int
    previous: int | None
    is_news: bool


class Files:
    """The tax cards of a bureau's people, as of an instant."""

    def __init__(self, deed: Deed) -> None:
        self._db = deed.db
        self._bureau = deed.caller.bureau_id
        self._now = deed.seconds

    def newest(self, employee: int, year: int) -> sqlite3.Row | None:
        """Find the newest card of somebody, with what it says."""
        found: sqlite3.Row | None = self._db.execute(
            _NEWEST, {"employee": employee, "year": year, "now": self._now}
        ).fetchone()
        return found

    def is_news(self, previous: sqlite3.Row | None, says: Says) -> bool:
        """Tell whether the authority says something else than a card does."""
        if previous is None:
            return True
        before = (previous["result"], previous["deductions"], previous["extra_info"])
        return before != (says.result, written(says.deductions), words(says.extra_info))

    def file(self, client_id: str, employee: int, says: Says) -> Filed:
        """File what the authority says of somebody."""
        previous = self.newest(employee, says.year)
        is_news = self.is_news(previous, says)
        role = self._role(employee, says.year) if previous is None else previous["employer_role"]
        is_same_card = previous is not None and previous["deductions"] == written(says.deductions)
        card = {
            "client": client_id,
            "employee": employee,
            "year": says.year,
            "result": says.result,
            "role": role,
            "deductions": written(says.deductions),
            "applies": previous["applies"]
            if previous is not None and is_same_card
            else applying(says.deductions, role),
            "extra_info": words(says.extra_info),
            "issued": day_text(says.issued),
        }
        number = self._write(card, None if previous is None else previous["id"])
        return Filed(card=number, previous=None if previous is None else previous["id"], is_news=is_news)

    def confirm(self, previous: sqlite3.Row) -> int:
        """File that a card says the same still."""
        card = {
            "client": previous["client_id"],
            "role": previous["employer_role"],
            **{
                name: previous[name]
                for name in ("employee", "year", "result", "deductions", "applies", "extra_info", "issued")
            },
        }
        return self._write(card, previous["id"])

    def _write(self, card: dict[str, Any], previous: int | None) -> int:
        self._db.execute("INSERT OR IGNORE INTO card_content (deductions) VALUES (?)", (card["deductions"],))
        values = {**card, "bureau": self._bureau, "now": self._now, "previous": previous}
        number = self._db.execute(_CARD, values).lastrowid
        self._db.execute(_AFTER_IT, {**values, "card": number})
        self._db.execute("INSERT OR IGNORE INTO fact_instant (bureau_id, at) VALUES (?, ?)", (self._bureau, self._now))
        return int(number or 0)

    def _role(self, employee: int, year: int) -> str:
        """Tell what this employer was to somebody by their card of another year; nobody asks anew each year."""
        found = self._db.execute(_ROLE, {"employee": employee, "year": year, "now": self._now}).fetchone()
        return "unknown" if found is None else str(found["employer_role"])


def applying(said: tuple[Deduction, ...], role: str) -> int | None:
    """Give the place of the deduction an employer goes by: a side employer by that for one, any other by the main's."""
    codes = [one.code for one in said]
    wanted = SIDE if role == "side" else MAIN
    return codes.index(wanted) if wanted in codes else None
