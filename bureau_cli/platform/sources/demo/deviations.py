"""What the tax authority writes about the demo's messages; codes and texts are invented."""

from collections.abc import Sequence

from bureau_cli.platform.sources import Deviation

SHARED = ("MAGNET_EDAG-311", "Pensjonsinnretningen er ikke registrert for virksomheten.")
"""The immediate deviation of all the clients planted for it."""
_REJECTION = ("MAGNET_EDAG-101", "Opplysningspliktig er ikke gyldig for kalendermåneden.")
_IMMEDIATE = (
    ("MAGNET_EDAG-242", "Grunnlaget for arbeidsgiveravgift avviker fra rapporterte ytelser."),
    ("MAGNET_EDAG-118", "Arbeidsforholdet mangler sluttdato."),
)
_GUIDELINE = (
    ("MAGNET_EDAG-157", "Stillingsprosenten avviker mye fra forrige måned."),
    ("MAGNET_EDAG-160", "Avtalt lønn er lavere enn forrige måned."),
    ("MAGNET_EDAG-204", "Yrkeskoden kan være utgått."),
)


def nothing(_count: int) -> Sequence[Deviation]:
    """Give what is wrong with a message that was simply received."""
    return ()


def rejection(_count: int) -> Sequence[Deviation]:
    """Give what is wrong with a rejected message as a whole."""
    return (_deviation("rejection", _REJECTION, 1),)


def immediate(count: int) -> Sequence[Deviation]:
    """Give what has to be mended at one client."""
    return (_deviation("immediate", _IMMEDIATE[count % len(_IMMEDIATE)], count),)


def shared(count: int) -> Sequence[Deviation]:
    """Give what has to be mended at many clients for the same cause."""
    return (_deviation("immediate", SHARED, count),)


def guideline(count: int) -> Sequence[Deviation]:
    """Give one thing that may be wrong."""
    return (_deviation("guideline", _GUIDELINE[count % len(_GUIDELINE)], count),)


def many_guidelines(count: int) -> Sequence[Deviation]:
    """Give two or three things that may be wrong."""
    return tuple(_deviation("guideline", found, count) for found in _GUIDELINE[: 2 + count % 2])


def _deviation(severity: str, found: tuple[str, str], count: int) -> Deviation:
    code, text = found
    return Deviation(severity=severity, code=code, text=text, count=count)
