-- What the platform should answer at a moment, in the shape and order of the columns named in test_answers.py.

-- answer: runs
SELECT
    id, client_id, period, type, pay_date,
    CASE WHEN locked_at <= now THEN 'locked' WHEN approved_at <= now THEN 'approved'
        WHEN submitted_at <= now THEN 'awaiting_approval' ELSE 'open' END,
    payslips_sent_at <= now, paid_at <= now, withholding_paid_at <= now, payslips, untouched
FROM pay_run, clock WHERE created_at <= now AND pay_date BETWEEN '2026-08-01' AND '2026-12-31';

-- answer: figures
SELECT id, kroner(gross), kroner(withholding), kroner(attachment), kroner(net), kroner(aga_base), kroner(aga)
FROM pay_run, clock WHERE created_at <= now AND pay_date BETWEEN '2026-08-01' AND '2026-12-31';

-- answer: messages
SELECT
    id, client_id, state, replaces,
    (SELECT min(later.id) FROM received AS later WHERE later.replaces = message.id),
    (SELECT count(*) FROM a_melding_run WHERE message = seq),
    iif(state IN ('sent', 'not_sent'), 0, (SELECT count(*) FROM deviation WHERE message = seq))
FROM message WHERE month = '2026-10';

-- answer: payments
SELECT a_melding.id, position, kind, pay_date, kroner(amount), kid, due
FROM received AS a_melding JOIN payment ON message = seq WHERE month = '2026-10';

-- answer: usage
SELECT client_id, kind, count(*) FROM used, clock WHERE month = '2026-11' AND at <= now GROUP BY client_id, kind;

-- answer: cards
SELECT id, client_id, result FROM (
    SELECT
        tax_card.id, tax_card.client_id, result,
        row_number() OVER (PARTITION BY employee ORDER BY fetched_at DESC) AS place
    FROM tax_card, clock WHERE year = 2026 AND fetched_at <= now
) WHERE place = 1;

-- answer: clients
SELECT
    id,
    CASE WHEN left_on < today THEN 'left' WHEN notice_on <= today THEN 'leaving'
        WHEN active_from <= today THEN 'active' ELSE 'onboarding' END,
    (
        SELECT count(*) FROM employee
        WHERE client_id = client.id AND today BETWEEN starts AND coalesce(ends, '9999')
    )
FROM client, (SELECT oslo_day(now) AS today FROM clock);
