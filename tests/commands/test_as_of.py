"""A snapshot answers as the platform answered, without asking it; what it cannot tell it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands.kept import OFFLINE, PERIOD
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from running import Bureau

GROUPS = ("payday-20", "paused", "finance", "new-2026", "payday-31")
LOGINS = ("me", "anne.aas", "marte.kirkerud", "per.myhre")

LISTS = (
    "clients list",
    "clients list --group payday-20 --not-group paused --status active --sort -active_employees",
    "clients list --owner me --payday 20 --access mine",
    "clients list --member kari.nordmann --sort owner --limit 5",
    "clients list --clients 10002,10005 --sort number",
    "clients show 10007",
    "groups list --sort -count",
    "groups show payday-20",
    "users list --active yes --role officer",
    "users show me",
    "access list",
    "access list --user me --role owner --sort to",
    "access list --state ended",
    "access list --ending-within 400d",
    "access list --stale 90d --group payday-20",
    "owners list --verdict differs",
    "altinn list --delegation missing --group payday-20",
    f"runs list --period {PERIOD} --state locked --type ordinary --payday 20 --group payday-20",
    "runs list --from 2026-10-05 --to 2026-10-20 --sort -pay_date",
    "runs show pr_00000526100",
    "a-melding show am_00000026100",
    f"a-melding list --period {PERIOD} --severity immediate --payday 12",
    f"a-melding list --period {PERIOD} --all --state rejected --owner anne.aas",
    f"a-melding triage --period {PERIOD} --group payday-20",
    f"status --period {PERIOD} --open --group payday-20",
    f"dashboard --period {PERIOD} --by owner",
    f"dashboard --period {PERIOD} --by group",
    "deadlines --from 2026-10-01 --to 2026-11-30 --kind term --kind a_melding --each --owner anne.aas",
)


@pytest.mark.usefixtures("saved")
def test_a_snapshot_answers_as_the_platform_did_and_does_not_ask_it(bureau: Bureau) -> None:
    for line in LISTS:
        live = bureau(*line.split(), "-o", "json")
        kept = bureau(*line.split(), "-o", "json", "--as-of", "autumn", wiring=OFFLINE)
        assert (live.code, kept.code) == (0, 0), (line, live.err, kept.err)
        assert kept.json["data"] == live.json["data"], line
        assert kept.json["data"], f"{line} finds nothing, so it proves nothing"
        assert kept.json["meta"]["snapshot"] in kept.err.splitlines()[0]


@pytest.mark.usefixtures("saved")
def test_an_answer_from_a_snapshot_says_so_and_offers_no_names_of_that_day(bureau: Bureau, clean_world: Path) -> None:
    told = "snapshot autumn, saved "
    page = bureau("dashboard", "-o", "html", "--as-of", "autumn", wiring=OFFLINE)
    assert told in page.text
    bureau("clients", "list", "--out", clean_world / "clients.xlsx", "--as-of", "autumn", wiring=OFFLINE)
    about = load_workbook(clean_world / "clients.xlsx").worksheets[-1]
    assert any(str(cell.value).startswith(told) for row in about.rows for cell in row)
    assert bureau("clients", "list", "-q", "--as-of", "2026-10", wiring=OFFLINE).err == ""
    assert list(clean_world.rglob("names/**/clients")) == []


LACKS = (
    "clients list --where payday==20",
    "clients list --clients 10001 --where payday==20",
    "status --period 2026-09",
    "status --explain 10001",
    "runs list --period 2026-11",
    "runs list --from 2026-10-20 --to 2026-11-20",
    "runs list --from 2026-10-20",
    "a-melding list --period 2026-09",
    "deadlines --from 2026-10-01 --to 2027-01-31",
    "dashboard --group payday-20",
    "dashboard --compare",
    "groups show payday-20 --explain 10001",
)


@pytest.mark.usefixtures("saved")
def test_what_a_snapshot_cannot_tell_is_refused_and_never_guessed(bureau: Bureau) -> None:
    for line in LACKS:
        refused = bureau(*line.split(), "--as-of", "autumn", wiring=OFFLINE)
        assert (refused.code, refused.out, "[snapshot_lacks]" in refused.err) == (2, b"", True), line
        assert "fix: " in refused.err


MISTAKES = {
    "clients list --group nope": "group_not_found",
    "clients list --owner nobody": "user_not_found",
    "clients show 99999": "client_not_found",
    "clients show Nordlys_Bakeri_AS": "client_ambiguous",
    "runs show nothing": "not_found",
    "check done": "usage",
    "groups delete paused": "usage",
}


@pytest.mark.usefixtures("saved")
def test_mistakes_are_told_as_the_platform_tells_them(bureau: Bureau) -> None:
    for line, code in MISTAKES.items():
        argv = [word.replace("_", " ") if "_AS" in word else word for word in line.split()]
        assert f"[{code}]" in bureau(*argv, "--as-of", "autumn", wiring=OFFLINE).err, line
    for line in ("status", "status --open --owner me", "deadlines"):
        assert bureau(*line.split(), "--as-of", "autumn", wiring=OFFLINE).code == 0, line


CLIENTS = {
    "--group": GROUPS,
    "--not-group": GROUPS,
    "--owner": LOGINS,
    "--clients": ("10002,10005", "10031", "Rør [as]"),
}
QUESTIONS = {
    "clients list": {
        **CLIENTS,
        "--member": LOGINS,
        "--payday": ("12", "20", "31"),
        "--status": ("active", "left", "leaving"),
        "--access": ("mine", "none"),
        "--sort": ("name", "-name", "number", "-orgnr", "status", "-owner", "active_employees", "-onboarded"),
        "--limit": ("1", "7"),
    },
    "access list": {
        **CLIENTS,
        "--user": LOGINS,
        "--role": ("owner", "member"),
        "--state": ("running", "upcoming", "ended"),
        "--source": ("manual", "inferred", "client_invited"),
        "--ending-within": ("30d", "400d"),
        "--stale": ("30d", "200d"),
        "--sort": ("client", "-client"),
    },
    "altinn list": {**CLIENTS, "--delegation": ("granted", "missing", "pending"), "--user": LOGINS},
    "owners list": {**CLIENTS, "--verdict": ("same", "differs", "no_owner")},
    f"runs list --period {PERIOD}": {
        **CLIENTS,
        "--from": ("2026-10-10", "2026-09-01"),
        "--to": ("2026-10-20", "2026-11-02"),
        "--state": ("open", "locked"),
        "--type": ("ordinary", "extra", "vacation"),
        "--payday": ("12", "20", "31"),
        "--sort": ("pay_date", "-pay_date"),
    },
    f"a-melding list --period {PERIOD}": {
        **CLIENTS,
        "--state": ("received", "rejected", "sent"),
        "--severity": ("rejection", "immediate", "guideline"),
        "--code": ("MAGNET_EDAG-311", "MAGNET_EDAG-101"),
        "--payday": ("12", "20", "31"),
    },
    "deadlines --each --from 2026-10-05 --to 2026-11-20": {**CLIENTS, "--kind": ("pay_day", "term", "a_melding")},
    f"status --period {PERIOD}": CLIENTS,
}


@st.composite
def lines(draw: st.DrawFn) -> list[str]:
    command, options = draw(st.sampled_from(sorted(QUESTIONS.items(), key=lambda question: question[0])))
    said = draw(st.lists(st.sampled_from(sorted(options)), unique=True, max_size=3))
    return [*command.split(), *(word for option in said for word in (option, draw(st.sampled_from(options[option]))))]


@pytest.mark.slow
@pytest.mark.usefixtures("saved")
def test_whatever_is_asked_of_a_snapshot_is_answered_as_the_platform_did(bureau: Bureau) -> None:
    @settings(max_examples=250)
    @given(lines())
    def ask(line: list[str]) -> None:
        live = bureau(*line, "-o", "json")
        kept = bureau(*line, "-o", "json", "--as-of", "autumn", wiring=OFFLINE)
        assert kept.code == live.code, (line, kept.err)
        assert live.code != 0 or kept.json["data"] == live.json["data"], line

    ask()
