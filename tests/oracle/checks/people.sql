-- check: a fødselsnummer has right check digits and is synthetic
SELECT id FROM employee WHERE NOT fnr_holds(fnr) OR NOT fnr_is_synthetic(fnr);
-- damage
UPDATE employee SET fnr = '01010112345' WHERE seq = (SELECT max(seq) FROM employee);

-- check: a person is employed once at a time at a client
SELECT one.id FROM employee AS one JOIN employee AS other USING (client_id, fnr)
WHERE one.seq < other.seq AND one.starts <= coalesce(other.ends, '9999') AND other.starts <= coalesce(one.ends, '9999');
-- damage
UPDATE employee SET fnr = (SELECT fnr FROM employee WHERE seq = 1) WHERE client_id = (SELECT client_id FROM employee WHERE seq = 1);

-- check: an employee is of a pay group and at a site of the client
SELECT id FROM employee
WHERE NOT EXISTS (SELECT 1 FROM pay_group WHERE pay_group.id = pay_group_id AND pay_group.client_id = employee.client_id)
    OR NOT EXISTS (SELECT 1 FROM site WHERE orgnr = site_orgnr AND site.client_id = employee.client_id);
-- damage
UPDATE employee SET site_orgnr = '310000001' WHERE seq = 1;

-- check: an employment ends after it begins
SELECT id FROM employee WHERE ends < starts;
-- damage
UPDATE employee SET ends = date(starts, '-1 day') WHERE seq = 1;

-- check: who is paid is in the pay group, and employed on the pay date
SELECT run, employee FROM payslip JOIN pay_run ON pay_run.seq = run JOIN employee ON employee.seq = employee
WHERE employee.client_id <> pay_run.client_id OR employee.pay_group_id <> pay_run.pay_group_id
    OR pay_date NOT BETWEEN starts AND coalesce(ends, '9999');
-- damage
UPDATE employee SET starts = '2199-01-01', ends = NULL WHERE seq = 1;

-- check: a client and a site have an organisasjonsnummer that holds
SELECT orgnr FROM client WHERE NOT orgnr_holds(orgnr)
UNION ALL SELECT orgnr FROM site WHERE NOT orgnr_holds(orgnr)
UNION ALL SELECT orgnr FROM bureau WHERE NOT orgnr_holds(orgnr);
-- damage
UPDATE site SET orgnr = '310000001' WHERE (client_id, orgnr) = (SELECT client_id, orgnr FROM site LIMIT 1);
