"""Reads the tax authority's answers, whoever they came from: the authority itself, or a file somebody kept.

Its words and numbers come in two spellings, `loennFraHovedarbeidsgiver` and 43 or `LOENN_FRA_HOVEDARBEIDSGIVER` and
"43"; both mean the same. A word that is not known is carried through as it came. What has another shape than the
published one is a flaw with its place, never an exception, and never spoils what stands beside it. No flaw tells a
value: it might be somebody's fødselsnummer.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Never

from bureau_cli.platform.sources import Deduction

OK, NO_CARD, NOT_LIABLE = "skattekortopplysningerOK", "ikkeSkattekort", "ikkeTrekkplikt"
ASSESS_PERMIT = "vurderArbeidstillatelse"
BAD_EMPLOYER, BAD_PERSON = "ugyldigOrganisasjonsnummer", "ugyldigFoedselsEllerDnummer"
EXPIRED = "utgaattDnummerSkattekortForFoedselsnummerErLevert"
MAIN, SIDE = "loennFraHovedarbeidsgiver", "loennFraBiarbeidsgiver"
ACCEPTED, NO_CHANGES, NO_EARLIER_ORDER = (
    "FORESPOERSEL_OK",
    "INGEN_ENDRINGER",
    "ENDRINGSFORESPOERSEL_UTEN_TIDLIGERE_BESTILLING",
)

_RESULTS = (OK, NO_CARD, NOT_LIABLE, ASSESS_PERMIT, BAD_EMPLOYER, BAD_PERSON, EXPIRED)
_CODES = (
    MAIN, SIDE, "loennFraNAV", "pensjon", "pensjonFraNAV", "ufoeretrygdFraNAV", "ufoereytelserFraAndre",
    "introduksjonsstoenad", "loennTilUtenrikstjenestemann", "loennKunTrygdeavgiftTilUtenlandskBorger",
    "loennKunTrygdeavgiftTilUtenlandskBorgerSomGrensegjenger",
)  # fmt: skip
_EXTRA_INFO = ("oppholdPaaSvalbard", "kildeskattPaaPensjon", "oppholdITiltakssone", "kildeskattPaaLoenn")
_STATUSES = (
    ACCEPTED, NO_CHANGES, NO_EARLIER_ORDER, "UGYLDIG_INNTEKTSAAR", "UGYLDIG_FORESPOERSEL",
)  # fmt: skip

_LONGEST_WORD = 100
_FNR = re.compile(r"\d{6}\s?\d{5}")
_FNR_DIGITS, _ORGNR_DIGITS = 11, 9
_TABLE = re.compile(r"[0-9A-Za-z]{1,10}")
_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
_YEAR = re.compile(r"[12][0-9]{3}")
_DAY = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
_KINDS = {"trekktabell": "table", "trekkprosent": "percent", "frikort": "free_card"}
_HUNDRED_PERCENT, _MONTHS_A_YEAR, _MOST_KRONER = 100, 12, 10**11
_MOST_DIGITS = 20
_NONE: Any = object()
"""Stands for a member that is not there, which is not the same as null."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """What the authority says of somebody: its result, and of the card what there is."""

    result: str
    year: int
    deductions: tuple[Deduction, ...]
    extra_info: tuple[str, ...]
    issued: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One person of an answer: what it says, or what is wrong with it. `fnr` is None where that cannot be read."""

    place: str
    fnr: str | None
    says: Says | None
    flaw: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Employer:
    """One employer of an answer, with its people as they came; `orgnr` is None where it cannot be read."""

    place: str
    orgnr: str | None
    people: Sequence[object]
    flaw: str | None

    def read(self) -> list[Answered]:
        """Read what it says of each of its people."""
        return [read_person(one, f"{self.place}/arbeidstaker/{number}") for number, one in enumerate(self.people)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A whole answer; `status` is the authority's word for it, None where it gave none, as it may."""

    status: str | None
    employers: Sequence[Employer]
    flaw: str | None


class _Flaw(Exception):
    """Something is not as it was published: where, and what."""

    def __init__(self, place: str, what: str) -> None:
        super().__init__(f"{place or 'the answer'} {what}")


def read_answer(body: object) -> Read:
    """Read an answer of the authority, as JSON has it."""
    try:
        whole = _object(body, "")
        status = _word(whole.get("status", ACCEPTED), "status", _STATUSES)
        employers = _list(whole.get("arbeidsgiver", []), "arbeidsgiver")
    except _Flaw as flaw:
        return Read(status=None, employers=(), flaw=str(flaw))
    found = [_employer(one, f"arbeidsgiver/{number}") for number, one in enumerate(employers)]
    return Read(status=status, employers=found, flaw=None)


def read_person(body: object, place: str) -> Answered:
    """Read one arbeidstaker of an answer."""
    fnr = None
    try:
        person = _object(body, place)
        fnr = _digits(person.get("arbeidstakeridentifikator"), f"{place}/arbeidstakeridentifikator", _FNR_DIGITS)
        return Answered(place=place, fnr=fnr, says=_says(person, place), flaw=None)
    except _Flaw as flaw:
        return Answered(place=place, fnr=fnr, says=None, flaw=str(flaw))


def read_orgnr(value: object, place: str) -> str | None:
    """Read an organisasjonsnummer; None where it is none."""
    try:
        return _digits(value, place, _ORGNR_DIGITS)
    except _Flaw:
        return None


def _employer(body: object, place: str) -> Employer:
    try:
        employer = _object(body, place)
        identified = _object(employer.get("arbeidsgiveridentifikator"), f"{place}/arbeidsgiveridentifikator")
        at = f"{place}/arbeidsgiveridentifikator/organisasjonsnummer"
        orgnr = _digits(identified.get("organisasjonsnummer"), at, _ORGNR_DIGITS)
    except _Flaw as flaw:
        return Employer(place=place, orgnr=None, people=(), flaw=str(flaw))
    try:
        people = _list(employer.get("arbeidstaker", []), f"{place}/arbeidstaker")
    except _Flaw as flaw:
        return Employer(place=place, orgnr=orgnr, people=(), flaw=str(flaw))
    return Employer(place=place, orgnr=orgnr, people=people, flaw=None)


def _says(person: Mapping[str, Any], place: str) -> Says:
    result = _word(person.get("resultatForSkattekort"), f"{place}/resultatForSkattekort", _RESULTS)
    year = _year(person.get("inntektsaar"), f"{place}/inntektsaar")
    extra_info = [
        _word(one, f"{place}/tilleggsopplysning/{number}", _EXTRA_INFO)
        for number, one in enumerate(_list(_or(person.get("tilleggsopplysning"), []), f"{place}/tilleggsopplysning"))
    ]
    deductions: tuple[Deduction, ...] = ()
    issued = None
    card = person.get("skattekort")
    if card is not None:
        at = f"{place}/skattekort"
        card = _object(card, at)
        issued = _day(card.get("utstedtDato"), f"{at}/utstedtDato")
        deductions = tuple(_deductions(card.get("forskuddstrekk"), f"{at}/forskuddstrekk"))
    elif result == OK:
        _fail(f"{place}/skattekort", "is missing")
    return Says(result=result, year=year, deductions=deductions, extra_info=tuple(extra_info), issued=issued)


def _deductions(value: object, place: str) -> Iterator[Deduction]:
    for number, one in enumerate(_list(value, place)):
        at = f"{place}/{number}"
        deduction = _object(one, at)
        code = _word(deduction.get("trekkode"), f"{at}/trekkode", _CODES)
        named = [name for name in _KINDS if deduction.get(name) is not None]
        if len(named) != 1:
            _fail(at, f"has not exactly one of {', '.join(_KINDS)}")
        (name,) = named
        yield _deduction(code, _KINDS[name], _object(deduction[name], f"{at}/{name}"), f"{at}/{name}")


def _deduction(code: str, kind: str, terms: Mapping[str, Any], place: str) -> Deduction:
    if kind == "free_card":
        amount = _or(terms.get("frikortbeloep"), _NONE)
        at = f"{place}/frikortbeloep"
        free_amount = None if amount is _NONE else _number(amount, at, places=2, most=_MOST_KRONER)
        return Deduction(code=code, kind=kind, free_amount=free_amount)
    months = terms.get("antallMaanederForTrekk")
    at = f"{place}/antallMaanederForTrekk"
    return Deduction(
        code=code,
        kind=kind,
        table=_table(terms.get("tabellnummer"), f"{place}/tabellnummer") if kind == "table" else None,
        percent=_number(terms.get("prosentsats"), f"{place}/prosentsats", places=2, most=_HUNDRED_PERCENT),
        months=None if months is None else _number(months, at, places=1, most=_MONTHS_A_YEAR),
    )


def _or(value: Any, instead: Any) -> Any:
    return instead if value is None else value


def _object(value: object, place: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        _fail(place, "is missing" if value is None else "is not an object")
    return value


def _list(value: object, place: str) -> Sequence[Any]:
    if not isinstance(value, list):
        _fail(place, "is missing" if value is None else "is not a list")
    return value


def _word(value: object, place: str, known: tuple[str, ...]) -> str:
    """Read a word: one of those that are known in whichever spelling, or as it came."""
    if not isinstance(value, str):
        _fail(place, "is missing" if value is None else "is not text")
    if not value.isprintable() or not 0 < len(value.strip()) <= len(value) <= _LONGEST_WORD or _FNR.search(value):
        _fail(place, "is no word")
    return _spellings(known).get(_folded(value), value)


@cache
def _spellings(known: tuple[str, ...]) -> Mapping[str, str]:
    return {_folded(word): word for word in known}


def _folded(word: str) -> str:
    return word.replace("_", "").casefold()


def _digits(value: object, place: str, length: int) -> str:
    """Read a number of so many digits; as a JSON number it has lost the zeros it began with."""
    if value is None:
        _fail(place, "is missing")
    text = _plain(value)
    if isinstance(value, int):
        text = text.zfill(length)
    if len(text) != length or not text.isascii() or not text.isdigit():
        _fail(place, f"has not {length} digits")
    return text


def _year(value: object, place: str) -> int:
    text = _plain(value)
    if not _YEAR.fullmatch(text):
        _fail(place, "is missing" if value is None else "is no year")
    return int(text)


def _day(value: object, place: str) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value if isinstance(value, str) and _DAY.fullmatch(value) else "")
    except ValueError:
        _fail(place, "is no day")


def _table(value: object, place: str) -> str:
    text = _plain(value)
    if not _TABLE.fullmatch(text):
        _fail(place, "is missing" if value is None else "is no table's number")
    return text


def _number(value: object, place: str, *, places: int, most: int) -> int:
    """Read a number, exactly, as whole hundredths or tenths of it: up to a most, and never negative."""
    text = _plain(value)
    if not _NUMBER.fullmatch(text):
        _fail(place, "is missing" if value is None else "is no number there can be")
    number = Decimal(text).scaleb(places)
    if number != number.to_integral_value() or number > most * 10**places:
        _fail(place, "is no number there can be")
    return int(number)


def _plain(value: object) -> str:
    """Write a number as a text has it; empty for what is neither."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    if isinstance(value, int):
        return str(value) if abs(value) < 10**_MOST_DIGITS else ""
    try:
        return format(Decimal(str(value)).normalize(), "f")
    except InvalidOperation:  # it is not a number, or endless
        return ""


def _fail(place: str, what: str) -> Never:
    raise _Flaw(place, what)
