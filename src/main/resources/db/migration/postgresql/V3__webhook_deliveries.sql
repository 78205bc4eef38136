-- What a subscriber of webhooks could not take yet, or never will. These refer to rows of the log and hold no content: the log
-- stays the only queue. They are written in the transaction that moves the cursor past them.

-- Parked: to be sent again when it is due, after all that is parked before it of the same interaction.
CREATE TABLE webhook_retry (
  subscriber     TEXT COLLATE "C" NOT NULL,
  node           TEXT COLLATE "C" NOT NULL,
  seq            BIGINT NOT NULL,
  interaction_id TEXT COLLATE "C" NOT NULL, -- '' for rows that belong to none: they keep their order, too
  tries          INTEGER NOT NULL, -- 0 for one that only waits for others, or is replayed
  first_try_at   TEXT COLLATE "C",
  due_at         TEXT COLLATE "C" NOT NULL, -- as in audit_event: text sorts as time does
  failure        TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (subscriber, node, seq)
);

CREATE INDEX webhook_retry_due ON webhook_retry (subscriber, node, due_at, seq);

CREATE INDEX webhook_retry_interaction ON webhook_retry (subscriber, node, interaction_id, seq);

-- Given up, until somebody replays it.
CREATE TABLE webhook_dead (
  subscriber     TEXT COLLATE "C" NOT NULL,
  node           TEXT COLLATE "C" NOT NULL,
  seq            BIGINT NOT NULL,
  interaction_id TEXT COLLATE "C" NOT NULL,
  event          TEXT COLLATE "C" NOT NULL,
  tries          INTEGER NOT NULL,
  failure        TEXT COLLATE "C" NOT NULL,
  at             TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (subscriber, node, seq)
);

-- A subscriber that said it is gone is told nothing more until somebody enables it.
CREATE TABLE webhook_subscriber_state (
  subscriber TEXT COLLATE "C" NOT NULL,
  state      TEXT COLLATE "C" NOT NULL,
  reason     TEXT COLLATE "C" NOT NULL,
  at         TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (subscriber)
);
