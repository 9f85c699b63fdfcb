"""`a-melding`: the messages that stand, and what is wrong with them by cause."""

from __future__ import annotations

import shlex
from collections import defaultdict
from dataclasses import fields
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest
from commands.oracle import ME, OWNER, with_access
from openpyxl import load_workbook

from bureau_cli.domain.a_meldinger import AMelding, Deviation
from bureau_cli.domain.clients import ClientReference
from bureau_cli.formatters.chooser import Format
from bureau_cli.services.month_end.triage import causes_of

NOW = "(SELECT value FROM setting WHERE name = 'pinned_at')"
MESSAGES = f"""
    SELECT a_melding.id FROM a_melding JOIN client ON client.id = a_melding.client_id WHERE created_at <= {NOW} AND
"""  # noqa: S608 - written above
OCTOBER = "month = '2026-10'"
ANSWERED = f"feedback_at <= {NOW}"
FOUND = "a_melding.seq IN (SELECT message FROM deviation WHERE {})"
FILTERS = {
    "--period last": OCTOBER,
    "--period 2026-09 --state rejected": f"month = '2026-09' AND {ANSWERED} AND result = 'rejected'",
    "--period last --severity rejection": f"{OCTOBER} AND {ANSWERED} AND " + FOUND.format("severity = 'rejection'"),
    "--period last --code MAGNET_EDAG-311": f"{OCTOBER} AND {ANSWERED} AND " + FOUND.format("code = 'MAGNET_EDAG-311'"),
    "--period last --payday 12": (
        f"{OCTOBER} AND EXISTS (SELECT 1 FROM pay_group WHERE client_id = client.id AND payday = 12)"  # noqa: S608 - above
    ),
    "--period last --owner me": f"{OCTOBER} AND {with_access(ME, OWNER)}",
}
SEVERITIES = ["rejection", "immediate", "guideline"]
NUMBERS = ("01819010001", "178255 10079")


def messages(bureau: Any, *said: str) -> list[dict[str, Any]]:
    return bureau("a-melding", "list", "--period", "last", *said, "-o", "json").json["data"]


def causes(bureau: Any, *said: str) -> list[dict[str, Any]]:
    return bureau("a-melding", "triage", "--period", "last", *said, "-o", "json").json["data"]


def test_each_filter_leaves_exactly_what_plain_sql_leaves(bureau: Any, sql: Any) -> None:
    for said, condition in FILTERS.items():
        listed = bureau("a-melding", "list", "--all", *shlex.split(said), "-o", "ids")
        expected = {row["id"] for row in sql(MESSAGES + condition)}
        assert (listed.code, len(listed.lines), set(listed.lines)) == (0, len(expected), expected), said
        assert expected, said


def test_only_messages_that_stand_are_listed_unless_all_are_asked_for(bureau: Any) -> None:
    every, standing = messages(bureau, "--all"), messages(bureau)
    assert {row["standing"] for row in every} >= {"counts", "replaced", "lost", "made_good"}
    assert standing == [row for row in every if row["standing"] not in {"replaced", "made_good"}]
    shown = bureau("a-melding", "show", every[0]["message"], "-o", "json")
    assert (shown.code, shown.json["data"]) == (0, every[0])
    assert bureau("a-melding", "show", "am_nothing").code == 5


def test_how_many_are_left_is_told_also_where_the_list_is_cut_short(bureau: Any) -> None:
    whole = len(messages(bureau))
    cut = bureau("a-melding", "list", "--period", "last", "--limit", "3", "-o", "json").json["meta"]
    assert (cut["count"], cut["total"], cut["truncated"]) == (3, whole, True)


def test_a_cause_is_what_messages_that_stand_have_in_common(bureau: Any) -> None:
    at: dict[tuple[str, ...], set[str]] = defaultdict(set)
    times: dict[tuple[str, ...], int] = defaultdict(int)
    for row in messages(bureau):
        for found in row["deviations"]:
            about = found["severity"], found["code"], found["text"]
            at[about].add(row["number"])
            times[about] += found["count"]
    rows = causes(bureau)
    told = {(row["severity"], row["code"], row["text"]): row for row in rows}
    assert {about: set(row["numbers"]) for about, row in told.items()} == at
    assert {about: row["occurrences"] for about, row in told.items()} == times
    assert all(row["clients"] == len(row["numbers"]) == len(row["names"]) for row in rows)
    order = [(SEVERITIES.index(row["severity"]), -row["clients"]) for row in rows]
    assert order == sorted(order)
    assert {row["clients"] for row in rows if row["code"] == "MAGNET_EDAG-311"} == {14}
    assert causes(bureau, "--severity", "immediate") == [row for row in rows if row["severity"] == "immediate"]


