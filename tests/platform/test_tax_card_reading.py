"""The reader of the tax authority's answers: both spellings, what it does not know, and whatever else may come."""

from __future__ import annotations

import copy
import json
import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bureau_cli.platform.authority.demo.spelling import in_capitals
from bureau_cli.platform.sources import Deduction
from bureau_cli.platform.taxcards.reading import read_answer, read_orgnr, read_person
from bureau_cli.platform.taxcards.sorting import Part, sort_out

FNR, ORGNR = "01829512345", "312978083"
PERSON = {
    "arbeidstakeridentifikator": FNR,
    "resultatForSkattekort": "skattekortopplysningerOK",
    "inntektsaar": "2026",
    "skattekort": {
        "utstedtDato": "2025-12-20",
        "skattekortidentifikator": 54407,
        "forskuddstrekk": [
            {
                "trekkode": "loennFraHovedarbeidsgiver",
                "trekktabell": {"tabellnummer": "8140", "prosentsats": 43, "antallMaanederForTrekk": 10.5},
            },
            {"trekkode": "loennFraBiarbeidsgiver", "trekkprosent": {"prosentsats": 43.5}},
            {"trekkode": "loennFraNAV", "frikort": {"frikortbeloep": 0}},
            {"trekkode": "pensjon", "frikort": {}},
        ],
    },
    "tilleggsopplysning": ["oppholdITiltakssone"],
}
ANSWER = {
    "status": "FORESPOERSEL_OK",
    "arbeidsgiver": [
        {"arbeidsgiveridentifikator": {"organisasjonsnummer": ORGNR}, "arbeidstaker": [PERSON]},
    ],
}
DEDUCTIONS = (
    Deduction(code="loennFraHovedarbeidsgiver", kind="table", table="8140", percent=4300, months=105),
    Deduction(code="loennFraBiarbeidsgiver", kind="percent", percent=4350),
    Deduction(code="loennFraNAV", kind="free_card", free_amount=0),
    Deduction(code="pensjon", kind="free_card", free_amount=None),
)
IN_CLEAR = re.compile(r"\d{6}\s?\d{5}")


def changed(place, value):
    """The person with something else in one place."""
    person = copy.deepcopy(PERSON)
    inner = person
    *path, last = place
    for step in path:
        inner = inner[step]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return person


def test_both_spellings_say_the_same():
    plain, shouted = read_person(PERSON, "p"), read_person(in_capitals(PERSON), "p")
    assert plain == shouted
    assert plain.says.deductions == DEDUCTIONS
    assert (plain.fnr, plain.says.year, plain.says.extra_info) == (FNR, 2026, ("oppholdITiltakssone",))


FIRST = ("skattekort", "forskuddstrekk", 0, "trekktabell")


@pytest.mark.parametrize(
    ("place", "value", "field", "read"),
    [
        ((*FIRST, "prosentsats"), "43", "percent", 4300),
        ((*FIRST, "prosentsats"), "43.50", "percent", 4350),
        ((*FIRST, "prosentsats"), 0, "percent", 0),
        ((*FIRST, "prosentsats"), 100, "percent", 10000),
        ((*FIRST, "antallMaanederForTrekk"), "10.5", "months", 105),
        ((*FIRST, "antallMaanederForTrekk"), 12, "months", 120),
        ((*FIRST, "antallMaanederForTrekk"), ..., "months", None),
        ((*FIRST, "tabellnummer"), 8140, "table", "8140"),
        (("skattekort", "forskuddstrekk", 0, "trekkode"), "NOE_HELT_NYTT", "code", "NOE_HELT_NYTT"),
    ],
)
def test_numbers_are_numbers_however_they_are_written(place, value, field, read):
    says = read_person(changed(place, value), "p").says
    assert getattr(says.deductions[0], field) == read


@pytest.mark.parametrize(
    ("place", "value", "where"),
    [
        ((*FIRST, "prosentsats"), "43,5", "/trekktabell/prosentsats is no number there can be"),
        ((*FIRST, "prosentsats"), -1, "prosentsats is no number"),
        ((*FIRST, "prosentsats"), 100.01, "prosentsats is no number"),
        ((*FIRST, "prosentsats"), float("nan"), "prosentsats is no number"),
        ((*FIRST, "prosentsats"), 1e300, "prosentsats is no number"),
        ((*FIRST, "prosentsats"), 10**400, "prosentsats is no number"),
        ((*FIRST, "prosentsats"), True, "prosentsats is no number"),
        ((*FIRST, "prosentsats"), ..., "prosentsats is missing"),
        ((*FIRST, "antallMaanederForTrekk"), 13, "antallMaanederForTrekk is no number"),
        ((*FIRST, "tabellnummer"), None, "tabellnummer is missing"),
        (("skattekort", "utstedtDato"), "2025-02-29", "skattekort/utstedtDato is no day"),
        (("skattekort", "forskuddstrekk"), {}, "forskuddstrekk is not a list"),
        (("skattekort", "forskuddstrekk", 1, "frikort"), {}, "forskuddstrekk/1 has not exactly one of"),
        (("skattekort", "forskuddstrekk", 1, "trekkprosent"), ..., "forskuddstrekk/1 has not exactly one of"),
        (("skattekort", "forskuddstrekk", 2, "frikort", "frikortbeloep"), -1, "frikortbeloep is no number"),
        (("skattekort", "forskuddstrekk", 1), "x", "forskuddstrekk/1 is not an object"),
        (("skattekort",), ..., "p/skattekort is missing"),
        (("inntektsaar",), "i år", "inntektsaar is no year"),
        (("resultatForSkattekort",), 7, "resultatForSkattekort is not text"),
        (("resultatForSkattekort",), "a\x1b[31mb", "resultatForSkattekort is no word"),
        (("resultatForSkattekort",), "\ud800", "resultatForSkattekort is no word"),
        (("resultatForSkattekort",), FNR, "resultatForSkattekort is no word"),
        (("resultatForSkattekort",), "x" * 101, "resultatForSkattekort is no word"),
        (("tilleggsopplysning",), "oppholdITiltakssone", "tilleggsopplysning is not a list"),
        (("tilleggsopplysning", 0), {}, "tilleggsopplysning/0 is not text"),
        (("arbeidstakeridentifikator",), "0182951234", "arbeidstakeridentifikator has not 11 digits"),
    ],
)
def test_what_has_another_shape_is_named_by_its_place(place, value, where):
    answered = read_person(changed(place, value), "p")
    assert answered.says is None
    assert where in answered.flaw
    assert not IN_CLEAR.search(answered.flaw)


