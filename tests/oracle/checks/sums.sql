-- check: net is what is left of gross
SELECT run, employee FROM payslip WHERE net <> gross - withholding - attachment OR min(gross, withholding, attachment, net) < 0;
-- damage
UPDATE payslip SET net = net + 1 WHERE (run, employee) = (SELECT run, employee FROM payslip LIMIT 1);

-- check: withholding is whole kroner
SELECT run, employee FROM payslip WHERE withholding % 100 <> 0;
-- damage
UPDATE payslip SET withholding = withholding + 50, net = net - 50
WHERE (run, employee) = (SELECT run, employee FROM payslip LIMIT 1);

-- check: the sums of a run are those of its payslips, of which it has some
SELECT pay_run.id FROM pay_run LEFT JOIN payslip ON run = seq
GROUP BY seq
HAVING (pay_run.payslips, untouched, pay_run.gross, pay_run.withholding, pay_run.attachment, pay_run.net) IS NOT (
    count(run), sum(NOT touched), sum(payslip.gross), sum(payslip.withholding), sum(payslip.attachment), sum(payslip.net)
) OR count(run) = 0;
-- damage
DELETE FROM payslip WHERE (run, employee) = (SELECT run, employee FROM payslip LIMIT 1);

-- check: the arbeidsgiveravgift of a run is that of its lines
SELECT id FROM pay_run
WHERE (aga_base, aga) IS NOT (
    SELECT coalesce(sum(iif(kind = 'extra', 0, base)), 0), coalesce(sum(amount), 0) FROM pay_run_aga WHERE run = seq
);
-- damage
UPDATE pay_run SET aga = aga + 1 WHERE seq = (SELECT max(seq) FROM pay_run);
