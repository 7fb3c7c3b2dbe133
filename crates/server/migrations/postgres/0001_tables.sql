-- Everything is kept by moments in seconds of Unix time, and forgotten after `forget_at`.

-- An attempt as the judge gave it back. `version` goes up with every change: of two at once, one has to judge again.
CREATE TABLE attempts (
    id         BYTEA   NOT NULL PRIMARY KEY,
    token      BYTEA   NOT NULL,
    subject    TEXT    NOT NULL,
    version    BIGINT  NOT NULL,
    state      TEXT    NOT NULL,
    call       BYTEA,
    -- When it ends by itself; empty once it is over.
    ends_at    BIGINT ,
    forget_at  BIGINT  NOT NULL
);
CREATE INDEX attempts_by_end ON attempts (ends_at) WHERE ends_at IS NOT NULL;
CREATE INDEX attempts_by_call ON attempts (call) WHERE call IS NOT NULL;
CREATE INDEX attempts_by_age ON attempts (forget_at);

-- What is counted of a subject, which is a keyed digest and tells nobody.
CREATE TABLE ledgers (
    subject    TEXT    NOT NULL PRIMARY KEY,
    version    BIGINT  NOT NULL,
    state      TEXT    NOT NULL,
    forget_at  BIGINT  NOT NULL
);
CREATE INDEX ledgers_by_age ON ledgers (forget_at);

-- Answers by idempotency key; empty while the request is still being done.
CREATE TABLE replies (
    key         TEXT    NOT NULL PRIMARY KEY,
    fingerprint BYTEA   NOT NULL,
    reply       TEXT,
    forget_at   BIGINT  NOT NULL
);
CREATE INDEX replies_by_age ON replies (forget_at);

-- Proofs of work that were taken.
CREATE TABLE burnt (
    nonce      TEXT    NOT NULL PRIMARY KEY,
    forget_at  BIGINT  NOT NULL
);
CREATE INDEX burnt_by_age ON burnt (forget_at);

-- What waits to leave, sealed. It is gone once it has left or its deadline is over.
CREATE TABLE outbox (
    id         BIGINT  NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sealed     BYTEA   NOT NULL,
    due_at     BIGINT  NOT NULL,
    deadline   BIGINT  NOT NULL,
    tries      BIGINT  NOT NULL
);
CREATE INDEX outbox_by_due ON outbox (due_at);

-- What happened. A row is chained to the one before it soon after it was written: `position` and `hash` say where.
CREATE TABLE audit (
    id         BIGINT  NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         BIGINT  NOT NULL,
    tenant     TEXT    NOT NULL,
    event      TEXT    NOT NULL,
    position   BIGINT  UNIQUE,
    hash       BYTEA
);
CREATE INDEX audit_by_time ON audit (at);
CREATE INDEX audit_unchained ON audit (id) WHERE position IS NULL;

-- The two ends of the chain: what came before the first row that is kept, and the last row.
CREATE TABLE chain (
    first_position BIGINT NOT NULL,
    first_hash     BYTEA NOT NULL,
    last_position  BIGINT NOT NULL,
    last_hash      BYTEA NOT NULL
);
INSERT INTO chain VALUES (0, decode(repeat('00', 32), 'hex'), 0, decode(repeat('00', 32), 'hex'));

-- Accounts of tenants without a directory of their own.
CREATE TABLE accounts (
    tenant     TEXT    NOT NULL,
    id         TEXT    NOT NULL,
    -- All that is on file, sealed.
    account    BYTEA   NOT NULL,
    passwords  TEXT    NOT NULL,
    version    BIGINT  NOT NULL,
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
