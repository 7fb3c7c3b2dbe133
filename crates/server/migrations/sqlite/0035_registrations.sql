-- What a person registered, sealed. Before this table, the row of an account had it too. `place` is a random position among the
-- registrations of the tenant: for a name that has no registration, the service reads the one at the position of that name.
CREATE TABLE registrations (
    tenant       TEXT    NOT NULL,
    account      TEXT    NOT NULL,
    registration BLOB    NOT NULL,
    version      INTEGER NOT NULL,
    place        INTEGER NOT NULL,
    PRIMARY KEY (tenant, account)
);
CREATE INDEX registrations_by_place ON registrations (tenant, place, account);
