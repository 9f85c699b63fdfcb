"""Tax cards from a file: what it has of each person, by its place, and nothing lost."""

from __future__ import annotations

import json
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings

from .tax_cards import MINE
from .test_tax_card_reading import IN_CLEAR, anything

SOMEBODY = "em_00000e0000"
NUMBERS = count()


@pytest.fixture
def whose(sql):
    """The numbers of somebody and of their employer."""
    (row,) = sql("SELECT orgnr, fnr FROM client JOIN employee ON client_id = client.id WHERE employee.id = ?", SOMEBODY)
    return dict(row)


def card(fnr, *, percent=33, issued="2026-03-01", year="2026", result="skattekortopplysningerOK"):
    said = {"trekkode": "LOENN_FRA_HOVEDARBEIDSGIVER", "trekktabell": {"tabellnummer": "8140", "prosentsats": percent}}
    return {
        "arbeidstakeridentifikator": fnr,
        "inntektsaar": year,
        "resultatForSkattekort": result,
        "skattekort": {"utstedtDato": issued, "forskuddstrekk": [said]},
    }


def bring(api, *answers, employer, key="k", **more):
    items = [
        {"key": f"{key}{number}", "place": f"arbeidsgiver/0/arbeidstaker/{number}", "employer": employer, "answer": one}
        for number, one in enumerate(answers)
    ]
    answer = api.post("/v1/tax-card-imports", {"items": items}, **more)
    assert answer.status_code == 200, answer.text
    return answer.json()["results"]


def test_a_card_that_is_news_is_filed_and_one_that_is_not_is_unchanged(leader, whose):
    (first,) = bring(leader, card(whose["fnr"]), employer=whose["orgnr"])
    assert (first["outcome"], first["changed"], first["client"]["id"]) == ("done", True, MINE)
    assert first["employee"]["id"] == SOMEBODY
    assert first["card"]["applies"]["percent"] == "33.00"
    assert first["previous"]["applies"]["percent"] != "33.00"
    assert first["fnr"] == f"{whose['fnr'][:6]} *****"
    (again,) = bring(leader, card(whose["fnr"]), employer=whose["orgnr"], key="another")
    assert (again["outcome"], again["changed"]) == ("unchanged", False)
    (told,) = [one for one in leader.all("/v1/tax-cards", client=MINE) if one["employee"]["id"] == SOMEBODY]
    assert told["applies"] == first["card"]["applies"]


def test_an_item_sent_again_is_only_told_again(leader, whose, sql):
    (first,) = bring(leader, card(whose["fnr"]), employer=whose["orgnr"])
    count = sql("SELECT count(*) AS n FROM tax_card")[0]["n"]
    (again,) = bring(leader, card(whose["fnr"]), employer=whose["orgnr"])
    assert (again["outcome"], again["replayed"]) == (first["outcome"], True)
    assert sql("SELECT count(*) AS n FROM tax_card")[0]["n"] == count


def test_everything_that_cannot_be_taken_in_is_named_with_its_place_and_spoils_no_other(leader, whose):
    fnr = whose["fnr"]
    results = bring(
        leader,
        *("nonsense", {"arbeidstakeridentifikator": fnr}, card("01829512345"), card(fnr, issued="2020-01-01")),
        *(card(fnr, percent="x"), card(fnr, result="ugyldigFoedselsEllerDnummer"), card(fnr, percent=34)),
        employer=whose["orgnr"],
    )
    assert [one.get("code") for one in results] == [
        *("answer_unreadable", "answer_unreadable", "employee_not_found", "card_older", "answer_unreadable"),
        *("ugyldigFoedselsEllerDnummer", None),
    ]
    for number, one in enumerate(results):
        assert one["place"] == f"arbeidsgiver/0/arbeidstaker/{number}"
        if one.get("code") == "answer_unreadable":
            assert one["message"].startswith(one["place"])
    assert results[-1]["outcome"] == "done"
    assert not IN_CLEAR.search(json.dumps(results))


@pytest.mark.parametrize("employer", ["999999999", "x", "", "01829512345"])
def test_an_employer_nobody_is_belongs_to_no_client(leader, whose, employer):
    (result,) = bring(leader, card(whose["fnr"]), employer=employer)
    assert (result["outcome"], result["client"], result["employee"]) == ("refused", None, None)
    assert not IN_CLEAR.search(json.dumps(result))


def test_a_site_is_its_clients(leader, whose, sql):
    (site,) = sql("SELECT orgnr FROM site WHERE client_id = ? ORDER BY orgnr LIMIT 1", MINE)
    (result,) = bring(leader, card(whose["fnr"]), employer=site["orgnr"])
    assert result["client"]["id"] == MINE


def test_only_who_has_access_brings_cards(administrator, whose):
    (result,) = bring(administrator, card(whose["fnr"]), employer=whose["orgnr"])
    assert (result["outcome"], result["code"], result["employee"]) == ("refused", "no_access", None)


def test_a_card_of_another_year_is_that_years(leader, whose):
    (result,) = bring(leader, card(whose["fnr"], year=2027), employer=whose["orgnr"])
    assert (result["outcome"], result["previous"]) == ("done", None)
    (told,) = leader.all("/v1/tax-cards", client=MINE, year=2027)
    assert told["employer_role"] in {"main", "side", "unknown"}


def as_sent(answer):
    """JSON has no number that is infinite, or none."""
    return json.loads(json.dumps(answer), parse_constant=str)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answer=anything.map(as_sent))
def test_whatever_a_file_holds_is_answered_and_tells_nobodys_number(leader, whose, answer):
    items = [{"key": f"k{next(NUMBERS)}", "place": "0", "employer": whose["orgnr"], "answer": answer}]
    given_back = leader.post("/v1/tax-card-imports", {"items": items})
    assert given_back.status_code in {200, 400, 422}
    assert not IN_CLEAR.search(given_back.text)
