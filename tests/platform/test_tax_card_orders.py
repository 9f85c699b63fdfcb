"""Orders of tax cards: nobody twice by accident, client by client, and every way they may end."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from typing import ClassVar

import pytest

from bureau_cli.platform.authority import UnavailableError
from bureau_cli.platform.authority.demo import DemoAuthority
from bureau_cli.platform.authority.known import KNOWN
from bureau_cli.platform.embedded import Platform

from .conftest import Api
from .tax_cards import (
    CHANGED,
    EMPLOYER_INVALID,
    MANY_KINDS,
    MINE,
    NOT_ANSWERED,
    STRANGE,
    candidate,
    fetched,
    finished,
    item,
    job,
    left_out,
    order,
    people,
)


def outcomes(results, what="code"):
    return [(one["outcome"], one.get(what)) for one in results]


def ordered_from_the_authority(sql):
    """How often each number was asked for: the demo's authority keeps every answer it worked out."""
    answers = [json.loads(row["answer"]) for row in sql("SELECT answer FROM demo_authority_order")]
    return [
        one["arbeidstakeridentifikator"]
        for answer in answers
        for employer in answer["arbeidsgiver"]
        for one in employer["arbeidstaker"]
    ]


@pytest.fixture
def faults(admin):
    """Rules for what goes wrong, in place of those there were."""
    return lambda *rules: admin.set_faults(rules)


def test_an_order_is_sent_asked_for_and_filed_client_by_client(leader, clock):
    items = [
        item(client, people(leader, client)) for client in (CHANGED, STRANGE, "cl_00001d", "cl_000003", MANY_KINDS)
    ]
    items += [item(client, people(leader, client)) for client in ("cl_000000", "cl_000002", MINE)]
    accepted = order(leader, *items)
    assert accepted.headers["location"] == f"/v1/jobs/{accepted.json()['id']}"
    seen = []
    for _ in range(6):
        shown = job(leader, accepted)
        done = sum(shown["counts"][outcome] for outcome in ("done", "unchanged", "refused"))
        seen.append((shown["state"], done, len(leader.all(f"/v1/jobs/{shown['id']}/results", limit=500)) > 0))
        clock.advance(seconds=1)
    assert seen == [
        *[("queued", 0, False), ("running", 0, False), ("running", 0, False), ("running", 0, False)],
        *[("completed_with_errors", 8, True)] * 2,
    ]


def test_of_many_people_so_many_clients_are_filed_a_second(leader, clock, sql):
    sql(
        "UPDATE access SET user_id = 'us_0002', role = 'member' WHERE user_id <> 'us_0002' AND id IN"
        " (SELECT min(id) FROM access GROUP BY client_id)"
    )
    rows = [row for row in leader.all("/v1/tax-card-candidates") if row["people"]]
    accepted = order(leader, *(item(row["client"]["id"], row["people"]) for row in rows))
    counted = []
    for _ in range(9):
        clock.advance(seconds=1)
        counts = job(leader, accepted)["counts"]
        counted.append(counts["total"] - counts["done"] - counts["unchanged"] - counts["refused"])
    assert counted[2] == len(rows) > counted[3] > counted[4] >= counted[-1] == 0
    assert counted == sorted(counted, reverse=True)


def test_nobody_is_ordered_twice_however_a_request_is_repeated(leader, clock, sql):
    everybody = people(leader, MINE)
    accepted = order(leader, item(MINE, everybody, key="a"), key="request")
    again = order(leader, item(MINE, everybody, key="a"), key="request")
    assert again.headers["idempotent-replayed"] == "true"
    assert again.json()["id"] == accepted.json()["id"]
    first = finished(leader, clock, accepted)[1]
    regrouped = order(leader, item(MINE, everybody, key="a"), item(CHANGED, people(leader, CHANGED), key="b"))
    shown, results = finished(leader, clock, regrouped)
    assert shown["counts"]["total"] == 2
    told_again = [one for one in results if one["client"] == MINE]
    assert [{**one, "replayed": True} for one in first] == told_again
    numbers = ordered_from_the_authority(sql)
    assert len(numbers) == len(set(numbers)) == len(results)


