"""What tax cards say, as answers have it."""

import json
from typing import Any

from bureau_cli.platform.shown import money, percent, tenths


def deductions(card: Any) -> list[dict[str, Any]]:
    """Show what a card says is to be withheld."""
    return [_deduction(one) for one in json.loads(card["deductions"])]


def applying(card: Any) -> dict[str, Any] | None:
    """Show the deduction this employer goes by, if there is one."""
    return None if card["applies"] is None else deductions(card)[card["applies"]]


def _deduction(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": one["code"],
        "kind": one["kind"],
        "table": one.get("table"),
        "percent": percent(one.get("percent")),
        "months": tenths(one.get("months")),
        "free_amount": money(one.get("free_amount")),
    }
