"""How names are compared: without regard to case, and in Norwegian order."""

# The three letters that end the Norwegian alphabet become the three characters that follow z.
_AFTER_Z = str.maketrans("æøå", "{|}")


def sort_key(name: str) -> str:
    """Give the text by which a name sorts and is searched."""
    return name.casefold().translate(_AFTER_Z)