def test_an_item_that_is_repeated_while_it_is_under_way_is_waited_for(leader, clock):
    everybody = people(leader, MINE)
    order(leader, item(MINE, everybody, key="a"))
    clock.advance(seconds=1)
    repeated = order(leader, item(MINE, everybody, key="a"))
    assert job(leader, repeated)["counts"] == {"total": 1, "done": 0, "unchanged": 0, "refused": 0}
    shown, results = finished(leader, clock, repeated)
    assert shown["state"] == "completed"
    assert len(results) == len(everybody)


def test_another_key_orders_nobody_who_was_ordered_today_or_is_under_way(leader, clock, sql):
    everybody = people(leader, MINE)
    accepted = order(leader, item(MINE, everybody, key="a"))
    assert left_out(leader, MINE)["order_under_way"] == everybody
    under_way = order(leader, item(MINE, everybody, key="b"))
    finished(leader, clock, accepted)
    assert left_out(leader, MINE)["ordered_today"] == everybody
    today = order(leader, item(MINE, everybody, key="c"))
    for refused, code in ((under_way, "order_under_way"), (today, "ordered_today")):
        shown, results = finished(leader, clock, refused)
        assert (shown["state"], shown["counts"]["refused"]) == ("completed_with_errors", 1)
        assert outcomes(results) == [("refused", code)] * len(everybody)
    assert len(ordered_from_the_authority(sql)) == len(everybody)


def test_of_many_who_order_the_same_people_at_once_one_does(leader, clock, path, sql):
    everybody = people(leader, MINE)

    def elsewhere(number):
        with Platform.open(path, clock=clock) as other, asyncio.Runner() as runner:
            api = Api(other.asgi(), other.token(other.demo_login, timedelta(hours=1)), runner)
            return order(api, item(MINE, everybody, key=f"a-{number}"), key=f"r-{number}").status_code

    with ThreadPoolExecutor(max_workers=4) as crowd:
        assert set(crowd.map(elsewhere, range(8))) == {202}
    clock.advance(seconds=20)
    shown = leader.all("/v1/jobs")
    assert sorted(one["state"] for one in shown) == ["completed", *["completed_with_errors"] * 7]
    assert sorted(ordered_from_the_authority(sql)) == sorted(set(ordered_from_the_authority(sql)))
    assert len(ordered_from_the_authority(sql)) == len(everybody)


def test_the_same_person_in_two_items_of_one_order_is_ordered_once(leader, clock, sql):
    one, *others = people(leader, MINE)
    accepted = order(leader, item(MINE, [one], key="a"), item(MINE, [one, *others], key="b"))
    results = finished(leader, clock, accepted)[1]
    assert [code for _, code in outcomes(results)] == [None, "order_under_way", *[None] * len(others)]
    assert len(ordered_from_the_authority(sql)) == 1 + len(others)


def test_who_got_no_card_today_is_told_from_who_did_until_another_order_gives_one(leader, clock, sql):
    everybody = people(leader, MANY_KINDS)
    results = finished(leader, clock, order(leader, item(MANY_KINDS, everybody)))[1]
    refused = [one["employee"]["id"] for one in results if one["outcome"] == "refused"]
    assert 0 < len(refused) < len(everybody)
    for key in "bc":
        assert set(left_out(leader, MANY_KINDS)["refused_today"]) == set(refused)
        assert set(left_out(leader, MANY_KINDS)["ordered_today"]) == set(everybody) - set(refused)
        typed_again = finished(leader, clock, order(leader, item(MANY_KINDS, everybody, key=key)))[1]
        assert {one["employee"]["id"] for one in typed_again if one["code"] == "refused_today"} == set(refused)
        assert {one["code"] for one in typed_again} == {"ordered_today", "refused_today"}
    assert len(ordered_from_the_authority(sql)) == len(everybody)
    sql("UPDATE tax_card_order_result SET outcome = 'done', code = NULL WHERE outcome = 'refused' AND result <> ''")
    assert set(left_out(leader, MANY_KINDS)["ordered_today"]) == set(everybody)


def test_a_client_that_was_refused_whole_is_ordered_once_more_today_only_with_again(leader, clock, sql):
    everybody = people(leader, EMPLOYER_INVALID)
    finished(leader, clock, order(leader, item(EMPLOYER_INVALID, everybody)))
    assert left_out(leader, EMPLOYER_INVALID)["refused_today"] == everybody
    again = finished(leader, clock, order(leader, item(EMPLOYER_INVALID, everybody, again=True)))[1]
    assert outcomes(again) == [("refused", "ugyldigOrganisasjonsnummer")]
    assert len(ordered_from_the_authority(sql)) == 2 * len(everybody)


