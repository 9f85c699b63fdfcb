"""Answers of the tax authority as a test wants them: one employee, a card, a whole file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

EMPLOYER = "312978083"
PERSON = "01819010001"
"""Synthetic: the month is moved by 80."""


def card(*deductions: Any) -> dict[str, Any]:
    return {"utstedtDato": "2026-10-20", "skattekortidentifikator": 54407, "forskuddstrekk": list(deductions)}


def table(code: str = "loennFraHovedarbeidsgiver", number: Any = "8140", percent: Any = 43) -> dict[str, Any]:
    return {"trekkode": code, "trekktabell": {"tabellnummer": number, "prosentsats": percent}}


def free(code: str = "loennFraNAV", **amount: Any) -> dict[str, Any]:
    return {"trekkode": code, "frikort": amount}


def employee(*deductions: Any, **said: Any) -> dict[str, Any]:
    """Somebody with a card that says so, or with anything else said in its place."""
    given = {"skattekort": card(*deductions)} if deductions else {}
    return {
        "arbeidstakeridentifikator": PERSON,
        "resultatForSkattekort": "skattekortopplysningerOK",
        "inntektsaar": "2026",
        **given,
        **said,
    }


def employer(*employees: Any, orgnr: Any = EMPLOYER) -> dict[str, Any]:
    return {"arbeidsgiveridentifikator": {"organisasjonsnummer": orgnr}, "arbeidstaker": list(employees)}


def written(employers: Sequence[Any], **said: Any) -> str:
    return json.dumps({"status": "FORESPOERSEL_OK", "arbeidsgiver": list(employers), **said}, indent=1)
