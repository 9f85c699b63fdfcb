"""`report terminoppgave`: what is to be paid of a term, differences first, and sums that equal each other."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import groupby
from typing import Any

import pytest

TERM = "report", "terminoppgave", "--term", "2026-T5"
PARTS = ["by_term", "by_pay_date"]
LEVIES = ("aga", "finansskatt", "forskuddstrekk", "utleggstrekk")


def rows(bureau: Any, *words: str) -> list[dict[str, Any]]:
    answer = bureau(*TERM, *words, "-o", "json")
    assert answer.code == 0, answer.err
    return list(answer.json["data"])


def money(rows: list[dict[str, Any]], key: str) -> Decimal:
    return sum((Decimal(row[key]) for row in rows if row[key] is not None), Decimal(0))


def test_a_client_that_differs_comes_first_and_its_differences_before_what_it_pays(bureau: Any) -> None:
    found = rows(bureau)
    clients = [number for number, _ in groupby(row["number"] for row in found)]
    assert len(clients) == len(set(clients)) == 120
    differing = {row["number"] for row in found if row["term_part"] == "differences"}
    assert differing == set(clients[: len(differing)]) != set()
    for _, lines in groupby(found, lambda row: row["number"]):
        parts = [part for part, _ in groupby(line["term_part"] for line in lines)]
        assert parts in (["differences", *PARTS], PARTS, PARTS[:1])
    (row, *_) = found
    assert (row["number"], row["levy"], row["month"], row["causes"]) == ("10005", "aga", "2026-10", ["rejected"])
    assert Decimal(row["difference"]) == Decimal(row["reported_amount"]) - Decimal(row["expected_amount"])
    assert row["messages"]
    assert row["payroll_runs"]
    assert row["amount"] is None


def test_lines_of_a_levy_add_up_to_whole_kroner_with_one_account_and_day(bureau: Any) -> None:
    by_levy = defaultdict(list)
    for row in rows(bureau, "--part", "by_term", "--owner", "me"):
        by_levy[row["number"], row["levy"]].append(row)
    assert by_levy
    for lines in by_levy.values():
        total = money(lines, "amount")
        assert total == total.to_integral_value()
        assert {line["due"] for line in lines} == {"2026-11-16"}
        assert len({(line["account"], line["kid"]) for line in lines}) == 1
        assert {line["pay_date"] for line in lines} == {None}


def test_part_2_has_a_line_a_pay_date_due_on_a_later_day(bureau: Any) -> None:
    found = rows(bureau, "--part", "by_pay_date", "--owner", "me")
    assert {row["levy"] for row in found} <= {"forskuddstrekk", "utleggstrekk"}
    assert all(row["pay_date"] < row["due"] for row in found)
    assert any(row["pay_date"] == "2026-09-18" and row["due"] == "2026-09-21" for row in found)


def test_totals_of_clients_owners_and_the_bureau_equal_each_other_and_the_lines(bureau: Any) -> None:
    lines = rows(bureau)
    by = {scope: rows(bureau, "--by", scope) for scope in ("client", "owner", "bureau")}
    for levy in LEVIES:
        paid = money([line for line in lines if line["levy"] == levy], "amount")
        assert {money(totals, levy) for totals in by.values()} == {paid}
    for part in PARTS:
        paid = money([line for line in lines if line["term_part"] == part], "amount")
        assert {money(totals, part) for totals in by.values()} == {paid}
    (whole,) = by["bureau"]
    assert (whole["covered"], whole["covered_of"]) == (11, 120)
    for totals in by.values():
        assert sum(total["covered"] for total in totals) == 11
        assert sum(total["covered_of"] for total in totals) == 120
        assert sum(total["differ"] or 0 for total in totals) == whole["differ"] == 1


def test_what_is_withheld_is_missing_with_a_reason_and_never_nought(bureau: Any) -> None:
    told = bureau(*TERM, "-o", "json")
    assert "warning: amounts of 11 of 120 clients: you may not see the pay of the others\n" in told.err
    assert told.err.endswith("2026-T5 · 11 of 120 clients: 1 differs from their feedback\n")
    withheld = [row for row in told.json["data"] if row["withheld"]]
    assert len(withheld) == len({row["number"] for row in withheld}) == 109
    assert {row["withheld"] for row in withheld} == {"no_access"}
    assert {row[key] for row in withheld for key in ("amount", "base", "due", "kid", "difference")} == {None}
    hidden = [total for total in rows(bureau, "--by", "client") if not total["covered"]]
    assert len(hidden) == 109
    assert {total[levy] for total in hidden for levy in (*LEVIES, "by_term", "by_pay_date", "differ")} == {None}


@pytest.mark.parametrize(
    ("term", "client", "told"),
    [
        ("2024-T6", "10001", "2024-T6 · 1 client: nothing is known\n"),
        ("2025-T5", "10001", "2025-T5 · 1 client: 0 differ from their feedback, 1 with an unknown month\n"),
        (
            "2026-T5",
            "10015",
            (
                "warning: amounts of 0 of 1 client: you may not see the pay of it\n"
                "2026-T5 · 0 of 1 client: nothing can be told\n"
            ),
        ),
    ],
)
def test_of_what_nobody_can_tell_it_is_not_said_that_nothing_differs(
    bureau: Any, term: str, client: str, told: str
) -> None:
    assert bureau("report", "terminoppgave", "--term", term, "--clients", client, "-o", "json").err == told


def test_a_sum_of_a_known_and_an_unknown_month_says_so(bureau: Any) -> None:
    def total(term: str) -> dict[str, Any]:
        (row,) = bureau("report", "terminoppgave", "--term", term, "--by", "bureau", "-o", "json").json["data"]
        return dict(row)

    whole, half, none = total("2025-T6"), total("2025-T5"), total("2024-T6")
    assert (whole["incomplete"], whole["differ"]) == (0, 0)
    assert (half["incomplete"], half["differ"]) == (11, 0)
    assert half["aga"] is not None
    assert (none["incomplete"], none["differ"], none["aga"]) == (11, None, None)


def test_a_line_of_zone_1a_tells_what_is_left_of_the_fribelop(bureau: Any) -> None:
    found = rows(bureau, "--owner", "me", "--part", "by_term")
    in_1a = [row for row in found if row["zone"] == "1a"]
    assert {row["levy_rate"] for row in in_1a} == {"10.60", "14.10"}
    assert {row["fribelop_left"] for row in in_1a if row["levy_rate"] == "14.10"} == {"0.00"}
    assert {row["fribelop_left"] for row in found if row["zone"] != "1a"} == {None}


def test_a_term_up_to_2025_is_in_one_part(bureau: Any) -> None:
    answer = bureau("report", "terminoppgave", "--term", "2025-T6", "--owner", "me", "-o", "json").json["data"]
    paid = [row for row in answer if row["term_part"] != "differences"]
    assert {row["term_part"] for row in paid} == {"by_term"}
    assert {row["levy"] for row in paid} >= {"aga", "forskuddstrekk"}
    assert {row["due"] for row in paid} <= {"2026-01-15", None}


def test_the_answer_says_by_which_rules_and_for_how_long_they_hold(bureau: Any) -> None:
    meta = bureau(*TERM, "--owner", "me", "-o", "json").json["meta"]
    assert meta["selection"] == "owner me, term 2026-T5"
    assert [note.partition(":")[0] for note in meta["notes"]] == [
        "rates and fribeløp of arbeidsgiveravgift", "finansskatt", "account",
        "when forskuddstrekk and utleggstrekk are due",
    ]  # fmt: skip
    assert all(" to " in note and note.count(",") for note in meta["notes"])


def test_without_a_term_it_is_the_one_that_today_is_in(bureau: Any) -> None:
    found = bureau("report", "terminoppgave", "--owner", "me", "-o", "json").json["data"]
    assert {row["term"] for row in found} == {"2026-T6"}


def test_a_selection_of_nobody_has_no_lines(bureau: Any) -> None:
    empty = bureau(*TERM, "--clients", "-", "-o", "json")
    assert (empty.code, empty.json["data"], empty.err) == (0, [], "no client fits the selection\n")


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (("--term", "2026-5"), 2, "fix: --term 2026-T5, which is 2026-09 and 2026-10"),
        (("--term", "2026-05"), 2, "fix: 2026-05 is a month; its term is --term 2026-T3"),
        (("--term", "2026-T7"), 2, "error: --term 2026-T7 is no term"),
        (("--term", "2099-T1"), 2, "law_unknown"),
        (("--term", "2019-T1"), 2, "law_unknown"),
        (("--by", "bureau", "--part", "by_term"), 2, "--by adds up every part"),
        (("--by", "group"), 2, "group"),
        (("--part", "3"), 2, "by_pay_date"),
        (("--owner", "nobody"), 5, "nobody"),
        (("--clients", "99999"), 5, "99999"),
        (("--fields", "number,sum"), 2, "there is no field 'sum'"),
    ],
)
def test_what_cannot_be_meant_is_refused(bureau: Any, words: tuple[str, ...], code: int, complaint: str) -> None:
    refused = bureau("report", "terminoppgave", *words)
    assert (refused.code, refused.text) == (code, "")
    assert complaint in refused.err


def test_a_line_limit_says_how_many_there_are(bureau: Any) -> None:
    whole = len(rows(bureau, "--owner", "me"))
    told = bureau(*TERM, "--owner", "me", "--limit", "3")
    assert len(told.lines) == 4
    assert f"3 of {whole}" in told.err


@pytest.mark.parametrize(
    ("part", "titles"),
    [
        ("differences", ["Nr.", "Navn", "Krav", "Måned", "Avvik", "Årsak"]),
        ("by_term", ["Nr.", "Navn", "Krav", "Måned", "Type", "Sone", "Sats", "Beløp", "Frist"]),
        ("by_pay_date", ["Nr.", "Navn", "Krav", "Beløp", "Utbetalt", "Frist"]),
    ],
)
def test_a_part_by_itself_has_no_columns_of_the_others(bureau: Any, part: str, titles: list[str]) -> None:
    asked = *TERM, "--clients", "10005", "--part", part
    head, _, *lines = bureau(*asked, "-o", "plain").lines
    assert head.split() == titles
    assert not any("\N{EN DASH}" in line.split() for line in lines if "avrunding" not in line)
    whole = bureau(*TERM, "--clients", "10005", "-o", "json").json["data"]
    assert bureau(*asked, "-o", "json").json["data"] == [row for row in whole if row["term_part"] == part]


@pytest.mark.parametrize(("format_", "lang"), [("plain", "nb"), ("markdown", "en"), ("tsv", "nb")])
def test_a_clients_term_looks_as_it_did(bureau: Any, golden: Any, format_: str, lang: str) -> None:
    printed = bureau(*TERM, "--clients", "10005,10029", "-o", format_, "--lang", lang)
    golden(f"report/terminoppgave.{lang}.{format_}.txt", printed.text)


def test_the_totals_on_a_page_look_as_they_did(bureau: Any, golden: Any) -> None:
    golden("report/terminoppgave.owners.txt", bureau(*TERM, "--by", "owner", "-o", "plain").text)