def test_again_orders_who_was_ordered_today_but_nobody_under_way(leader, clock, sql):
    everybody = people(leader, MINE)
    accepted = order(leader, item(MINE, everybody, key="a"))
    early = order(leader, item(MINE, everybody, key="b", again=True))
    assert outcomes(finished(leader, clock, early)[1]) == [("refused", "order_under_way")] * len(everybody)
    finished(leader, clock, accepted)
    again = order(leader, item(MINE, everybody, key="c", again=True))
    assert outcomes(finished(leader, clock, again)[1]) == [("unchanged", None)] * len(everybody)
    assert len(ordered_from_the_authority(sql)) == 2 * len(everybody)


def test_tomorrow_and_another_year_are_not_today(leader, clock):
    finished(leader, clock, order(leader, item(MINE, people(leader, MINE), key="a")))
    assert people(leader, MINE) == []
    assert people(leader, MINE, year=2025) != []
    clock.advance(hours=12)
    assert people(leader, MINE) != []


def test_a_key_that_stands_for_something_else_orders_nobody(leader, clock, sql):
    one, *others = people(leader, MINE)
    finished(leader, clock, order(leader, item(MINE, [one], key="a")))
    refused = order(leader, item(CHANGED, people(leader, CHANGED), key="b"), item(MINE, others, key="a"))
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency_mismatch")
    assert refused.json()["errors"][0]["pointer"] == "/items/1/key"
    assert sql("SELECT count(*) AS n FROM tax_card_order")[0]["n"] == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("UPDATE client SET delegation = 'missing' WHERE id = 'cl_00000e'", "no_delegation"),
        ("UPDATE client SET delegation = 'pending' WHERE id = 'cl_00000e'", "no_delegation"),
        ("UPDATE client SET status = 'left', left_on = '2026-02-28' WHERE id = 'cl_00000e'", "client_left"),
        ("DELETE FROM access WHERE client_id = 'cl_00000e'", "no_access"),
    ],
)
def test_a_client_for_which_nothing_can_be_ordered_has_one_result_and_spoils_no_other(leader, clock, sql, change, code):
    everybody = people(leader, MINE)
    sql(change)
    blocked = candidate(leader, MINE)
    assert (blocked["blocked"]["code"], blocked["people"], blocked["left_out"]) == (code, [], [])
    accepted = order(leader, item(MINE, everybody), item(CHANGED, people(leader, CHANGED)), item("cl_none", ["em_1"]))
    results = finished(leader, clock, accepted)[1]
    refused = {one["client"]: one for one in results if one["outcome"] == "refused"}
    assert {client: one["code"] for client, one in refused.items()} == {MINE: code, "cl_none": "client_not_found"}
    assert refused[MINE]["employee"] is None
    assert refused[MINE]["message"] == blocked["blocked"]["message"]
    assert len(results) == 2 + len(people(leader, CHANGED, mode="changes"))


def test_an_id_nobody_at_the_client_has_is_refused_by_itself(leader, clock):
    (elsewhere, *_), here = people(leader, CHANGED), people(leader, MINE)
    results = finished(leader, clock, order(leader, item(MINE, [elsewhere, "em_none", *here])))[1]
    assert outcomes(results)[:2] == [("refused", "employee_not_found")] * 2
    assert results[0]["employee"] is None
    assert {outcome for outcome, _ in outcomes(results)[2:]} == {"unchanged"}


def test_a_job_where_every_item_is_refused_is_a_job_all_the_same(leader, clock, sql):
    shown, results = finished(leader, clock, order(leader, item("cl_none", ["em_1"])))
    assert (shown["state"], outcomes(results)) == ("completed_with_errors", [("refused", "client_not_found")])
    assert sql("SELECT * FROM demo_authority_order") == []


def test_what_is_no_order_is_refused_whole(leader):
    many = [f"em_{number}" for number in range(501)]
    for items, mode, pointer in [
        ([item(MINE, many, key="a"), item(CHANGED, many, key="b")], "all", "/items"),
        ([item(MINE)], "all", "/items/0/employees"),
        ([item(MINE, ["em_1"])], "changes", "/items/0/employees"),
        ([item(MINE, key="a"), item(CHANGED, key="b")], "changes", "/items"),
    ]:
        refused = order(leader, *items, mode=mode)
        assert (refused.status_code, refused.json()["code"]) == (400, "order_invalid")
        assert refused.json()["errors"][0]["pointer"] == pointer


