-- The platform's store, in the shape the newest migration leaves it.
-- Instants are whole seconds since 1970, days are ISO text, money is whole øre.
-- What has a bureau_id belongs to that bureau; what has none belongs to a row that has.

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE bureau (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    orgnr TEXT NOT NULL
);

CREATE TABLE user (
    id TEXT PRIMARY KEY,
    bureau_id TEXT NOT NULL REFERENCES bureau (id),
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('none', 'officer', 'administrator', 'leader')),
    left_on TEXT, -- the last day; null while here
    two_factor INTEGER NOT NULL DEFAULT 1,
    version INTEGER NOT NULL DEFAULT 1 -- goes up with every change
);
CREATE INDEX user_by_bureau ON user (bureau_id, role, login);
CREATE INDEX user_by_name ON user (bureau_id, name, login);
CREATE INDEX user_by_login ON user (bureau_id, login);

CREATE TABLE client (
    id TEXT PRIMARY KEY,
    bureau_id TEXT NOT NULL REFERENCES bureau (id),
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL, -- the name as it is searched, see names.py
    name_order TEXT NOT NULL, -- and as it is sorted
    orgnr TEXT NOT NULL,
    form TEXT NOT NULL,
    linked_via TEXT NOT NULL CHECK (linked_via IN ('onboarded', 'group', 'internal')),
    altinn_settings INTEGER NOT NULL,
    altinn_since INTEGER, -- when that was last changed; null where it is not known
    altinn_version INTEGER NOT NULL DEFAULT 1, -- goes up with every change of that or of who is tagged: by triggers
    delegation TEXT NOT NULL CHECK (delegation IN ('granted', 'missing', 'pending')),
    onboarded TEXT NOT NULL,
    active_from TEXT NOT NULL,
    notice_on TEXT, -- leaving from this day on
    left_on TEXT, -- the last day
    uses_approval INTEGER NOT NULL,
    payments_known INTEGER NOT NULL, -- its bank tells what was paid; else null in a run is unknown
    feed_stopped_on TEXT, -- the last day its data could be fetched, as it began: nothing newer is known
    -- What the days and other tables say, kept by elapsed.py:
    status TEXT NOT NULL DEFAULT 'onboarding' CHECK (status IN ('onboarding', 'active', 'leaving', 'left')),
    active_employees INTEGER NOT NULL DEFAULT 0,
    owner TEXT NOT NULL DEFAULT '', -- the owner's login now, '' for none: what `access` says, kept by derived.py
    owner_source TEXT NOT NULL DEFAULT '' -- where the owner's access comes from
);
CREATE INDEX client_by_name ON client (bureau_id, name_order, id);
CREATE INDEX client_by_number ON client (bureau_id, number, id);
CREATE INDEX client_by_orgnr ON client (bureau_id, orgnr, id);
CREATE INDEX client_by_status ON client (bureau_id, status, id);
CREATE INDEX client_by_owner ON client (bureau_id, owner, id);
CREATE INDEX client_by_employees ON client (bureau_id, active_employees, id);
CREATE INDEX client_by_onboarded ON client (bureau_id, onboarded, id);

CREATE TABLE pay_group (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES client (id),
    name TEXT NOT NULL,
    payday INTEGER NOT NULL CHECK (payday BETWEEN 1 AND 31)
);
CREATE INDEX pay_group_by_client ON pay_group (client_id, payday);
CREATE INDEX pay_group_by_payday ON pay_group (payday, client_id);

CREATE TABLE site (
    client_id TEXT NOT NULL REFERENCES client (id),
    orgnr TEXT NOT NULL,
    zone TEXT NOT NULL,
    sector TEXT NOT NULL,
    PRIMARY KEY (client_id, orgnr)
) WITHOUT ROWID;

