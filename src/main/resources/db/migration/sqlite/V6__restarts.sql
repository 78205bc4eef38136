-- What a restart needs that the log does not say, or says too far back.

-- Since when the windows of a node may have ended without a row that says so: a start has more to catch up with than its own first
-- rows tell, until it has caught up.
CREATE TABLE restart (
  node  TEXT NOT NULL PRIMARY KEY,
  at    TEXT NOT NULL, -- when it started last, UTC
  since TEXT NOT NULL  -- how far back it looked then
);

-- Cool-downs that are not over, however long ago the dismissal was. Only a dismissal that cools down pays for it.
CREATE INDEX audit_event_cool_down ON audit_event (node, json_extract(details, '$.coolDownUntil'))
  WHERE event = 'dismissed' AND json_valid(details) AND json_extract(details, '$.coolDownUntil') IS NOT NULL;
