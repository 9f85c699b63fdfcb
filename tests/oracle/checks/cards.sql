-- check: withholding follows the card in force on the pay date
SELECT run, employee FROM taxed_slip WHERE withholding <> to_withhold;
-- damage
UPDATE tax_card SET result = 'ikkeSkattekort';

-- check: a card supersedes the one of its employee and year that was fetched before it
SELECT id FROM (
    SELECT id, supersedes, lag(id) OVER (PARTITION BY employee, year ORDER BY fetched_at) AS before FROM tax_card
) WHERE supersedes IS NOT before;
-- damage
UPDATE tax_card SET supersedes = NULL;

-- check: the deduction that applies is one of the card's, and a card without any has none
SELECT tax_card.id FROM tax_card JOIN card_content ON card_content.id = content
WHERE applies IS NOT NULL AND (applies < 0 OR applies >= json_array_length(deductions))
    OR applies IS NULL AND json_array_length(deductions) > 0;
-- damage
UPDATE tax_card SET applies = 9 WHERE applies IS NOT NULL;

-- check: only a card that was found has deductions
SELECT tax_card.id FROM tax_card JOIN card_content ON card_content.id = content
WHERE (result = 'skattekortopplysningerOK') <> (json_array_length(deductions) > 0);
-- damage
UPDATE tax_card SET result = 'ikkeTrekkplikt' WHERE id = (SELECT min(id) FROM tax_card WHERE applies IS NOT NULL);

-- check: a deduction has what its kind needs and nothing else
SELECT card_content.id FROM card_content, json_each(deductions) AS one
WHERE CASE one.value ->> 'kind'
    WHEN 'table' THEN one.value ->> 'table' IS NULL OR one.value ->> 'percent' IS NULL OR one.value ->> 'free_amount' IS NOT NULL
    WHEN 'percent' THEN one.value ->> 'percent' IS NULL OR one.value ->> 'table' IS NOT NULL OR one.value ->> 'free_amount' IS NOT NULL
    WHEN 'free_card' THEN one.value ->> 'table' IS NOT NULL OR one.value ->> 'percent' IS NOT NULL
    ELSE TRUE END;
-- damage
UPDATE card_content SET deductions = replace(deductions, 'percent', 'per_cent');

-- check: a card is fetched for somebody who is employed and not before its year's cards are made
SELECT tax_card.id FROM tax_card JOIN employee ON seq = employee
WHERE tax_card.client_id <> employee.client_id OR oslo_day(fetched_at) > coalesce(ends, '9999')
    OR oslo_day(fetched_at) < (year - 1) || '-12-15' OR oslo_day(fetched_at) > year || '-12-31';
-- damage
UPDATE tax_card SET year = year + 1 WHERE id = (SELECT min(id) FROM tax_card);