CREATE TABLE access ( -- what is over stays as it was; of the rest a user has at most one at a client
    id INTEGER PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES client (id),
    user_id TEXT NOT NULL REFERENCES user (id),
    role TEXT NOT NULL CHECK (role IN ('owner', 'member')),
    starts TEXT NOT NULL,
    ends TEXT, -- the last day with access
    ended_at INTEGER, -- the instant it was ended before its time
    source TEXT NOT NULL CHECK (source IN ('manual', 'inferred', 'rule', 'client_invited')),
    granted_by TEXT, -- a login; null where nobody is known to have given it
    granted_at INTEGER, -- when it was given or last changed
    reason TEXT,
    last_used INTEGER, -- when the user last worked at the client before today: kept by elapsed.py
    version INTEGER NOT NULL DEFAULT 1, -- goes up with every change
    -- What lists are walked by. The first three are copies; where they are left out, a trigger makes them:
    bureau_id TEXT NOT NULL DEFAULT '',
    client_order TEXT NOT NULL DEFAULT '',
    user_login TEXT NOT NULL DEFAULT '',
    until TEXT NOT NULL AS (ifnull(ends, '9999-12-31'))
);
CREATE INDEX access_by_client ON access (client_id, role, user_id);
CREATE INDEX access_by_user ON access (user_id, client_id);
CREATE INDEX access_by_end ON access (ended_at) WHERE ended_at IS NOT NULL;
-- The columns after the key of an index are what a list is narrowed by, so that it is counted without its rows.
CREATE INDEX access_by_client_name ON access (
    bureau_id, client_order, client_id, user_login, id, role, source, starts, until, ended_at, last_used, user_id
);
CREATE INDEX access_by_login ON access (
    bureau_id, user_login, client_order, id, role, source, starts, until, ended_at, last_used, client_id, user_id
);
CREATE INDEX access_by_last_day ON access (
    bureau_id, until, client_order, id, role, source, starts, ended_at, last_used, client_id, user_id
);
CREATE TRIGGER access_placed AFTER INSERT ON access WHEN new.bureau_id = '' BEGIN
    UPDATE access SET (bureau_id, client_order) = (SELECT bureau_id, name_order FROM client WHERE id = new.client_id),
        user_login = (SELECT login FROM user WHERE id = new.user_id)
    WHERE id = new.id;
END;

CREATE TABLE altinn_tag ( -- who uses the bureau's Altinn settings for a client: see altinn_tags.py
    client_id TEXT NOT NULL REFERENCES client (id),
    user_id TEXT NOT NULL REFERENCES user (id),
    PRIMARY KEY (client_id, user_id)
) WITHOUT ROWID;
CREATE INDEX altinn_tag_by_user ON altinn_tag (user_id, client_id);
CREATE TRIGGER altinn_settings_changed AFTER UPDATE OF altinn_settings ON client BEGIN
    UPDATE client SET altinn_version = altinn_version + 1 WHERE id = new.id;
END;
CREATE TRIGGER altinn_tag_added AFTER INSERT ON altinn_tag BEGIN
    UPDATE client SET altinn_version = altinn_version + 1 WHERE id = new.client_id;
END;
CREATE TRIGGER altinn_tag_removed AFTER DELETE ON altinn_tag BEGIN
    UPDATE client SET altinn_version = altinn_version + 1 WHERE id = old.client_id;
END;

CREATE TABLE stale_client ( -- whose owner, tags and groups by a rule are to be worked out again, see derived.py
    client_id TEXT PRIMARY KEY -- not a reference: a trigger writes it
) WITHOUT ROWID;
CREATE TRIGGER client_added AFTER INSERT ON client BEGIN
    INSERT OR IGNORE INTO stale_client VALUES (new.id);
END;
CREATE TRIGGER client_changed AFTER UPDATE OF bureau_id, number, name, name_key, name_order, orgnr, form, status,
    linked_via, active_employees, altinn_settings, delegation, onboarded, left_on ON client BEGIN
    INSERT OR IGNORE INTO stale_client VALUES (new.id);
END;
CREATE TRIGGER pay_group_added AFTER INSERT ON pay_group BEGIN
    INSERT OR IGNORE INTO stale_client VALUES (new.client_id);
END;
CREATE TRIGGER pay_group_changed AFTER UPDATE ON pay_group BEGIN
    INSERT OR IGNORE INTO stale_client VALUES (old.client_id), (new.client_id);
END;
CREATE TRIGGER pay_group_removed AFTER DELETE ON pay_group BEGIN
    INSERT OR IGNORE INTO stale_client VALUES (old.client_id);
END;
CREATE TRIGGER site_added AFTER INSERT ON site BEGIN
    INSERT OR IGNORE INTO stale_client VALUES (new.client_id);
