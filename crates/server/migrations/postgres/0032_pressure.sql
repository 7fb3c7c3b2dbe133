-- How often proofs have failed lately, in tenants and from networks: each row is a leaky bucket, and says when it will be empty.
-- A network is named by a digest.
CREATE TABLE pressure (
    name        TEXT   NOT NULL PRIMARY KEY,
    empty_at_ms BIGINT NOT NULL
);
CREATE INDEX pressure_empty_at ON pressure (empty_at_ms);
