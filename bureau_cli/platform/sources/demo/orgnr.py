"""Organisasjonsnummer of the synthetic series that begin with 2 and 3, unique by construction."""

NUMBERS_A_CLIENT = 10
_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
_FIRST = 20_000_000
_STEMS_A_CLIENT = 2 * NUMBERS_A_CLIENT
_CLIENTS = 20_000_000 // _STEMS_A_CLIENT
_STRIDE = 611_953  # shares no factor with _CLIENTS, so every client has stems of its own


def orgnr(seed: int, client: int, number: int = 0) -> str:
    """Give a client's number so and so: 0 is the company, the others are its sites.

    Two neighbouring stems never both lack a check digit, so each number has a pair of them to choose from.
    """
    block = (seed * 7_919 + client * _STRIDE) % _CLIENTS
    stem = _FIRST + block * _STEMS_A_CLIENT + 2 * number
    check = _check_digit(stem)
    return f"{stem}{check}" if check is not None else f"{stem + 1}{_check_digit(stem + 1)}"


def _check_digit(stem: int) -> int | None:
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, str(stem), strict=True))
    check = -total % 11
    return check if check < 10 else None  # noqa: PLR2004 - a digit
