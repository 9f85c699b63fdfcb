-- check: withholding follows the card in force on the pay date
SELECT run, employee FROM taxed_slip WHERE withholding <> to_withhold;
-- damage
UPDATE tax_card SET result = 'ikkeSkattekort';

-- check: a card is superseded when the next one of the employee and year is fetched
SELECT id FROM (
    SELECT id, superseded_at, lead(fetched_at) OVER (PARTITION BY employee, year ORDER BY fetched_at) AS next FROM tax_card
) WHERE superseded_at IS NOT next;
-- damage
UPDATE tax_card SET superseded_at = fetched_at + 60;

-- check: the deduction that applies is one of the card's, and a card without any has none
SELECT id FROM tax_card
WHERE applies IS NOT NULL AND (applies < 0 OR applies >= json_array_length(deductions))
    OR applies IS NULL AND json_array_length(deductions) > 0;
-- damage
UPDATE tax_card SET applies = 9 WHERE applies IS NOT NULL;

-- check: only a card that was found has deductions
SELECT id FROM tax_card WHERE (result = 'skattekortopplysningerOK') <> (json_array_length(deductions) > 0);
-- damage
UPDATE tax_card SET result = 'ikkeTrekkplikt' WHERE id = (SELECT min(id) FROM tax_card WHERE applies IS NOT NULL);

-- check: a deduction has what its kind needs and nothing else
SELECT tax_card.id FROM tax_card, json_each(deductions) AS one
WHERE CASE one.value ->> 'kind'
    WHEN 'table' THEN one.value ->> 'table' IS NULL OR one.value ->> 'percent' IS NULL OR one.value ->> 'free_amount' IS NOT NULL
    WHEN 'percent' THEN one.value ->> 'percent' IS NULL OR one.value ->> 'table' IS NOT NULL OR one.value ->> 'free_amount' IS NOT NULL
    WHEN 'free_card' THEN one.value ->> 'table' IS NOT NULL OR one.value ->> 'percent' IS NOT NULL
    ELSE TRUE END;
-- damage
UPDATE tax_card SET deductions = replace(deductions, 'percent', 'per_cent');

-- check: a card is fetched for somebody who is employed and not before its year's cards are made
SELECT tax_card.id FROM tax_card JOIN employee ON seq = employee
WHERE tax_card.client_id <> employee.client_id OR oslo_day(fetched_at) > coalesce(ends, '9999')
    OR oslo_day(fetched_at) < (year - 1) || '-12-15' OR oslo_day(fetched_at) > year || '-12-31';
-- damage
UPDATE tax_card SET year = year + 1 WHERE id = (SELECT min(id) FROM tax_card);
