-- The store as an auditor reads it: lines with what was used up, the card in force, what a month's messages come to.

CREATE TEMP VIEW line AS -- of a run, with the base in zone 1a that its client had used in the year once it is counted
SELECT
    part.*, pay_run.client_id, pay_date,
    zone = '1a' AND sector <> 'agriculture' AS steps,
    coalesce(opening.base, 0) + sum(part.base) FILTER (WHERE zone = '1a' AND sector <> 'agriculture') OVER (
        PARTITION BY pay_run.client_id, substr(pay_date, 1, 4) ORDER BY pay_date, pay_run.seq, position
    ) AS used
FROM pay_run_aga AS part
JOIN pay_run ON pay_run.seq = run
LEFT JOIN zone_1a_opening AS opening
    ON opening.client_id = pay_run.client_id AND opening.year = CAST(substr(pay_date, 1, 4) AS INTEGER);

CREATE TEMP VIEW slip AS -- a payslip with the card in force on its pay date
SELECT
    payslip.*, pay_date, type,
    (
        SELECT id FROM tax_card
        WHERE tax_card.employee = payslip.employee AND year = CAST(substr(pay_date, 1, 4) AS INTEGER)
            AND oslo_day(fetched_at) <= pay_date
        ORDER BY fetched_at DESC LIMIT 1
    ) AS card
FROM payslip JOIN pay_run ON pay_run.seq = run;

CREATE TEMP VIEW carded_slip AS -- with what the card says; no card means half of everything
SELECT
    slip.*, coalesce(result, 'none') AS result,
    substr(pay_date, 6, 2) AS month_of_year,
    deductions ->> ('$[' || applies || '].kind') AS kind,
    deductions ->> ('$[' || applies || '].percent') AS percent,
    deductions ->> ('$[' || applies || '].free_amount') AS free_amount,
    sum(gross) OVER (
        PARTITION BY slip.employee, substr(pay_date, 1, 4) ORDER BY pay_date, run
    ) AS earned
FROM slip LEFT JOIN tax_card ON tax_card.id = card LEFT JOIN card_content ON card_content.id = content;

CREATE TEMP VIEW taxed_slip AS -- in whole kroner, rounded down
SELECT
    carded_slip.*,
    gross * CASE
        WHEN result = 'ikkeTrekkplikt' THEN 0
        WHEN kind = 'free_card' AND (free_amount IS NULL OR earned <= free_amount) THEN 0
        WHEN kind = 'table' AND month_of_year = '06' THEN 0
        WHEN kind = 'table' AND month_of_year = '12' THEN percent / 2
        WHEN kind IN ('table', 'percent') THEN percent
        ELSE without_card END / 1000000 * 100 AS to_withhold
FROM carded_slip, law;

CREATE TEMP VIEW message AS -- as it is now
SELECT
    a_melding.*,
    CASE WHEN feedback_at <= now THEN result WHEN sent_at <= now THEN 'sent' ELSE 'not_sent' END AS state
FROM a_melding, clock
WHERE created_at <= now;

CREATE TEMP VIEW received AS SELECT * FROM message WHERE state LIKE 'received%';

CREATE TEMP VIEW standing AS -- received, and not replaced by one that was
SELECT * FROM received WHERE id NOT IN (SELECT replaces FROM received WHERE replaces IS NOT NULL);

CREATE TEMP VIEW reported AS -- the runs in what stands
SELECT standing.seq, client_id, month, sent_at, run FROM standing JOIN a_melding_run ON message = standing.seq;

CREATE TEMP VIEW lost AS -- what a rejected message carries and no later one that stands; run is null where it carries none
SELECT rejected.client_id, rejected.month, carried.run
FROM message AS rejected LEFT JOIN a_melding_run AS carried ON carried.message = rejected.seq
WHERE state = 'rejected' AND NOT EXISTS (
    SELECT 1 FROM standing LEFT JOIN a_melding_run AS again ON again.message = standing.seq
    WHERE standing.client_id = rejected.client_id AND standing.month = rejected.month
        AND standing.sent_at > rejected.sent_at AND (carried.run IS NULL OR again.run = carried.run)
);

