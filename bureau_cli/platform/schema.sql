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
    left_on TEXT -- the last day; null while here
);
CREATE INDEX user_by_bureau ON user (bureau_id, role);

CREATE TABLE client (
    id TEXT PRIMARY KEY,
    bureau_id TEXT NOT NULL REFERENCES bureau (id),
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL, -- the name as it is searched, see names.py
    name_order TEXT NOT NULL, -- and as it is sorted
    orgnr TEXT NOT NULL,
    form TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('onboarding', 'active', 'leaving', 'left')),
    linked_via TEXT NOT NULL CHECK (linked_via IN ('onboarded', 'group', 'internal')),
    active_employees INTEGER NOT NULL,
    altinn_settings INTEGER NOT NULL,
    delegation TEXT NOT NULL CHECK (delegation IN ('granted', 'missing', 'pending')),
    onboarded TEXT NOT NULL,
    left_on TEXT,
    fetched_at INTEGER NOT NULL,
    owner TEXT NOT NULL DEFAULT '' -- the owner's login now, '' for none: what `access` says, kept by derived.py
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

CREATE TABLE site (
    client_id TEXT NOT NULL REFERENCES client (id),
    orgnr TEXT NOT NULL,
    zone TEXT NOT NULL,
    sector TEXT NOT NULL,
    PRIMARY KEY (client_id, orgnr)
) WITHOUT ROWID;

CREATE TABLE access (
    id INTEGER PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES client (id),
    user_id TEXT NOT NULL REFERENCES user (id),
    role TEXT NOT NULL CHECK (role IN ('owner', 'member')),
    starts TEXT NOT NULL,
    ends TEXT, -- the last day with access
    ended_at INTEGER, -- the instant it was ended before its time
    source TEXT NOT NULL CHECK (source IN ('manual', 'inferred', 'rule', 'client_invited'))
);
CREATE INDEX access_by_client ON access (client_id, role, user_id);
CREATE INDEX access_by_user ON access (user_id, client_id);
CREATE INDEX access_by_end ON access (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE stale_client ( -- whose owner and groups by a rule are to be worked out again, see derived.py
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
CREATE TRIGGER access_changed AFTER UPDATE ON access BEGIN
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

CREATE TABLE pay_run (
    id INTEGER PRIMARY KEY,
    bureau_id TEXT NOT NULL REFERENCES bureau (id),
    client_id TEXT NOT NULL REFERENCES client (id),
    pay_group_id TEXT NOT NULL REFERENCES pay_group (id),
    period TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('ordinary', 'extra', 'vacation', 'until_now')),
    pay_date TEXT NOT NULL,
    paid_at INTEGER NOT NULL, -- the run is visible from this instant on
    payslips INTEGER NOT NULL,
    gross INTEGER NOT NULL,
    net INTEGER NOT NULL
);
CREATE INDEX pay_run_by_client ON pay_run (client_id, paid_at);
CREATE INDEX pay_run_by_instant ON pay_run (bureau_id, paid_at);

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
    kind TEXT NOT NULL,
    group_id TEXT NOT NULL, -- not a reference: the group may be deleted before the job is due
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    ended_at INTEGER,
    ended_as TEXT CHECK (ended_as IN ('completed', 'completed_with_errors', 'failed', 'needs_authentication', 'cancelled')),
    request_id TEXT NOT NULL,
    run_id TEXT
);
CREATE INDEX job_by_bureau ON job (bureau_id, seq);
CREATE INDEX job_unfinished ON job (due_at) WHERE ended_at IS NULL;

CREATE TABLE job_item (
    job_id TEXT NOT NULL REFERENCES job (id),
    position INTEGER NOT NULL,
    key TEXT NOT NULL,
    client TEXT NOT NULL, -- as it was asked for; it need not exist
    action TEXT NOT NULL,
    result TEXT, -- JSON, once the job has ended
    PRIMARY KEY (job_id, position)
) WITHOUT ROWID;

CREATE TABLE audit_event (
    bureau_id TEXT NOT NULL REFERENCES bureau (id),
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    event TEXT NOT NULL, -- the whole event as RFC 8785 JSON, without its hash
    hash TEXT NOT NULL,
    PRIMARY KEY (bureau_id, seq)
) WITHOUT ROWID;
CREATE INDEX audit_event_by_instant ON audit_event (bureau_id, at);
CREATE INDEX audit_event_by_actor ON audit_event (bureau_id, actor, seq);
CREATE INDEX audit_event_by_action ON audit_event (bureau_id, action, seq);
CREATE INDEX audit_event_by_subject ON audit_event (bureau_id, subject, seq);

CREATE TABLE fault ( -- what goes wrong on demand
    position INTEGER PRIMARY KEY,
    rule TEXT NOT NULL,
    seen INTEGER NOT NULL DEFAULT 0,
    hits INTEGER NOT NULL DEFAULT 0
);
