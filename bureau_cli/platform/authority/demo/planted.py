"""What goes wrong at the demo's tax authority, planted on fixed clients so that tests and demonstrations find it again.

A client is known by its index, somebody there by their position. See also `CARDS` of the source.
"""

EMPLOYER_INVALID = 34
"""It does not know the organisasjonsnummer."""
NOT_ANSWERED = 24
"""Its answers leave the client out."""

STRANGE = 5
"""Its people have what an answer may hold beside what is usual."""
UNKNOWN_RESULT = 1
"""A result that no version knows yet, with a card."""
UNKNOWN_CODE = 2
"""A deduction for a kind of pay that no version knows yet, and words of its own; the card applies all the same."""
LEFT_OUT = 3
"""The answer does not have them."""
UNREADABLE = 4
"""The card has both a table and a percentage for the same pay."""
ASSESS_PERMIT = 5
"""The employer is to look at the work permit."""

CHANGED_SINCE = 1
"""A client of which one in three has another card since the second of the month."""