def test_results_tell_what_applies_before_and_after(leader, clock):
    results = fetched(leader, clock, CHANGED)[1]
    changed = [one for one in results if one["outcome"] == "done"]
    assert changed
    for one in changed:
        assert one["changed"]
        before, after = (float(one[name]["applies"]["percent"]) for name in ("previous", "card"))
        assert after == before + 1
        assert one["card"]["fetched_at"] > one["previous"]["fetched_at"]
    for one in results:
        assert one["fnr"].endswith(" *****")
        if one["outcome"] == "unchanged":
            assert not one["changed"]
            assert one["card"]["applies"] == one["previous"]["applies"]


def test_every_kind_of_card_comes_through_in_the_authoritys_own_words(leader, clock):
    results = {one["employee"]["id"][9:12]: one for one in fetched(leader, clock, MANY_KINDS)[1]}
    assert {place: one["result"] for place, one in results.items() if one["result"] != "skattekortopplysningerOK"} == {
        "002": "ikkeSkattekort",
        "006": "ikkeTrekkplikt",
        "007": "utgaattDnummerSkattekortForFoedselsnummerErLevert",
        "008": "ugyldigFoedselsEllerDnummer",
    }
    assert results["003"]["card"]["applies"]["free_amount"] == "100000.00"
    assert results["004"]["card"]["applies"]["free_amount"] is None
    assert results["005"]["card"]["applies"]["free_amount"] == "0.00"
    assert (results["001"]["previous"], results["001"]["outcome"]) == (None, "done")
    refused = {place: one["code"] for place, one in results.items() if one["outcome"] == "refused"}
    assert refused == {place: results[place]["result"] for place in ("007", "008")}


def test_what_no_version_knows_is_carried_through_and_what_cannot_be_read_has_its_place(leader, clock):
    results = {one["employee"]["id"][9:12]: one for one in fetched(leader, clock, STRANGE)[1]}
    assert results["001"]["result"] == "skattekortUnderBehandling"
    assert results["001"]["outcome"] == "done"
    assert results["002"]["outcome"] == "done"
    (card,) = [one for one in leader.all("/v1/tax-cards", client=STRANGE) if one["employee"]["id"][9:12] == "002"]
    assert "LOENN_FRA_PLATTFORM" in [one["code"] for one in card["deductions"]]
    assert card["extra_info"] == ["kildeskattPaaLoenn", "HELT_NY_OPPLYSNING"]
    assert results["003"]["code"] == "answer_missing"
    assert results["004"]["code"] == "answer_unreadable"
    assert "forskuddstrekk/2 has not exactly one of" in results["004"]["message"]
    assert results["005"]["result"] == "vurderArbeidstillatelse"


def test_a_client_the_authority_refuses_or_leaves_out_spoils_no_other(leader, clock):
    clients = (EMPLOYER_INVALID, NOT_ANSWERED, MINE)
    shown, results = finished(leader, clock, order(leader, *(item(one, people(leader, one)) for one in clients)))
    assert shown["state"] == "completed_with_errors"
    whole = {one["client"]: one["code"] for one in results if one["employee"] is None}
    assert whole == {EMPLOYER_INVALID: "ugyldigOrganisasjonsnummer", NOT_ANSWERED: "answer_missing"}
    assert {one["outcome"] for one in results if one["client"] == MINE} == {"unchanged"}
    events = [event for event in leader.all("/v1/audit-events") if event["action"] == "taxcards.receive"]
    assert {(event["subject"], event["code"]) for event in events} == {
        (f"clients/{EMPLOYER_INVALID}/tax-cards", "authority_refused"),
        (f"clients/{NOT_ANSWERED}/tax-cards", "answer_missing"),
        (f"clients/{MINE}/tax-cards", None),
    }


