"""Organisasjonsnummer: how the platform tells one from other numbers."""

_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2, 1)


def is_orgnr(text: str) -> bool:
    """Tell whether a text is nine digits that pass MOD11."""
    if len(text) != len(_WEIGHTS) or not (text.isascii() and text.isdigit()):
        return False
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text, strict=True)) % 11 == 0
