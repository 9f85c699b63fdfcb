"""From whom half is withheld: whoever has no card, or one by which this employer has nothing else to go by.

Skattebetalingsloven § 5-5: without a card 50 percent is withheld. So it is where the authority has none to give
(`ikkeSkattekort`, a number it does not know), where a free card has nothing left for this employer, and where a result
nobody knows yet came without one. Nothing is withheld from who is not liable.
"""

IS_HALF = """CASE
    WHEN tax_card.id IS NULL OR tax_card.result = 'ikkeSkattekort' THEN TRUE
    WHEN tax_card.result = 'ikkeTrekkplikt' THEN FALSE
    WHEN tax_card.applies IS NULL THEN TRUE
    ELSE tax_card.content IN (
        SELECT id FROM card_content INDEXED BY card_content_used_up WHERE instr(deductions, '"free_amount":0}') > 0
    ) AND (
        SELECT json_extract(deductions, '$[' || tax_card.applies || '].free_amount') IS 0 FROM card_content
        WHERE card_content.id = tax_card.content
    )
END"""
"""SQL: half is withheld by the newest card of an employee, which is joined to them; few cards have nothing left."""
