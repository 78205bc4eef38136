-- What a restart reads: the suggestions whose context window is still open, however long the log is.

-- Computed from the row, so that it is there for old rows too and nobody has to write it; virtual, so that it takes no
-- space and no row changes. Rows whose details somebody spoiled have no end instead of making the table unreadable.
ALTER TABLE audit_event ADD COLUMN window_end TEXT AS (
  CASE WHEN event IN ('held', 'injected') AND json_valid(details) THEN json_extract(details, '$.windowEnd') END
) VIRTUAL;

CREATE INDEX audit_event_window ON audit_event (node, window_end) WHERE window_end IS NOT NULL;

-- The same as before for people, and for a restart what came after a row in its interaction, without the whole history.
DROP INDEX audit_event_interaction;

CREATE INDEX audit_event_interaction ON audit_event (interaction_id, node, seq);

-- The latest decisions, which may be few among many rows. Only decisions pay for it.
CREATE INDEX audit_event_decision ON audit_event (node, seq) WHERE event IN ('accepted', 'dismissed');
