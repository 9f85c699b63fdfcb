"""Answers of the tax authority of every kind, read as `taxcards import` reads them: nothing is lost, nobody is seen.

EXAMPLES payloads in all; each goes through the reader, the columns and the formats, as a refusal does through stderr.
"""

from __future__ import annotations

import json
import os
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import anyio
import pytest
from domain.answers import EMPLOYER, card, employee, employer, free, table, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from security.canaries import NUMBERS, hits

from bureau_cli.commands.taxcards import IMPORTED
from bureau_cli.domain.tax_answers import AnswerFile, answer_file
from bureau_cli.errors import AuthorityRefused, DocumentInvalid
from bureau_cli.formatters.chooser import Format
from bureau_cli.formatters.output import Output
from bureau_cli.formatters.read_toml import read_document
from bureau_cli.formatters.results import Provenance
from bureau_cli.formatters.view import View
from bureau_cli.services.tax_cards.imports import Import

EXAMPLES = 10_000
STDIN = Path("-")
NOTHING_TOLD = Provenance(schema="taxcards.import", profile="demo", selection="", version="0")
FORMATS = (Format.TSV, Format.JSON, Format.PLAIN)

numbers = st.sampled_from(NUMBERS)
words = (
    st.sampled_from(["ikkeSkattekort", "loennFraNAV", "LOENN_FRA_HOVEDARBEIDSGIVER", "FORESPOERSEL_OK", "noeNytt2"])
    | numbers.map(lambda number: f"fnr {number}")
    | numbers
    | numbers.map(lambda number: f"kode{number}")
    | st.text(max_size=8)
)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | words
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
amounts = st.sampled_from([0, 43, "43", 43.5, "43.5", "10.5", -1, 1e300, "x"]) | anything
deductions = (
    st.builds(table, words, amounts, amounts)
    | st.builds(free, words)
    | st.builds(free, words, frikortbeloep=amounts)
    | st.fixed_dictionaries({"trekkode": words}, optional={"nyttTrekk": anything, "frikort": anything})
    | anything
)
people = (
    st.builds(
        employee,
        arbeidstakeridentifikator=numbers | anything,
        resultatForSkattekort=words | anything,
        inntektsaar=st.sampled_from(["2026", 2026, "x"]) | anything,
        skattekort=st.lists(deductions, max_size=3).map(lambda said: card(*said)) | anything,
        tilleggsopplysning=st.lists(words, max_size=2) | anything,
        navn=words,
    )
    | anything
)
employers = (
    st.builds(
        lambda listed, orgnr: employer(*listed, orgnr=orgnr),
        st.lists(people, max_size=3),
        st.just(EMPLOYER) | numbers | anything,
    )
    | anything
)
payloads = st.builds(
    lambda listed, status, more: written(listed, status=status, **more),
    st.lists(employers, max_size=3),
    words | anything,
    st.dictionaries(words.map(lambda word: f"x{word}"), anything, max_size=1),
)
fuzzing = settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))


def shown(payload: bytes) -> tuple[AnswerFile | None, str]:
    """What is read of a payload, None where it is no answer or a refusal, and all that any stream says of it."""
    screens = [TextIOWrapper(BytesIO(), encoding="utf-8") for _ in range(2)]
    output = Output.of(screens[0], screens[1], StringIO(), os.environ)
    file = None
    try:
        document = read_document(STDIN, BytesIO(payload))
        file = answer_file(document.name, document.text)
        taken = Import(file, {}, _unasked(), iter(map(str, range(10_000))).__next__)
        output.say(taken.told)
        output.tell(taken.plan.told)
        for outcome in taken.plan.preview():
            output.tell(repr(outcome))
        listing = IMPORTED.listing(taken.rows(taken.plan.preview()))
        wanted = FORMATS[len(payload) % len(FORMATS)]
        anyio.run(output.render, listing, View(output=wanted), NOTHING_TOLD)
    except (AuthorityRefused, DocumentInvalid) as fault:
        output.error(fault)
        output.error(fault, as_json=True)
    told = ""
    for screen in screens:
        screen.flush()
        told += screen.buffer.getvalue().decode()  # type: ignore[attr-defined]  # a BytesIO
    return file, told


def _unasked() -> Any:
    """No platform: nothing is sent."""
    return None


def employees_in(payload: str) -> int:
    """How many there are to be accounted for, by another count than the reader's; a broken employer is one."""
    listed = json.loads(payload).get("arbeidsgiver") or []
    inside = [one.get("arbeidstaker") if isinstance(one, dict) else None for one in listed]
    return sum(len(one) if isinstance(one, list) else 1 for one in inside)


@pytest.mark.slow
@fuzzing
@given(payload=payloads)
def test_whatever_an_answer_holds_each_employee_is_accounted_for_and_nobody_is_seen(payload: str) -> None:
    file, told = shown(payload.encode())
    assert hits(told) == []
    if file is not None:
        readable = [entry for entry in file.entries if entry.flaw is None]
        assert sum(file.counts.values()) == len(file.entries) >= employees_in(payload)
        assert file.counts["unreadable"] + len(readable) == len(file.entries)
        assert all(entry.place and entry.line for entry in file.entries if entry.flaw and entry.place != "/status")
        assert hits(repr(file)) == []


@pytest.mark.slow
@settings(fuzzing, max_examples=EXAMPLES // 2)
@given(payload=payloads, at=st.integers(0, 10_000), cut=st.integers(0, 3), put=st.binary(max_size=3))
def test_so_it_is_of_what_was_damaged_on_the_way(payload: str, at: int, cut: int, put: bytes) -> None:
    content = payload.encode()
    at %= len(content) + 1
    _, told = shown(content[:at] + put + content[at + cut :])
    assert hits(told) == []


known_words = st.from_regex(r"[a-zA-Z_]{1,30}[0-9]{0,4}", fullmatch=True)


@pytest.mark.slow
@settings(fuzzing, max_examples=EXAMPLES // 2)
@given(result=known_words, code=known_words, kind=known_words, extra=known_words)
def test_words_that_are_new_are_carried_through(result: str, code: str, kind: str, extra: str) -> None:
    said = employee(table(code), {"trekkode": code, f"ny{kind}": {}}, resultatForSkattekort=result)
    file, told = shown(written([employer({**said, "tilleggsopplysning": [extra]})]).encode())
    assert file is not None
    (entry,) = file.entries
    assert (entry.flaw, entry.result, entry.deductions[1].kind) == (None, result, f"ny{kind}")
    assert result in told
    assert entry.content["tilleggsopplysning"] == [extra]


def test_the_control_a_number_that_is_not_masked_is_found() -> None:
    assert hits(written([employer(employee(arbeidstakeridentifikator=NUMBERS[0]))])) != []
