-- What the people of each tenant have on file, in numbers and sealed: whoever is not there is drawn from it. From
-- `valid_from` on every replica goes by it, so that all of them show the same.
CREATE TABLE populations (
    tenant     TEXT    NOT NULL,
    valid_from INTEGER NOT NULL,
    state      BLOB    NOT NULL,
    PRIMARY KEY (tenant, valid_from)
);
