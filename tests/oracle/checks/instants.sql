-- check: a run is made, submitted, approved and locked in this order
SELECT id FROM pay_run
WHERE created_at > submitted_at OR max(created_at, coalesce(submitted_at, 0)) > approved_at
    OR max(created_at, coalesce(submitted_at, 0), coalesce(approved_at, 0)) > locked_at;
-- damage
UPDATE pay_run SET locked_at = created_at - 60 WHERE seq = (SELECT max(seq) FROM pay_run WHERE locked_at IS NOT NULL);

-- check: a client with approval, but 10048, locks nothing that was not submitted and approved
SELECT pay_run.id FROM pay_run JOIN client ON client.id = client_id
WHERE iif(
    uses_approval,
    approved_at IS NOT NULL AND submitted_at IS NULL OR locked_at IS NOT NULL AND approved_at IS NULL,
    submitted_at IS NOT NULL OR approved_at IS NOT NULL
) AND number <> '10048';
-- damage
UPDATE pay_run SET approved_at = NULL;

-- check: a message is made, sent and answered in this order, and answered with a result
SELECT id FROM a_melding
WHERE created_at > sent_at OR sent_at > feedback_at OR sent_at IS NULL AND feedback_at IS NOT NULL
    OR (feedback_at IS NULL) <> (result IS NULL);
-- damage
UPDATE a_melding SET sent_at = NULL WHERE seq = (SELECT max(seq) FROM a_melding WHERE feedback_at IS NOT NULL);

-- check: a message is made after the runs it carries
SELECT a_melding.id FROM a_melding JOIN a_melding_run ON message = a_melding.seq JOIN pay_run ON pay_run.seq = run
WHERE a_melding.created_at < pay_run.created_at;
-- damage
UPDATE a_melding SET created_at = 0;

-- check: every instant is a whole minute
SELECT at FROM instant WHERE at % 60 <> 0;
-- damage
UPDATE pay_run SET created_at = created_at + 1 WHERE seq = 1;

-- check: an instant at which something began or changed is known
SELECT at FROM instant WHERE at NOT IN (SELECT at FROM fact_instant);
-- damage
DELETE FROM fact_instant WHERE at = (SELECT max(created_at) FROM pay_run);

-- check: nothing changed at an instant that is known for nothing
SELECT at FROM fact_instant WHERE at NOT IN (SELECT at FROM instant);
-- damage
INSERT INTO fact_instant SELECT id, 60 FROM bureau;
