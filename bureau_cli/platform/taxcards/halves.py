"""From whom half is withheld: whoever has no card, or one by which this employer has nothing else to go by.

Skattebetalingsloven § 5-5: without a card 50 percent is withheld. So it is where the authority has none to give
(`ikkeSkattekort`, a number it does not know), where a free card has nothing left for this employer, and where a result
nobody knows yet came without one. Nothing is withheld from who is not liable.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from bureau_cli.platform.calls import Deed

_NOT_LIABLE, _NO_CARD = "ikkeTrekkplikt", "ikkeSkattekort"
_CARDS = """
SELECT employee, fetched_at, result, applies, iif(applies IS NULL, NULL, deductions) AS deductions
FROM json_each(:seqs) AS wanted
CROSS JOIN tax_card ON tax_card.id = (
    SELECT id FROM tax_card WHERE employee = wanted.value AND year = :year AND fetched_at <= :now
    ORDER BY fetched_at DESC, id DESC LIMIT 1
)
CROSS JOIN card_content ON card_content.id = tax_card.content
"""


class Known(NamedTuple):
    """When somebody's newest card was fetched, and whether half is withheld by it."""

    fetched_at: int
    is_half: bool


def cards_of(deed: Deed, year: int, seqs: Sequence[int]) -> Mapping[int, Known]:
    """Find the newest cards of a year of these employees, of those who have one."""
    asked = {"seqs": json.dumps(seqs), "year": year, "now": deed.seconds}
    found = deed.db.execute(_CARDS, asked)
    return {employee: Known(at, _is_half(result, applies, said)) for employee, at, result, applies, said in found}


@lru_cache(maxsize=16_384)
def _is_half(result: str, applies: int | None, said: str | None) -> bool:
    if result == _NOT_LIABLE:
        return False
    if result == _NO_CARD or applies is None or said is None:
        return True
    return bool(json.loads(said)[applies].get("free_amount") == 0)
