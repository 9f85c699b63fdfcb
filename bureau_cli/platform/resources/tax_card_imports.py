"""Tax cards from a file."""

from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.taxcards.imports import take_in


def import_tax_cards(call: Call) -> Answer:
    """Take in what a file has; each item's key makes it safe to send again."""
    return Answer(body={"results": take_in(call), "as_of": as_of(call)})
