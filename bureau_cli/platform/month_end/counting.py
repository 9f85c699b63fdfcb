"""Which messages count, as a condition of SQL: those received, and not replaced by one that was."""

_RECEIVED = "{message}.feedback_at <= :now AND {message}.result <> 'rejected'"

COUNTS = f"""
{_RECEIVED.format(message="a_melding")} AND NOT EXISTS (
    SELECT 1 FROM a_melding AS newer WHERE newer.replaces = a_melding.id AND {_RECEIVED.format(message="newer")}
)
"""  # noqa: S608 - conditions of ours
"""SQL: `a_melding` counts at :now."""
