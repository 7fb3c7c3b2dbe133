-- An attempt is changed with every step, and what is counted of a subject nearly as often. With room left on its page the new
-- row stays there, and no index has to be told.
ALTER TABLE attempts SET (fillfactor = 50);
ALTER TABLE ledgers SET (fillfactor = 50);
-- Undoes the statement that it is called in: a change was judged by what is no longer so, and says by which of its parts.
CREATE FUNCTION postern_undo(part INTEGER) RETURNS INTEGER LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'not as it was judged: part %', part USING ERRCODE = 'PN001', DETAIL = part;
END
$$;
