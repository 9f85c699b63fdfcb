"""How names are compared: without regard to case, accents or how their letters are encoded, and in Norwegian order."""

import unicodedata

# Swedish and German letters stand with the Norwegian ones that are their equals.
_NORWEGIAN = str.maketrans("äö", "æø")
_WITH_A_RING = "å"  # a letter of its own, although Unicode can take its ring off
_AFTER_Z = str.maketrans("æøå", "{|}")  # what follows z in ASCII, in the order the alphabet ends
_LONGEST_ORDER = 120


def composed(name: str) -> str:
    """Give the one way of writing a name, for letters that can be encoded as one character or as several."""
    return unicodedata.normalize("NFC", name)


def caseless(name: str) -> str:
    """Give the text that is the same for a name in upper and lower case."""
    return composed(composed(name).casefold())


def search_key(name: str) -> str:
    """Give the text in which a name is searched: without case and accents."""
    if name.isascii():
        return name.casefold()
    return "".join(map(_without_accents, caseless(name).translate(_NORWEGIAN)))


def order_key(name: str) -> str:
    """Give the text by which a name sorts: cut, since a page's cursor holds it."""
    return search_key(name).translate(_AFTER_Z)[:_LONGEST_ORDER]


def _without_accents(letter: str) -> str:
    if letter.isascii() or letter == _WITH_A_RING:
        return letter
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))