CREATE TEMP VIEW underway AS SELECT client_id, month, seq FROM standing
UNION ALL SELECT client_id, month, seq FROM message WHERE state = 'sent';

CREATE TEMP VIEW unsent AS -- a run paid in a month, or a month to report, that no message tells of
SELECT client_id, substr(pay_date, 1, 7) AS month FROM pay_run, clock
WHERE created_at <= now
    AND NOT EXISTS (SELECT 1 FROM underway JOIN a_melding_run ON message = underway.seq WHERE run = pay_run.seq)
UNION
SELECT client_id, month FROM (SELECT client_id, month FROM staffed UNION SELECT client_id, month FROM message WHERE state = 'not_sent')
WHERE (client_id, month) NOT IN (SELECT client_id, month FROM underway);

CREATE TEMP VIEW staffed AS -- the months through which a client is there, with somebody employed
SELECT DISTINCT client.id AS client_id, month
FROM month JOIN client ON active_from <= month || '-01' AND coalesce(left_on, '9999') >= date(month || '-01', '+1 month', '-1 day')
JOIN employee ON employee.client_id = client.id
    AND substr(starts, 1, 7) <= month AND coalesce(substr(ends, 1, 7), month) >= month;

CREATE TEMP VIEW month AS -- of which the store tells
SELECT period AS month FROM pay_run UNION SELECT period FROM no_pay;

CREATE TEMP VIEW month_state AS -- worst wins
SELECT client_id, month, state, min(place) AS place
FROM (
    SELECT client_id, month, 'rejected' AS state, 1 AS place FROM lost
    UNION ALL SELECT client_id, month, 'not_sent', 2 FROM unsent
    UNION ALL SELECT client_id, month, state, 3 FROM standing WHERE state = 'received_immediate'
    UNION ALL SELECT client_id, month, state, 4 FROM message WHERE state = 'sent'
    UNION ALL SELECT client_id, month, state, 5 FROM standing WHERE state = 'received_guideline'
    UNION ALL SELECT client_id, month, state, 6 FROM standing WHERE state = 'received'
)
GROUP BY client_id, month;

CREATE TEMP VIEW owed AS -- what the authority asks for by what it received; by pay date from 2026 on, else by the term
SELECT seq AS message, 'aga' AS kind, '' AS pay_date, aga_sum AS amount, term_due(month) AS due FROM accepted
UNION ALL SELECT seq, 'finansskatt', '', finansskatt_sum, term_due(month) FROM accepted
UNION ALL SELECT seq, 'forskuddstrekk', '', withholding_sum, term_due(month) FROM accepted WHERE month < '2026'
UNION ALL SELECT seq, 'utleggstrekk', '', attachment_sum, term_due(month) FROM accepted WHERE month < '2026'
UNION ALL SELECT accepted.seq, 'forskuddstrekk', pay_date, sum(withholding), withholding_due(pay_date)
FROM accepted JOIN a_melding_run ON message = accepted.seq JOIN pay_run ON pay_run.seq = run
WHERE month >= '2026' GROUP BY accepted.seq, pay_date
UNION ALL SELECT accepted.seq, 'utleggstrekk', pay_date, sum(attachment), withholding_due(pay_date)
FROM accepted JOIN a_melding_run ON message = accepted.seq JOIN pay_run ON pay_run.seq = run
WHERE month >= '2026' GROUP BY accepted.seq, pay_date;

CREATE TEMP VIEW accepted AS -- sooner or later
SELECT * FROM a_melding WHERE result LIKE 'received%';

CREATE TEMP VIEW used AS -- payslips when they are sent, the rest when it is entered
SELECT client_id, kind, at, substr(oslo_day(at), 1, 7) AS month FROM registration
UNION ALL SELECT client_id, 'payslip', payslips_sent_at, substr(oslo_day(payslips_sent_at), 1, 7)
FROM pay_run JOIN payslip ON run = seq WHERE payslips_sent_at IS NOT NULL;

