-- How often people of a tenant have asked their administrators for help within an hour: beyond ten, mails are left out and told in one.
CREATE TABLE help_hours (
    tenant     TEXT    NOT NULL PRIMARY KEY,
    begun_at   INTEGER NOT NULL,
    asked      INTEGER NOT NULL,
    -- The language of the last request: the mail that tells of those that were left out is written in it.
    locale     TEXT    NOT NULL
);
