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

-- answer: deadlines
SELECT
    due, kind, client_id, run, kroner(amount),
    CASE WHEN kind NOT IN ('term', 'tax_cards') THEN CASE WHEN is_met THEN 1
        WHEN NOT is_told OR coalesce(feed_stopped_on, '9999') <= due AND due < oslo_day(now) THEN NULL ELSE 0 END END
FROM due_thing JOIN client ON client.id = client_id, clock WHERE due BETWEEN '2026-10-01' AND '2026-12-31';

-- answer: dashboard
WITH scope (kind, name, client_id) AS (
    SELECT 'bureau', NULL, id FROM client
    UNION ALL SELECT 'owner', login, client.id FROM client LEFT JOIN owner_now ON owner_now.client_id = client.id
    UNION ALL SELECT 'group', slug, client_id FROM group_member JOIN client_group ON client_group.id = group_id
), day (month, last) AS (
    SELECT month, min(date(month || '-01', '+1 month', '-1 day'), oslo_day(now)) FROM month, clock
), fact (client_id, month, figure, value) AS (
    SELECT id, month, 'clients', 1 FROM client JOIN day ON last BETWEEN active_from AND coalesce(left_on, '9999')
    UNION ALL SELECT client.id, month, 'employees', 1 FROM client JOIN day ON last BETWEEN active_from AND coalesce(left_on, '9999')
    JOIN employee ON client_id = client.id AND last BETWEEN starts AND coalesce(ends, '9999')
    UNION ALL SELECT client_id, month, CASE kind WHEN 'payslip' THEN 'payslips' WHEN 'absence' THEN 'absences' ELSE 'claims' END, 1
    FROM used, clock WHERE at <= now
    UNION ALL SELECT client_id, substr(oslo_day(paid_at), 1, 7), 'net_paid', net FROM seen
    WHERE paid_at <= now AND client_id IN (
        SELECT client_id FROM open_access JOIN user ON user.id = user_id JOIN setting ON value = login
        WHERE setting.name = 'default_login' AND state = 'running'
    )
    UNION ALL SELECT client_id, month_after(month), 'a_meldinger_failed', 1 FROM month_state
    WHERE state IN ('rejected', 'received_immediate') OR state = 'not_sent' AND (client_id, month) IN (
        SELECT client_id, month FROM step_state WHERE step = 'a_melding' AND state = 'late'
    )
    UNION ALL SELECT client_id, substr(pay_date, 1, 7), 'automation', untouched FROM seen WHERE type = 'ordinary'
)
SELECT
    kind, name, month, figure,
    CASE WHEN figure <> 'automation' THEN sum(value) ELSE CAST(round(10000.0 * sum(value) / (
        SELECT sum(payslips) FROM scope AS same JOIN seen USING (client_id)
        WHERE same.kind = scope.kind AND same.name IS scope.name AND type = 'ordinary' AND substr(pay_date, 1, 7) = month
    )) AS INTEGER) END AS total
FROM scope JOIN fact USING (client_id) GROUP BY kind, name, month, figure HAVING sum(value) > 0;

-- answer: term lines
SELECT
    client_id, month, kind, site_orgnr, zone, sector, kroner(base), counted_line.rate, kroner(amount),
    counted_line.rate = iif(sector = 'agriculture', agriculture, ordinary)
        OR zone = '1a' AND sector <> 'agriculture' AND counted_line.rate = rate_when_used_up
FROM counted_line JOIN rate USING (zone), law;

-- answer: rounded off
SELECT client_id, month, kroner(charge.amount - sum(line.amount))
FROM charge JOIN counted_line AS line USING (client_id, month)
WHERE charge.kind = 'aga' GROUP BY client_id, month HAVING charge.amount <> sum(line.amount);

-- answer: charges
SELECT client_id, month, kind, kroner(amount) FROM charge WHERE amount <> 0;

-- answer: charges of owners
SELECT login, term_due(month), kind, kroner(sum(amount))
FROM charge LEFT JOIN owner_now ON owner_now.client_id = charge.client_id
GROUP BY login, term_due(month), kind HAVING sum(amount) <> 0;

