-- What a caller can tell of an attempt or a person is found without reading the whole log. The event itself is indexed, so that
-- nothing beside it can be changed to hide a row.
CREATE INDEX audit_by_support_code ON audit ((substring(event FROM '"support_code":"((?:[^"\\]|\\.)*)"') COLLATE "C"));
CREATE INDEX audit_by_attempt ON audit ((substring(event FROM '"attempt":"((?:[^"\\]|\\.)*)"') COLLATE "C"));
CREATE INDEX audit_by_correlation_id ON audit ((substring(event FROM '"correlation_id":"((?:[^"\\]|\\.)*)"') COLLATE "C"));
CREATE INDEX audit_by_identifier ON audit ((lower(substring(event FROM '"identifier":"((?:[^"\\]|\\.)*)"')) COLLATE "C"));
CREATE INDEX audit_by_account ON audit ((substring(event FROM '"account":"((?:[^"\\]|\\.)*)"') COLLATE "C"));
