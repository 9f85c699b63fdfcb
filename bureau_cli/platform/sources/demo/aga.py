"""The demo's arbeidsgiveravgift: pay, pension and refunds by site, with zone 1a's base counted through the year.

Beyond the years whose law is known the demo goes on with the nearest that is.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from bureau_cli.platform.law.aga import AGA, FINANSSKATT, KRONE, charge, has_fribelop, rate, split_at_fribelop
from bureau_cli.platform.sources import AgaLine, Site
from bureau_cli.platform.sources.demo.firms import Firm

_LEAST_PAY_WITH_REFUND = 1_000_00
_REFUND_STEP = 100_00
"""Refunds are whole hundreds of kroner, so that a rate of one has no half øre to round."""


@cache
def nearest_known(day: date) -> date:
    """Give the day itself where the law on it is known, else the nearest such day."""
    first, last = AGA.known
    return min(max(day, first), last)


def finansskatt(base: int, day: date) -> int:
    """Give the finansskatt of a month's base, in whole kroner."""
    return charge(base, FINANSSKATT.on(nearest_known(day)), unit=KRONE)


class AgaBook:
    """Charges a firm's runs in the order of their pay dates."""

    def __init__(self, firm: Firm, bases: Mapping[int, int]) -> None:
        """Begin with the bases of zone 1a there were before, by year."""
        self._pension = firm.pension
        self._sites = firm.client.sites
        self._bases = dict(bases)

    def charge(self, pay_by_site: Mapping[str, int], day: date, *, refund: bool) -> list[AgaLine]:
        """Give the lines of a run paid on a day, and remember its base."""
        lines: list[AgaLine] = []
        for site in self._sites:
            pay = pay_by_site.get(site.orgnr, 0)
            if pay:
                lines += self._lines(site, "pay", pay, day)
                lines += self._lines(site, "pension", pay * self._pension // 100, day)
                if refund and pay >= _LEAST_PAY_WITH_REFUND:
                    lines += self._lines(site, "refund", -(pay // 3 // _REFUND_STEP * _REFUND_STEP), day)
                    refund = False
        return lines

    def _lines(self, site: Site, kind: str, base: int, day: date) -> Iterator[AgaLine]:
        for part, percent in self._parts(site, base, day):
            yield AgaLine(
                site_orgnr=site.orgnr,
                zone=site.zone,
                sector=site.sector,
                kind=kind,
                base=part,
                rate=percent,
                amount=charge(part, percent),
            )

    def _parts(self, site: Site, base: int, day: date) -> Iterator[tuple[int, int]]:
        known = nearest_known(day)
        if not has_fribelop(site.zone, site.sector):
            return iter(((base, rate(site.zone, site.sector, known)),))
        before = self._bases.get(day.year, 0)
        self._bases[day.year] = before + base
        return split_at_fribelop(before, base, known)
