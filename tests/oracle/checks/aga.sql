-- check: an amount is base times rate, rounded half up to a whole øre
SELECT run, position FROM pay_run_aga
WHERE CASE WHEN base < 0 THEN 2 * abs(10000 * amount - base * rate) > 10000
    ELSE amount <> (base * rate + 5000) / 10000 END;
-- damage
UPDATE pay_run_aga SET amount = amount - 1 WHERE (run, position) = (SELECT run, position FROM pay_run_aga WHERE base > 0 LIMIT 1);

-- check: a line is of a site its client has, in the zone and sector of it
SELECT run, position FROM line
WHERE NOT EXISTS (
    SELECT 1 FROM site
    WHERE site.client_id = line.client_id AND orgnr = site_orgnr AND site.zone = line.zone AND site.sector = line.sector
);
-- damage
UPDATE pay_run_aga SET sector = 'finance' WHERE sector = 'agriculture';

-- check: a rate is the zone's and the sector's, in zone 1a the low one or that of when the fribeløp is used up
SELECT run, position FROM line JOIN rate USING (zone), law
WHERE line.rate <> iif(sector = 'agriculture', agriculture, ordinary) AND NOT (steps AND line.rate = rate_when_used_up);
-- damage
UPDATE pay_run_aga SET rate = 790 WHERE zone = '4a' AND sector = 'agriculture' OR zone = '3';

-- check: zone 1a has the low rate exactly as long as the fribeløp lasts
SELECT run, position FROM line, law
WHERE steps AND base > 0 AND iif(rate = rate_when_used_up, used - base < base_until_used_up, used > base_until_used_up);
-- damage
UPDATE pay_run_aga SET rate = 1060 + 1410 - rate WHERE zone = '1a' AND sector <> 'agriculture';

-- check: what is taxed as pay is what the payslips of a site's employees come to
SELECT run, site_orgnr FROM (
    SELECT run, site_orgnr, base FROM pay_run_aga WHERE kind = 'pay'
    UNION ALL SELECT run, site_orgnr, -gross FROM payslip JOIN employee ON seq = employee
)
GROUP BY run, site_orgnr HAVING sum(base) <> 0;
-- damage
UPDATE pay_run_aga SET base = base + 1 WHERE kind = 'pay' AND run = (SELECT max(run) FROM pay_run_aga WHERE kind = 'pay');

-- check: a refund takes away, pay and pension add
SELECT run, position FROM pay_run_aga WHERE iif(kind = 'refund', base >= 0, base <= 0);
-- damage
UPDATE pay_run_aga SET base = -base WHERE kind = 'refund';

-- check: the extra avgift was of 2023 and 2024 alone
SELECT run, position FROM pay_run_aga JOIN pay_run ON seq = run WHERE kind = 'extra' AND pay_date NOT BETWEEN '2023' AND '2024-12-31';
-- damage
UPDATE pay_run_aga SET kind = 'extra' WHERE (run, position) = (SELECT run, position FROM pay_run_aga WHERE kind = 'pay' LIMIT 1);
