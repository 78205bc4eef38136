-- The audit log is the journal: what compliance reads is what a restart folds. One chain of rows for each writing node.
-- The same columns as in SQLite, as text: what is hashed is what is stored. Text is ordered by its bytes, as SQLite does.

-- What a row says of its suggestion's window; nothing where somebody spoiled the details, so that the table stays readable.
CREATE FUNCTION audit_window_end(details text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
  RETURN details::json ->> 'windowEnd';
EXCEPTION WHEN OTHERS THEN
  RETURN NULL;
END $$;

CREATE TABLE audit_event (
  node           TEXT COLLATE "C" NOT NULL CHECK (node <> ''),
  seq            BIGINT           NOT NULL CHECK (seq > 0),
  at             TEXT COLLATE "C" NOT NULL, -- UTC with six digits of a second: text sorts as time does, and it is what is hashed
  event          TEXT COLLATE "C" NOT NULL, -- not checked against a list: an older program must be able to read a newer log
  interaction_id TEXT COLLATE "C",
  suggestion_id  TEXT COLLATE "C",
  reason         TEXT,
  details        TEXT             NOT NULL, -- a JSON object; the text is hashed as it stands here
  prev_hash      TEXT             NOT NULL,
  hash           TEXT COLLATE "C" NOT NULL,
  key_id         TEXT CHECK (btrim(key_id) <> ''), -- of the key of a keyed hash, null where it is a plain SHA-256
  window_end     TEXT COLLATE "C" GENERATED ALWAYS AS (
    CASE WHEN event IN ('held', 'injected') THEN audit_window_end(details) END
  ) STORED,
  PRIMARY KEY (node, seq, at)               -- a key of partitions has to hold what parts them; audit_head keeps seq unique
) PARTITION BY RANGE (at);

-- What a restart reads: the suggestions whose context window is still open, however long the log is.
CREATE INDEX audit_event_window ON audit_event (node, window_end) WHERE window_end IS NOT NULL;

-- An interaction's history, for people, and for a restart what came after a row in it.
CREATE INDEX audit_event_interaction ON audit_event (interaction_id, node, seq);

-- The latest decisions, which may be few among many rows. Only decisions pay for it.
CREATE INDEX audit_event_decision ON audit_event (node, seq) WHERE event IN ('accepted', 'dismissed');

-- What agents were shown, apart from the chain: it can be erased, and the chain still proves by its SHA-256 what it was.
CREATE TABLE suggestion_text (
  node           TEXT COLLATE "C" NOT NULL CHECK (node <> ''),
  seq            BIGINT           NOT NULL,
  interaction_id TEXT COLLATE "C",
  content        TEXT             NOT NULL,
  PRIMARY KEY (node, seq)
);

-- Erasure goes by interaction.
CREATE INDEX suggestion_text_interaction ON suggestion_text (interaction_id);

-- How far each webhook subscriber has been told: a place in a node's chain, so there is no second queue that could drift.
CREATE TABLE webhook_cursor (
  subscriber TEXT COLLATE "C" NOT NULL,
  node       TEXT COLLATE "C" NOT NULL,
  seq        BIGINT           NOT NULL,
  PRIMARY KEY (subscriber, node)
);

-- What was written of a chain up to some row, to be checked against what is kept elsewhere.
CREATE TABLE audit_checkpoint (
  node            TEXT COLLATE "C" NOT NULL,
  seq             BIGINT           NOT NULL, -- the last row that it covers
  first_seq       BIGINT           NOT NULL,
  at              TEXT COLLATE "C" NOT NULL,
  merkle_root     TEXT             NOT NULL,
  head_hash       TEXT             NOT NULL,
  prev_checkpoint TEXT             NOT NULL,
  hash            TEXT COLLATE "C" NOT NULL,
  key_id          TEXT,
  signature       TEXT,
  PRIMARY KEY (node, seq),
  UNIQUE (node, first_seq),                 -- whoever makes one at the same time as another fails, instead of forking
  CONSTRAINT audit_checkpoint_of_rows CHECK (node <> '' AND first_seq >= 1 AND seq >= first_seq),
  CONSTRAINT audit_checkpoint_hashes CHECK (merkle_root ~ '^[0-9a-f]{64}$' AND head_hash ~ '^[0-9a-f]{64}$'
    AND prev_checkpoint ~ '^[0-9a-f]{64}$' AND hash ~ '^[0-9a-f]{64}$')
);

-- Which checkpoints were handed to the anchor outside.
CREATE TABLE audit_anchored (
  node TEXT COLLATE "C" NOT NULL CHECK (node <> ''),
  seq  BIGINT           NOT NULL CHECK (seq >= 1),
  at   TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (node, seq)
);

-- Whose texts are neither erased nor run out; * holds all.
CREATE TABLE legal_hold (
  interaction_id TEXT COLLATE "C" PRIMARY KEY,
  since          TEXT COLLATE "C" NOT NULL,
  reason         TEXT             NOT NULL
);

-- The last row of each chain. Partitions cannot keep node and seq unique among them: this does, and it keeps two writers of
-- one name from forking the chain. Kept by the trigger below, which the application's role cannot go around.
CREATE TABLE audit_head (
  node TEXT COLLATE "C" PRIMARY KEY,
  seq  BIGINT NOT NULL,
  hash TEXT   NOT NULL
);

-- Once a statement, not once a row: a head that is changed a thousand times in one transaction gets slower with each time.
CREATE FUNCTION audit_event_continues() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = "${flyway:defaultSchema}", pg_temp AS $$
DECLARE
  part record;
BEGIN
  FOR part IN
    SELECT node, min(seq) AS first, max(seq) AS last,
      count(*) = max(seq) - min(seq) + 1 AND bool_and(coalesce(prev_hash = hash_before, true)) AS unbroken,
      (array_agg(prev_hash ORDER BY seq))[1] AS prev_hash, (array_agg(hash ORDER BY seq DESC))[1] AS hash
    FROM (SELECT node, seq, prev_hash, hash, lag(hash) OVER (PARTITION BY node ORDER BY seq) AS hash_before FROM inserted) i
    GROUP BY node
  LOOP
    IF part.unbroken THEN
      UPDATE audit_head h SET seq = part.last, hash = part.hash
        WHERE h.node = part.node AND h.seq = part.first - 1 AND h.hash = part.prev_hash;
      CONTINUE WHEN FOUND;
      IF part.first = 1 AND part.prev_hash = repeat('0', 64) THEN
        INSERT INTO audit_head VALUES (part.node, part.last, part.hash) ON CONFLICT DO NOTHING;
        CONTINUE WHEN FOUND;
      END IF;
    END IF;
    RAISE EXCEPTION 'audit_event is a chain: row % of node % does not follow its last row', part.first, part.node
      USING ERRCODE = 'integrity_constraint_violation';
  END LOOP;
  RETURN NULL;
END $$;

CREATE TRIGGER audit_event_continues AFTER INSERT ON audit_event REFERENCING NEW TABLE AS inserted
  FOR EACH STATEMENT EXECUTE FUNCTION audit_event_continues();

-- A text belongs to a row. Not a foreign key, since node and seq alone are no key of the partitions; deferred, since in which
-- order a transaction writes row and text is its own business. The chain has no gaps, so its last row says what exists.
CREATE FUNCTION suggestion_text_has_its_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = "${flyway:defaultSchema}", pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM audit_head WHERE node = NEW.node AND seq >= NEW.seq) OR NEW.seq < 1 THEN
    RAISE EXCEPTION 'suggestion_text: there is no row % of node %', NEW.seq, NEW.node USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER suggestion_text_has_its_row AFTER INSERT ON suggestion_text
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION suggestion_text_has_its_row();

