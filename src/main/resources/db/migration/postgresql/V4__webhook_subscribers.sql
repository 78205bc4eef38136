-- Subscribers of webhooks that operators add beside a running application; others stand in its settings. Times are UTC.
CREATE TABLE webhook_subscriber (
  name       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  url        TEXT             NOT NULL,
  events     TEXT             NOT NULL, -- as audit_event has them, separated by commas
  secret     TEXT             NOT NULL, -- a copy of the database signs as well as this one
  old_secret TEXT,                      -- signs too, until old_until
  old_until  TEXT,
  headers    TEXT             NOT NULL, -- a JSON object
  paused     INTEGER          NOT NULL CHECK (paused IN (0, 1)),
  with_text  INTEGER          NOT NULL CHECK (with_text IN (0, 1)),
  parallel   INTEGER          NOT NULL CHECK (parallel > 0),
  since      TEXT             NOT NULL,
  CHECK ((old_secret IS NULL) = (old_until IS NULL))
);
