-- The audit log is the journal: what compliance reads is what a restart folds. One chain of rows for each writing node.
CREATE TABLE audit_event (
  node           TEXT    NOT NULL,
  seq            INTEGER NOT NULL CHECK (seq > 0),
  at             TEXT    NOT NULL, -- UTC with six digits of a second: text sorts as time does, and it is what is hashed
  event          TEXT    NOT NULL, -- not checked against a list: an older program must be able to read a newer log
  interaction_id TEXT,
  suggestion_id  TEXT,
  reason         TEXT,
  details        TEXT    NOT NULL, -- a JSON object; the text is hashed as it stands here
  prev_hash      TEXT    NOT NULL,
  hash           TEXT    NOT NULL,
  PRIMARY KEY (node, seq),         -- also what keeps two writers of one name from forking the chain
  -- a column takes values of any type, and a row with another one would be passed by who looks for it
  CHECK (node <> '' AND typeof(node) = 'text' AND typeof(seq) = 'integer' AND typeof(at) = 'text'
    AND typeof(event) = 'text' AND typeof(interaction_id) IN ('text', 'null')
    AND typeof(suggestion_id) IN ('text', 'null') AND typeof(reason) IN ('text', 'null')
    AND typeof(details) = 'text' AND typeof(prev_hash) = 'text' AND typeof(hash) = 'text')
);

-- An interaction's history is asked for by people. Readers of one kind of event walk the primary key from their cursor:
-- an index for them would cost every append more than it saves.
CREATE INDEX audit_event_interaction ON audit_event (interaction_id);

-- The chain shows a change afterwards; these keep an honest mistake from becoming one.
CREATE TRIGGER audit_event_never_changes BEFORE UPDATE ON audit_event
BEGIN
  SELECT RAISE(ABORT, 'audit_event is append-only: a row is never changed');
END;

CREATE TRIGGER audit_event_never_shrinks BEFORE DELETE ON audit_event
BEGIN
  SELECT RAISE(ABORT, 'audit_event is append-only: a row is never deleted');
END;

-- INSERT OR REPLACE deletes without asking the trigger above.
CREATE TRIGGER audit_event_is_never_replaced BEFORE INSERT ON audit_event
WHEN EXISTS (SELECT 1 FROM audit_event WHERE node = NEW.node AND seq = NEW.seq)
BEGIN
  SELECT RAISE(ABORT, 'audit_event is append-only: a row with this node and seq exists');
END;

-- What agents were shown, apart from the chain: it can be erased, and the chain still proves by its SHA-256 what it was.
CREATE TABLE suggestion_text (
  node           TEXT    NOT NULL,
  seq            INTEGER NOT NULL,
  interaction_id TEXT,
  content        TEXT    NOT NULL,
  PRIMARY KEY (node, seq),
  CHECK (node <> '' AND typeof(node) = 'text' AND typeof(seq) = 'integer'
    AND typeof(interaction_id) IN ('text', 'null') AND typeof(content) = 'text'),
  -- deferred: in which order a transaction writes row and text is its own business
  FOREIGN KEY (node, seq) REFERENCES audit_event (node, seq) DEFERRABLE INITIALLY DEFERRED
);

-- Erasure goes by interaction.
CREATE INDEX suggestion_text_interaction ON suggestion_text (interaction_id);

-- How far each webhook subscriber has been told: a place in a node's chain, so there is no second queue that could drift.
CREATE TABLE webhook_cursor (
  subscriber TEXT    NOT NULL,
  node       TEXT    NOT NULL,
  seq        INTEGER NOT NULL,
  PRIMARY KEY (subscriber, node)
);