END;
CREATE TRIGGER site_changed AFTER UPDATE ON site BEGIN
    INSERT OR IGNORE INTO stale_client VALUES (old.client_id), (new.client_id);
END;
CREATE TRIGGER site_removed AFTER DELETE ON site BEGIN
    INSERT OR IGNORE INTO stale_client VALUES (old.client_id);
END;
CREATE TRIGGER access_added AFTER INSERT ON access BEGIN
    INSERT OR IGNORE INTO stale_client VALUES (new.client_id);
END;
CREATE TRIGGER access_changed AFTER UPDATE OF client_id, user_id, role, starts, ends, ended_at, source ON access BEGIN
    INSERT OR IGNORE INTO stale_client VALUES (old.client_id), (new.client_id);
END;
CREATE TRIGGER access_removed AFTER DELETE ON access BEGIN
    INSERT OR IGNORE INTO stale_client VALUES (old.client_id);
END;

CREATE TABLE client_group (
    id TEXT PRIMARY KEY,
    bureau_id TEXT NOT NULL REFERENCES bureau (id),
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    title_order TEXT NOT NULL, -- the title as it is sorted, see names.py
    kind TEXT NOT NULL CHECK (kind IN ('manual', 'rule')),
    rule TEXT CHECK ((kind = 'rule') = (rule IS NOT NULL)), -- a where expression
    version INTEGER NOT NULL DEFAULT 1, -- goes up with every change, members put in by hand included
    member_count INTEGER NOT NULL DEFAULT 0, -- kept by the triggers below
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (bureau_id, slug)
);

CREATE TABLE former_slug ( -- which group a slug meant last, when it means none now: kept by the triggers below
    bureau_id TEXT NOT NULL REFERENCES bureau (id),
    slug TEXT NOT NULL,
    group_id TEXT NOT NULL, -- not a reference: the group may be deleted
    PRIMARY KEY (bureau_id, slug)
) WITHOUT ROWID;
CREATE TRIGGER group_renamed AFTER UPDATE OF slug ON client_group WHEN new.slug <> old.slug BEGIN
    INSERT OR REPLACE INTO former_slug VALUES (old.bureau_id, old.slug, old.id);
END;
CREATE TRIGGER group_deleted AFTER DELETE ON client_group BEGIN
    INSERT OR REPLACE INTO former_slug VALUES (old.bureau_id, old.slug, old.id);
END;

CREATE TABLE group_member ( -- those of a rule group too: kept by derived.py
    group_id TEXT NOT NULL REFERENCES client_group (id) ON DELETE CASCADE,
    client_id TEXT NOT NULL REFERENCES client (id),
    since INTEGER NOT NULL, -- by a rule: when it was noticed
    added_by TEXT, -- a login; null where nobody is known to have done it
    PRIMARY KEY (group_id, client_id)
) WITHOUT ROWID;
CREATE INDEX group_member_by_client ON group_member (client_id);
CREATE TRIGGER group_member_added AFTER INSERT ON group_member BEGIN
    UPDATE client_group SET member_count = member_count + 1 WHERE id = new.group_id;
END;
CREATE TRIGGER group_member_removed AFTER DELETE ON group_member BEGIN
    UPDATE client_group SET member_count = member_count - 1 WHERE id = old.group_id;
END;

-- What happened at the clients, as a source tells it. Rows are added and never changed; the instants in them are what
-- the clock makes visible.

CREATE TABLE employee (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    client_id TEXT NOT NULL REFERENCES client (id),
    pay_group_id TEXT NOT NULL REFERENCES pay_group (id),
    site_orgnr TEXT NOT NULL,
    name TEXT NOT NULL,
    fnr TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT -- the last day
);
CREATE INDEX employee_by_client ON employee (client_id, starts, seq, ends);

CREATE TABLE card_content ( -- what tax cards say: many say the same
    id INTEGER PRIMARY KEY,
    deductions TEXT NOT NULL UNIQUE -- JSON
);
CREATE INDEX card_content_used_up ON card_content (id) WHERE instr(deductions, '"free_amount":0}') > 0;

