"""Every error a user can meet: its exit code, its line, its JSON, its explanation, and nothing on stdout."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from commands.outside import Waits, far, problem, refusing, with_profile

from bureau_cli.app import Wiring
from bureau_cli.errors import BureauError, ExitCode

ROOT = Path(__file__).parents[2]
LEAVES = {leaf.code: leaf for leaf in BureauError.leaves()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A command line that ends with an error, and what the world is like when it does.

    `far` is the answer of a remote platform, made anew for each request; `within` stands around the embedded one.
    """

    argv: Sequence[str]
    faults: Sequence[str] = ()
    sql: Sequence[str] = ()
    environ: Mapping[str, str] = field(default_factory=dict)
    stdin: str = ""
    config: Sequence[str] = ()
    far: Callable[[httpx.Request], httpx.Response] | None = None
    within: Callable[[Any], Any] | None = None


LIST = ("clients", "list")


def crash(_app: Any) -> Any:
    async def application(*_: Any) -> None:
        raise RuntimeError("s3cret")

    return application


def timed_out(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("slow", request=request)


CASES = {
    "bug": Case(argv=LIST, within=crash),
    "answer_invalid": Case(argv=LIST, far=lambda _: httpx.Response(200, json={"items": 5})),
    "place_invalid": Case(argv=(*LIST, "--out", "no/such/folder/x.csv")),
    "usage": Case(argv=(*LIST, "--fields", "nope")),
    "config_invalid": Case(argv=LIST, environ={"BUREAU_PROFIL": "x"}),
    "file_invalid": Case(argv=(*LIST, "--clients", "@missing.csv")),
    "document_invalid": Case(argv=("groups", "plan", "missing.toml")),
    "file_exists": Case(argv=(*LIST, "--out", "taken.csv")),
    "invalid_request": Case(argv=(*LIST, "--status", "asleep")),
    "where_invalid": Case(argv=(*LIST, "--where", "payday = 20")),
    "window_too_long": Case(argv=("deadlines", "--from", "2026-01-01", "--to", "2027-12-31")),
    "law_unknown": Case(argv=("api", "GET", "/v1/reports/terminoppgave", "-f", "term=2027-T1")),
    "cursor_invalid": Case(argv=("api", "GET", "/v1/clients", "-f", "cursor=x")),
    "client_ambiguous": Case(argv=("clients", "show", "Nordlys Bakeri AS")),
    "method_not_allowed": Case(argv=("api", "DELETE", "/v1/clients", "--yes")),
    "payload_too_large": Case(argv=("api", "POST", "/v1/groups", "--yes", "--body", "@large.json")),
    "unsupported_media_type": Case(argv=("api", "POST", "/v1/groups", "--yes")),
    "unauthenticated": Case(argv=LIST, faults=["401"]),
    "token_expired": Case(argv=LIST, far=lambda _: problem(401, "token_expired")),
    "credential_missing": Case(argv=LIST, config=["base_url = 'https://platform.example'", "credential = 'env'"]),
    "invalid_client": Case(argv=LIST, far=lambda _: problem(401, "invalid_client")),
    "invalid_grant": Case(argv=LIST, far=lambda _: problem(400, "invalid_grant")),
    "credential_exposed": Case(
        argv=LIST, config=["base_url = 'https://platform.example'", "credential = 'file'", "token_file = 'taken.csv'"]
    ),
    "keyring_absent": Case(
        argv=LIST,
        environ={"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"},
        config=["base_url = 'https://platform.example'", "credential = 'keyring'"],
    ),
    "scheduler_missing": Case(
        argv=("schedule", "add", "evening", "--at", "17:00", "--crontab", "status"), environ={"PATH": "/nowhere"}
    ),
    "schedule_not_found": Case(argv=("schedule", "remove", "evening")),
    "config_key_unknown": Case(argv=("config", "get", "colour")),
    "editor_failed": Case(argv=("config", "edit"), environ={"EDITOR": "false"}),
    "secret_not_asked": Case(argv=("auth", "login", "-p", "x", "--base-url", "https://x.example", "--store", "file")),
    "origin_refused": Case(argv=LIST, far=lambda _: httpx.Response(302, headers={"Location": "https://evil.example"})),
    "bureau_not_activated": Case(
        argv=LIST,
        sql=["UPDATE user SET role = 'officer' WHERE role = 'leader'"],
        environ={"BUREAU_DEMO_USER": "anne.aas"},
    ),
    "bureau_not_eligible": Case(argv=LIST, sql=["UPDATE client SET linked_via = 'group'"]),
    "role_forbids": Case(argv=("groups", "create", "oslo"), environ={"BUREAU_DEMO_USER": "anne.aas"}),
    "own_role": Case(argv=("users", "set-role", "me", "officer", "--yes")),
    "date_passed": Case(argv=("access", "leave", "--user", "anne.aas", "--date", "2020-01-01")),
    "not_found": Case(argv=("api", "GET", "/v1/nothing")),
    "client_not_found": Case(argv=("clients", "show", "99999")),
    "group_not_found": Case(argv=(*LIST, "--group", "nope")),
    "user_not_found": Case(argv=(*LIST, "--owner", "nobody")),
    "selection_not_found": Case(argv=("api", "GET", "/v1/selections/se_nothing")),
    "job_not_found": Case(argv=("api", "GET", "/v1/jobs/jb_nothing")),
    "profile_not_found": Case(argv=(*LIST, "--profile", "nope")),
    "run_not_found": Case(argv=("history", "show", "nope")),
    "snapshot_not_found": Case(argv=(*LIST, "--as-of", "nope")),
    "code_not_found": Case(argv=("explain", "nope")),
    "group_exists": Case(argv=("groups", "create", "paused")),
    "precondition_failed": Case(argv=("groups", "rename", "paused", "--title", "x"), faults=["412;method=PATCH"]),
    "conflict": Case(argv=("groups", "create", "oslo"), faults=["409"]),
    "idempotency_in_progress": Case(
        argv=("groups", "create", "oslo"), far=lambda _: problem(409, "idempotency_in_progress")
    ),
    "needs_yes": Case(argv=("groups", "delete", "paused")),
    "writes_denied": Case(argv=("groups", "create", "oslo"), config=["writes = 'deny'"]),
    "rule_forbids": Case(argv=("groups", "create", "oslo"), far=lambda _: problem(422, "rule_forbids")),
    "idempotency_mismatch": Case(argv=("groups", "create", "oslo"), faults=["422"]),
    "embedded_only": Case(argv=("platform", "status"), config=["base_url = 'https://platform.example'"]),
    "platform_refused": Case(argv=("platform", "status"), sql=["PRAGMA user_version = 99"]),
    "tax_year_closed": Case(argv=("api", "GET", "/v1/tax-card-candidates", "-f", "year=2025")),
    "tax_year_not_open": Case(argv=("api", "GET", "/v1/tax-card-candidates", "-f", "year=2027")),
    "network": Case(argv=LIST, faults=["drop"]),
    "timeout": Case(argv=LIST, far=timed_out),
    "answer_broken": Case(argv=LIST, far=lambda _: httpx.Response(200, content=b'{"items": [')),
    "rate_limited": Case(argv=LIST, faults=["429"]),
    "busy": Case(argv=LIST, faults=["503"]),
    "internal": Case(argv=LIST, faults=["500"]),
    "deadline_passed": Case(argv=(*LIST, "--deadline", "20ms"), faults=["slow;seconds=30"]),
}
ELSEWHERE = {
    "journal_unwritable": "test_history: by a disk that is full",
    "run_final": "test_taxcards: something has to be ordered first",
    "run_foreign": "test_history: a run has to be somebody's first",
    "run_moved": "test_history: the same, and then others change it",
    "run_retried": "test_history: the same, and tried again",
    "run_unreadable": "test_history: the same, and torn",
    "schedule_exists": "test_schedule: one has to be there first",
    "scheduler_refused": "test_schedule: by a crontab that may not be used",
    "snapshot_exists": "test_snapshots: one has to be saved first",
    "snapshot_foreign": "test_snapshots: the same, by somebody else",
    "snapshot_lacks": "test_as_of: the same",
    "snapshot_unreadable": "test_snapshots: the same, and damaged",
    "plan_foreign": "test_saved_plans: a plan has to be saved first",
    "plan_stale": "test_saved_plans: the same",
    "output_failed": "test_exit_codes: by a process whose stdout is full or closed",
    "declined": "test_terminal: only a person can say no",
    "interrupted": "test_exit_codes: in a process of its own",
    "terminated": "test_exit_codes: in a process of its own",
    "job_needs_authentication": "test_exit_codes: it is told of items of a run of many, as is the next one",
    "job_pending": "test_exit_codes: it is told of items of a run of many",
    "trail_broken": "test_audit: somebody has to change the trail first",
    "access_gap": "test_access_plan: it is one access's outcome, as are the next ones",
    "access_invited": "test_access_plan: the same",
    "access_missing": "test_altinn: the same",
    "altinn_off": "test_altinn: the same",
    "last_overseer": "platform/test_users: whoever takes another's role away remains, so it takes two at once",
    "owner_begins_at_once": "test_access_plan: the same",
    "owner_needed": "test_access_plan: the same",
    "user_left": "test_access_plan: the same",
    "answer_missing": "platform/test_tax_card_orders: it is one client's or person's outcome, as are the next ones",
    "answer_unreadable": "platform/test_tax_card_orders: the same",
    "authority_refused": "platform/test_tax_card_orders: the same",
    "begins_later": "platform/test_tax_card_orders: the same",
    "card_older": "platform/test_tax_card_imports: the same",
    "client_left": "platform/test_tax_card_orders: the same",
    "employee_not_found": "platform/test_tax_card_orders: the same",
    "employment_ended": "platform/test_tax_card_orders: the same",
    "no_delegation": "platform/test_tax_card_orders: the same",
    "no_earlier_order": "platform/test_tax_card_orders: the same",
    "order_under_way": "platform/test_tax_card_orders: the same",
    "order_invalid": "platform/test_tax_card_orders: bureau sends no such order",
    "ordered_today": "platform/test_tax_card_orders: the same",
    "refused_today": "platform/test_tax_card_orders: the same",
    "no_access": "test_groups: it is one client's outcome, never that of a whole command yet",
    "unsupported_grant_type": "nothing that bureau sends is refused so",
    "lock_held": "test_platform: somebody else is at the file",
    "keyring_locked": "test_keyring: by a real one",
    "keyring_silent": "test_keyring: by one that never answers",
}


def test_every_error_has_its_case() -> None:
    assert CASES.keys() | ELSEWHERE.keys() == LEAVES.keys()
    assert not CASES.keys() & ELSEWHERE.keys()


@pytest.fixture
def ended(bureau: Any, sql: Any, faults: Any, clean_world: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Runs a case, with more words on its line, and gives its outcome."""

    def run(case: Case, *more: str) -> Any:
        monkeypatch.chdir(clean_world)
        Path("taken.csv").write_text("mine", encoding="utf-8")
        Path("large.json").write_text(json.dumps({"slug": "x" * 2**20}), encoding="utf-8")
        for name, value in case.environ.items():
            monkeypatch.setenv(name, value)
        faults(*case.faults)
        for statement in case.sql:
            sql(statement)
        if case.config:
            with_profile(clean_world, *case.config, name="far" if "base_url" in case.config[0] else "demo")
        return bureau(*case.argv, *more, stdin=case.stdin, wiring=wiring(case))

    def wiring(case: Case) -> Wiring:
        if case.far is not None:
            monkeypatch.setenv("BUREAU_TOKEN", "t0ken")
            return far(clean_world, case.far)
        return Wiring(around=case.within or refusing().around, patience=Waits().patience)

    return run


@pytest.mark.parametrize("code", CASES)
def test_an_error_has_its_exit_code_one_line_and_nothing_on_stdout(ended: Any, code: str) -> None:
    outcome = ended(CASES[code])
    assert (outcome.code, outcome.out) == (LEAVES[code].exit_code, b"")
    first, *rest = outcome.err[outcome.err.index("error: ") :].splitlines()
    assert re.fullmatch(rf"error: [^\n]+ \[{code}(, request [^\]]+)?\]", first), outcome.err
    assert all(line.startswith(("fix: ", "  ")) for line in rest)
    assert "Traceback" not in outcome.err
    assert "s3cret" not in outcome.err


@pytest.mark.parametrize("code", CASES)
def test_an_error_is_one_json_object_for_a_program(ended: Any, code: str) -> None:
    outcome = ended(CASES[code], "-o", "json")
    error = json.loads(outcome.err.splitlines()[-1])["error"]
    assert (error["code"], error["exit_code"], outcome.out) == (code, LEAVES[code].exit_code, b"")
    assert error.keys() == {"code", "message", "fix", "exit_code", "details", "request_id"}
    assert (LEAVES[code].default_fix is None) or error["fix"]


@pytest.mark.parametrize("spelling", ["-o ndjson", "-ojson", "--output=json", "--output ndjson"])
def test_json_is_asked_for_in_every_spelling_wherever_it_stands(bureau: Any, spelling: str) -> None:
    for line in ([*LIST, "--nope", *spelling.split()], [*spelling.split(), *LIST, "--nope"]):
        assert json.loads(bureau(*line).err)["error"]["code"] == "usage"


@pytest.mark.parametrize("code", LEAVES)
def test_explain_tells_what_an_error_means(bureau: Any, code: str) -> None:
    told = bureau("explain", code, "-o", "json").json["data"]
    assert (told["code"], told["exit_code"]) == (code, LEAVES[code].exit_code)
    assert told["meaning"].endswith(".")


def test_the_docs_list_every_exit_code_and_every_error() -> None:
    text = (ROOT / "docs" / "exit-codes.md").read_text(encoding="utf-8")
    assert [int(found) for found in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)] == [int(code) for code in ExitCode]
    assert re.findall(r"^- \*\*(\w+)\*\* \(exit (\d+)\)", text, re.MULTILINE) == [
        (code, str(int(leaf.exit_code))) for code, leaf in LEAVES.items()
    ]


def test_the_golden_errors(ended: Any, golden: Any) -> None:
    without_request = re.compile(r"(?<=request )[0-9a-f]{16}|(?<=\"request_id\":\")[0-9a-f]{16}")
    for code in ("where_invalid", "client_ambiguous", "needs_yes"):
        told = ended(CASES[code]).err + ended(CASES[code], "-o", "json").err
        golden(f"errors/{code}.txt", without_request.sub("…", told))
