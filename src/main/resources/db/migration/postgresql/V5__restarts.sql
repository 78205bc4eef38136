-- What a restart needs that the log does not say, or says too far back.

-- Since when the windows of a node may have ended without a row that says so: a start has more to catch up with than its own first
-- rows tell, until it has caught up.
CREATE TABLE restart (
  node  TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  at    TEXT             NOT NULL, -- when it started last, UTC
  since TEXT             NOT NULL  -- how far back it looked then
);

-- Cool-downs that are not over, however long ago the dismissal was; nothing where somebody spoiled the details.
CREATE FUNCTION audit_cool_down_until(details text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
  RETURN details::json ->> 'coolDownUntil';
EXCEPTION WHEN OTHERS THEN
  RETURN NULL;
END $$;

-- Only dismissals pay for it.
CREATE INDEX audit_event_cool_down ON audit_event (node, audit_cool_down_until(details) COLLATE "C") WHERE event = 'dismissed';