CREATE TEMP VIEW instant AS -- at which something is first seen or changes
SELECT DISTINCT at FROM (
    SELECT created_at AS at FROM pay_run
    UNION ALL SELECT submitted_at FROM pay_run UNION ALL SELECT approved_at FROM pay_run
    UNION ALL SELECT locked_at FROM pay_run UNION ALL SELECT payslips_sent_at FROM pay_run
    UNION ALL SELECT paid_at FROM pay_run UNION ALL SELECT withholding_paid_at FROM pay_run
    UNION ALL SELECT attachment_paid_at FROM pay_run UNION ALL SELECT booked_at FROM pay_run
    UNION ALL SELECT created_at FROM a_melding UNION ALL SELECT sent_at FROM a_melding
    UNION ALL SELECT feedback_at FROM a_melding
    UNION ALL SELECT fetched_at FROM tax_card UNION ALL SELECT at FROM registration
    UNION ALL SELECT recorded_at FROM no_pay
) WHERE at IS NOT NULL;

CREATE TEMP VIEW seen AS -- the runs that are there by now, with what is known of their client's payments
SELECT pay_run.*, payments_known, now, pay_date < oslo_day(now) AS is_past
FROM pay_run JOIN client ON client.id = client_id, clock
WHERE created_at <= now;

CREATE TEMP VIEW every_access AS -- and what it is now
SELECT
    access.*,
    CASE WHEN coalesce(ends, '9999') < today OR coalesce(ended_at, now + 1) <= now THEN 'ended'
        WHEN starts > today THEN 'upcoming' ELSE 'running' END AS state
FROM access, (SELECT now, oslo_day(now) AS today FROM clock);

CREATE TEMP VIEW open_access AS SELECT * FROM every_access WHERE state <> 'ended';

CREATE TEMP VIEW owner_now AS
SELECT client_id, login, source FROM open_access JOIN user ON user.id = user_id WHERE open_access.role = 'owner' AND state = 'running';

CREATE TEMP VIEW latest_run AS -- of the ordinary ones made by now, with who made it
SELECT * FROM (
    SELECT
        pay_run.id, pay_run.client_id, period, pay_date, login, left_on,
        row_number() OVER (PARTITION BY client_id ORDER BY created_at DESC, seq DESC) AS place
    FROM pay_run JOIN user ON user.id = created_by, clock WHERE type = 'ordinary' AND created_at <= now
) WHERE place = 1;

CREATE TEMP VIEW agreed AS -- the days on which pay groups are to be paid in a month, for that or the next period
SELECT month, client_id, pay_group_id, period, day FROM (
    SELECT month, client_id, pay_group.id AS pay_group_id, period, pay_day(period, payday) AS day
    FROM pay_group, (SELECT month, month AS period FROM month UNION ALL SELECT month, month_after(month) FROM month)
) JOIN client ON client.id = client_id
WHERE substr(day, 1, 7) = month AND day BETWEEN active_from AND coalesce(left_on, '9999');

CREATE TEMP VIEW piece AS -- what a client's month is made of: its runs, and the agreed days without one; null where it is not so
SELECT substr(pay_date, 1, 7) AS month, client_id, seq, pay_date AS day FROM seen
UNION SELECT month, agreed.client_id, seq, pay_date FROM agreed JOIN seen USING (pay_group_id, period) WHERE type = 'ordinary'
UNION SELECT month, client_id, NULL, day FROM agreed, clock
WHERE NOT EXISTS (
    SELECT 1 FROM seen WHERE seen.pay_group_id = agreed.pay_group_id AND seen.period = agreed.period AND type = 'ordinary'
) AND NOT EXISTS (
    SELECT 1 FROM no_pay
    WHERE no_pay.pay_group_id = agreed.pay_group_id AND no_pay.period = agreed.period AND recorded_at <= now
);

CREATE TEMP VIEW known AS -- what may be said of a client: whether it applies in a month, and until when it is known
SELECT
    client.*, month, oslo_day(now) AS today, min(oslo_day(now), coalesce(feed_stopped_on, '9999')) AS until,
    (substr(active_from, 1, 7) <= month AND coalesce(substr(left_on, 1, 7), month) >= month)
        OR EXISTS (SELECT 1 FROM seen WHERE seen.client_id = client.id AND substr(pay_date, 1, 7) = month)
        OR EXISTS (SELECT 1 FROM message WHERE message.client_id = client.id AND message.month = month.month) AS applies
