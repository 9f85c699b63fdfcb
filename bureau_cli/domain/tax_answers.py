"""The tax authority's published answer about tax cards («svar på skattekortbestilling») as it stands in a file.

Source: Skatteetaten, «Skattekort til arbeidsgiver». Both published spellings of words are read, and numbers written as
numbers or as text; words that are new are carried through. What cannot be read is named with its place and counted:
nothing in the file is left out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, NoReturn

from bureau_cli.domain.json_lines import Lines
from bureau_cli.domain.tax_answer_cards import (
    Flaw,
    card_from,
    is_word,
    list_at,
    object_at,
    orgnr_of,
    text_at,
    word_at,
    year_at,
)
from bureau_cli.domain.tax_cards import Deduction
from bureau_cli.errors import AuthorityRefused, DocumentInvalid
from bureau_cli.redaction import masked

EMPLOYERS, EMPLOYEES = "arbeidsgiver", "arbeidstaker"
UNREADABLE = "unreadable"
LONGEST_NUMBER = 300
TWICE = "says the same name twice"
_FIX = "give the authority's answer as it came, as JSON"
_WELL = frozenset({"forespoerselok", "ingenendringer"})
"""What an answer says where nothing is wrong with the order, in letters alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerEntry:
    """What a file says of one employee, or why that cannot be read.

    `place` is a JSON pointer; `line` is told of what cannot be read. `content` is the entry as it stands there, for
    the platform alone: it holds the number of a person, of which `fnr` is what may be seen.
    """

    place: str
    orgnr: str | None
    fnr: str | None = None
    year: int | None = None
    result: str | None = None
    deductions: Sequence[Deduction] = ()
    flaw: str | None = None
    line: int | None = None
    content: Any = field(default=None, repr=False)

    @property
    def told_place(self) -> str:
        """`/arbeidsgiver/0/arbeidstaker/3 (line 12)`."""
        return self.place if self.line is None else f"{self.place} (line {self.line})"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFile:
    """All that a file says: the order's own status, and an entry for each employee or thing that cannot be read."""

    name: str
    status: str | None
    employers: int
    entries: Sequence[AnswerEntry]

    @property
    def counts(self) -> Counter[str]:
        """How many entries have which result; those that cannot be read are UNREADABLE."""
        return Counter(entry.result if entry.flaw is None and entry.result else UNREADABLE for entry in self.entries)


def answer_file(name: str, text: str) -> AnswerFile:
    """What an answer says of each employee.

    Raises:
        DocumentInvalid: it is no JSON, or no such answer at all.
        AuthorityRefused: it tells of nobody, but that the order was refused.
    """
    document = _decoded(name, text)
    if isinstance(document, _Doubled):
        raise DocumentInvalid(f"{name} {TWICE}", fix=_FIX)
    if not isinstance(document, dict) or not ({EMPLOYERS, "status"} & document.keys()):
        raise DocumentInvalid(f"{name} is no answer about tax cards: it has no «{EMPLOYERS}»", fix=_FIX)
    employers = document.get(EMPLOYERS) or []
    if not isinstance(employers, list):
        raise DocumentInvalid(f"{name}: /{EMPLOYERS} is no list", fix=_FIX)
    reader, status = _Reader(text), document.get("status")
    entries = [entry for at, employer in enumerate(employers) for entry in reader.employer(at, employer)]
    if status is not None and not is_word(status):
        entries.insert(0, AnswerEntry(place="/status", orgnr=None, flaw="is no word of the authority's"))
        status = None
    if status is not None and not employers and status.replace("_", "").lower() not in _WELL:
        raise AuthorityRefused(f"{name} has no tax cards: the tax authority refused the order with {status}")
    return AnswerFile(name=name, status=status, employers=len(employers), entries=entries)


class _Doubled(dict[str, Any]):
    """An object in which a name stands twice: whichever was meant, the other is lost."""


