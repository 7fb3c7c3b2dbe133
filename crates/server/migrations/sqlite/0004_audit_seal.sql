-- A keyed digest over the two ends of the chain of the audit log: nobody without the key can move them.
-- Empty until the first row is chained.
ALTER TABLE chain ADD COLUMN seal BLOB;