FROM client, month, clock;

CREATE TEMP VIEW taken AS -- each step of each piece: what it is when that is certain, else null, and when it is due
WITH run AS (
    SELECT
        piece.month, piece.client_id, piece.day, piece.seq, uses_approval, payments_known, net, payslips,
        approved_at <= now AS approved, locked_at <= now AS locked, paid_at <= now AS paid, payslips_sent_at <= now AS sent,
        withholding > 0 OR attachment > 0 AS withheld,
        (withholding = 0 OR withholding_paid_at <= now) AND (attachment = 0 OR attachment_paid_at <= now) AS settled
    FROM piece JOIN client ON client.id = piece.client_id LEFT JOIN pay_run ON pay_run.seq = piece.seq, clock
)
SELECT month, client_id, 'created' AS step, iif(seq, 'done', NULL) AS state, workdays(day, -5) AS due, TRUE AS is_told,
    'late' AS overdue FROM run
UNION ALL SELECT month, client_id, 'approved', CASE WHEN NOT uses_approval THEN 'not_applicable' WHEN approved THEN 'done'
    WHEN locked THEN 'problem' END, workdays(day, -2), TRUE, 'late' FROM run
UNION ALL SELECT month, client_id, 'locked', CASE WHEN locked THEN 'done' WHEN paid THEN 'problem' END,
    workdays(day, -1), TRUE, 'late' FROM run
UNION ALL SELECT month, client_id, 'paid', CASE WHEN net <= 0 THEN 'not_applicable' WHEN paid THEN 'done' END,
    day, payments_known OR seq IS NULL, 'late' FROM run
UNION ALL SELECT month, client_id, 'payslips', CASE WHEN payslips = 0 THEN 'not_applicable' WHEN sent THEN 'done' END,
    day, TRUE, 'late' FROM run
UNION ALL SELECT month, client_id, 'withholding', CASE WHEN NOT withheld THEN 'not_applicable' WHEN settled THEN 'done' END,
    withholding_due(day), payments_known OR seq IS NULL, iif(paid OR net <= 0, 'late', 'open') FROM run
UNION ALL SELECT month, client_id, 'a_melding', CASE state WHEN 'rejected' THEN 'problem' WHEN 'not_sent' THEN NULL ELSE 'done' END,
    a_melding_due(month), TRUE, 'late' FROM month_state
UNION ALL SELECT month, client_id, 'feedback', CASE WHEN state = 'rejected' OR (client_id, month) IN (
        SELECT client_id, month FROM standing WHERE state = 'received_immediate'
    ) THEN 'problem' WHEN state IN ('received', 'received_guideline') THEN 'done' END,
    a_melding_due(month), TRUE, 'late' FROM month_state;

CREATE TEMP VIEW step_state AS -- worst wins over the pieces of a month; what does not apply has no row
SELECT month, client_id, step, min(place) AS place, CASE min(place) WHEN 1 THEN 'problem' WHEN 2 THEN 'late' WHEN 3 THEN 'unknown'
    WHEN 4 THEN 'open' ELSE 'done' END AS state
FROM (
    SELECT taken.*, CASE coalesce(taken.state, CASE WHEN due >= today THEN 'open' WHEN is_told AND due < until THEN overdue
        ELSE 'unknown' END) WHEN 'problem' THEN 1 WHEN 'late' THEN 2 WHEN 'unknown' THEN 3 WHEN 'open' THEN 4 ELSE 5 END AS place
    FROM taken JOIN known ON known.id = taken.client_id AND known.month = taken.month
    WHERE taken.state IS NOT 'not_applicable' AND applies
)
GROUP BY month, client_id, step;

CREATE TEMP VIEW charged AS -- arbeidsgiveravgift and finansskatt of a month: as reported once every run is, else as the runs tell
WITH made AS (
    SELECT
        client_id, substr(pay_date, 1, 7) AS month, sum(aga) AS aga,
        sum((SELECT sum(base) FROM pay_run_aga WHERE run = seq AND sector = 'finance')) AS taxed,
        min(seq IN (SELECT run FROM reported)) AS is_reported
    FROM seen GROUP BY 1, 2
)
SELECT client_id, month, CASE WHEN is_reported THEN (
    SELECT sum(aga_sum + finansskatt_sum) FROM standing WHERE standing.client_id = made.client_id AND standing.month = made.month
) ELSE (aga + 50) / 100 * 100 + (coalesce(taxed, 0) * finansskatt + 500000) / 1000000 * 100 END AS amount
FROM made, law;

