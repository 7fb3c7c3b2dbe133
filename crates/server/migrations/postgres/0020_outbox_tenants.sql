-- Whose it is, so that what waits can be told by tenant. What was written before is nobody's in particular.
ALTER TABLE outbox ADD COLUMN tenant TEXT NOT NULL DEFAULT '';
