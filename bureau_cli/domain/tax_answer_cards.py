"""The parts of one employee's answer: numbers, words and forskuddstrekk, each read strictly or named as a flaw."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from bureau_cli.domain.tax_cards import CARD, Deduction

_CODES = (
    "loennFraHovedarbeidsgiver", "loennFraBiarbeidsgiver", "loennFraNAV", "pensjon", "pensjonFraNAV",
    "ufoeretrygdFraNAV", "ufoereytelserFraAndre", "introduksjonsstoenad", "loennTilUtenrikstjenestemann",
    "loennKunTrygdeavgiftTilUtenlandskBorger", "loennKunTrygdeavgiftTilUtenlandskBorgerSomGrensegjenger",
)  # fmt: skip
CODES: Mapping[str, str] = {code.casefold(): code for code in _CODES}
"""By what both published spellings have in common, the one that is shown."""
KINDS = {"trekktabell": "table", "trekkprosent": "percent", "frikort": "free_card"}
_DECIMAL = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,6})?", re.ASCII)
_WORD = re.compile(r"(?!.*[0-9]{5})[\w.-]{1,100}")
"""What a code may look like that is new; with more digits in a row it could be the number of a person."""
_MOST_PERCENT, _MONTHS = 100, 12


class Flaw(Exception):
    """Something cannot be read: where it stands, and what is wrong with it. It never quotes a value."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(message)
        self.place = place
        self.message = message


def object_at(value: Any, place: str) -> Mapping[str, Any]:
    """An object."""
    if not isinstance(value, dict):
        raise Flaw(place, "is missing" if value is None else "is no object")
    return value


def list_at(content: Mapping[str, Any], name: str, place: str) -> Sequence[Any]:
    """A list that must be there."""
    value = content.get(name)
    if not isinstance(value, list):
        raise Flaw(f"{place}/{name}", "is missing" if value is None else "is no list")
    return value


def text_at(content: Mapping[str, Any], name: str, place: str) -> str:
    """A word that must be there."""
    value = content.get(name)
    if not isinstance(value, str) or not value.strip():
        raise Flaw(f"{place}/{name}", "is missing" if value is None else "is no text")
    return value


def word_at(content: Mapping[str, Any], name: str, place: str) -> str:
    """One of the authority's own words, which may be new."""
    value = text_at(content, name, place)
    if not is_word(value):
        raise Flaw(f"{place}/{name}", "is no word of the authority's")
    return value


def is_word(value: Any) -> bool:
    """Whether it could be one of the authority's words."""
    return isinstance(value, str) and _WORD.fullmatch(value) is not None


def year_at(content: Mapping[str, Any], name: str, place: str) -> int:
    """A year, as a number or as text."""
    value = content.get(name)
    written = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    if not re.fullmatch(r"[12][0-9]{3}", written, re.ASCII):
        raise Flaw(f"{place}/{name}", "is missing" if value is None else "is no year")
    return int(written)


def orgnr_of(employer: Mapping[str, Any], place: str) -> str:
    """Whose employees they are."""
    name = "arbeidsgiveridentifikator"
    value = object_at(employer.get(name), f"{place}/{name}").get("organisasjonsnummer")
    written = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    if not re.fullmatch(r"[0-9]{9}", written, re.ASCII):
        raise Flaw(f"{place}/{name}/organisasjonsnummer", "is no organisasjonsnummer")
    return written


def card_from(employee: Mapping[str, Any], place: str) -> Sequence[Deduction]:
    """What the card says, nothing where there is none."""
    _require_words(employee, "tilleggsopplysning", place)
    card = employee.get("skattekort")
    if card is None:
        if employee.get("resultatForSkattekort") == CARD:
            raise Flaw(f"{place}/skattekort", "is missing, and the result says that there is one")
        return ()
    place = f"{place}/skattekort"
    issued = object_at(card, place).get("utstedtDato")
    if issued is not None:
        _require_day(issued, f"{place}/utstedtDato")
    listed = list_at(card, "forskuddstrekk", place)
    return tuple(_deduction(one, f"{place}/forskuddstrekk/{at}") for at, one in enumerate(listed))


def _deduction(value: Any, place: str) -> Deduction:
    """One forskuddstrekk; it has exactly one kind, and a kind that is new is carried through by its name."""
    code = word_at(object_at(value, place), "trekkode", place)
    said = [name for name, one in value.items() if name in KINDS and one is not None]
    if len(said) > 1:
        raise Flaw(place, f"is both {' and '.join(sorted(said))}")
    code = CODES.get(code.replace("_", "").casefold(), code)
    if not said:
        others = [name for name, one in value.items() if name not in {*KINDS, "trekkode"} and isinstance(one, dict)]
        if len(others) != 1 or not is_word(others[0]):
            raise Flaw(place, "says neither trekktabell nor trekkprosent nor frikort")
        return Deduction(code=code, kind=others[0])
    name, place = said[0], f"{place}/{said[0]}"
    content = object_at(value[name], place)
    if name == "frikort":
        return Deduction(code=code, kind=KINDS[name], free_amount=_free_amount(content, place))
    return Deduction(
        code=code,
        kind=KINDS[name],
        table=_table(content, place) if name == "trekktabell" else None,
        percent=_decimal(content, "prosentsats", place, most=_MOST_PERCENT),
        months=_decimal(content, "antallMaanederForTrekk", place, most=_MONTHS)
        if content.get("antallMaanederForTrekk") is not None
        else None,
    )


def _free_amount(content: Mapping[str, Any], place: str) -> Decimal | None:
    """No amount is no limit, and 0 is that nothing is left: neither may be taken for the other."""
    return _decimal(content, "frikortbeloep", place) if "frikortbeloep" in content else None


def _table(content: Mapping[str, Any], place: str) -> str:
    value = content.get("tabellnummer")
    written = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    if not re.fullmatch(r"[0-9]{4}", written, re.ASCII):
        raise Flaw(f"{place}/tabellnummer", "is no number of a table")
    return written


def _decimal(content: Mapping[str, Any], name: str, place: str, *, most: int | None = None) -> Decimal:
    value = content.get(name)
    written = str(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else ""
    if not _DECIMAL.fullmatch(written) or (most is not None and Decimal(written) > most):
        raise Flaw(f"{place}/{name}", "is missing" if value is None else "is no such number")
    return Decimal(written)


def _require_words(content: Mapping[str, Any], name: str, place: str) -> None:
    value = content.get(name)
    if value is not None and not (isinstance(value, list) and all(map(is_word, value))):
        raise Flaw(f"{place}/{name}", "is no list of the authority's words")


def _require_day(value: Any, place: str) -> None:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Flaw(place, "is no day") from None