CREATE TEMP VIEW due_thing AS -- of the runs made, the agreed days without one, months, terms, and the year after 2026
SELECT pay_date AS due, 'pay_day' AS kind, client_id, id AS run, net AS amount, paid_at <= now AS is_met, payments_known AS is_told
FROM seen WHERE net > 0
UNION ALL SELECT withholding_due(pay_date), 'forskuddstrekk', client_id, id, withholding, withholding_paid_at <= now, payments_known
FROM seen WHERE withholding > 0
UNION ALL SELECT withholding_due(pay_date), 'utleggstrekk', client_id, id, attachment, attachment_paid_at <= now, payments_known
FROM seen WHERE attachment > 0
UNION ALL SELECT day, 'pay_day', client_id, NULL, NULL, FALSE, TRUE FROM piece WHERE seq IS NULL
UNION ALL SELECT withholding_due(day), 'forskuddstrekk', client_id, NULL, NULL, FALSE, TRUE FROM piece WHERE seq IS NULL
UNION ALL SELECT a_melding_due(month), 'a_melding', client_id, NULL, NULL, state IN ('received', 'received_guideline'), TRUE FROM month_state
UNION ALL SELECT DISTINCT term_due(month), 'term', client_id, NULL, sum(amount) OVER (PARTITION BY client_id, term_due(month)), NULL, TRUE
FROM charged WHERE amount <> 0
UNION ALL SELECT DISTINCT '2026-12-15', 'tax_cards', client_id, NULL, NULL, NULL, TRUE
FROM employee JOIN client ON client.id = client_id
WHERE '2026-12-15' BETWEEN starts AND coalesce(ends, '9999') AND '2026-12-15' BETWEEN active_from AND coalesce(left_on, '9999');

-- Who is to be paid, and when next: by a run that is made, else on the agreed day of a month that has pay.
CREATE TEMP VIEW newest_card AS
SELECT * FROM (
    SELECT tax_card.*, row_number() OVER (PARTITION BY employee, year ORDER BY fetched_at DESC, id DESC) AS place
    FROM tax_card, clock WHERE fetched_at <= now
) WHERE place = 1;

CREATE TEMP VIEW coming AS
WITH month (name) AS (
    SELECT substr(oslo_day(now), 1, 7) FROM clock
    UNION ALL SELECT month_after(substr(oslo_day(now), 1, 7)) FROM clock
    UNION ALL SELECT month_after(month_after(substr(oslo_day(now), 1, 7))) FROM clock
)
SELECT pay_group_id AS pay_group, pay_date AS day FROM pay_run, clock
WHERE created_at <= now AND pay_date >= oslo_day(now)
UNION ALL
SELECT pay_group.id, pay_day(month.name, payday) FROM pay_group, month, clock
WHERE pay_day(month.name, payday) >= oslo_day(now)
    AND NOT EXISTS (
        SELECT 1 FROM pay_run
        WHERE pay_group_id = pay_group.id AND period = month.name AND type = 'ordinary' AND created_at <= now
    )
    AND NOT EXISTS (
        SELECT 1 FROM no_pay WHERE pay_group_id = pay_group.id AND period = month.name AND recorded_at <= now
    );

CREATE TEMP VIEW to_be_paid AS
SELECT
    employee.*,
    (
        SELECT min(day) FROM coming
        WHERE coming.pay_group = pay_group_id AND day >= max(oslo_day(now), employee.starts)
    ) AS paid_on
FROM employee, clock
WHERE (starts <= date(oslo_day(now), '+30 days') AND coalesce(ends, '9999') >= oslo_day(now))
    OR seq IN (
        SELECT payslip.employee FROM payslip JOIN pay_run ON pay_run.seq = payslip.run
        WHERE created_at <= now AND coalesce(locked_at, now + 1) > now
    );
