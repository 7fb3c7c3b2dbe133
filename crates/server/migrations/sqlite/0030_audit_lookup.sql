-- What a caller can tell of an attempt or a person is found without reading the whole log. The event itself is indexed, so that
-- nothing beside it can be changed to hide a row.
CREATE INDEX audit_by_support_code ON audit (CASE WHEN json_valid(event) THEN json_extract(event, '$.support_code') END);
CREATE INDEX audit_by_attempt ON audit (CASE WHEN json_valid(event) THEN json_extract(event, '$.attempt') END);
CREATE INDEX audit_by_correlation_id ON audit (CASE WHEN json_valid(event) THEN json_extract(event, '$.correlation_id') END);
CREATE INDEX audit_by_identifier ON audit (CASE WHEN json_valid(event) THEN lower(json_extract(event, '$.identifier')) END);
CREATE INDEX audit_by_account ON audit (CASE WHEN json_valid(event) THEN json_extract(event, '$.account') END);