-- answer: to pay
SELECT
    client_id, part, due, kind, pay_date, kroner(amount), kroner(asked), kid, iif(kid IS NULL, NULL, kid_holds(kid))
FROM to_pay;

-- answer: fribeløp
WITH term AS (SELECT DISTINCT substr(month, 1, 4) AS year, max(month) AS last FROM month GROUP BY term_due(month))
SELECT
    client_id, last, kroner(sum(base)),
    kroner(min(850000 * 100, iif(sum(base) >= base_until_used_up, 85000000, (sum(base) * 35 + 500) / 1000)))
FROM in_zone_1a JOIN term ON substr(month, 1, 4) = year AND month <= last, law
GROUP BY client_id, last;

-- answer: differences
WITH both AS (
    SELECT client_id, month, kind, 0 AS made, amount AS told FROM told
    UNION ALL SELECT client_id, month, kind, amount, 0 FROM made
), slack AS (SELECT client_id, month, 50 * max(1, count(*)) AS ore FROM standing GROUP BY client_id, month)
SELECT client_id, month, kind, kroner(sum(told)), kroner(sum(made)) FROM both LEFT JOIN slack USING (client_id, month)
GROUP BY client_id, month, kind HAVING abs(sum(told) - sum(made)) > coalesce(ore, 50);

-- answer: untold runs
SELECT client_id, month, id, reason FROM untold;

-- answer: forbrukslogg
SELECT client_id, month, kind, count(*) FROM used, clock
WHERE at <= now AND month BETWEEN '2025-11' AND '2026-12' GROUP BY client_id, month, kind;

-- answer: automatiseringsgrad
SELECT client_id, substr(pay_date, 1, 7), count(*), sum(NOT touched)
FROM seen JOIN payslip ON run = seq WHERE type = 'ordinary' GROUP BY 1, 2;

-- answer: touched by hand
SELECT seen.client_id, seen.id, employee.id
FROM seen JOIN payslip ON run = seen.seq JOIN employee ON employee.seq = employee
WHERE type = 'ordinary' AND touched AND pay_date BETWEEN '2026-09-01' AND '2026-10-31';

-- answer: without a card
SELECT client_id, count(*) FROM to_be_paid, clock
WHERE seq NOT IN (
    SELECT employee FROM tax_card, clock WHERE year = substr(oslo_day(now), 1, 4) + 0 AND fetched_at <= now
)
GROUP BY client_id;

-- answer: last runs
SELECT client_id, id FROM (
    SELECT client_id, id, row_number() OVER (PARTITION BY client_id ORDER BY pay_date DESC, seq DESC) AS place
    FROM seen WHERE pay_date <= oslo_day(now)
) WHERE place = 1;

-- answer: next deadlines
SELECT client_id, due, kind FROM (
    SELECT client_id, due, kind, row_number() OVER (PARTITION BY client_id ORDER BY due, kind) AS place
    FROM due_thing, (SELECT oslo_day(now) AS today FROM clock)
    WHERE due BETWEEN today AND date(today, '+60 days') AND NOT (
        kind NOT IN ('term', 'tax_cards') AND coalesce(is_met, FALSE)
    )
) WHERE place = 1;

-- answer: to be paid
SELECT client_id, id FROM to_be_paid;

-- answer: card status
SELECT
    client.id, count(person.seq), count(this_year.id), count(person.seq) - count(this_year.id),
    coalesce(sum(withholds_half(paid_by.result, content.deductions, paid_by.applies)), 0),
    min(paid_on),
    min(CASE WHEN withholds_half(paid_by.result, content.deductions, paid_by.applies) THEN paid_on END),
    min(this_year.fetched_at), max(this_year.fetched_at)
FROM client, clock LEFT JOIN to_be_paid AS person ON person.client_id = client.id
LEFT JOIN newest_card AS this_year ON this_year.employee = person.seq AND this_year.year = 2026
LEFT JOIN newest_card AS paid_by ON paid_by.employee = person.seq AND paid_by.year = CAST(substr(paid_on, 1, 4) AS INTEGER)
LEFT JOIN card_content AS content ON content.id = paid_by.content
WHERE coalesce(left_on, '9999') >= oslo_day(now) GROUP BY client.id;
