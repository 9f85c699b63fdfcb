"""`report forbrukslogg`: what was used, what that costs, and where an invoice says otherwise."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bureau_cli.commands._report_answers import unknown_months
from bureau_cli.domain.dashboard import Coverage

LOG = "report", "forbrukslogg", "--period", "2026-10"
PRICES = """
[prices]
payslip = 25.50
travel = 12
expense = "7.10"
[groups.payday-20]
payslip = 20
[clients.10001]
payslip = 15
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("prices.toml").write_text(PRICES, encoding="utf-8")


def rows(bureau: Any, *words: str) -> list[dict[str, Any]]:
    answer = bureau(*words, "-o", "json")
    assert answer.code == 0, answer.err
    return list(answer.json["data"])


def usage(bureau: Any, *more: str) -> Counter[tuple[str, str, str]]:
    """What the list of usage has, by client, month and kind."""
    counts: Counter[tuple[str, str, str]] = Counter()
    asked = bureau("api", "GET", "/v1/usage", "-f", "limit=500", *more).json["items"]
    for one in asked:
        counts[one["client"]["number"], one["month"], one["kind"]] += one["count"]
    return counts


def test_a_line_is_what_a_client_used_of_a_kind_in_a_month(bureau: Any) -> None:
    found = rows(bureau, "report", "forbrukslogg", "--from", "2026-09", "--to", "2026-10", "--owner", "me")
    told = {(row["number"], row["month"], row["kind"]): row["count"] for row in found}
    listed = usage(bureau, "-f", "from=2026-09", "-f", "to=2026-10", "-f", "owner=me")
    assert told == {key: count for key, count in listed.items() if key[2] != "absence"}
    assert {row["month"] for row in found} == {"2026-09", "2026-10"}
    assert "price" not in found[0]
    absences = rows(bureau, *LOG, "--owner", "me", "--kind", "absence")
    assert {row["kind"] for row in absences} == {"absence"}


def test_the_price_nearest_to_a_client_counts(bureau: Any) -> None:
    found = rows(bureau, *LOG, "--prices", "prices.toml")
    assert all(Decimal(row["amount"]) == Decimal(row["price"]) * row["count"] for row in found)
    prices = {(row["number"], row["kind"]): row["price"] for row in found}
    in_group = {row["number"] for row in rows(bureau, "clients", "list", "--group", "payday-20")}
    assert prices["10001", "payslip"] == "15.00"
    for (number, kind), price in prices.items():
        if kind == "payslip" and number != "10001":
            assert price == ("20.00" if number in in_group else "25.50")
    assert {price for (_, kind), price in prices.items() if kind == "expense"} == {"7.10"}


@pytest.mark.parametrize("by", ["client", "owner", "bureau"])
def test_totals_equal_the_lines_however_they_are_added_up(bureau: Any, by: str) -> None:
    lines = rows(bureau, *LOG, "--prices", "prices.toml")
    totals = rows(bureau, *LOG, "--prices", "prices.toml", "--by", by)
    for kind in ("payslip", "travel", "expense"):
        of_kind = [row for row in lines if row["kind"] == kind]
        added = [row for row in totals if row["kind"] == kind]
        assert sum(row["count"] for row in added) == sum(row["count"] for row in of_kind)
        assert sum(Decimal(row["amount"]) for row in added) == sum(Decimal(row["amount"]) for row in of_kind)
        assert sum(row["covered_of"] for row in added) == 120


def test_a_kind_without_a_price_has_no_amount_and_that_is_said(bureau: Any) -> None:
    Path("prices.toml").write_text("[prices]\npayslip = 25\n", encoding="utf-8")
    told = bureau(*LOG, "--prices", "prices.toml", "-o", "json")
    unpriced = [row for row in told.json["data"] if row["kind"] == "travel"]
    assert {row["amount"] for row in unpriced} == {None}
    assert f"warning: no price of travel: {len(unpriced)} lines without an amount\n" in told.err


def test_our_own_answer_taken_as_an_invoice_has_no_differences(bureau: Any) -> None:
    for name in ("invoice.csv", "invoice.xlsx"):
        assert bureau(*LOG, "--prices", "prices.toml", "--out", name, "--sort", "number").code == 0
        told = bureau(*LOG, "--prices", "prices.toml", "--against", name)
        assert (told.code, len(told.lines)) == (0, 1), told.err
        assert told.err.startswith("0 of ")