CREATE TABLE tax_card (
    id INTEGER PRIMARY KEY,
    bureau_id TEXT NOT NULL REFERENCES bureau (id),
    client_id TEXT NOT NULL REFERENCES client (id),
    employee INTEGER NOT NULL REFERENCES employee (seq),
    year INTEGER NOT NULL,
    result TEXT NOT NULL, -- the tax authority's own code
    employer_role TEXT NOT NULL CHECK (employer_role IN ('main', 'side', 'unknown')),
    content INTEGER NOT NULL REFERENCES card_content (id),
    applies INTEGER, -- the place in its deductions
    extra_info TEXT NOT NULL, -- JSON
    issued TEXT,
    fetched_at INTEGER NOT NULL, -- visible from this instant on
    supersedes INTEGER REFERENCES tax_card (id) -- the one of the same employee and year fetched before it
);
-- The columns after the key of an index are what a list is narrowed by, so that it is counted without its rows.
CREATE INDEX tax_card_by_year ON tax_card (bureau_id, year, client_id, id, fetched_at, supersedes);
CREATE INDEX tax_card_by_result ON tax_card (bureau_id, year, result, client_id, id, fetched_at);
CREATE INDEX tax_card_first ON tax_card (bureau_id, year, fetched_at, supersedes) WHERE supersedes IS NULL;
CREATE INDEX tax_card_by_employee ON tax_card (employee, year, fetched_at);
CREATE INDEX tax_card_by_fetch ON tax_card (client_id, year, fetched_at);
CREATE INDEX tax_card_by_superseded ON tax_card (supersedes, fetched_at) WHERE supersedes IS NOT NULL;

CREATE TABLE pay_run (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    bureau_id TEXT NOT NULL REFERENCES bureau (id),
    client_id TEXT NOT NULL REFERENCES client (id),
    pay_group_id TEXT NOT NULL REFERENCES pay_group (id),
    period TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('ordinary', 'extra', 'vacation', 'until_now')),
    pay_date TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES user (id),
    created_at INTEGER NOT NULL, -- visible from this instant on
    submitted_at INTEGER, -- awaiting approval from
    approved_at INTEGER,
    locked_at INTEGER,
    payslips_sent_at INTEGER,
    paid_at INTEGER,
    withholding_paid_at INTEGER,
    attachment_paid_at INTEGER,
    booked_at INTEGER,
    -- Sums of its payslips and lines of arbeidsgiveravgift, kept here because every list shows them:
    payslips INTEGER NOT NULL,
    untouched INTEGER NOT NULL,
    gross INTEGER NOT NULL,
    withholding INTEGER NOT NULL,
    attachment INTEGER NOT NULL,
    net INTEGER NOT NULL,
    aga_base INTEGER NOT NULL,
    aga INTEGER NOT NULL
);
CREATE INDEX pay_run_by_client ON pay_run (client_id, pay_date, seq);
CREATE INDEX pay_run_by_pay_date ON pay_run (
    bureau_id, pay_date, seq, created_at, client_id, type, submitted_at, approved_at, locked_at
);
CREATE INDEX pay_run_by_period ON pay_run (
    bureau_id, period, pay_date, seq, created_at, client_id, type, submitted_at, approved_at, locked_at
);
CREATE INDEX pay_run_by_making ON pay_run (client_id, created_at, seq, created_by) WHERE type = 'ordinary';
CREATE INDEX pay_run_by_maker ON pay_run (client_id, created_by, created_at);
CREATE INDEX pay_run_by_pay_group ON pay_run (pay_group_id, period, created_at) WHERE type = 'ordinary';
CREATE INDEX pay_run_by_sent ON pay_run (client_id, payslips_sent_at, payslips);

CREATE TABLE payslip (
    run INTEGER NOT NULL REFERENCES pay_run (seq),
    employee INTEGER NOT NULL REFERENCES employee (seq),
    gross INTEGER NOT NULL,
    withholding INTEGER NOT NULL,
    attachment INTEGER NOT NULL,
    net INTEGER NOT NULL,
    touched INTEGER NOT NULL, -- a line was entered or changed by hand
    PRIMARY KEY (run, employee)
) WITHOUT ROWID;

