"""`docs/schemas` describes what is really printed, with and without `--fields`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from domain.answers import employee, employer, free, table, written

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
WANTED = """
[groups.paused]
clients = ["10001"]
[groups.oslo]
rule = 'zone == "1"'
"""
LINES = [
    "a-melding list",
    "a-melding list --fields number,codes,deviations --severity immediate --period last",
    "a-melding show am_00000226100",
    "a-melding triage --period last",
    "access drift access.toml",
    "access list",
    "access list --fields number,user,role --state ended",
    "access leave --user fatima.dahl --plan",
    "access review --owner me",
    "access grant --user kari.nordmann --clients 10001 --plan",
    "clients list",
    "clients list --where name=='Ingen'",
    "clients list --fields number,paydays,last_net --limit 3",
    "clients show 10001",
    "clients show 10001 --fields name",
    "completion status",
    "completion install fish",
    "dashboard",
    "dashboard --by owner --compare --fields scope,figure,value,last_year,trend",
    "doctor",
    "explain",
    "explain bug",
    "explain 3",
    "explain leaving",
    "groups list",
    "groups show paused --fields slug",
    "users list",
    "users show me",
    "altinn list",
    "altinn enable --clients 10002,10025 --plan",
    "check access",
    "check done",
    "check withholding --fields number,state,fetched_at",
    "deadlines --to 2026-12-10",
    "deadlines --each --kind term --kind forskuddstrekk",
    "groups show payday-20 --explain 10001",
    "groups show paused --explain 10013",
    "groups add paused --all-clients --plan",
    "groups add paused --clients 10001,10002 --yes --fields number,outcome",
    "groups plan wanted.toml",
    "groups plan wanted.toml --fields group,reason",
    "groups add paused --clients 10001 --yes",
    "audit list",
    "audit list --fields seq,before,after",
    "audit verify",
    "audit anchor",
    "snapshot save autumn",
    "snapshot list",
    "snapshot show autumn",
    "diff autumn now",
    "clients list --limit 3 --as-of autumn",
    "history list",
    "history show last",
    "history undo last --plan",
    "platform status",
    "platform token kari.nordmann --client-credentials",
    "auth status",
    "auth status --offline",
    "config list",
    "config get lang",
    "config set lang en",
    "owners list",
    "owners list --verdict no_owner --fields number,ran_by,pay_date",
    "owners infer --all-clients --plan",
    "profiles list",
    "profiles show demo",
    "schedule list",
    "schedule add evening --at 17:00 --yes groups list",
    "report all --period 2026-10 --out pack",
    "report automatiseringsgrad --period last",
    "report automatiseringsgrad --by owner --from 2026-09",
    "report automatiseringsgrad --manual --period last",
    "report forbrukslogg --period last",
    "report forbrukslogg --prices prices.toml",
    "report forbrukslogg --by owner --from 2026-09",
    "report forbrukslogg --period last --prices prices.toml --against invoice.csv",
    "report mine-klienter",
    "report mine-klienter --period last --fields number,next_deadline,closed",
    "report terminoppgave --term 2026-T5",
    "report terminoppgave --term 2025-T1 --fields number,term_part,amount",
    "report terminoppgave --term 2026-T5 --by client",
    "report verify empty",
    "runs list --period last",
    "runs show pr_00000026100",
    "runs list --fields number,payday,net --type extra",
    "status",
    "status --period last --open --fields number,created,next_due,reasons",
    "status --explain 10001",
    "check taxcards --owner me",
    "taxcards changes --clients 10001",
    "taxcards fetch --owner me --plan",
    "taxcards fetch --clients 10001 --no-wait --yes",
    "taxcards import svar.json --plan",
    "taxcards list --clients 10001",
    "taxcards list --clients 10019 --fields number,deductions,extra_info,issued",
    "taxcards status",
    "taxcards status --explain 10019",
    "platform faults 503",
]


@pytest.fixture(autouse=True)
def _wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("wanted.toml").write_text(WANTED, encoding="utf-8")
    Path("prices.toml").write_text("[prices]\npayslip = 25.50\n", encoding="utf-8")
    Path("invoice.csv").write_text("client,kind,count\n10001,payslip,3\n", encoding="utf-8")
    Path("empty").mkdir()
    (Path("empty") / "manifest.json").write_text("{}", encoding="utf-8")
    Path("svar.json").write_text(written([employer(employee(table(), free()), 7)]), encoding="utf-8")
    Path("access.toml").write_text('[access."per.myhre"]\nowner = ["10002"]\n', encoding="utf-8")


@pytest.mark.parametrize("line", LINES)
def test_what_is_printed_is_what_its_schema_says(bureau: Any, line: str) -> None:
    if line.startswith(("history", "audit")):
        bureau("groups", "add", "paused", "--clients", "10001", "--yes")
    if "autumn" in line and "save" not in line:
        bureau("snapshot", "save", "autumn")
    printed = bureau(*line.split(), "-o", "json").json
    schema = (SCHEMAS / f"{printed['schema'].removeprefix('bureau/')}.json").read_text(encoding="utf-8")
    problems = [error.message for error in jsonschema_rs.Draft202012Validator(json.loads(schema)).iter_errors(printed)]
    assert problems == []


def test_every_schema_is_proved_by_some_line(bureau: Any) -> None:
    printed = {bureau(*line.split(), "-o", "json").json["schema"] for line in LINES}
    assert {f"bureau/{path.stem}" for path in SCHEMAS.iterdir()} == printed