def test_an_invoice_is_shown_only_where_it_differs_in_units_and_in_ore(bureau: Any) -> None:
    lines = bureau(*LOG, "--owner", "me", "--prices", "prices.toml", "-o", "json").json["data"]
    written = ["Klientnr;Måned;Art;Antall;Beløp"]
    for at, row in enumerate(lines[1:], start=1):
        count = row["count"] + (1 if at == 1 else 0)
        amount = Decimal(row["amount"]) + (Decimal("0.01") if at == 2 else 0)
        kind = {"payslip": "Lønnsslipper", "travel": "Reiseregning", "expense": "Utlegg"}[row["kind"]]
        written.append(f"{row['number']};{row['month']};{kind};{count};{str(amount).replace('.', ',')}")
    Path("faktura.csv").write_text("\n".join(written), encoding="utf-8")
    told = bureau(*LOG, "--owner", "me", "--prices", "prices.toml", "--against", "faktura.csv", "-o", "json")
    found = {(row["number"], row["kind"]): row for row in told.json["data"]}
    assert told.code == 9
    assert told.err == f"3 of {len(lines)} lines differ from faktura.csv\n"
    missing, more, dearer = (found[row["number"], row["kind"]] for row in lines[:3])
    assert (missing["finding"], missing["units"], missing["place"]) == ("not_invoiced", -lines[0]["count"], None)
    assert (more["finding"], more["units"], more["place"]) == ("too_many", 1, "faktura.csv:2")
    assert (dearer["finding"], dearer["units"], dearer["amount_difference"]) == ("other_price", 0, "0.01")


def test_lines_about_something_else_are_passed_over_and_counted(bureau: Any) -> None:
    assert bureau(*LOG, "--prices", "prices.toml", "--out", "invoice.csv").code == 0
    told = bureau(*LOG, "--owner", "me", "--kind", "travel", "--prices", "prices.toml", "--against", "invoice.csv")
    whole = len(Path("invoice.csv").read_text(encoding="utf-8").splitlines()) - 1
    (compared,) = (int(word) for word in told.err.split()[2:3])
    assert told.code == 0
    assert f"{whole - compared} lines of invoice.csv passed over: about other clients, months or kinds\n" in told.err


def test_whoever_is_no_client_is_a_difference_and_the_others_are_compared(bureau: Any) -> None:
    assert bureau(*LOG, "--prices", "prices.toml", "--out", "invoice.csv").code == 0
    with Path("invoice.csv").open("a", encoding="utf-8") as invoice:
        ours = Path("invoice.csv").read_text(encoding="utf-8").splitlines()
        titles, last = ours[0].split(","), ours[-1].split(",")
        for orgnr in ("999999999", "888888888"):
            cells = dict(zip(titles, last, strict=True)) | {"number": orgnr, "orgnr": orgnr, "name": "Ukjent AS"}
            invoice.write(",".join(cells[title] for title in titles) + "\n")
    told = bureau(*LOG, "--prices", "prices.toml", "--against", "invoice.csv", "-o", "json")
    assert told.code == 9, told.err
    found = [(row["finding"], row["number"], row["name"], row["units"]) for row in told.json["data"]]
    assert found == [("unknown_client", None, "888888888", None), ("unknown_client", None, "999999999", None)]
    assert told.err.startswith("2 of ")


def test_who_may_not_look_into_clients_is_told_so_and_nothing_is_taken_for_agreement(
    bureau: Any, acting_as: Any
) -> None:
    assert bureau(*LOG, "--out", "invoice.csv").code == 0
    acting_as("per.myhre")
    told = bureau(*LOG, "-o", "json")
    hidden = [row for row in told.json["data"] if row["withheld"]]
    assert {row["withheld"] for row in hidden} == {"no_access"}
    assert {row["count"] for row in hidden} == {None}
    assert f"counts of {120 - len(hidden)} of 120 clients: you have no access to the others" in told.err
    unknown = bureau(*LOG, "--against", "invoice.csv")
    assert unknown.code == 10
    assert f"{len(hidden)} clients cannot be compared: you have no access, or a month is not known" in unknown.err


def test_months_that_nothing_is_known_of_are_not_nought(bureau: Any) -> None:
    told = bureau("report", "forbrukslogg", "--period", "2020-01", "--owner", "me", "-o", "json")
    assert {row["count"] for row in told.json["data"]} == {None}
    assert told.err == "warning: nothing is known of 2020-01 at any client\n"
    totals = rows(bureau, "report", "forbrukslogg", "--period", "2020-01", "--by", "bureau")
    assert {row["count"] for row in totals} == {None}