CREATE TABLE pay_run_aga (
    run INTEGER NOT NULL REFERENCES pay_run (seq),
    position INTEGER NOT NULL,
    site_orgnr TEXT NOT NULL,
    zone TEXT NOT NULL,
    sector TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('pay', 'pension', 'refund', 'extra')),
    base INTEGER NOT NULL,
    rate INTEGER NOT NULL, -- hundredths of a percent
    amount INTEGER NOT NULL,
    PRIMARY KEY (run, position)
) WITHOUT ROWID;

CREATE TABLE no_pay ( -- a pay group has no pay in a period, and somebody said so
    pay_group_id TEXT NOT NULL REFERENCES pay_group (id),
    period TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    recorded_by TEXT NOT NULL REFERENCES user (id),
    PRIMARY KEY (pay_group_id, period)
) WITHOUT ROWID;

CREATE TABLE zone_1a_opening ( -- the base a client had in a year before the first month there is
    client_id TEXT NOT NULL REFERENCES client (id),
    year INTEGER NOT NULL,
    base INTEGER NOT NULL,
    PRIMARY KEY (client_id, year)
) WITHOUT ROWID;

CREATE TABLE a_melding (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    bureau_id TEXT NOT NULL REFERENCES bureau (id),
    client_id TEXT NOT NULL REFERENCES client (id),
    month TEXT NOT NULL,
    replaces TEXT, -- the id of another message
    recipients INTEGER NOT NULL,
    created_at INTEGER NOT NULL, -- visible from this instant on
    sent_at INTEGER,
    feedback_at INTEGER,
    result TEXT CHECK (result IN ('received', 'received_guideline', 'received_immediate', 'rejected')),
    aga_sum INTEGER NOT NULL,
    finansskatt_sum INTEGER NOT NULL,
    withholding_sum INTEGER NOT NULL,
    attachment_sum INTEGER NOT NULL
);
CREATE INDEX a_melding_by_client ON a_melding (client_id, month, seq, created_at);
CREATE INDEX a_melding_by_month ON a_melding (
    bureau_id, month, seq, created_at, client_id, sent_at, feedback_at, result
);
CREATE INDEX a_melding_by_replaced ON a_melding (replaces) WHERE replaces IS NOT NULL;

CREATE TABLE a_melding_run (
    message INTEGER NOT NULL REFERENCES a_melding (seq),
    run INTEGER NOT NULL REFERENCES pay_run (seq),
    PRIMARY KEY (message, run)
) WITHOUT ROWID;
CREATE INDEX a_melding_run_by_run ON a_melding_run (run, message);

CREATE TABLE a_melding_aga (
    message INTEGER NOT NULL REFERENCES a_melding (seq),
    position INTEGER NOT NULL,
    site_orgnr TEXT NOT NULL,
    zone TEXT NOT NULL,
    sector TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('pay', 'pension', 'refund', 'extra')),
    base INTEGER NOT NULL,
    rate INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (message, position)
) WITHOUT ROWID;

CREATE TABLE deviation ( -- visible with the feedback
    message INTEGER NOT NULL REFERENCES a_melding (seq),
    position INTEGER NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('rejection', 'immediate', 'guideline')),
    code TEXT NOT NULL,
    text TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (message, position)
) WITHOUT ROWID;

CREATE TABLE payment ( -- what is to be paid, visible with the feedback
    message INTEGER NOT NULL REFERENCES a_melding (seq),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('aga', 'finansskatt', 'forskuddstrekk', 'utleggstrekk')),
    pay_date TEXT, -- null for what is paid by the term
    amount INTEGER NOT NULL,
    account TEXT NOT NULL,
    kid TEXT NOT NULL,
    due TEXT NOT NULL,
    PRIMARY KEY (message, position)
) WITHOUT ROWID;

CREATE TABLE registration (
    id INTEGER PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES client (id),
    employee INTEGER NOT NULL REFERENCES employee (seq),
    kind TEXT NOT NULL CHECK (kind IN ('travel', 'expense', 'absence')),
    at INTEGER NOT NULL, -- visible from this instant on
    amount INTEGER,
    starts TEXT,
    ends TEXT
);
CREATE INDEX registration_by_client ON registration (client_id, kind, at, id);

