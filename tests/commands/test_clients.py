"""`clients list` and `clients show`: the clients asked for, all of them, no others, and pay only for who may see it."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest
from commands.oracle import (
    ME,
    MEMBER,
    OWNER,
    in_group,
    in_zones,
    numbered,
    numbers_where,
    paid_on,
    who_sees_what,
    with_access,
)
from commands.outside import Counted
from openpyxl import Workbook, load_workbook

from bureau_cli.app import Wiring

ALL = 120
FILTERS = {
    "--all-clients": "true",
    "--group payday-20": in_group("payday-20"),
    "--group payday-20 --group payday-31": f"{in_group('payday-20')} AND {in_group('payday-31')}",
    "--not-group payday-20": f"NOT {in_group('payday-20')}",
    "--not-group payday-20 --not-group paused": f"NOT {in_group('payday-20')} AND NOT {in_group('paused')}",
    "--owner me": with_access(ME, OWNER),
    "--owner anne.aas": with_access("anne.aas", OWNER),
    "--member me": with_access(ME, MEMBER),
    "--member marte.kirkerud": with_access("marte.kirkerud", MEMBER),
    "--payday 20": paid_on(20),
    "--status active": "status = 'active'",
    "--status left --status onboarding": "status IN ('left', 'onboarding')",
    "--access mine": with_access(ME),
    "--access none": f"NOT {with_access(ME)}",
    "--where 'name == \"Rør [as]\"'": "name = 'Rør [as]'",
    "--where 'employees >= 50'": "active_employees >= 50",
    "--where 'not (payday == 20)'": f"NOT {paid_on(20)}",
    "--where 'access == \"owner\"'": with_access(ME, OWNER),
    '--where \'group == "finance" or (zone in ("4", "5") and status != "left")\'': (
        f"{in_group('finance')} OR {in_zones('4', '5')} AND status != 'left'"
    ),
    "--group payday-20 --owner anne.aas --status active": (
        f"{in_group('payday-20')} AND {with_access('anne.aas', OWNER)} AND status = 'active'"
    ),
    "--clients 10001,10002,10013 --group payday-20": f"{numbered(10001, 10002, 10013)} AND {in_group('payday-20')}",
    "--clients 10001,10002,10013 --where 'payday == 20'": f"{numbered(10001, 10002, 10013)} AND {paid_on(20)}",
    "--clients 10001,10002 --access mine --owner me": f"{numbered(10001, 10002)} AND {with_access(ME, OWNER)}",
    "--owner me --not-group paused --where 'employees < 10' --payday 20 --access mine": (
        f"{with_access(ME, OWNER)} AND NOT {in_group('paused')} AND active_employees < 10 AND {paid_on(20)}"
    ),
}


@pytest.mark.parametrize("said", FILTERS)
def test_a_filter_gives_exactly_the_clients_that_plain_sql_gives(bureau: Any, sql: Any, said: str) -> None:
    expected = [row["number"] for row in sql(numbers_where(FILTERS[said]))]
    assert 0 < len(expected) < ALL or said == "--all-clients", "the case proves nothing"
    listed = bureau("clients", "list", *shlex.split(said), "--fields", "number", "--no-header", "--sort", "number")
    assert (listed.code, listed.err) == (0, "")
    assert listed.lines == expected


def test_no_selection_at_all_lists_everything(bureau: Any) -> None:
    assert len(bureau("clients", "list", "-o", "ids").lines) == ALL


NAMED = ("10001", "10003", "10007")


@pytest.fixture
def tokens(sql: Any) -> list[str]:
    """One number, one orgnr, one name."""
    by_number = {row["number"]: row for row in sql("SELECT number, orgnr, name FROM client")}
    return [NAMED[0], by_number[NAMED[1]]["orgnr"], by_number[NAMED[2]]["name"]]


def as_txt(folder: Path, tokens: list[str]) -> str:
    (folder / "list.txt").write_text("# måneden\n" + "\n".join(tokens) + "\n", encoding="utf-8")
    return f"@{folder / 'list.txt'}"


def as_csv(folder: Path, tokens: list[str]) -> str:
    rows = "".join(f"{number};{token}\r\n" for number, token in enumerate(tokens))
    (folder / "list.csv").write_text(f"lnr;Klient\r\n{rows}", encoding="cp1252")
    return f"@{folder / 'list.csv'}"


def as_xlsx(folder: Path, tokens: list[str]) -> str:
    book = Workbook()
    book.active.append(["lnr", "Klient"])
    for number, token in enumerate(tokens):
        book.active.append([number, int(token) if token.isdecimal() else token])
    book.save(folder / "list.xlsx")
    return f"@{folder / 'list.xlsx'}"


def listed_numbers(outcome: Any) -> list[str]:
    assert (outcome.code, outcome.err) == (0, "")
    return [client["number"] for client in outcome.json["data"]]


LIST = ("clients", "list", "--sort", "number", "-o", "json")


@pytest.mark.parametrize("write", [as_txt, as_csv, as_xlsx])
def test_a_list_in_a_file_is_the_same_clients(bureau: Any, tokens: list[str], tmp_path: Path, write: Any) -> None:
    assert listed_numbers(bureau(*LIST, "--clients", write(tmp_path, tokens))) == list(NAMED)


def test_a_list_on_the_line_is_the_same_clients_divided_or_repeated(bureau: Any, tokens: list[str]) -> None:
    assert listed_numbers(bureau(*LIST, "--clients", ",".join(tokens))) == list(NAMED)
    assert listed_numbers(bureau(*LIST, *(word for token in tokens for word in ("--clients", token)))) == list(NAMED)


def test_a_list_on_stdin_is_the_same_clients_whatever_it_is_written_as(
    bureau: Any, tokens: list[str], tmp_path: Path
) -> None:
    for write in (as_txt, as_csv, as_xlsx):
        content = Path(write(tmp_path, tokens)[1:]).read_bytes()
        assert listed_numbers(bureau(*LIST, "--clients", "-", stdin=content)) == list(NAMED)


def test_a_name_is_found_whatever_its_case(bureau: Any, tokens: list[str]) -> None:
    assert listed_numbers(bureau(*LIST, "--clients", tokens[2].upper())) == [NAMED[2]]


def test_two_clients_of_one_name_are_told_apart_by_their_numbers(bureau: Any) -> None:
    both = bureau("clients", "show", "nordlys bakeri as")
    assert both.code == 2
    assert "10017 Nordlys Bakeri AS, 10018 Nordlys Bakeri AS" in both.err
    assert bureau("clients", "show", "10018", "-o", "json").json["data"]["number"] == "10018"


def test_ids_fed_back_select_the_same_clients(bureau: Any) -> None:
    first = bureau("clients", "list", "--group", "payday-20", "-o", "ids")
    again = bureau("clients", "list", "--clients", "-", "-o", "ids", stdin=first.out)
    assert again.out == first.out
    assert 1 < len(first.lines) < ALL


# --- who sees what ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("login", ["kari.nordmann", "peder.as", "ola.admin", "anne.aas"])
def test_everybody_sees_every_client_and_the_pay_of_those_they_have_access_to(
    bureau: Any, sql: Any, acting_as: Any, login: str
) -> None:
    rows = sql(who_sees_what(login))
    acting_as(login)
    clients = {client["number"]: client for client in bureau("clients", "list", "-o", "json").json["data"]}
    assert len(clients) == len(rows) == ALL
    for row in rows:
        client = clients[row["number"]]
        figures = (client["last_gross"], client["last_net"])
        assert (client["my_access"] is not None) == bool(row["mine"])
        if row["mine"] and row["run"]:
            assert None not in figures
        else:
            assert figures == (None, None)
        assert client["withheld"] == ("no_access" if row["run"] and not row["mine"] else None)
    assert {bool(row["mine"]) for row in rows} == ({False, True} if login != "peder.as" else {False})


def test_an_unknown_pay_is_never_nought_in_any_format(bureau: Any) -> None:
    listing = (
        "clients",
        "list",
        "--clients",
        "10011,10012",
        "--fields",
        "number,last_net,withheld",
        "--sort",
        "number",
    )
    assert bureau(*listing).lines[1:] == ["10011\t\tno_access", "10012\t\tno_access"]
    assert bureau(*listing, "-o", "csv").lines[1:] == ["10011,,no_access", "10012,,no_access"]
    assert [client["last_net"] for client in bureau(*listing, "-o", "json").json["data"]] == [None, None]
    for spoken in ("table", "plain", "markdown"):
        assert "0.00" not in (shown := bureau(*listing, "-o", spoken).text)
        assert "0,00" not in shown


# --- how it is shown -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sort", ["name", "number", "orgnr", "status", "owner", "active_employees", "onboarded"])
def test_sorting_down_is_sorting_up_in_reverse(bureau: Any, sort: str) -> None:
    up, down = (
        bureau("clients", "list", f"--sort={sign}{sort}", "--fields", f"{sort},orgnr").lines for sign in ("", "-")
    )
    assert up[1:] == down[:0:-1]
    keys = [line.split("\t")[0] for line in up[1:]]
    if sort in {"number", "orgnr", "status", "onboarded"}:
        assert keys == sorted(keys)
    elif sort == "active_employees":
        assert [int(key) for key in keys] == sorted(map(int, keys))
    assert len(set(keys)) > 1


@pytest.mark.parametrize("place", ["before", "between", "after"])
def test_options_mean_the_same_before_and_after_the_command(bureau: Any, place: str) -> None:
    options = ("--fields", "number,name", "--limit", "3", "-o", "csv")
    line = {
        "before": (*options, "clients", "list"),
        "between": ("clients", *options, "list"),
        "after": ("clients", "list", *options),
    }[place]
    told = bureau(*line)
    assert (told.code, told.err) == (0, f"3 of {ALL}\n")
    assert told.text == "number,name\n10013,'-Minus AS\n10002,'=SUM(A1:A9) Bygg AS\n10011,'@kontor AS\n"


def test_the_option_nearest_the_command_wins(bureau: Any) -> None:
    assert bureau("--limit", "9", "clients", "--limit", "5", "list", "--limit", "2", "-o", "ids").err == f"2 of {ALL}\n"


def test_a_limit_says_what_it_left_out_to_people_and_to_programs(bureau: Any) -> None:
    cut = bureau("clients", "list", "--limit", "50", "-o", "json")
    assert cut.err == "50 of 120\n"
    assert (len(cut.json["data"]), cut.json["meta"]["truncated"], cut.json["meta"]["total"]) == (50, True, ALL)
    whole = bureau("clients", "list", "--limit", ALL, "-o", "json")
    assert (whole.err, whole.json["meta"]["truncated"]) == ("", False)


def test_a_limit_is_told_under_quiet_too(bureau: Any) -> None:
    assert bureau("clients", "list", "--limit", "50", "-q").err == "50 of 120\n"


def test_a_limit_asks_for_no_more_than_it_shows(bureau: Any) -> None:
    counted = Counted()
    assert bureau("clients", "list", "--limit", "3", wiring=Wiring(around=counted.around)).code == 0
    assert counted.requests == ["GET /v1/clients"]


def test_pages_make_the_list_one_answer_would(bureau: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = bureau("clients", "list")
    monkeypatch.setenv("BUREAU_PAGE_SIZE", "7")
    counted = Counted()
    assert bureau("clients", "list", wiring=Wiring(around=counted.around)).out == at_once.out
    assert len(counted.requests) == -(-ALL // 7)


def test_the_answer_says_what_it_is_about(bureau: Any) -> None:
    meta = bureau("clients", "list", "--group", "payday-20", "--not-group", "paused", "-o", "json").json["meta"]
    assert (meta["profile"], meta["selection"]) == ("demo", "payday-20 minus paused")
    assert bureau("clients", "list", "--not-group", "paused", "-o", "json").json["meta"]["selection"] == (
        "all clients minus paused"
    )


FEW = ("clients", "list", "--clients", "10001,10002,10012,10016,10037", "--sort", "number")
FIELDS = ("--fields", "number,name,orgnr,status,paydays,owner,left,last_pay_date,last_net,withheld,altinn_settings")
ENDINGS = {
    "table": "table.txt", "plain": "plain.txt", "tsv": "tsv", "csv": "csv", "json": "json", "ndjson": "ndjson",
    "markdown": "md", "ids": "ids.txt",
}  # fmt: skip


@pytest.mark.parametrize("spoken", ENDINGS)
def test_the_golden_list(bureau: Any, golden: Any, spoken: str) -> None:
    listed = bureau(*FEW, *FIELDS, "-o", spoken)
    assert (listed.code, listed.err) == (0, "")
    golden(f"clients/list.{ENDINGS[spoken]}", listed.text)


def test_the_golden_client(bureau: Any, golden: Any) -> None:
    golden("clients/show.plain.txt", bureau("clients", "show", "10001", "-o", "plain").text)
    golden("clients/show.json", bureau("clients", "show", "10001", "-o", "json").text)


def test_a_workbook_holds_the_same_clients(bureau: Any, tmp_path: Path) -> None:
    book = tmp_path / "klienter.xlsx"
    assert bureau(*FEW, *FIELDS, "--out", book).code == 0
    rows = list(load_workbook(book).worksheets[0].iter_rows(values_only=True))
    listed = bureau(*FEW, *FIELDS, "-o", "json").json["data"]
    assert [row[:3] for row in rows[1:6]] == [(client["number"], client["name"], client["orgnr"]) for client in listed]


def test_a_file_and_a_pipe_get_the_same_bytes(bureau: Any, tmp_path: Path) -> None:
    for spoken in ("csv", "tsv", "json", "ndjson", "md"):
        out = tmp_path / f"clients.{spoken}"
        written = bureau(*FEW, "--out", out)
        assert (written.code, written.out) == (0, b"")
        assert out.read_bytes() == bureau(*FEW, "-o", "markdown" if spoken == "md" else spoken).out