class _Reader:
    """Reads the employers of one text; its lines are looked for when something there cannot be read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._may_be_broken = "\\u" in text
        self._lines: Mapping[str, int] | None = None

    def employer(self, at: int, employer: Any) -> Iterator[AnswerEntry]:
        """An entry for each employee, or one for an employer that cannot be read."""
        place = f"/{EMPLOYERS}/{at}"
        orgnr, fault = None, None
        try:
            listed = list_at(object_at(employer, place), EMPLOYEES, place)
        except Flaw as flaw:
            yield self._unreadable(place, None, flaw)
            return
        try:
            orgnr = self._orgnr(employer, place)
        except Flaw as flaw:
            fault = flaw
            if not listed:
                yield self._unreadable(place, None, flaw)
        for number, employee in enumerate(listed):
            yield self._employee(f"{place}/{EMPLOYEES}/{number}", orgnr, employee, fault)

    def _orgnr(self, employer: Mapping[str, Any], place: str) -> str:
        if isinstance(employer, _Doubled):
            raise Flaw(place, TWICE)
        self._require_whole(place, [one for name, one in employer.items() if name != EMPLOYEES])
        return orgnr_of(employer, place)

    def _employee(self, place: str, orgnr: str | None, employee: Any, fault: Flaw | None) -> AnswerEntry:
        try:
            if fault is not None:
                raise fault
            self._require_whole(place, employee)
            fnr = text_at(object_at(employee, place), "arbeidstakeridentifikator", place)
            return AnswerEntry(
                place=place,
                orgnr=orgnr,
                fnr=masked(fnr),
                year=year_at(employee, "inntektsaar", place),
                result=word_at(employee, "resultatForSkattekort", place),
                deductions=card_from(employee, place),
                content=employee,
            )
        except Flaw as flaw:
            return self._unreadable(place, orgnr, flaw)

    def _require_whole(self, place: str, content: Any) -> None:
        """See that nothing in it would be lost or changed on the way."""
        for value in _inside(content):
            if isinstance(value, _Doubled):
                raise Flaw(place, TWICE)
            if isinstance(value, str) and self._may_be_broken and not value.isascii() and not _is_text(value):
                raise Flaw(place, "holds half a character")

    def _unreadable(self, place: str, orgnr: str | None, flaw: Flaw) -> AnswerEntry:
        if self._lines is None:
            self._lines = _lines_of(self._text)
        where = flaw.place.removeprefix(place).lstrip("/")
        told = f"{where}: {flaw.message}" if where else flaw.message
        return AnswerEntry(place=place, orgnr=orgnr, flaw=told, line=self._lines.get(place))


def _decoded(name: str, text: str) -> Any:
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_float=_number, parse_int=_whole, parse_constant=_refused
        )
    except json.JSONDecodeError as fault:
        raise DocumentInvalid(f"{name}: line {fault.lineno} is no JSON: {fault.msg}", fix=_FIX) from fault
    except RecursionError as fault:
        raise DocumentInvalid(f"{name} is nested too deep", fix=_FIX) from fault
    except ValueError as fault:
        raise DocumentInvalid(f"{name} holds a number that JSON does not know", fix=_FIX) from fault


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    return made if len(made) == len(pairs) else _Doubled(made)


def _number(written: str) -> float | str:
    """A number as it can be written again; one that cannot stays the text it was, which no amount is."""
    value = float(written)
    return value if isfinite(value) else f"{written} is too large"


def _whole(written: str) -> int | str:
    return int(written) if len(written) <= LONGEST_NUMBER else f"{len(written)} digits are too many"


def _refused(name: str) -> NoReturn:
    raise ValueError(name)


def _inside(content: Any) -> Iterator[Any]:
    """A value and all that is in it, names too."""
    left = [content]
    while left:
        value = left.pop()
        yield value
        if isinstance(value, dict):
            left += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            left += value


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _lines_of(text: str) -> Mapping[str, int]:
    """By pointer, the line on which each employer and employee begins."""
    lines = Lines(text)
    found: dict[str, int] = {}
    employers = lines.member(lines.skip_space(0), EMPLOYERS)
    for number, employer in enumerate(lines.items(employers) if employers is not None else ()):
        found[f"/{EMPLOYERS}/{number}"] = lines.of(employer)
        employees = lines.member(employer, EMPLOYEES)
        for at, employee in enumerate(lines.items(employees) if employees is not None else ()):
            found[f"/{EMPLOYERS}/{number}/{EMPLOYEES}/{at}"] = lines.of(employee)
    return found
