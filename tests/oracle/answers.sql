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

-- answer: steps
SELECT client_id, month, step, state FROM step_state;

-- answer: gates
SELECT
    known.id, known.month,
    NOT EXISTS (
        SELECT 1 FROM step_state
        WHERE client_id = known.id AND step_state.month = known.month AND step IN ('created', 'locked') AND state <> 'done'
    ),
    coalesce(state, 'received') IN ('received', 'received_guideline'),
    state
FROM known LEFT JOIN month_state ON month_state.client_id = known.id AND month_state.month = known.month
WHERE applies;

-- answer: overdue
SELECT DISTINCT client_id, month FROM step_state, clock
WHERE state IN ('late', 'problem') AND month < substr(oslo_day(now), 1, 7);

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

-- answer: access
SELECT
    client_id, login, every_access.role, starts, ends, state, source, user.role,
    coalesce(left_on, '9999') >= (SELECT oslo_day(now) FROM clock)
FROM every_access JOIN user ON user.id = user_id;

-- answer: owners
SELECT
    client.id, owner_now.login, source, latest_run.login, latest_run.id, period, pay_date,
    CASE
        WHEN latest_run.id IS NULL THEN 'no_run'
        WHEN latest_run.left_on < today THEN 'runner_left'
        WHEN owner_now.login IS NULL THEN 'no_owner'
        WHEN owner_now.login = latest_run.login THEN 'same'
        WHEN source IN ('inferred', 'rule') THEN 'differs'
        ELSE 'differs_from_manual'
    END
FROM client JOIN (SELECT oslo_day(now) AS today FROM clock)
LEFT JOIN owner_now ON owner_now.client_id = client.id
LEFT JOIN latest_run ON latest_run.client_id = client.id
WHERE coalesce(client.left_on, '9999') >= today;

-- answer: altinn
SELECT client.id, altinn_settings, delegation, login
FROM client JOIN (SELECT oslo_day(now) AS today FROM clock)
LEFT JOIN (
    SELECT altinn_tag.client_id, login FROM altinn_tag JOIN open_access USING (client_id, user_id)
    JOIN user ON user.id = user_id WHERE state = 'running'
) AS tag ON tag.client_id = client.id
WHERE coalesce(client.left_on, '9999') >= today;
