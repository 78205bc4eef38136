-- What a subscriber of webhooks could not take yet, or never will. These refer to rows of the log and hold no content: the log
-- stays the only queue. They are written in the transaction that moves the cursor past them.

-- Parked: to be sent again when it is due, after all that is parked before it of the same interaction.
CREATE TABLE webhook_retry (
  subscriber     TEXT NOT NULL,
  node           TEXT NOT NULL,
  seq            INTEGER NOT NULL,
  interaction_id TEXT NOT NULL, -- '' for rows that belong to none: they keep their order, too
  tries          INTEGER NOT NULL, -- 0 for one that only waits for others, or is replayed
  first_try_at   TEXT,
  due_at         TEXT NOT NULL, -- as in audit_event: text sorts as time does
  failure        TEXT NOT NULL,
  PRIMARY KEY (subscriber, node, seq)
);

CREATE INDEX webhook_retry_due ON webhook_retry (subscriber, node, due_at, seq);

CREATE INDEX webhook_retry_interaction ON webhook_retry (subscriber, node, interaction_id, seq);

-- Given up, until somebody replays it.
CREATE TABLE webhook_dead (
  subscriber     TEXT NOT NULL,
  node           TEXT NOT NULL,
  seq            INTEGER NOT NULL,
  interaction_id TEXT NOT NULL,
  event          TEXT NOT NULL,
  tries          INTEGER NOT NULL,
  failure        TEXT NOT NULL,
  at             TEXT NOT NULL,
  PRIMARY KEY (subscriber, node, seq)
);

-- A subscriber that said it is gone is told nothing more until somebody enables it.
CREATE TABLE webhook_subscriber_state (
  subscriber TEXT NOT NULL,
  state      TEXT NOT NULL,
  reason     TEXT NOT NULL,
  at         TEXT NOT NULL,
  PRIMARY KEY (subscriber)
);
