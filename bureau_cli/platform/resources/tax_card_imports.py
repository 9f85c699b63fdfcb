"""Tax cards from a file."""

from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.facts import as_of


def import_tax_cards(call: Call) -> Answer:
    """Take in what a file has; each item's key makes it safe to send again."""
    from bureau_cli.platform.taxcards.imports import take_in  # noqa: PLC0415 - it is rare; starting is to be quick

    return Answer(body={"results": take_in(call), "as_of": as_of(call)})
