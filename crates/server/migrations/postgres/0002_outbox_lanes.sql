-- Each kind of parcel waits in a lane of its own, so that a carrier that is down holds up no other.
-- What was written before waits with the mails, and is carried by whoever carries it all the same.
ALTER TABLE outbox ADD COLUMN lane TEXT NOT NULL DEFAULT 'mail';
-- When it was written: unlike `due_at`, this stays.
ALTER TABLE outbox ADD COLUMN written_at BIGINT NOT NULL DEFAULT 0;
UPDATE outbox SET written_at = due_at;
-- 1 once those whom it is for have asked to be tried again later: that its carrier works is not in doubt.
ALTER TABLE outbox ADD COLUMN deferred BIGINT NOT NULL DEFAULT 0;
-- The attempt that ordered it, to be told of in the audit log if it is given up.
ALTER TABLE outbox ADD COLUMN attempt BYTEA;
DROP INDEX outbox_by_due;
CREATE INDEX outbox_by_lane ON outbox (lane, due_at);
