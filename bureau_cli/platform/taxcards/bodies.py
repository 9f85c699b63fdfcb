"""What is sent to the tax authority: the published body of `bestillSkattekort`."""

from collections.abc import Mapping, Sequence
from typing import Any

KINDS = {"all": "HENT_ALLE_OPPGITTE", "changes": "HENT_KUN_ENDRING"}
"""The published word for each mode."""
_NO_NOTICE = "INGEN_VARSEL"
"""Nothing here listens to notices of changes; who wants them asks for changes."""


def order_body(year: int, mode: str, email: str, people: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Write an order: fødselsnummer by the organisasjonsnummer of their employer; with changes nobody is named."""
    employers = [
        {
            "arbeidsgiveridentifikator": {"organisasjonsnummer": orgnr},
            **({"arbeidstakeridentifikator": list(numbers)} if mode == "all" else {}),
        }
        for orgnr, numbers in people.items()
    ]
    return {
        "inntektsaar": str(year),
        "bestillingstype": KINDS[mode],
        "kontaktinformasjon": {"epostadresse": email},
        "varslingstype": _NO_NOTICE,
        "forespoerselOmSkattekortTilArbeidsgiver": {"arbeidsgiver": employers},
    }
