"""What goes wrong at the clients where it is planted, as plain SQL finds it; and that little goes wrong elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from oracle.store import HERE, blocks

from bureau_cli.platform.sources.demo import planted

REPORTED, NEXT = "2026-10", "2026-11"
"""The last month whose a-melding was due before the demo's day, and the one that is due next."""
STATES = {
    "rejected": {planted.REJECTED, planted.RUN_LOST, planted.REPLACEMENT_REJECTED},
    "not_sent": {planted.NEVER_SENT, planted.UNREPORTED_CORRECTION},
    "received_immediate": planted.IMMEDIATE,
    "sent": {planted.NO_FEEDBACK},
    "received_guideline": planted.GUIDELINE,
    "received": {planted.REJECTED_THEN_RECEIVED, planted.REPLACED_TWICE, planted.NO_PAY},
}
MESSAGES = {  # of the month reported, as they were sent: the result, and whether another is replaced
    planted.REJECTED: [("rejected", False)],
    planted.REJECTED_THEN_RECEIVED: [("rejected", False), ("received", False)],
    planted.RUN_LOST: [("rejected", False), ("received", False)],
    planted.REPLACED_TWICE: [("received", False), ("received", True), ("received", True)],
    planted.REPLACEMENT_REJECTED: [("received", False), ("rejected", True)],
    planted.NO_FEEDBACK: [(None, False)],
    planted.NO_PAY: [("received", False)],
}
RARE = {
    "LATE_RUN", "AWAITING_APPROVAL", "PAYSLIPS_NOT_SENT", "WITHHOLDING_UNPAID", "UNREPORTED_CORRECTION", "NOT_MADE",
    "NOT_SUBMITTED", "NOT_LOCKED", "LOCKED_WITHOUT_APPROVAL", "NOT_PAID", "NO_MESSAGE",
}  # fmt: skip
RUNS = dict(blocks("planted", (HERE / "planted.sql").read_text(encoding="utf-8")))


def client(index):
    return f"cl_{index:06x}"


def asked(db, query, *values):
    """One column as a set."""
    return {row[0] for row in db.execute(query, values)}


@pytest.mark.parametrize("state", STATES)
def test_a_client_is_in_the_state_that_was_planted(state, audited):
    in_it = asked(audited, "SELECT client_id FROM month_state WHERE month = ? AND state = ?", REPORTED, state)
    assert in_it >= {client(index) for index in STATES[state]}


def test_most_months_that_are_over_are_received(audited):
    counted = dict(
        audited.execute("SELECT state, count(*) FROM month_state WHERE month < ? GROUP BY state", (REPORTED,))
    )
    assert (counted["received"] + counted["received_guideline"]) / sum(counted.values()) > 0.9


def test_a_month_that_is_not_due_is_not_sent(audited):
    month_of = "SELECT state FROM month_state WHERE month = ? AND client_id = ?"
    assert asked(audited, month_of, NEXT, client(planted.NOT_YET_SENT)) == {"not_sent"}


@pytest.mark.parametrize("index", MESSAGES)
def test_messages_follow_each_other_as_planted(index, audited):
    messages = audited.execute(
        "SELECT iif(state = 'sent', NULL, state), replaces IS NOT NULL FROM message"
        " WHERE month = ? AND client_id = ? ORDER BY sent_at",
        (REPORTED, client(index)),
    )
    assert [tuple(row) for row in messages] == MESSAGES[index]


def test_one_immediate_deviation_is_shared_and_others_differ(audited):
    codes = "SELECT DISTINCT code FROM deviation JOIN a_melding ON seq = message WHERE month = ? AND severity = ?"
    assert (
        len(asked(audited, f"{codes} AND client_id IN {tuple(map(client, planted.IMMEDIATE))}", REPORTED, "immediate"))
        == 1
    )
    assert len(asked(audited, codes, REPORTED, "guideline")) >= 2


@pytest.mark.parametrize("name", RUNS)
def test_it_is_found_where_it_is_planted_and_seldom_elsewhere(name, audited):
    where_it_is = asked(audited, RUNS[name])
    assert client(getattr(planted, name)) in where_it_is
    assert name not in RARE or len(where_it_is) <= 12


def test_agriculture_never_steps(audited):
    rates = "SELECT DISTINCT rate FROM line WHERE client_id = ?"
    assert asked(audited, rates, client(planted.AGRICULTURE)) == {1060}


def test_every_kind_of_tax_card_is_there(audited):
    cards = audited.execute(
        "SELECT result, deductions ->> ('$[' || applies || '].kind') AS kind,"
        " deductions ->> ('$[' || applies || '].free_amount') AS left_over, supersedes IS NOT NULL AS changed"
        " FROM tax_card JOIN card_content ON card_content.id = content WHERE client_id = ? AND year = 2026",
        (client(planted.TAX_CARDS),),
    ).fetchall()
    assert {card["result"] for card in cards} >= {"skattekortopplysningerOK", "ikkeSkattekort", "ikkeTrekkplikt"}
    assert {card["result"] for card in cards} >= {
        "utgaattDnummerSkattekortForFoedselsnummerErLevert", "ugyldigFoedselsEllerDnummer",
    }  # fmt: skip
    free = {card["left_over"] for card in cards if card["kind"] == "free_card"}
    assert {None, 0} < free, "without a limit, with nothing left, with something left"
    assert {card["kind"] for card in cards} >= {"table", "percent"}
    assert any(card["changed"] for card in cards)
    without = "SELECT seq FROM employee WHERE client_id = ? AND seq NOT IN (SELECT employee FROM tax_card)"
    assert asked(audited, without, client(planted.TAX_CARDS))


def test_clients_come_and_go(audited):
    statuses = dict(audited.execute("SELECT id, status FROM client"))
    for index, status in planted.STATUSES.items():
        assert statuses[client(index)] == status


def test_the_page_says_truly_at_which_step_each_fails(audited):
    page = (Path(__file__).parents[2] / "docs" / "demo.md").read_text(encoding="utf-8").partition("## Which gate")[2]
    rows = re.findall(r"^\| ([a-z-]+) \| ([^|]*\b1\d{4}\b[^|]*) \|", page, re.MULTILINE)
    assert len(rows) == 8
    of_step = (
        "SELECT number FROM step_state JOIN client ON client.id = client_id WHERE place < 4 AND step = ? AND month >= ?"
    )
    for step, clients in rows:
        failing = asked(audited, of_step, step.replace("-", "_"), REPORTED)
        assert failing >= set(re.findall(r"\d{5}", clients)), step


def test_the_page_says_truly_where_a_terminoppgave_differs(audited):
    page = (
        (Path(__file__).parents[2] / "docs" / "demo.md")
        .read_text(encoding="utf-8")
        .partition("In the terminoppgave")[2]
    )
    told = re.findall(r"(\d{5}(?: and \d{5})?) \(([a-z ]+)\)", page.partition("\n\n")[0])
    assert len(told) == 4
    of_reason = "SELECT number FROM untold JOIN client ON client.id = client_id WHERE month = ? AND reason = ?"
    for clients, reason in told:
        differing = asked(audited, of_reason, REPORTED, reason.replace(" ", "_"))
        assert differing >= set(clients.split(" and ")), reason
