"""The columns of what `taxcards` answers."""

from __future__ import annotations

from typing import Any

from bureau_cli.commands._bulk import TONES
from bureau_cli.commands._columns import DELEGATION_TONES, inside
from bureau_cli.domain.tax_cards import CARD, NO_CARD, Deduction, says
from bureau_cli.formatters.results import Column, Kind, Tone

RESULT_TONES = {CARD: Tone.GOOD, NO_CARD: Tone.BAD}
OUTCOME_TONES = {str(state): tone for state, tone in TONES.items()}


def _deduction(deduction: Deduction) -> dict[str, str | None]:
    amounts = {"percent": deduction.percent, "months": deduction.months, "free_amount": deduction.free_amount}
    written = {name: None if value is None else str(value) for name, value in amounts.items()}
    return {"code": deduction.code, "kind": deduction.kind, "table": deduction.table, **written}


def _deductions(row: Any) -> tuple[dict[str, str | None], ...] | None:
    return None if row.deductions is None else tuple(map(_deduction, row.deductions))


STATUS_COLUMNS = (
    Column("number", Kind.ID, lambda row: row.client.number),
    Column("name", value=lambda row: row.client.name),
    Column("orgnr", Kind.ID, lambda row: row.client.orgnr, main=False),
    Column("owner", value=inside("owner", "login")),
    Column("owner_name", value=inside("owner", "name"), main=False),
    Column("employees", Kind.COUNT, total=True),
    Column("fetched", Kind.COUNT, total=True),
    Column("missing", Kind.COUNT, total=True),
    Column("at_50", Kind.COUNT, total=True),
    Column("at_50_on", Kind.DATE),
    Column("next_pay_date", Kind.DATE),
    Column("oldest", Kind.INSTANT),
    Column("newest", Kind.INSTANT, main=False),
    Column("delegation", Kind.STATE, tones=DELEGATION_TONES, main=False),
    Column("year", Kind.COUNT, main=False),
    Column("ordered_at", Kind.INSTANT, inside("last_order", "at"), main=False),
    Column("mode", Kind.STATE, inside("last_order", "mode"), main=False),
    Column("job", Kind.ID, inside("last_order", "job"), main=False),
    Column("job_state", Kind.STATE, inside("last_order", "state"), main=False),
    Column("fetched_at", Kind.INSTANT, main=False),
)
EXPLAIN_COLUMNS = (
    Column("employee_name", value=lambda row: row.employee.name),
    Column("fnr", Kind.ID),
    Column("ordered", Kind.FLAG, lambda row: row.due),
    Column("reason", Kind.STATE),
    Column("ordered_at", Kind.INSTANT),
    Column("result", Kind.STATE, inside("card", "result"), tones=RESULT_TONES),
    Column("applies", value=lambda row: row.card and says(row.card.result, row.card.applies)),
    Column("starts", Kind.DATE),
    Column("ends", Kind.DATE),
    Column("employee", Kind.ID, lambda row: row.employee.id, main=False),
    Column("withheld", Kind.STATE, main=False),
    Column("fetched_at", Kind.INSTANT, main=False),
)
CARD_COLUMNS = (
    Column("number", Kind.ID, lambda card: card.client.number),
    Column("name", value=lambda card: card.client.name),
    Column("employee_name", value=lambda card: card.employee.name),
    Column("fnr", Kind.ID),
    Column("result", Kind.STATE, tones=RESULT_TONES),
    Column("applies", value=lambda card: says(card.result, card.applies)),
    Column("employer_role", Kind.STATE),
    Column("issued", Kind.DATE),
    Column("orgnr", Kind.ID, lambda card: card.client.orgnr, main=False),
    Column("employee", Kind.ID, lambda card: card.employee.id, main=False),
    Column("year", Kind.COUNT, main=False),
    Column("deductions", Kind.OBJECT, _deductions, main=False, many=True),
    Column("extra_info", main=False, many=True),
    Column("withheld", Kind.STATE, main=False),
    Column("card", Kind.ID, lambda card: card.id, main=False),
    Column("fetched_at", Kind.INSTANT),
)
CHANGE_COLUMNS = (
    Column("number", Kind.ID, lambda change: change.client.number),
    Column("name", value=lambda change: change.client.name),
    Column("owner", value=inside("owner", "login"), main=False),
    Column("owner_name", value=inside("owner", "name"), main=False),
    Column("employee_name", value=lambda change: change.employee.name),
    Column("fnr", Kind.ID),
    Column("before", value=lambda change: says(change.result_before, change.before)),
    Column("after", value=lambda change: says(change.result, change.after)),
    Column("result", Kind.STATE, tones=RESULT_TONES),
    Column("result_before", Kind.STATE, tones=RESULT_TONES, main=False),
    Column("changed_at", Kind.INSTANT),
    Column("employee", Kind.ID, lambda change: change.employee.id, main=False),
    Column("year", Kind.COUNT, main=False),
    Column("withheld", Kind.STATE, main=False),
)
PLAN_COLUMNS = (
    Column("number", Kind.ID, lambda row: row.candidate.client.number),
    Column("name", value=lambda row: row.candidate.client.name),
    Column("owner", value=inside("candidate", "owner", "login")),
    Column("owner_name", value=inside("candidate", "owner", "name"), main=False),
    Column("employees", Kind.COUNT, lambda row: len(row.people), total=True),
    Column("left_out", Kind.COUNT, lambda row: row.left_out.total(), total=True),
    Column("left_out_why", value=lambda row: row.told_left_out),
    Column("mode", Kind.STATE, lambda row: str(row.mode), main=False),
    Column("outcome", Kind.STATE, lambda row: str(row.state), tones=OUTCOME_TONES),
    Column("code", value=lambda row: row.code),
    Column("reason", value=lambda row: row.candidate.why_blocked),
    Column("fetched_at", Kind.INSTANT, lambda row: row.candidate.fetched_at, main=False),
)
FETCHED_COLUMNS = (
    Column("number", Kind.ID, lambda row: row.subject),
    Column("name"),
    Column("owner", main=False),
    Column("employee_name", value=inside("found", "employee", "name")),
    Column("fnr", Kind.ID, inside("found", "fnr")),
    Column("result", Kind.STATE, inside("found", "result"), tones=RESULT_TONES),
    Column("before"),
    Column("applies"),
    Column("outcome", Kind.STATE, tones=OUTCOME_TONES),
    Column("code"),
    Column("reason"),
    Column("card_changed", Kind.FLAG, inside("found", "changed"), main=False),
    Column("employee", Kind.ID, inside("found", "employee", "id"), main=False),
    Column("withheld", Kind.STATE, inside("found", "withheld"), main=False),
)
IMPORT_COLUMNS = (
    Column("number", Kind.ID, inside("client", "number")),
    Column("name", value=inside("client", "name")),
    Column("orgnr", Kind.ID, lambda row: row.entry.orgnr),
    Column("employee_name", value=inside("found", "employee", "name")),
    Column("fnr", Kind.ID, lambda row: row.entry.fnr),
    Column("result", Kind.STATE, lambda row: row.entry.result, tones=RESULT_TONES),
    Column("before", main=False),
    Column("applies"),
    Column("outcome", Kind.STATE, tones=OUTCOME_TONES),
    Column("code"),
    Column("reason"),
    Column("place", value=lambda row: row.entry.place),
    Column("line", Kind.COUNT, lambda row: row.entry.line),
    Column("year", Kind.COUNT, lambda row: row.entry.year, main=False),
    Column("deductions", Kind.OBJECT, lambda row: tuple(map(_deduction, row.entry.deductions)), main=False, many=True),
    Column("card_changed", Kind.FLAG, inside("found", "changed"), main=False),
    Column("employee", Kind.ID, inside("found", "employee", "id"), main=False),
    Column("withheld", Kind.STATE, inside("found", "withheld"), main=False),
)
