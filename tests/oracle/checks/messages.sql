-- check: a sum of arbeidsgiveravgift is that of the message's lines, rounded half up to whole kroner
SELECT id FROM a_melding
WHERE aga_sum <> (SELECT coalesce(sum(amount) + 50, 0) FROM a_melding_aga WHERE message = seq) / 100 * 100;
-- damage
UPDATE a_melding SET aga_sum = aga_sum + 100 WHERE seq = (SELECT max(seq) FROM a_melding);

-- check: finansskatt is 5 % of what finance clients are taxed of, in whole kroner
SELECT id FROM a_melding, law
WHERE finansskatt_sum <> (
    SELECT (coalesce(sum(base), 0) * finansskatt + 500000) / 1000000 * 100
    FROM a_melding_aga WHERE message = seq AND sector = 'finance'
);
-- damage
UPDATE a_melding SET finansskatt_sum = finansskatt_sum - 100 WHERE finansskatt_sum > 0;

-- check: withholding and attachment are those of the runs a message carries
SELECT id FROM a_melding
WHERE (withholding_sum, attachment_sum) IS NOT (
    SELECT coalesce(sum(withholding), 0), coalesce(sum(attachment), 0)
    FROM a_melding_run JOIN pay_run ON pay_run.seq = run WHERE message = a_melding.seq
);
-- damage
UPDATE a_melding SET attachment_sum = attachment_sum + 100 WHERE seq = (SELECT min(seq) FROM a_melding);

-- check: the lines of a message are those of the runs it carries
SELECT message, site_orgnr, kind, rate FROM (
    SELECT message, site_orgnr, zone, sector, kind, rate, base, amount FROM a_melding_aga
    UNION ALL SELECT message, site_orgnr, zone, sector, kind, rate, -base, -amount
    FROM a_melding_run JOIN pay_run_aga USING (run)
)
GROUP BY message, site_orgnr, zone, sector, kind, rate HAVING sum(base) <> 0 OR sum(amount) <> 0;
-- damage
UPDATE a_melding_aga SET kind = 'pension' WHERE message = (SELECT max(message) FROM a_melding_aga) AND position = 0;

-- check: a message carries runs of its own client that were paid in its month
SELECT a_melding.id, pay_run.id FROM a_melding_run JOIN a_melding ON a_melding.seq = message JOIN pay_run ON pay_run.seq = run
WHERE a_melding.client_id <> pay_run.client_id OR month <> substr(pay_date, 1, 7);
-- damage
UPDATE pay_run SET pay_date = '2026-01-01' WHERE seq = (SELECT min(run) FROM a_melding_run);

-- check: a message replaces an earlier one of its client and month that was received
SELECT id FROM a_melding AS later
WHERE replaces IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM a_melding AS earlier
    WHERE earlier.id = later.replaces AND earlier.client_id = later.client_id AND earlier.month = later.month
        AND earlier.feedback_at <= later.created_at AND earlier.result <> 'rejected'
);
-- damage
UPDATE a_melding SET replaces = id WHERE replaces IS NOT NULL;

-- check: no run stands in two messages
SELECT run FROM reported GROUP BY run HAVING count(*) > 1;
-- damage
UPDATE a_melding SET replaces = NULL;

-- check: what a message results in is the worst of its deviations
SELECT id FROM a_melding
WHERE result IS NOT NULL AND result <> (
    SELECT CASE min(CASE severity WHEN 'rejection' THEN 1 WHEN 'immediate' THEN 2 ELSE 3 END)
        WHEN 1 THEN 'rejected' WHEN 2 THEN 'received_immediate' WHEN 3 THEN 'received_guideline' ELSE 'received' END
    FROM deviation WHERE message = seq
);
-- damage
DELETE FROM deviation WHERE severity = 'immediate';

-- check: the recipients of a message are those paid in its runs
SELECT id FROM a_melding
WHERE recipients <> (SELECT count(DISTINCT employee) FROM a_melding_run JOIN payslip USING (run) WHERE message = seq)
    AND EXISTS (SELECT 1 FROM a_melding_run WHERE message = seq);
-- damage
UPDATE a_melding SET recipients = recipients + 1 WHERE seq = (SELECT min(message) FROM a_melding_run);
