"""One module a shell: the command tree in the words of its completion."""

NOTICE = "# Generated from the command tree by `make generate`; do not edit."


def quoted(text: str) -> str:
    """In single quotes; an apostrophe becomes the typographic one, which every shell leaves alone."""
    return "'" + text.replace("'", "\u2019") + "'"
