-- Everything is kept by moments in seconds of Unix time, and forgotten after `forget_at`.

-- An attempt as the judge gave it back. `version` goes up with every change: of two at once, one has to judge again.
CREATE TABLE attempts (
    id         BLOB    NOT NULL PRIMARY KEY,
    token      BLOB    NOT NULL,
    subject    TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    state      TEXT    NOT NULL,
    call       BLOB,
    -- When it ends by itself; empty once it is over.
    ends_at    INTEGER,
    forget_at  INTEGER NOT NULL
);
CREATE INDEX attempts_by_end ON attempts (ends_at) WHERE ends_at IS NOT NULL;
CREATE INDEX attempts_by_call ON attempts (call) WHERE call IS NOT NULL;
CREATE INDEX attempts_by_age ON attempts (forget_at);

-- What is counted of a subject, which is a keyed digest and tells nobody.
CREATE TABLE ledgers (
    subject    TEXT    NOT NULL PRIMARY KEY,
    version    INTEGER NOT NULL,
    state      TEXT    NOT NULL,
    forget_at  INTEGER NOT NULL
);
CREATE INDEX ledgers_by_age ON ledgers (forget_at);

-- Answers by idempotency key; empty while the request is still being done.
CREATE TABLE replies (
    key         TEXT    NOT NULL PRIMARY KEY,
    fingerprint BLOB    NOT NULL,
    reply       TEXT,
    forget_at   INTEGER NOT NULL
);
CREATE INDEX replies_by_age ON replies (forget_at);

-- Proofs of work that were taken.
CREATE TABLE burnt (
    nonce      TEXT    NOT NULL PRIMARY KEY,
    forget_at  INTEGER NOT NULL
);
CREATE INDEX burnt_by_age ON burnt (forget_at);

-- What waits to leave, sealed. It is gone once it has left or its deadline is over.
CREATE TABLE outbox (
    id         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    sealed     BLOB    NOT NULL,
    due_at     INTEGER NOT NULL,
    deadline   INTEGER NOT NULL,
    tries      INTEGER NOT NULL
);
CREATE INDEX outbox_by_due ON outbox (due_at);

-- What happened. A row is chained to the one before it soon after it was written: `position` and `hash` say where.
CREATE TABLE audit (
    id         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at         INTEGER NOT NULL,
    tenant     TEXT    NOT NULL,
    event      TEXT    NOT NULL,
    position   INTEGER UNIQUE,
    hash       BLOB
);
CREATE INDEX audit_by_time ON audit (at);
CREATE INDEX audit_unchained ON audit (id) WHERE position IS NULL;

-- The two ends of the chain: what came before the first row that is kept, and the last row.
CREATE TABLE chain (
    first_position INTEGER NOT NULL,
    first_hash     BLOB NOT NULL,
    last_position  INTEGER NOT NULL,
    last_hash      BLOB NOT NULL
);
INSERT INTO chain VALUES (0, zeroblob(32), 0, zeroblob(32));

-- Accounts of tenants without a directory of their own.
CREATE TABLE accounts (
    tenant     TEXT    NOT NULL,
    id         TEXT    NOT NULL,
    -- All that is on file, sealed.
    account    BLOB    NOT NULL,
    passwords  TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    PRIMARY KEY (tenant, id)
);
CREATE TABLE identifiers (
    tenant     TEXT    NOT NULL,
    identifier TEXT    NOT NULL,
    account    TEXT    NOT NULL,
    PRIMARY KEY (tenant, identifier)
);
CREATE INDEX identifiers_by_account ON identifiers (tenant, account);
-- Who is in a group: an account, or another group.
CREATE TABLE members (
    tenant     TEXT    NOT NULL,
    member     TEXT    NOT NULL,
    "group"    TEXT    NOT NULL,
    PRIMARY KEY (tenant, member, "group")
);
