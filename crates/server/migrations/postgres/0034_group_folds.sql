-- Names of groups are compared by full case folding, which no database has: they are kept in that form too. Without it are rows of before whose
-- letters are those of ASCII, and those that a replica of the program before this one still writes: for both there is lower().
ALTER TABLE members ADD COLUMN folded TEXT;
ALTER TABLE nested_groups ADD COLUMN folded_member TEXT;
ALTER TABLE nested_groups ADD COLUMN folded_group TEXT;
DROP INDEX nested_groups_by_member;
DROP INDEX nested_groups_by_group;
CREATE INDEX nested_groups_by_member ON nested_groups (tenant, coalesce(folded_member, lower(member)));
CREATE INDEX nested_groups_by_group ON nested_groups (tenant, coalesce(folded_group, lower("group")));