def test_cards_take_their_place_before_those_the_source_tells_of_later(leader, clock, sql):
    for client in (CHANGED, MANY_KINDS, "cl_000003", "cl_00001d"):
        fetched(leader, clock, client)
    broken = sql(
        "SELECT id FROM tax_card WHERE supersedes IS NOT (SELECT id FROM tax_card AS earlier"
        " WHERE earlier.employee = tax_card.employee AND earlier.year = tax_card.year"
        " AND (earlier.fetched_at, earlier.id) < (tax_card.fetched_at, tax_card.id)"
        " ORDER BY earlier.fetched_at DESC, earlier.id DESC LIMIT 1)"
    )
    assert broken == []
    clock.advance(days=60)
    cards = leader.all("/v1/tax-cards", client=CHANGED, limit=500)
    assert len({one["employee"]["id"] for one in cards}) == len(cards)


def test_only_an_order_that_was_not_sent_can_be_cancelled_and_frees_its_people(leader, clock, sql):
    everybody = people(leader, MINE)
    accepted = order(leader, item(MINE, everybody, key="a"))
    assert leader.post(f"/v1/jobs/{accepted.json()['id']}/cancel").json()["state"] == "cancelled"
    assert people(leader, MINE) == everybody
    late = order(leader, item(MINE, everybody, key="a"))
    clock.advance(seconds=1)
    refused = leader.post(f"/v1/jobs/{late.json()['id']}/cancel")
    assert (refused.status_code, refused.json()["code"]) == (422, "rule_forbids")
    finished(leader, clock, late)
    assert len(ordered_from_the_authority(sql)) == len(everybody)


def test_a_sign_in_that_is_not_accepted_stands_at_needs_authentication_and_orders_nobody(leader, clock, faults, sql):
    everybody = people(leader, MINE)
    faults("401;path=/authority")
    shown, results = finished(leader, clock, order(leader, item(MINE, everybody, key="a")))
    assert (shown["state"], shown["detail"]["code"]) == ("needs_authentication", "authority_sign_in")
    assert outcomes(results) == [("refused", "authority_sign_in")]
    assert people(leader, MINE) == everybody
    faults()
    shown, results = finished(leader, clock, order(leader, item(MINE, everybody, key="a")))
    assert (shown["state"], len(results)) == ("completed", len(everybody))
    assert len(ordered_from_the_authority(sql)) == len(everybody)


@pytest.mark.parametrize(
    "rule", ["503;path=/authority;times=2", "429;path=/authority;times=3", "drop;path=/authority;times=2"]
)
def test_an_authority_that_cannot_be_reached_is_spoken_to_again(leader, clock, faults, sql, rule):
    everybody = people(leader, MINE)
    faults(rule)
    shown, results = finished(leader, clock, order(leader, item(MINE, everybody)))
    assert (shown["state"], len(results)) == ("completed", len(everybody))
    assert len(ordered_from_the_authority(sql)) == len(everybody)


def test_an_order_whose_reply_was_lost_is_not_a_second_order(leader, clock, faults, sql):
    everybody = people(leader, MINE)
    faults("drop_after;path=/authority;times=2")
    finished(leader, clock, order(leader, item(MINE, everybody)))
    assert len(ordered_from_the_authority(sql)) == len(everybody)


def test_faults_of_requests_do_not_strike_the_calls_to_the_authority(leader, clock, faults):
    accepted = order(leader, item(MINE, people(leader, MINE)))
    faults("503;method=POST")
    assert finished(leader, clock, accepted)[0]["state"] == "completed"


def test_an_order_the_authority_refuses_fails_and_frees_its_people(leader, clock, faults):
    everybody = people(leader, MINE)
    faults("409;path=/authority")
    shown, results = finished(leader, clock, order(leader, item(MINE, everybody)))
    assert (shown["state"], shown["detail"]["code"]) == ("failed", "authority_refused")
    assert outcomes(results) == [("refused", "UGYLDIG_FORESPOERSEL")]
    assert people(leader, MINE) == everybody


def test_an_answer_that_never_comes_is_no_answer_after_a_day(leader, clock, sql):
    accepted = order(leader, item(MINE, people(leader, MINE)))
    clock.advance(seconds=1)
    job(leader, accepted)
    sql("UPDATE demo_authority_order SET ready_at = ready_at + 1000000")
    clock.advance(hours=23)
    assert job(leader, accepted)["state"] == "running"
    clock.advance(hours=2)
    shown = job(leader, accepted)
    assert (shown["state"], shown["detail"]["code"]) == ("failed", "answer_late")


