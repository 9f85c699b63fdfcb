-- check: a claim or an absence is entered while its employee is employed by the client
SELECT registration.id FROM registration JOIN employee ON seq = employee
WHERE registration.client_id <> employee.client_id OR oslo_day(at) NOT BETWEEN employee.starts AND coalesce(employee.ends, '9999');
-- damage
UPDATE registration SET at = 0 WHERE id = (SELECT max(id) FROM registration);

-- check: a claim has an amount, an absence its days
SELECT id FROM registration
WHERE iif(kind = 'absence', amount IS NOT NULL OR starts IS NULL OR ends < starts, coalesce(amount, 0) <= 0 OR starts IS NOT NULL);
-- damage
UPDATE registration SET kind = 'travel' WHERE kind = 'absence';

-- check: the months with usage are those in which something was registered or payslips were sent
SELECT month, client_id, kind
FROM (SELECT month, client_id, kind, min(at) AS at FROM used GROUP BY month, client_id, kind) AS used
FULL JOIN usage_month USING (month, client_id, kind)
WHERE at IS NOT first_at;
-- damage
DELETE FROM usage_month WHERE (month, client_id) = (SELECT month, client_id FROM usage_month LIMIT 1);
