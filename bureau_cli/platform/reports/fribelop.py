"""How much of its fribeløp a client has used: zone 1a's base, over the year and all its sites."""

import json
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from bureau_cli.platform.calendar import first_day, shifted
from bureau_cli.platform.calls import Call
from bureau_cli.platform.law.aga import AGA, REDUCED_UNTIL_FRIBELOP, reduced_base, used_of_fribelop
from bureau_cli.platform.month_end.charges import charges_of
from bureau_cli.platform.reports.term_lines import Lines, has_zone_1a, lines_of, zone_1a_base
from bureau_cli.platform.shown import money

_OPENINGS = """
SELECT client_id, base FROM zone_1a_opening
WHERE year = :year AND client_id IN (SELECT value FROM json_each(:ids))
"""
_IN_ZONE = """
SELECT client_id FROM site WHERE zone = :zone AND client_id IN (SELECT value FROM json_each(:ids))
"""


class Fribelops:
    """What clients have used by a term's end; nothing of who has no base in zone 1a."""

    def __init__(self, call: Call, months: Sequence[str], client_ids: Sequence[str], lines: Lines) -> None:
        first, self._last = f"{months[0][:4]}-01", months[-1]
        self._term = months
        ids = {"ids": json.dumps(client_ids)}
        self._openings = dict(call.db.execute(_OPENINGS, {**ids, "year": int(first[:4])}).fetchall())
        in_zone = {row["client_id"] for row in call.db.execute(_IN_ZONE, {**ids, "zone": REDUCED_UNTIL_FRIBELOP})}
        in_zone |= {client_id for (client_id, _), found in lines.items() if has_zone_1a(found)}
        self._months = [first]
        while self._months[-1] < self._last:
            self._months.append(shifted(self._months[-1], 1))
        wanted = [(client_id, month) for client_id in sorted(in_zone) for month in self._months]
        self._lines = lines_of(call, charges_of(call, wanted)) if wanted else {}

    def of(self, client_id: str) -> dict[str, Any] | None:
        """Show what a client has used."""
        lines = {month: self._lines.get((client_id, month), ()) for month in self._months}
        opening = self._openings.get(client_id, 0)
        if not opening and not any(map(has_zone_1a, lines.values())):
            return None
        return self._shown(opening, {month: zone_1a_base(found) for month, found in lines.items()})

    def _shown(self, opening: int, bases: Mapping[str, int]) -> dict[str, Any]:
        day = first_day(self._last)
        limit, enough = AGA.on(day).fribelop, reduced_base(day)
        so_far = [opening + base for base in accumulate(bases.values())]
        used = used_of_fribelop(max(so_far[-1], 0), day)
        return {
            "limit": money(limit),
            "opening": money(opening),
            "base": money(so_far[-1]),
            "term_base": money(sum(bases[month] for month in self._term)),
            "used": money(used),
            "left": money(limit - used),
            "used_up_in": _first_to_reach(enough, so_far, self._months) if used == limit else None,
        }


def _first_to_reach(enough: int, so_far: Sequence[int], months: Sequence[str]) -> str | None:
    """Give the month after which it is used up for good: a refund may take a part of it back."""
    reached = None
    for month, base in zip(months, so_far, strict=True):
        reached = None if base < enough else reached or month
    return reached
