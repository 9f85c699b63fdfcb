"""Sorts an answer of the tax authority out: which part of it is about which client."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bureau_cli.platform.authority import Body
from bureau_cli.platform.taxcards.reading import ACCEPTED, NO_CHANGES, NO_EARLIER_ORDER, Employer, Read, read_answer

_NO_EARLIER_ORDER = "no_earlier_order"


@dataclass(frozen=True, slots=True, kw_only=True)
class SortedOut:
    """An answer by client: the parts, by organisasjonsnummer, as they are kept until they are filed.

    `flaw` is what makes the whole unreadable, `refused_with` the word with which the whole order was refused.
    """

    parts: Mapping[str, str]
    flaw: str | None = None
    refused_with: str | None = None


def sort_out(body: Body, asked: Sequence[str]) -> SortedOut:
    """Sort an answer out among the employers that were asked about."""
    read = read_answer(body)
    if read.flaw is not None:
        return SortedOut(parts={}, flaw=read.flaw)
    if read.status == NO_EARLIER_ORDER:
        return SortedOut(parts={}, refused_with=_NO_EARLIER_ORDER)
    if read.status not in {ACCEPTED, NO_CHANGES} and not read.employers:
        return SortedOut(parts={}, refused_with=read.status)
    return SortedOut(parts={orgnr: _part(read, orgnr) for orgnr in asked})


def _part(read: Read, orgnr: str) -> str:
    """Write what an answer has about one employer; an employer nobody can tell might have been this one."""
    employers = [one for one in read.employers if one.orgnr == orgnr]
    flaws = [one.flaw for one in read.employers if one.flaw and one.orgnr in {None, orgnr}]
    part = {
        "is_there": bool(employers) or read.status == NO_CHANGES,
        "flaw": flaws[0] if flaws else None,
        "employers": [{"place": one.place, "people": list(one.people)} for one in employers],
    }
    return json.dumps(part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What an answer has about one client; `is_there` tells whether it has anything."""

    is_there: bool
    flaw: str | None
    employers: Sequence[Employer]

    @classmethod
    def kept(cls, text: str) -> "Part":
        """Read one that was kept."""
        part = json.loads(text)
        employers = [
            Employer(place=one["place"], orgnr=None, people=one["people"], flaw=None) for one in part["employers"]
        ]
        return cls(is_there=part["is_there"], flaw=part["flaw"], employers=employers)
