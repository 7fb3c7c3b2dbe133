-- Who is in a group: an account, directly.
DROP TABLE members;
CREATE TABLE members (
    tenant     TEXT    NOT NULL,
    account    TEXT    NOT NULL,
    "group"    TEXT    NOT NULL,
    PRIMARY KEY (tenant, account, "group")
);
-- Which groups are in a group, directly.
CREATE TABLE nested_groups (
    tenant     TEXT    NOT NULL,
    member     TEXT    NOT NULL,
    "group"    TEXT    NOT NULL,
    PRIMARY KEY (tenant, member, "group")
);
CREATE INDEX nested_groups_by_group ON nested_groups (tenant, "group");
