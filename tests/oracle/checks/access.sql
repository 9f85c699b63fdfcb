-- check: a client has at most one owner now
SELECT client_id FROM open_access WHERE state = 'running' AND role = 'owner' GROUP BY client_id HAVING count(*) > 1;
-- damage
UPDATE access SET role = 'owner' WHERE client_id = (SELECT client_id FROM access GROUP BY client_id ORDER BY count(*) DESC LIMIT 1);

-- check: an owner's access has begun
SELECT id FROM open_access WHERE role = 'owner' AND state = 'upcoming';
-- damage
UPDATE access SET starts = '2199-01-01' WHERE id = (SELECT min(id) FROM access WHERE role = 'owner');

-- check: a user has at most one access to a client that is not over
SELECT client_id, user_id FROM open_access GROUP BY client_id, user_id HAVING count(*) > 1;
-- damage
INSERT INTO access (client_id, user_id, role, starts, source)
SELECT client_id, user_id, 'member', '2026-01-01', 'manual' FROM open_access LIMIT 1;

-- check: access ends after it begins
SELECT id FROM access WHERE ends < starts OR iif(ended_at IS NULL, starts, oslo_day(ended_at)) < starts;
-- damage
UPDATE access SET ends = date(starts, '-1 day') WHERE id = (SELECT min(id) FROM access);

-- check: people have access to clients of their own bureau
SELECT access.id FROM access JOIN client ON client.id = client_id JOIN user ON user.id = user_id
WHERE client.bureau_id <> user.bureau_id;
-- damage
UPDATE user SET bureau_id = 'bu_other' WHERE id = (SELECT user_id FROM access LIMIT 1);

-- check: access was last used before the day the store has come to
SELECT id FROM access WHERE last_used IS NOT NULL
    AND oslo_day(last_used) >= (SELECT value FROM setting WHERE name = 'turned_on');
-- damage
UPDATE access SET last_used = (SELECT now FROM clock) WHERE id = (SELECT max(id) FROM access);

-- check: the owner written down is who owns the client now, and so is where that comes from
SELECT client.id FROM client LEFT JOIN owner_now ON owner_now.client_id = client.id
WHERE (client.owner, client.owner_source) IS NOT (coalesce(login, ''), coalesce(source, ''));
-- damage
UPDATE access SET source = 'rule' WHERE role = 'owner';

-- check: who uses the Altinn settings of a client has access to it now
SELECT client_id, user_id FROM altinn_tag
WHERE (client_id, user_id) NOT IN (SELECT client_id, user_id FROM open_access WHERE state = 'running');
-- damage
UPDATE access SET ends = '2026-01-01' WHERE user_id = (SELECT max(user_id) FROM altinn_tag);

-- check: nobody uses Altinn settings that are off
SELECT client_id FROM altinn_tag JOIN client ON client.id = client_id WHERE NOT altinn_settings;
-- damage
UPDATE client SET altinn_settings = 0;

-- check: who uses Altinn settings is here
SELECT user_id FROM altinn_tag JOIN user ON user.id = user_id, clock WHERE left_on < oslo_day(now);
-- damage
UPDATE user SET left_on = '2026-01-01' WHERE id = (SELECT max(user_id) FROM altinn_tag);