CREATE TABLE usage_month ( -- which client has what kind of registration in which month; counted when it is looked at
    bureau_id TEXT NOT NULL REFERENCES bureau (id),
    month TEXT NOT NULL,
    client_id TEXT NOT NULL REFERENCES client (id),
    kind TEXT NOT NULL CHECK (kind IN ('payslip', 'travel', 'expense', 'absence')),
    first_at INTEGER NOT NULL,
    PRIMARY KEY (bureau_id, month, client_id, kind)
) WITHOUT ROWID;

CREATE TABLE client_month ( -- from when on nothing in it is late or a problem: see month_end/settled.py
    bureau_id TEXT NOT NULL REFERENCES bureau (id),
    month TEXT NOT NULL,
    client_id TEXT NOT NULL REFERENCES client (id),
    settled_at INTEGER, -- null for never
    PRIMARY KEY (bureau_id, month, client_id)
) WITHOUT ROWID;
CREATE INDEX client_month_unsettled ON client_month (bureau_id, settled_at, month, client_id);

CREATE TABLE fact_instant ( -- when anything above began or changed, for `as_of`
    bureau_id TEXT NOT NULL REFERENCES bureau (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (bureau_id, at)
) WITHOUT ROWID;

-- Secrets: only their SHA-256 is kept.

CREATE TABLE static_token (
    hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES user (id),
    created_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE client_credential (
    client_id TEXT PRIMARY KEY,
    secret_hash TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES user (id),
    created_at INTEGER NOT NULL
) WITHOUT ROWID;

-- What callers leave behind.

CREATE TABLE selection (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES user (id),
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX selection_by_expiry ON selection (expires_at);

CREATE TABLE selection_client (
    selection_id TEXT NOT NULL REFERENCES selection (id) ON DELETE CASCADE,
    client_id TEXT NOT NULL REFERENCES client (id),
    PRIMARY KEY (selection_id, client_id)
) WITHOUT ROWID;

CREATE TABLE answered_key ( -- the first answer to an Idempotency-Key
    user_id TEXT NOT NULL REFERENCES user (id),
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, key)
) WITHOUT ROWID;
CREATE INDEX answered_key_by_age ON answered_key (created_at);

CREATE TABLE item_key ( -- the first outcome of one item of a change of many
    user_id TEXT NOT NULL REFERENCES user (id),
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('done', 'unchanged')),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, key)
) WITHOUT ROWID;
CREATE INDEX item_key_by_age ON item_key (created_at);

CREATE TABLE job (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    bureau_id TEXT NOT NULL REFERENCES bureau (id),
    user_id TEXT NOT NULL REFERENCES user (id),
    kind TEXT NOT NULL, -- one of those in job_kinds.py
    group_id TEXT, -- of group members; not a reference: the group may be deleted before the job is due
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL, -- when it goes on
    ended_at INTEGER,
    ended_as TEXT CHECK (ended_as IN ('completed', 'completed_with_errors', 'failed', 'needs_authentication', 'cancelled')),
    detail_code TEXT, -- why it was not done
    detail_message TEXT,
    request_id TEXT NOT NULL,
    run_id TEXT
);
CREATE INDEX job_by_bureau ON job (bureau_id, seq);
CREATE INDEX job_unfinished ON job (due_at) WHERE ended_at IS NULL;

CREATE TABLE job_item ( -- of group members
    job_id TEXT NOT NULL REFERENCES job (id),
    position INTEGER NOT NULL,
    key TEXT NOT NULL,
    client TEXT NOT NULL, -- as it was asked for; it need not exist
    action TEXT NOT NULL,
    result TEXT, -- JSON, once the job has ended
    PRIMARY KEY (job_id, position)
) WITHOUT ROWID;

CREATE TABLE tax_card_order ( -- what a job of tax cards orders
    job_id TEXT PRIMARY KEY REFERENCES job (id),
    year INTEGER NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('all', 'changes')),
    reference TEXT, -- the tax authority's, once it was sent
    answered_at INTEGER, -- when its answer came
    tries INTEGER NOT NULL DEFAULT 0 -- how often it was spoken to in vain since the last step
) WITHOUT ROWID;