@pytest.mark.parametrize(
    ("answer", "ends"),
    [
        ([], ("failed", "answer_unreadable")),
        ({"arbeidsgiver": {}}, ("failed", "answer_unreadable")),
        ({"status": "UGYLDIG_INNTEKTSAAR"}, ("failed", "authority_refused")),
        ({"status": "NOE_NYTT"}, ("failed", "authority_refused")),
        ({"status": "ENDRINGSFORESPOERSEL_UTEN_TIDLIGERE_BESTILLING"}, ("failed", "authority_refused")),
        ({"arbeidsgiver": [{}]}, ("completed_with_errors", None)),
        ({"arbeidsgiver": []}, ("completed_with_errors", None)),
    ],
)
def test_an_answer_that_is_no_answer_ends_the_job_and_says_why(leader, clock, monkeypatch, answer, ends):
    monkeypatch.setattr(DemoAuthority, "answer", lambda *_, **__: answer)
    shown, results = finished(leader, clock, order(leader, item(MINE, people(leader, MINE))))
    assert (shown["state"], shown["detail"] and shown["detail"]["code"]) == ends
    assert [(one["employee"], one["outcome"]) for one in results] == [(None, "refused")]


class AnotherAuthority:
    """A tax authority with one card for everybody, told as the official example tells it."""

    orders: ClassVar[dict[str, dict]] = {}

    def __init__(self, _db):
        pass

    def order(self, body, *, key, now):
        assert now
        self.orders[key] = body
        return {"dialogreferanse": "D1", "bestillingsreferanse": key}

    def answer(self, reference, *, now):
        assert now
        asked = self.orders[reference]
        card = {"trekkode": "LOENN_FRA_HOVEDARBEIDSGIVER", "trekkprosent": {"prosentsats": "41"}}
        told = {"resultatForSkattekort": "skattekortopplysningerOK", "inntektsaar": asked["inntektsaar"]}
        return {
            "arbeidsgiver": [
                {
                    "arbeidsgiveridentifikator": employer["arbeidsgiveridentifikator"],
                    "arbeidstaker": [
                        {"arbeidstakeridentifikator": fnr, **told, "skattekort": {"forskuddstrekk": [card]}}
                        for fnr in employer["arbeidstakeridentifikator"]
                    ],
                }
                for employer in asked["forespoerselOmSkattekortTilArbeidsgiver"]["arbeidsgiver"]
            ]
        }


def test_another_authority_stands_behind_the_same_port(leader, clock, sql, monkeypatch):
    monkeypatch.setitem(KNOWN, "another", AnotherAuthority)
    sql("INSERT INTO setting (name, value) VALUES ('authority', 'another')")
    everybody = people(leader, MINE)
    shown, results = finished(
        leader, clock, order(leader, item(MINE, everybody), item(CHANGED, people(leader, CHANGED)))
    )
    assert shown["state"] == "completed"
    assert {one["card"]["applies"] and one["card"]["applies"]["percent"] for one in results} <= {"41.00", None}
    (body,) = AnotherAuthority.orders.values()
    assert (body["inntektsaar"], body["bestillingstype"]) == ("2026", "HENT_ALLE_OPPGITTE")
    assert body["kontaktinformasjon"]["epostadresse"].endswith(".example")
    first, second = body["forespoerselOmSkattekortTilArbeidsgiver"]["arbeidsgiver"]
    assert len(first["arbeidstakeridentifikator"]) == len(everybody)
    assert first["arbeidsgiveridentifikator"] != second["arbeidsgiveridentifikator"]


def test_an_answer_that_stays_away_for_a_while_is_asked_for_again(leader, clock, monkeypatch):
    calls = []
    given = DemoAuthority.answer

    def seldom(self, reference, *, now):
        calls.append(now)
        if len(calls) < 3:
            raise UnavailableError
        return given(self, reference, now=now)

    monkeypatch.setattr(DemoAuthority, "answer", seldom)
    assert finished(leader, clock, order(leader, item(MINE, people(leader, MINE))))[0]["state"] == "completed"
    assert all((late - early).total_seconds() >= 2 for early, late in pairwise(calls))


@pytest.mark.parametrize(("call", "is_free"), [("answer", False), ("order", False)])
def test_a_step_that_breaks_ends_its_own_job_and_stands_in_nobodys_way(leader, clock, monkeypatch, call, is_free):
    def broken(*_, **__):
        raise RuntimeError

    monkeypatch.setattr(DemoAuthority, call, broken)
    everybody = people(leader, MINE)
    shown, results = finished(leader, clock, order(leader, item(MINE, everybody)))
    assert (shown["state"], shown["detail"]["code"]) == ("failed", "internal")
    assert [one["outcome"] for one in results] == ["refused"]
    assert (people(leader, MINE) == everybody) is is_free


