-- Where an account stands among those of its tenant, at random: a name that no account has is given a place too, and the account
-- there or behind it is read.
ALTER TABLE accounts ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
UPDATE accounts SET place = random();
CREATE INDEX accounts_by_place ON accounts (tenant, place, id);
