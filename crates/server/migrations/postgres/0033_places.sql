-- Where an account stands among those of its tenant, at random: a name that no account has is given a place too, and the account
-- there or behind it is read. The database draws it, for each row anew: so those have one too that a replica of the program before
-- this one still writes.
ALTER TABLE accounts ADD COLUMN place BIGINT NOT NULL DEFAULT CAST((random() - 0.5) * 18446744073709500000 AS BIGINT);
CREATE INDEX accounts_by_place ON accounts (tenant, place, id);