-- The application's role has no right to change or delete. These are for all the others: the chain shows a change afterwards,
-- and they keep an honest mistake from becoming one.
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: a row is never %', TG_ARGV[0], CASE TG_OP WHEN 'UPDATE' THEN 'changed' ELSE 'deleted' END
    USING ERRCODE = 'restrict_violation';
END $$;

-- For each row, so that they are there for whoever goes to a partition.
CREATE TRIGGER audit_event_never_changes BEFORE UPDATE ON audit_event
  FOR EACH ROW EXECUTE FUNCTION audit_is_append_only('audit_event');
CREATE TRIGGER audit_event_never_shrinks BEFORE DELETE ON audit_event
  FOR EACH ROW EXECUTE FUNCTION audit_is_append_only('audit_event');
CREATE TRIGGER audit_event_is_never_emptied BEFORE TRUNCATE ON audit_event
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only('audit_event');

CREATE TRIGGER audit_checkpoint_never_changes BEFORE UPDATE ON audit_checkpoint
  FOR EACH ROW EXECUTE FUNCTION audit_is_append_only('audit_checkpoint');
CREATE TRIGGER audit_checkpoint_never_shrinks BEFORE DELETE ON audit_checkpoint
  FOR EACH ROW EXECUTE FUNCTION audit_is_append_only('audit_checkpoint');
