"""Calendars: whatever a name holds, another program reads the same events back, each on its day and under its name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from formatters.hostile import HOSTILE
from formatters.sample import AS_OF, LISTING, PROVENANCE, RECORD, ROWS, Said, said
from icalendar import Calendar, Event

from bureau_cli.errors import BadUsage
from bureau_cli.formatters.chooser import Format
from bureau_cli.formatters.results import Agenda, Column, Kind, Listing
from bureau_cli.formatters.text import clean
from bureau_cli.formatters.view import View

ICS = View(output=Format.ICS, lang="en")
NAME = Column("name")
NAMES = Agenda(day=Column("from", Kind.DATE, lambda row: row.day), title=(NAME,), uid=NAME)


def events(written: Said) -> list[Event]:
    calendar = Calendar.from_ical(written.out)
    assert calendar.errors == []
    return calendar.events


def test_a_row_is_an_event_of_its_day_and_one_without_a_day_is_none() -> None:
    first, second = events(said(LISTING, ICS))
    assert (first["dtstart"].dt, first["dtstamp"].dt) == (date(2026, 11, 20), AS_OF)
    assert first["summary"] == "active · employees: 1,204"
    assert "Name: Blåbær & Sønner AS\nOrgnr: 310000001\n" in first["description"]
    assert "end" not in second
    assert {event["transp"] for event in (first, second)} == {"TRANSPARENT"}


def test_only_what_is_asked_for_is_told_of_an_event() -> None:
    assert events(said(LISTING, replace(ICS, fields=("orgnr",))))[0]["description"] == "Orgnr: 310000001"


def test_an_event_has_its_name_for_good_and_tells_nothing_by_it() -> None:
    changed = SimpleNamespace(**(vars(ROWS[0]) | {"last_pay_date": date(2026, 12, 1)}))
    before, moved = (events(said(replace(LISTING, rows=rows), ICS))[0] for rows in (ROWS, [changed]))
    elsewhere = events(said(LISTING, ICS, provenance=replace(PROVENANCE, profile="prod")))[0]
    assert before["uid"] == moved["uid"] != elsewhere["uid"]
    assert "310000001" not in before["uid"]


def test_hostile_names_are_folded_and_escaped_and_break_out_of_nothing() -> None:
    rows = [SimpleNamespace(name=name, day=date(2026, 11, 20)) for name in HOSTILE]
    written = said(Listing(schema="x.list", columns=(NAME,), rows=rows, as_of=AS_OF, agenda=NAMES), ICS)
    assert [event["summary"] for event in events(written)] == list(map(clean, HOSTILE))
    lines = written.out.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)


def test_an_answer_without_days_is_no_calendar() -> None:
    for result in (RECORD, replace(LISTING, agenda=None)):
        with pytest.raises(BadUsage, match="no days to put into a calendar"):
            said(result, ICS)
