"""`deadlines`: what is due when, the same told by day, by client and as a calendar."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from icalendar import Calendar

WINDOW = ("--from", "2026-10-12", "--to", "2026-12-16")


def by_day_and_kind(rows: list[dict[str, Any]]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    together = defaultdict(list)
    for row in rows:
        together[row["due"], row["kind"]].append(row)
    return together


def met_at_each(rows: list[dict[str, Any]]) -> list[Any]:
    """Of a client with several deadlines on a day: False before None before True."""
    met = defaultdict(set)
    for row in rows:
        met[row["number"]].add(row["met"])
    return [next(one for one in (False, None, True) if one in said) for said in met.values()]


def test_a_day_is_the_sum_of_its_clients_and_says_of_how_many_the_amount_is(bureau: Any) -> None:
    told, each_told = (bureau("deadlines", *WINDOW, *more, "-o", "json") for more in ((), ("--each",)))
    days, each = told.json["data"], each_told.json["data"]
    withheld = {row["number"] for row in each if row["withheld"]}
    covered = {row["number"] for row in each if row["amount"] is not None} | withheld
    coverage = f"amounts of {len(covered - withheld)} of {len(covered)} clients: you may not see the pay of the others"
    assert coverage in told.err
    assert coverage in each_told.err
    together = by_day_and_kind(each)
    assert [(day["due"], day["kind"]) for day in days] == sorted(together)
    assert {day["kind"] for day in days} == {
        "pay_day", "forskuddstrekk", "utleggstrekk", "a_melding", "term", "tax_cards",
    }  # fmt: skip
    for day in days:
        rows = together[day["due"], day["kind"]]
        amounts = [Decimal(row["amount"]) for row in rows if row["amount"] is not None]
        assert day["amount"] == (f"{sum(amounts):.2f}" if amounts else None)
        assert day["amount_clients"] == len({row["number"] for row in rows if row["amount"] is not None})
        assert day["withheld_clients"] == len({row["number"] for row in rows if row["withheld"]})
        assert day["numbers"] == sorted({row["number"] for row in rows})
        met = met_at_each(rows)
        assert (day["met"], day["unmet"], day["unknown"]) == (met.count(True), met.count(False), met.count(None))
        assert day["clients"] == len(day["numbers"]) == day["met"] + day["unmet"] + day["unknown"]


def test_it_says_at_how_many_clients_and_whose_amounts_are_withheld(bureau: Any) -> None:
    told = bureau("deadlines", "--kind", "pay_day", "--from", "2026-11-20", "--to", "2026-11-20")
    assert told.err == (
        "1 deadline at 73 clients\nwarning: amounts of 8 of 72 clients: you may not see the pay of the others\n"
    )
    assert bureau("deadlines", "--clients", "10001").err == "4 deadlines at 1 client\n"


def test_a_calendar_has_an_event_a_day_and_kind_and_keeps_their_names(bureau: Any) -> None:
    line = "deadlines", *WINDOW, "--clients", "10001,10023", "--lang", "en"
    days, first = bureau(*line, "-o", "json").json["data"], Calendar.from_ical(bureau(*line, "-o", "ics").out)
    assert first.errors == []
    assert [event["dtstart"].dt.isoformat() for event in first.events] == [day["due"] for day in days]
    assert {event["dtstamp"].dt for event in first.events} == {datetime(2026, 11, 23, 11, tzinfo=UTC)}
    pay_day = next(event for event in first.events if event["dtstart"].dt == date(2026, 10, 30))
    assert pay_day["summary"] == "pay day · clients: 1"
    assert "Amount: " in pay_day["description"]
    assert "Storgata Ventilasjon AS" in pay_day["description"]
    later = Calendar.from_ical(bureau(*line, "--kind", "pay_day", "-o", "ics").out)
    assert {event["uid"] for event in later.events} < {event["uid"] for event in first.events}


def test_calendars_of_different_clients_do_not_take_each_others_events(bureau: Any) -> None:
    one, other, both, turned = (
        {
            event["uid"]
            for event in Calendar.from_ical(bureau("deadlines", "--clients", clients, "-o", "ics").out).events
        }
        for clients in ("10001", "10023", "10001,10023", "10023,10001")
    )
    assert one
    assert one.isdisjoint(other)
    assert both == turned
    assert both.isdisjoint(one | other)


def test_a_calendar_of_each_client_has_an_event_a_deadline(bureau: Any) -> None:
    line = "deadlines", "--each", "--kind", "term", "--from", "2026-12-01", "--to", "2027-01-31"
    rows, calendar = bureau(*line, "-o", "json").json["data"], Calendar.from_ical(bureau(*line, "-o", "ics").out)
    assert len({event["uid"] for event in calendar.events}) == len(calendar.events) == len(rows) > 100
    told = {event["summary"] for event in calendar.events}
    assert told >= {"termin · =SUM(A1:A9) Bygg AS", "termin · Blomster 🌷 AS"}


def test_an_empty_selection_has_an_empty_calendar(bureau: Any) -> None:
    empty = bureau("deadlines", "--clients", "-", "-o", "ics")
    assert (empty.code, Calendar.from_ical(empty.out).events) == (0, [])


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--from", "2026-12-01", "--to", "2026-11-01"), "--to 2026-11-01 lies before --from 2026-12-01"),
        (("--from", "tomorrow"), "--from tomorrow is no day"),
        (("--kind", "rent"), "rent"),
        (("--fields", "number"), "there is no field 'number'"),
        (("--each", "-o", "toml"), "cannot be kept as a toml file"),
    ],
)
def test_what_cannot_be_meant_is_refused(bureau: Any, words: tuple[str, ...], complaint: str) -> None:
    refused = bureau("deadlines", *words)
    assert (refused.code, refused.text) == (2, "")
    assert complaint in refused.err
