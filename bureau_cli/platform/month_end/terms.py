"""What a client is to pay by a term, as far as it is known: from what is reported, else from the runs made."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bureau_cli.platform.calls import Call
from bureau_cli.platform.month_end.charges import (
    AGA,
    FINANSSKATT,
    FORSKUDDSTREKK,
    UTLEGGSTREKK,
    Charges,
    charges_of,
)
from bureau_cli.platform.month_end.window import term_of

ClientTerm = tuple[str, str]
"""A client's id, and the name of a term."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is to be paid by a term in øre, None where nothing is known; and whether what was withheld is paid."""

    charges: int | None = None
    withholding: int | None = None
    withholding_paid: bool = True
    attachment: int | None = None
    attachment_paid: bool = True


def due_by_term(call: Call, wanted: Collection[ClientTerm]) -> Mapping[ClientTerm, Due]:
    """Tell what clients are to pay by terms; nothing is there of whom no run is known."""
    if not wanted:
        return {}
    months = [(client_id, month, name) for client_id, name in wanted for month in term_of(name)]
    charges = charges_of(call, [(client_id, month) for client_id, month, _ in months])
    found: dict[ClientTerm, Due] = {}
    for client_id, month, name in months:
        one = charges.get((client_id, month))
        if one and one.made:
            found[client_id, name] = _with(found.get((client_id, name), Due()), one)
    return found


def _with(due: Due, month: Charges) -> Due:
    made, counts = month.made or {}, month.amounts
    charges = None if counts[FINANSSKATT] is None else (counts[AGA] or 0) + (counts[FINANSSKATT] or 0)
    return Due(
        charges=_sum(due.charges, charges),
        withholding=_sum(due.withholding, made[FORSKUDDSTREKK]),
        withholding_paid=due.withholding_paid and month.is_paid[FORSKUDDSTREKK],
        attachment=_sum(due.attachment, made[UTLEGGSTREKK]),
        attachment_paid=due.attachment_paid and month.is_paid[UTLEGGSTREKK],
    )


def _sum(before: int | None, more: int | None) -> int | None:
    return more if before is None else before + (more or 0)
