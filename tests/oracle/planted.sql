-- Where the run is that was planted, as of 23 November 2026; the last a-melding due before that was October's.

-- planted: LATE_RUN
SELECT client_id FROM seen WHERE is_past AND paid_at <= now AND locked_at IS NULL;

-- planted: AWAITING_APPROVAL
SELECT client_id FROM seen
WHERE is_past AND submitted_at <= now AND approved_at IS NULL AND locked_at IS NULL AND paid_at IS NULL;

-- planted: PAYSLIPS_NOT_SENT
SELECT client_id FROM seen WHERE is_past AND locked_at <= now AND payslips_sent_at IS NULL;

-- planted: CREATED_LATE
SELECT client_id FROM seen WHERE is_past AND type = 'ordinary' AND working_days(oslo_day(created_at), pay_date) <= 1;

-- planted: WITHHOLDING_UNPAID
SELECT client_id FROM seen
WHERE payments_known AND withholding > 0 AND withholding_paid_at IS NULL AND paid_at <= now
    AND withholding_due(pay_date) < oslo_day(now);

-- planted: PAYMENTS_UNKNOWN
SELECT client_id FROM seen WHERE is_past AND NOT payments_known AND withholding > 0 AND withholding_paid_at IS NULL;

-- planted: EXTRA_RUN
SELECT client_id FROM seen WHERE type = 'extra' AND period = '2026-10';

-- planted: VACATION_RUN
SELECT client_id FROM seen WHERE type = 'vacation' AND period = '2026-10';

-- planted: UNTIL_NOW_RUN
SELECT client_id FROM seen WHERE type = 'until_now' AND period = '2026-10';

-- planted: UNREPORTED_CORRECTION
SELECT client_id FROM seen WHERE type = 'extra' AND period = '2026-10' AND seq NOT IN (SELECT run FROM a_melding_run);

-- planted: REFUND
SELECT client_id FROM seen JOIN pay_run_aga ON run = seq WHERE kind = 'refund' AND period = '2026-10';

-- planted: ATTACHMENT
SELECT client_id FROM seen WHERE attachment > 0 AND period = '2026-10';

-- planted: ZONE_1A
SELECT client_id FROM line WHERE steps AND pay_date BETWEEN '2026-01-01' AND '2026-11-23'
GROUP BY client_id, run, site_orgnr, kind HAVING count(DISTINCT rate) = 2;

-- planted: ZONE_4A
SELECT client_id FROM line WHERE zone = '4a';

-- planted: SITES_IN_MANY_ZONES
SELECT client_id FROM line WHERE kind = 'pay' GROUP BY client_id, run HAVING count(DISTINCT zone) = 3;

-- planted: NO_PAY
SELECT client_id FROM no_pay JOIN pay_group ON pay_group.id = pay_group_id JOIN staffed USING (client_id)
WHERE period = '2026-10' AND month = period AND recorded_at < (SELECT now FROM clock);

-- planted: FINANCE
SELECT client_id FROM a_melding WHERE finansskatt_sum > 0;

-- planted: FEED_STOPPED
SELECT id FROM client WHERE feed_stopped_on = '2026-11-20';

-- planted: NOT_MADE
SELECT client_id FROM piece, clock WHERE seq IS NULL AND day < oslo_day(now);

-- planted: NOT_SUBMITTED
SELECT client_id FROM seen JOIN client ON client.id = client_id
WHERE is_past AND uses_approval AND submitted_at IS NULL AND feed_stopped_on IS NULL;

-- planted: NOT_LOCKED
SELECT client_id FROM seen WHERE is_past AND approved_at <= now AND locked_at IS NULL AND paid_at IS NULL;

-- planted: LOCKED_WITHOUT_APPROVAL
SELECT client_id FROM seen JOIN client ON client.id = client_id
WHERE uses_approval AND locked_at <= now AND approved_at IS NULL;

-- planted: NOT_PAID
SELECT client_id FROM seen WHERE is_past AND payments_known AND locked_at <= now AND paid_at IS NULL;

-- planted: NO_MESSAGE
SELECT client_id FROM unsent
WHERE month = '2026-10'
    AND NOT EXISTS (SELECT 1 FROM message WHERE message.client_id = unsent.client_id AND message.month = unsent.month);
