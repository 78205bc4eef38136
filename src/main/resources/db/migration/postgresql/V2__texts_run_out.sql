-- Erases texts for whoever has no right to delete them: of a day ago or older by this server's clock, neither held nor of a window
-- that is open, whatever the caller says. Whoever may delete anyway is bound by holds and windows only.
--
-- By number, since the caller has found them by their age already: a few looks into indexes each, however long the log is.
CREATE FUNCTION erase_old_texts(of_node text, seqs bigint[], open_from text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = "${flyway:defaultSchema}", pg_temp AS $$
DECLARE
  bound boolean := NOT has_table_privilege(session_user, 'suggestion_text', 'DELETE');
  utc timestamp := clock_timestamp() AT TIME ZONE 'UTC';
  day_ago text := to_char(utc - interval '1 day', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
  open_here text := to_char(utc - interval '1 minute', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');
  erased bigint;
BEGIN
  -- a hold that is being set is waited for, and seen by the statement behind it, which has a view of its own; one that comes later
  -- waits until this is committed
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'erase_old_texts has to see what others commit meanwhile: call it with the isolation READ COMMITTED'
      USING ERRCODE = 'invalid_transaction_state';
  END IF;
  LOCK TABLE legal_hold IN SHARE MODE;
  DELETE FROM suggestion_text x
    WHERE x.node = of_node AND x.seq = ANY (seqs)
      AND NOT EXISTS (SELECT FROM legal_hold h WHERE h.interaction_id = '*' OR h.interaction_id = x.interaction_id)
      AND NOT EXISTS (SELECT FROM audit_event e WHERE e.node = x.node AND e.seq = x.seq
        AND e.window_end >= CASE WHEN bound THEN least(open_from, open_here) ELSE open_from END)
      AND (NOT bound OR EXISTS (SELECT FROM audit_event e WHERE e.node = x.node AND e.seq = x.seq AND e.at < day_ago));
  GET DIAGNOSTICS erased = ROW_COUNT;
  RETURN erased;
END $$;

REVOKE ALL ON FUNCTION erase_old_texts(text, bigint[], text) FROM PUBLIC;