def test_a_sum_of_known_and_unknown_months_says_so(bureau: Any) -> None:
    told = bureau("report", "forbrukslogg", "--from", "2025-09", "--to", "2025-10", "--by", "owner", "-o", "json")
    assert all(row["count"] is not None for row in told.json["data"])
    assert {row["incomplete"] == row["covered"] for row in told.json["data"]} == {True}
    known = bureau("report", "forbrukslogg", "--period", "2025-10", "--by", "owner", "-o", "json")
    assert {row["incomplete"] for row in known.json["data"]} == {0}
    assert [row["count"] for row in known.json["data"]] == [row["count"] for row in told.json["data"]]


@pytest.mark.parametrize(
    ("months", "of", "said"),
    [
        (
            {"2025-09": 3, "2025-10": 1, "2025-08": 3},
            3,
            ["2025-08, 2025-09 at any client", "2025-10 at 1 of 3 clients"],
        ),
        ({"2025-09": 1}, 2, ["2025-09 at 1 of 2 clients"]),
        ({}, 2, []),
    ],
)
def test_of_an_unknown_month_it_is_said_at_how_many_clients(months: dict[str, int], of: int, said: list[str]) -> None:
    told = list(unknown_months(months, Coverage(clients=of, of=9)))
    assert told == [f"nothing is known of {text}" for text in said]


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (("--period", "2026-10", "--from", "2026-09"), 2, "--period is one month, --from and --to are several"),
        (("--to", "2026-09"), 2, "--to 2026-09 does not say where to begin"),
        (("--from", "2026-10", "--to", "2026-09"), 2, "--to 2026-09 lies before --from 2026-10"),
        (("--from", "2026-T5"), 2, "fix: 2026-T5 is a term of two months: --from 2026-09 or --from 2026-10"),
        (("--from", "2020-01", "--to", "2026-10"), 2, "window_too_long"),
        (("--kind", "coffee"), 2, "coffee"),
        (("--prices", "none.toml"), 2, "none.toml: No such file or directory"),
        (("--against", "bad.csv", "--by", "owner"), 2, "--against shows differences a client"),
        (("--against", "bad.csv"), 2, "bad.csv:2: 'coffee' is no kind"),
        (("--against", "shared.csv"), 5, "shared.csv:3: Nordlys Bakeri AS: several clients are called this"),
        (("--prices", "broken.toml"), 2, "broken.toml: Expected"),
        (("--prices", "group.toml"), 5, "group.toml: groups.no-such"),
        (("--prices", "client.toml"), 5, "client.toml: clients.99999"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_place(
    bureau: Any, words: tuple[str, ...], code: int, complaint: str
) -> None:
    files = {
        "bad.csv": "client,kind,count\n10001,coffee,3\n",
        "shared.csv": "client,kind,count\n99999,payslip,3\nNordlys Bakeri AS,payslip,3\n",
        "broken.toml": "[prices\n",
        "group.toml": "[groups.no-such]\npayslip = 3\n",
        "client.toml": "[clients.99999]\npayslip = 3\n",
    }
    for name, text in files.items():
        Path(name).write_text(text, encoding="utf-8")
    refused = bureau("report", "forbrukslogg", *words)
    assert (refused.code, refused.text) == (code, "")
    assert complaint in refused.err


def test_a_client_with_two_prices_is_refused_until_it_has_one_of_its_own(bureau: Any) -> None:
    prices = Path("prices.toml")
    orgnr = rows(bureau, "clients", "list", "--clients", "10001")[0]["orgnr"]
    prices.write_text(f'[clients.10001]\npayslip = 3\n[clients."{orgnr}"]\npayslip = 3\n', encoding="utf-8")
    twice = bureau(*LOG, "--prices", "prices.toml")
    assert (twice.code, "has prices already" in twice.err) == (2, True)
    bureau("groups", "create", "large")
    bureau("groups", "add", "large", "--clients", "10002", "--yes")
    torn = "[groups.payday-20]\npayslip = 3\n[groups.large]\npayslip = 4\n"
    prices.write_text(torn, encoding="utf-8")
    refused = bureau(*LOG, "--prices", "prices.toml")
    assert refused.code == 2
    assert (
        "groups.large.payslip: 10002 =SUM(A1:A9) Bygg AS is in payday-20, too, where it has another price"
        in refused.err
    )
    assert "fix: give it a price of its own: [clients.10002]" in refused.err
    prices.write_text(f"{torn}[clients.10002]\npayslip = 5\n", encoding="utf-8")
    assert {row["price"] for row in rows(bureau, *LOG, "--clients", "10002", "--prices", "prices.toml")} == {"5.00"}