def test_the_workbook_turns_the_causes_about_by_client(bureau: Any, tmp_path: Path) -> None:
    file = tmp_path / "triage.xlsx"
    assert bureau("a-melding", "triage", "--period", "last", "--out", file).code == 0
    lines = list(load_workbook(file).worksheets[1].iter_rows(values_only=True))
    codes = lines[0][2:]
    turned = {(line[0], code) for line in lines[1:] for code, cell in zip(codes, line[2:], strict=True) if cell}
    assert turned == {(number, row["code"]) for row in causes(bureau) for number in row["numbers"]}


def test_what_was_rejected_and_then_received_is_no_cause_any_more(bureau: Any) -> None:
    made_good = {row["number"] for row in messages(bureau, "--all") if row["standing"] == "made_good"}
    lost = {row["number"] for row in messages(bureau) if row["standing"] == "lost"}
    (rejection,) = causes(bureau, "--severity", "rejection")
    assert made_good - lost
    assert set(rejection["numbers"]) == lost


def test_the_line_tells_who_has_not_sent_or_got_no_answer(bureau: Any, acting_as: Any) -> None:
    asked = ("api", "GET", "/v1/period-status", "-f", "period=2026-10", "-f", "limit=500")
    states = [row["a_melding"] for row in bureau(*asked).json["items"]]
    told = bureau("a-melding", "triage", "--period", "last", "-o", "ids")
    numbers = {number for row in causes(bureau) for number in row["numbers"]}
    assert told.err == (
        f"2026-10: 5 causes at {len(numbers)} clients, {states.count('not_sent')} not sent"
        f" ({states.count('not_sent')} late), {states.count('sent')} without feedback\n"
    )
    assert set(told.lines) == numbers
    acting_as("per.myhre")
    rows = bureau(*asked).json["items"]
    assert f"{sum(row['withheld'] is not None for row in rows)} that you may not look into" in bureau(
        "a-melding", "triage", "--period", "last"
    ).err  # fmt: skip


def test_a_severity_that_is_new_comes_first_as_it_was_said() -> None:
    def message(number: int, *severities: str) -> AMelding:
        client = ClientReference(id=f"c_{number}", number=str(number), name="", orgnr="")
        deviations = tuple(Deviation(severity=severity, code="X", text="y", count=1) for severity in severities)
        standing = {"standing": "counts", "feedback_at": None, "deviations": deviations}
        return AMelding(**(dict.fromkeys(field.name for field in fields(AMelding)) | standing | {"client": client}))

    causes = causes_of([message(1, "rejection", "fatal"), message(2, "rejection", "guideline")])
    assert [(cause.severity, len(cause.clients)) for cause in causes] == [
        ("fatal", 1), ("rejection", 2), ("guideline", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("wanted", sorted({*Format} - {Format.TOML, Format.ICS}))
def test_a_number_of_a_person_is_never_shown_and_makes_no_cause_of_its_own(
    bureau: Any, sql: Any, tmp_path: Path, wanted: Format
) -> None:
    seqs = [row["message"] for row in sql("SELECT message FROM deviation WHERE code = 'MAGNET_EDAG-311'")]
    for at, seq in enumerate(seqs):
        text = f"Feil hos {NUMBERS[at % 2]}, se ordningen."
        sql("UPDATE deviation SET text = ? WHERE message = ? AND code = 'MAGNET_EDAG-311'", text, seq)
    assert len(causes(bureau, "--severity", "immediate")) == 1
    for verb in ("list", "triage"):
        file = tmp_path / verb
        line = ("a-melding", verb, "--period", "last", "--severity", "immediate", "-o", wanted, "--out", file)
        assert bureau(*line).code == 0
        written = "".join(contents(file))
        assert [number for number in NUMBERS if number in written] == []
        assert wanted is Format.IDS or verb == "list" or "se ordningen" in written


def contents(path: Path) -> list[str]:
    if is_zipfile(path):
        with ZipFile(path) as archive:
            return [archive.read(name).decode(errors="replace") for name in archive.namelist()]
    return [path.read_text(encoding="utf-8")]
