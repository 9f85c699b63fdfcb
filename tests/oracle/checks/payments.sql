-- check: what is to be paid is what was received, each kind on its day, and nothing else
SELECT message, kind, pay_date FROM (
    SELECT message, kind, pay_date, amount, due FROM owed
    UNION ALL SELECT message, kind, coalesce(pay_date, ''), -amount, due FROM payment
)
GROUP BY message, kind, pay_date HAVING sum(amount) <> 0 OR min(due) <> max(due);
-- damage
UPDATE payment SET due = date(due, '+1 day') WHERE kind = 'forskuddstrekk' AND message = (SELECT max(message) FROM payment);

-- check: everything is paid to the agency's account with a KID that holds
SELECT message, position FROM payment, law WHERE payment.account <> law.account OR NOT kid_holds(kid);
-- damage
UPDATE payment SET kid = '1234567' WHERE message = (SELECT min(message) FROM payment);

-- check: a KID says the same however often it is asked for, and of no other client
SELECT kid FROM payment JOIN a_melding ON seq = message GROUP BY kid HAVING count(DISTINCT client_id) > 1;
-- damage
UPDATE payment SET kid = '602243';
