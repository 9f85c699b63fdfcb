"""How names are compared: without regard to case, and in Norwegian order."""

# The three letters that end the Norwegian alphabet become the three characters that follow z.
_AFTER_Z = str.maketrans("æøå", "{|}")


_LONGEST_ORDER = 120


def search_key(name: str) -> str:
    """Give the text by which a name is searched and compared."""
    return name.casefold().translate(_AFTER_Z)


def order_key(name: str) -> str:
    """Give the text by which a name sorts: cut, since a page's cursor holds it."""
    return search_key(name)[:_LONGEST_ORDER]
