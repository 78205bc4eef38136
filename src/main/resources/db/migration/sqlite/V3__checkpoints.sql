-- What lets an outsider check the log: keyed hashes, signed checkpoints over ranges of rows, and which of them went to the
-- anchor outside of this database.

-- The id of the key that hash was made with. NULL is a plain SHA-256, as in all rows before.
ALTER TABLE audit_event ADD COLUMN key_id TEXT
  CHECK (key_id IS NULL OR typeof(key_id) = 'text' AND trim(key_id) <> '');

-- One row for the rows first_seq to seq of a node: their Merkle root, the hash of the last, signed where a key is at hand.
CREATE TABLE audit_checkpoint (
  node            TEXT    NOT NULL,
  seq             INTEGER NOT NULL, -- the last row that it covers
  first_seq       INTEGER NOT NULL,
  at              TEXT    NOT NULL, -- as in audit_event
  merkle_root     TEXT    NOT NULL,
  head_hash       TEXT    NOT NULL, -- of the row seq
  prev_checkpoint TEXT    NOT NULL, -- hash of the node's checkpoint before, 64 zeros for the first
  hash            TEXT    NOT NULL,
  key_id          TEXT,             -- of the key that signed, NULL where none did
  signature       TEXT,
  PRIMARY KEY (node, seq),
  UNIQUE (node, first_seq),         -- whoever makes one at the same time as another fails, instead of forking
  CONSTRAINT audit_checkpoint_of_rows CHECK (node <> '' AND typeof(node) = 'text' AND typeof(first_seq) = 'integer'
    AND typeof(seq) = 'integer' AND first_seq >= 1 AND seq >= first_seq),
  CONSTRAINT audit_checkpoint_hashes CHECK (
    typeof(merkle_root) = 'text' AND length(merkle_root) = 64 AND merkle_root NOT GLOB '*[^0-9a-f]*'
    AND typeof(head_hash) = 'text' AND length(head_hash) = 64 AND head_hash NOT GLOB '*[^0-9a-f]*'
    AND typeof(prev_checkpoint) = 'text' AND length(prev_checkpoint) = 64 AND prev_checkpoint NOT GLOB '*[^0-9a-f]*'
    AND typeof(hash) = 'text' AND length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
  CONSTRAINT audit_checkpoint_texts CHECK (typeof(at) = 'text' AND typeof(key_id) IN ('text', 'null')
    AND typeof(signature) IN ('text', 'null'))
);

CREATE TRIGGER audit_checkpoint_never_changes BEFORE UPDATE ON audit_checkpoint
BEGIN
  SELECT RAISE(ABORT, 'audit_checkpoint is append-only: a row is never changed');
END;

CREATE TRIGGER audit_checkpoint_never_shrinks BEFORE DELETE ON audit_checkpoint
BEGIN
  SELECT RAISE(ABORT, 'audit_checkpoint is append-only: a row is never deleted');
END;

CREATE TRIGGER audit_checkpoint_is_never_replaced BEFORE INSERT ON audit_checkpoint
WHEN EXISTS (
  SELECT 1 FROM audit_checkpoint WHERE node = NEW.node AND (seq = NEW.seq OR first_seq = NEW.first_seq)
)
BEGIN
  SELECT RAISE(ABORT, 'audit_checkpoint is append-only: a checkpoint of these rows exists');
END;

-- Checkpoints that the anchor has taken. One that it took and that is missing here is handed over again.
CREATE TABLE audit_anchored (
  node TEXT    NOT NULL,
  seq  INTEGER NOT NULL,
  at   TEXT    NOT NULL,
  PRIMARY KEY (node, seq),
  CHECK (node <> '' AND typeof(node) = 'text' AND typeof(seq) = 'integer' AND seq >= 1)
);

CREATE TRIGGER audit_anchored_never_changes BEFORE UPDATE ON audit_anchored
BEGIN
  SELECT RAISE(ABORT, 'audit_anchored is append-only: a row is never changed');
END;

CREATE TRIGGER audit_anchored_never_shrinks BEFORE DELETE ON audit_anchored
BEGIN
  SELECT RAISE(ABORT, 'audit_anchored is append-only: a row is never deleted');
END;

CREATE TRIGGER audit_anchored_is_never_replaced BEFORE INSERT ON audit_anchored
WHEN EXISTS (SELECT 1 FROM audit_anchored WHERE node = NEW.node AND seq = NEW.seq)
BEGIN
  SELECT RAISE(ABORT, 'audit_anchored is append-only: this checkpoint is anchored');
END;

-- Interactions whose texts and rows may be neither erased nor archived; '*' is all of them.
CREATE TABLE legal_hold (
  interaction_id TEXT NOT NULL,
  since          TEXT NOT NULL,
  reason         TEXT NOT NULL,
  PRIMARY KEY (interaction_id)
);