def test_a_number_that_lost_its_first_zero_is_found_again():
    assert read_person(changed(("arbeidstakeridentifikator",), int(FNR)), "p").fnr == FNR
    assert read_orgnr(12345678, "p") == "012345678"


@pytest.mark.parametrize("result", ["ikkeSkattekort", "ikkeTrekkplikt", "vurderArbeidstillatelse", "noeNytt"])
def test_a_result_without_a_card_says_so(result):
    person = {**PERSON, "resultatForSkattekort": result, "skattekort": None, "tilleggsopplysning": None}
    says = read_person(person, "p").says
    assert (says.result, says.deductions, says.issued, says.extra_info) == (result, (), None, ())


def test_an_answer_without_a_status_is_one_that_was_accepted():
    read = read_answer({"arbeidsgiver": ANSWER["arbeidsgiver"]})
    assert read.status == "FORESPOERSEL_OK"
    assert read.employers[0].read()[0].fnr == FNR


def test_one_employer_that_cannot_be_read_spoils_no_other():
    read = read_answer({"arbeidsgiver": [7, {}, *ANSWER["arbeidsgiver"], {"arbeidsgiveridentifikator": {}}]})
    assert [one.orgnr for one in read.employers] == [None, None, ORGNR, None]
    assert [one.flaw is None for one in read.employers] == [False, False, True, False]


words = st.sampled_from(
    [
        "ikkeSkattekort",
        "SKATTEKORTOPPLYSNINGER_OK",
        "skattekortopplysningerOK",
        "LOENN_FRA_HOVEDARBEIDSGIVER",
        "pensjon",
        "noeNytt",
        FNR,
        f"{FNR[:6]} {FNR[6:]}",
        "",
        "\x00",
        "2026",
        "43",
        "10.5",
        "2025-12-20",
        ORGNR,
    ]
)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | words | st.text(max_size=20)
names = st.sampled_from(
    sorted(
        {
            *PERSON,
            *PERSON["skattekort"],
            *("trekkode", "trekktabell", "trekkprosent", "frikort", "prosentsats", "tabellnummer", "frikortbeloep"),
            *("antallMaanederForTrekk", "status", "arbeidsgiver", "arbeidstaker", "arbeidsgiveridentifikator"),
            "organisasjonsnummer",
        }
    )
)
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=6), max_leaves=20
)


def places(value, path=()):
    """Every place in a JSON value."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inner:
        yield from places(one, (*path, name))


@st.composite
def nearly_right(draw):
    """An answer with a few places changed to something else."""
    answer = copy.deepcopy(ANSWER)
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.sampled_from([one for one in places(answer) if one]))
        *path, last = place
        inner = answer
        for step in path:
            inner = inner[step]
        inner[last] = draw(anything)
    return answer


def read_whole(answer):
    """Read an answer as an order's job does, through what is kept of it between; give all that is told of it."""
    sorted_out = sort_out(answer, [ORGNR, "999999999"])
    told = [sorted_out.flaw, sorted_out.refused_with]
    for text in sorted_out.parts.values():
        part = Part.kept(text)
        told.append(part.flaw)
        for one in [one for employer in part.employers for one in employer.read()]:
            assert (one.says is None) == (one.flaw is not None)
            told.append(one.flaw)
            if one.says is not None:
                told += [one.says.result, *one.says.extra_info, *(deduction.code for deduction in one.says.deductions)]
                json.dumps(told).encode()
                "".join(word for word in told if word).encode()
    return told


@given(answer=anything | nearly_right())
@example(answer=ANSWER)
def test_whatever_comes_is_read_without_an_exception_and_tells_nobodys_number(answer):
    for word in read_whole(answer):
        assert word is None or not IN_CLEAR.search(word)


@pytest.mark.slow
@settings(max_examples=20_000, suppress_health_check=list(HealthCheck))
@given(answer=anything | nearly_right())
def test_twenty_thousand_answers_are_read_without_an_exception(answer):
    for word in read_whole(answer):
        assert word is None or not IN_CLEAR.search(word)


@given(word=st.text(st.characters(codec="ascii", categories=("Lu", "Ll")), min_size=1, max_size=40))
def test_a_word_nobody_knows_is_carried_through_as_it_came(word):
    person = {**changed(("skattekort", "forskuddstrekk", 0, "trekkode"), word), "tilleggsopplysning": [word]}
    says = read_person(person, "p").says
    for carried in (says.deductions[0].code, says.extra_info[0]):
        assert carried == word or carried.casefold() == word.casefold()
