-- check: an ordinary run is paid on the agreed day, moved back to a working day
SELECT pay_run.id FROM pay_run JOIN pay_group ON pay_group.id = pay_group_id
WHERE type = 'ordinary' AND pay_date <> pay_day(period, payday);
-- damage
UPDATE pay_run SET pay_date = date(pay_date, '-1 day') WHERE seq = (SELECT max(seq) FROM pay_run WHERE type = 'ordinary');

-- check: every run is paid on a working day of its period, or of the month before when it was moved back
SELECT id FROM pay_run
WHERE NOT is_working(pay_date) OR substr(pay_date, 1, 7) > period OR substr(pay_date, 1, 7) < month_before(period);
-- damage
UPDATE pay_run SET pay_date = '2026-05-17' WHERE type = 'extra';

-- check: there are fourteen months up to the day the portfolio was made for, and the next
SELECT period FROM (SELECT DISTINCT period FROM pay_run) WHERE period > (SELECT value FROM setting WHERE name = 'horizon')
UNION ALL SELECT 'in all' WHERE (SELECT count(DISTINCT period) FROM pay_run) <> 15;
-- damage
UPDATE pay_run SET period = '2027-01' WHERE period = (SELECT min(period) FROM pay_run);

-- check: a pay group has one ordinary run in a period
SELECT pay_group_id, period FROM pay_run WHERE type = 'ordinary' GROUP BY pay_group_id, period HAVING count(*) > 1;
-- damage
UPDATE pay_run SET type = 'ordinary';

-- check: each pay group of a client, but 10058, has an ordinary run or a record of no pay in each month with somebody to be paid
SELECT pay_group.id, month FROM month JOIN client JOIN pay_group ON pay_group.client_id = client.id
WHERE pay_day(month, payday) BETWEEN active_from AND coalesce(left_on, feed_stopped_on, '9999')
    AND EXISTS (
        SELECT 1 FROM employee WHERE employee.client_id = client.id AND pay_group_id = pay_group.id
            AND pay_day(month, payday) BETWEEN starts AND coalesce(ends, '9999')
    )
    AND NOT EXISTS (
        SELECT 1 FROM pay_run WHERE pay_run.client_id = client.id AND pay_group_id = pay_group.id
            AND period = month AND type = 'ordinary'
    )
    AND NOT EXISTS (SELECT 1 FROM no_pay WHERE pay_group_id = pay_group.id AND period = month) AND number <> '10058';
-- damage
DELETE FROM no_pay;

-- check: nothing is recorded as no pay that is paid
SELECT pay_group_id, period FROM no_pay JOIN pay_run USING (pay_group_id, period) WHERE type = 'ordinary';
-- damage
INSERT INTO no_pay SELECT pay_group_id, period, created_at, created_by FROM pay_run WHERE type = 'ordinary' LIMIT 1;

-- check: who has not begun or has left is paid nothing
SELECT pay_run.id FROM pay_run JOIN client ON client.id = client_id WHERE pay_date < active_from OR pay_date > left_on;
-- damage
UPDATE client SET left_on = active_from;

-- check: a month that is settled has nothing late and no problem in it
SELECT client_id, month, settled_at FROM step_state JOIN client_month USING (client_id, month), clock
WHERE state IN ('late', 'problem') AND settled_at <= now;
-- damage
UPDATE client_month SET settled_at = 0;

-- check: every client has a row for every month of which the store tells
SELECT client.id, month FROM client, month WHERE (client.id, month) NOT IN (SELECT client_id, month FROM client_month);
-- damage
DELETE FROM client_month WHERE month = (SELECT max(month) FROM client_month);
