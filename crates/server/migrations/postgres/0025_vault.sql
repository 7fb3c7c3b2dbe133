-- What the keys of the deployment have in common, sealed with the first of them: whoever cannot open it has another key.
-- There is one row at most.
CREATE TABLE vault (
    one        BIGINT  NOT NULL PRIMARY KEY CHECK (one = 1),
    sealed     BYTEA   NOT NULL
);