def test_whoever_has_left_meanwhile_orders_nothing(officer, leader, clock, sql):
    client = next(one["id"] for one in officer.all("/v1/clients", access="mine", status="active"))
    accepted = order(officer, item(client, people(officer, client)))
    sql("UPDATE user SET left_on = '2026-03-15' WHERE id = 'us_0005'")
    clock.advance(seconds=5)
    shown = leader.get(f"/v1/jobs/{accepted.json()['id']}").json()
    assert (shown["state"], shown["detail"]["code"]) == ("needs_authentication", "user_left")
    assert sql("SELECT * FROM tax_card_ordered") == []


def test_who_may_not_order_any_more_orders_nothing(officer, leader, clock, sql):
    client = next(one["id"] for one in officer.all("/v1/clients", access="mine", status="active"))
    accepted = order(officer, item(client, people(officer, client)))
    sql("UPDATE user SET role = 'none' WHERE id = 'us_0005'")
    clock.advance(seconds=5)
    shown = leader.get(f"/v1/jobs/{accepted.json()['id']}").json()
    assert (shown["state"], shown["detail"]["code"]) == ("failed", "role_forbids")


def test_results_hold_figures_back_from_whoever_has_no_access(officer, leader, administrator, clock, sql):
    sql("UPDATE access SET user_id = 'us_0005' WHERE client_id = 'cl_000003' AND user_id = 'us_0002'")
    accepted = order(officer, item("cl_000003", people(officer, "cl_000003")))
    own = finished(officer, clock, accepted)[1]
    seen = leader.all(f"/v1/jobs/{accepted.json()['id']}/results", limit=500)
    assert any(one["card"] and one["card"]["applies"] for one in own)
    for mine, theirs in zip(own, seen, strict=True):
        assert mine["withheld"] is None
        if theirs["card"]:
            assert theirs["card"]["applies"] is None
            assert "card.applies" in theirs["withheld"]["fields"]
    assert administrator.get(f"/v1/jobs/{accepted.json()['id']}").status_code == 200


def test_changes_need_an_order_of_all_and_tell_what_is_new_since(leader, clock):
    shown, results = finished(leader, clock, order(leader, item(CHANGED), mode="changes"))
    assert (shown["state"], outcomes(results)) == ("completed_with_errors", [("refused", "no_earlier_order")])
    assert not candidate(leader, CHANGED)["ordered_before"]
    everybody = fetched(leader, clock, CHANGED)[1]
    assert candidate(leader, CHANGED)["ordered_before"]
    clock.advance(days=1)
    nothing_new = finished(leader, clock, order(leader, item(CHANGED, key="next-day"), mode="changes"))[1]
    assert {one["outcome"] for one in nothing_new} == {"unchanged"}
    assert len(nothing_new) == len(everybody)
    clock.advance(days=31)
    new = finished(leader, clock, order(leader, item(CHANGED, key="next-month"), mode="changes"))[1]
    assert {one["outcome"] for one in new} <= {"done", "unchanged"}


def test_changes_once_a_day(leader, clock):
    fetched(leader, clock, MINE)
    finished(leader, clock, order(leader, item(MINE, key="a"), mode="changes"))
    refused = finished(leader, clock, order(leader, item(MINE, key="b"), mode="changes"))[1]
    assert outcomes(refused) == [("refused", "ordered_today")]
    again = finished(leader, clock, order(leader, item(MINE, key="c", again=True), mode="changes"))[0]
    assert again["state"] == "completed"


def test_one_event_a_client_that_is_ordered_and_one_when_its_cards_arrive(leader, clock):
    everybody = people(leader, MINE)
    finished(leader, clock, order(leader, item(MINE, everybody)))
    events = leader.all("/v1/audit-events")
    assert [(event["action"], event["subject"]) for event in events] == [
        ("taxcards.order", f"clients/{MINE}/tax-cards"),
        ("taxcards.receive", f"clients/{MINE}/tax-cards"),
    ]
    assert events[0]["after"]["employees"] == everybody
    assert events[1]["after"]["unchanged"] == len(everybody)
