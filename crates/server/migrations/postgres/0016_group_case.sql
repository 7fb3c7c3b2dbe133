-- Names of groups are compared without case.
CREATE INDEX nested_groups_by_member ON nested_groups (tenant, lower(member));
