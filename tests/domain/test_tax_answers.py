"""The tax authority's answer in a file: what is read, what is carried through, and what is named as unreadable."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from domain.answers import EMPLOYER, PERSON, card, employee, employer, free, table, written
from hypothesis import given
from hypothesis import strategies as st

from bureau_cli.domain.json_lines import Lines
from bureau_cli.domain.tax_answers import AnswerEntry, AnswerFile, answer_file
from bureau_cli.domain.tax_cards import Deduction
from bureau_cli.errors import AuthorityRefused, DocumentInvalid


def read(*employees: Any) -> AnswerFile:
    return answer_file("svar.json", written([employer(*employees)]))


def one(of: Any) -> AnswerEntry:
    (entry,) = read(of).entries
    return entry


def deductions(*said: Any) -> Sequence[Deduction]:
    entry = one(employee(*said))
    assert entry.flaw is None
    return entry.deductions


def test_both_spellings_of_a_kind_of_pay_are_the_same_and_a_new_one_is_carried_through() -> None:
    codes = [
        "LOENN_FRA_HOVEDARBEIDSGIVER",
        "loennFraHovedarbeidsgiver",
        "LOENN_FRA_NAV",
        "PENSJON_FRA_NAV",
        "nyTrekkode",
    ]
    assert [deduction.code for deduction in deductions(*map(table, codes))] == [
        "loennFraHovedarbeidsgiver", "loennFraHovedarbeidsgiver", "loennFraNAV", "pensjonFraNAV", "nyTrekkode"
    ]  # fmt: skip


@pytest.mark.parametrize("percent", [43, "43", 43.0, "43.0", 43.5, "43.5", 0, "0", 100])
def test_numbers_may_be_numbers_or_text(percent: Any) -> None:
    (found,) = deductions(table(percent=percent))
    assert found.percent == Decimal(str(percent))


@pytest.mark.parametrize("number", ["8140", 8140])
def test_so_may_the_number_of_a_table(number: Any) -> None:
    assert [str(found) for found in deductions(table(number=number))] == ["table 8140 (43 %)"]


def test_a_free_card_without_an_amount_is_no_limit_and_one_of_nothing_is_nothing() -> None:
    found = deductions(free(), free(frikortbeloep=0), free(frikortbeloep="0"), free(frikortbeloep="100000"))
    assert [one.free_amount for one in found] == [None, 0, 0, 100000]
    assert [str(one) for one in found] == [
        "free card without limit", "free card up to 0.00", "free card up to 0.00", "free card up to 100000.00"
    ]  # fmt: skip


def test_a_kind_that_is_new_is_carried_through_by_its_name() -> None:
    (found,) = deductions({"trekkode": "x", "trekktrinn": {"trinn": 3}})
    assert (found.kind, str(found)) == ("trekktrinn", "trekktrinn")


@pytest.mark.parametrize("result", ["ikkeSkattekort", "ikkeTrekkplikt", "nyttResultat", "NYTT_RESULTAT-2"])
def test_a_result_is_carried_through_as_it_came(result: str) -> None:
    entry = one(employee(resultatForSkattekort=result))
    assert (entry.result, entry.flaw, entry.deductions) == (result, None, ())


def test_a_person_is_masked_and_the_entry_is_kept_for_the_platform() -> None:
    said = employee(table(), tilleggsopplysning=["oppholdITiltakssone", "enNy"], noeNytt={"a": [1, 2.5]})
    entry = one(said)
    assert (entry.fnr, entry.year, entry.orgnr, entry.content) == ("018190 *****", 2026, EMPLOYER, said)
    assert PERSON not in repr(entry)


FLAWS = {
    "is no object": 7,
    "arbeidstakeridentifikator: is missing": employee(arbeidstakeridentifikator=None),
    "arbeidstakeridentifikator: is no text": employee(arbeidstakeridentifikator=int(PERSON)),
    "inntektsaar: is no year": employee(inntektsaar="26"),
    "resultatForSkattekort: is missing": employee(resultatForSkattekort=None),
    "resultatForSkattekort: is no word of the authority's": employee(resultatForSkattekort=f"x{PERSON}"),
    "skattekort: is missing, and the result says that there is one": employee(),
    "skattekort: is no object": employee(skattekort=[]),
    "skattekort/utstedtDato: is no day": employee(skattekort={**card(), "utstedtDato": "i går"}),
    "skattekort/forskuddstrekk: is missing": employee(skattekort={}),
    "skattekort/forskuddstrekk/1: is no object": employee(table(), 7),
    "skattekort/forskuddstrekk/0/trekkode: is missing": employee({"frikort": {}}),
    "skattekort/forskuddstrekk/0: is both frikort and trekkprosent": employee(
        {"trekkode": "x", "frikort": {}, "trekkprosent": {"prosentsats": 1}}
    ),
    "skattekort/forskuddstrekk/0: says neither trekktabell nor trekkprosent nor frikort": employee({"trekkode": "x"}),
    "skattekort/forskuddstrekk/0/trekktabell/prosentsats: is no such number": employee(table(percent=430)),
    "skattekort/forskuddstrekk/0/trekktabell/tabellnummer: is no number of a table": employee(table(number="814")),
    "skattekort/forskuddstrekk/0/frikort/frikortbeloep: is missing": employee(free(frikortbeloep=None)),
    "skattekort/forskuddstrekk/0/frikort/frikortbeloep: is no such number": employee(free(frikortbeloep=-1)),
    "tilleggsopplysning: is no list of the authority's words": employee(table(), tilleggsopplysning="x"),
    "holds half a character": employee(table(), navn="\ud800"),
}  # fmt: skip


@pytest.mark.parametrize("flaw", FLAWS)
def test_what_cannot_be_read_is_named_with_its_place_and_the_others_are_read(flaw: str) -> None:
    file = read(employee(table()), FLAWS[flaw], employee(table()))
    assert [entry.flaw for entry in file.entries] == [None, flaw, None]
    assert file.entries[1].place == "/arbeidsgiver/0/arbeidstaker/1"
    assert file.counts == {"skattekortopplysningerOK": 2, "unreadable": 1}
    assert file.entries[1].content is None


def test_the_line_of_what_cannot_be_read_is_told() -> None:
    text = written([employer(employee(table()), 7), employer(8)])
    lines = text.splitlines()
    told = [(entry.line, entry.place) for entry in answer_file("svar.json", text).entries if entry.flaw]
    assert told == [(lines.index("    7") + 1, "/arbeidsgiver/0/arbeidstaker/1"),
                    (lines.index("    8") + 1, "/arbeidsgiver/1/arbeidstaker/0")]  # fmt: skip


def test_employees_of_an_employer_that_is_unknown_are_each_named() -> None:
    file = answer_file("x", written([employer(employee(table()), employee(table()), orgnr="12"), 5, {}]))
    assert [(entry.place, entry.flaw) for entry in file.entries] == [
        ("/arbeidsgiver/0/arbeidstaker/0",
         "arbeidsgiver/0/arbeidsgiveridentifikator/organisasjonsnummer: is no organisasjonsnummer"),
        ("/arbeidsgiver/0/arbeidstaker/1",
         "arbeidsgiver/0/arbeidsgiveridentifikator/organisasjonsnummer: is no organisasjonsnummer"),
        ("/arbeidsgiver/1", "is no object"),
        ("/arbeidsgiver/2", "arbeidstaker: is missing"),
    ]  # fmt: skip


def test_a_name_that_stands_twice_is_not_read_once() -> None:
    text = written([employer(employee(table()))]).replace('"inntektsaar"', '"inntektsaar": "2025", "inntektsaar"')
    assert [entry.flaw for entry in answer_file("x", text).entries] == ["says the same name twice"]


@pytest.mark.parametrize("number", ["1e400", "9" * 5000])
def test_a_number_that_is_too_large_spoils_its_own_entry_alone(number: str) -> None:
    text = written([employer(employee(table()), employee(table(percent=12345)))]).replace("12345", number)
    assert [entry.flaw is None for entry in answer_file("x", text).entries] == [True, False]


def test_an_answer_without_employers_is_an_answer() -> None:
    file = answer_file("x", json.dumps({"status": "INGEN_ENDRINGER"}))
    assert (file.status, file.employers, list(file.entries)) == ("INGEN_ENDRINGER", 0, [])


@pytest.mark.parametrize("status", ["UGYLDIG_INNTEKTSAAR", "ugyldigForespoersel", "NOE_NYTT"])
def test_an_answer_that_refuses_the_order_is_no_import_of_nobody(status: str) -> None:
    with pytest.raises(
        AuthorityRefused, match=f"x has no tax cards: the tax authority refused the order with {status}"
    ):
        answer_file("x", json.dumps({"status": status, "arbeidsgiver": []}))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "x: line 1 is no JSON: Expecting value"),
        ('{\n"a": ', "x: line 2 is no JSON: Expecting value"),
        ("[]", "x is no answer about tax cards: it has no «arbeidsgiver»"),
        ('{"arbeidsgiver": {"a": 1}}', "x: /arbeidsgiver is no list"),
        ('{"arbeidsgiver": [NaN]}', "x holds a number that JSON does not know"),
        ('{"status": "A", "status": "B"}', "x says the same name twice"),
        ("[" * 100_000, "x is nested too deep"),
    ],
)
def test_what_is_no_answer_at_all_is_told_in_a_line(text: str, told: str) -> None:
    with pytest.raises(DocumentInvalid) as fault:
        answer_file("x", text)
    assert fault.value.message == told


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(values=st.lists(JSON, max_size=6), indent=st.sampled_from([None, 1]))
def test_lines_finds_where_each_value_begins(values: list[Any], indent: int | None) -> None:
    text = json.dumps({"x": 1, "deep": values, "y": [2]}, indent=indent)
    lines = Lines(text)
    at = lines.member(0, "deep")
    assert at is not None
    found = [json.JSONDecoder().raw_decode(text, position)[0] for position in lines.items(at)]
    assert found == values
    assert [lines.of(position) for position in lines.items(at)] == [
        text[:position].count("\n") + 1 for position in lines.items(at)
    ]