CREATE TABLE tax_card_order_item ( -- a client of an order, or a part of one
    seq INTEGER PRIMARY KEY,
    job_id TEXT NOT NULL REFERENCES tax_card_order (job_id),
    position INTEGER NOT NULL,
    key TEXT NOT NULL,
    client TEXT NOT NULL, -- as it was asked for; it need not exist
    first INTEGER REFERENCES tax_card_order_item (seq), -- the item that was done with its key
    people INTEGER NOT NULL DEFAULT 0, -- how many were put on the order
    answer TEXT, -- JSON: what the tax authority has about it, from when that came until it is filed
    outcome TEXT CHECK (outcome IN ('done', 'unchanged', 'refused')), -- once it is through
    is_refused_whole INTEGER NOT NULL DEFAULT 0, -- one result stands for all its people
    UNIQUE (job_id, position)
);
CREATE INDEX tax_card_order_item_by_key ON tax_card_order_item (key, seq);
CREATE INDEX tax_card_order_item_by_client ON tax_card_order_item (client, seq);
CREATE INDEX tax_card_order_item_by_first ON tax_card_order_item (first) WHERE first IS NOT NULL;

CREATE TABLE tax_card_order_result ( -- of one person of an item; at position 0 that of the whole client
    item INTEGER NOT NULL REFERENCES tax_card_order_item (seq),
    position INTEGER NOT NULL,
    employee INTEGER REFERENCES employee (seq), -- null for the client, and for an id that nobody there has
    outcome TEXT CHECK (outcome IN ('done', 'unchanged', 'refused')), -- null while it is under way
    code TEXT,
    message TEXT,
    result TEXT, -- the tax authority's own word
    previous INTEGER REFERENCES tax_card (id),
    card INTEGER REFERENCES tax_card (id),
    PRIMARY KEY (item, position)
) WITHOUT ROWID;
CREATE INDEX tax_card_result_by_employee ON tax_card_order_result (employee, item);
CREATE INDEX tax_card_under_way ON tax_card_order_result (employee, item) WHERE outcome IS NULL;

CREATE TABLE tax_card_ordered ( -- who was ordered on which day, once at most: see taxcards/orders.py
    employee INTEGER NOT NULL REFERENCES employee (seq),
    year INTEGER NOT NULL,
    mode TEXT NOT NULL,
    day TEXT NOT NULL,
    item INTEGER NOT NULL REFERENCES tax_card_order_item (seq),
    PRIMARY KEY (employee, year, mode, day)
) WITHOUT ROWID;
CREATE INDEX tax_card_ordered_by_item ON tax_card_ordered (item);

CREATE TABLE demo_authority_order ( -- the demo's tax authority remembers what was ordered from it
    reference INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    answer TEXT NOT NULL, -- JSON
    ready_at INTEGER NOT NULL
);
CREATE TABLE demo_authority_person ( -- and of whom it gave cards to whom last
    orgnr TEXT NOT NULL,
    year INTEGER NOT NULL,
    fnr TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (orgnr, year, fnr)
) WITHOUT ROWID;

CREATE TABLE audit_event (
    bureau_id TEXT NOT NULL REFERENCES bureau (id),
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused')),
    request_id TEXT NOT NULL,
    run_id TEXT,
    event TEXT NOT NULL, -- the whole event as RFC 8785 JSON, without its hash
    hash TEXT NOT NULL,
    PRIMARY KEY (bureau_id, seq)
) WITHOUT ROWID;
CREATE INDEX audit_event_by_instant ON audit_event (bureau_id, at);
-- The columns after the key of an index are what a list is narrowed by, so that it is counted without its rows.
CREATE INDEX audit_event_by_actor ON audit_event (bureau_id, actor, seq, action, outcome);
CREATE INDEX audit_event_by_action ON audit_event (bureau_id, action, seq, outcome);
CREATE INDEX audit_event_by_subject ON audit_event (bureau_id, subject, seq, action, outcome);
CREATE INDEX audit_event_by_outcome ON audit_event (bureau_id, outcome, seq);
CREATE INDEX audit_event_by_request ON audit_event (bureau_id, request_id, seq);
CREATE INDEX audit_event_by_run ON audit_event (bureau_id, run_id, seq) WHERE run_id IS NOT NULL;

CREATE TABLE fault ( -- what goes wrong on demand
    position INTEGER PRIMARY KEY,
    rule TEXT NOT NULL,
    seen INTEGER NOT NULL DEFAULT 0,
    hits INTEGER NOT NULL DEFAULT 0
);