CREATE TRIGGER audit_checkpoint_is_never_emptied BEFORE TRUNCATE ON audit_checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only('audit_checkpoint');

CREATE TRIGGER audit_anchored_never_changes BEFORE UPDATE ON audit_anchored
  FOR EACH ROW EXECUTE FUNCTION audit_is_append_only('audit_anchored');
CREATE TRIGGER audit_anchored_never_shrinks BEFORE DELETE ON audit_anchored
  FOR EACH ROW EXECUTE FUNCTION audit_is_append_only('audit_anchored');
CREATE TRIGGER audit_anchored_is_never_emptied BEFORE TRUNCATE ON audit_anchored
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only('audit_anchored');

-- Rows of months that nobody made a partition for: nothing is refused for want of one.
CREATE TABLE audit_event_rest PARTITION OF audit_event DEFAULT;
CREATE TRIGGER audit_event_is_never_emptied BEFORE TRUNCATE ON audit_event_rest
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only('audit_event');

-- Makes what is missing of the partitions of this month and the next ones, and says how many those were. The application calls
-- it at each start with nothing but the right to do so. A month of which rows stand in the default partition stays there.
CREATE FUNCTION audit_partitions_ahead(months integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = "${flyway:defaultSchema}", pg_temp AS $$
DECLARE
  this_month timestamp := date_trunc('month', now() AT TIME ZONE 'UTC');
  since text;
  until text;
  name text;
  made integer := 0;
BEGIN
  FOR i IN 0 .. least(months, 120) LOOP
    since := to_char(this_month + make_interval(months => i), 'YYYY-MM');
    until := to_char(this_month + make_interval(months => i + 1), 'YYYY-MM');
    name := 'audit_event_' || replace(since, '-', '_');
    CONTINUE WHEN to_regclass(name) IS NOT NULL;
    -- two of them that start together
    PERFORM pg_advisory_xact_lock(hashtextextended(current_schema() || '/audit_partitions_ahead', 0));
    CONTINUE WHEN to_regclass(name) IS NOT NULL;
    CONTINUE WHEN EXISTS (SELECT FROM audit_event_rest WHERE at >= since AND at < until);
    EXECUTE format('CREATE TABLE %I PARTITION OF audit_event FOR VALUES FROM (%L) TO (%L)', name, since, until);
    EXECUTE format('CREATE TRIGGER audit_event_is_never_emptied BEFORE TRUNCATE ON %I'
      || ' FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only(%L)', name, 'audit_event');
    made := made + 1;
  END LOOP;
  RETURN made;
END $$;

REVOKE ALL ON FUNCTION audit_partitions_ahead(integer) FROM PUBLIC;
