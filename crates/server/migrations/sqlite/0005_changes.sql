-- What PostgreSQL needs for changes that are one statement, SQLite does without.
SELECT 1;
