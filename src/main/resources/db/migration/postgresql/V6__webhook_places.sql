-- What a subscriber's place in the log needs besides the place.

-- One that is removed and added again under its name is another: whoever still delivers to the former must not move its cursor.
ALTER TABLE webhook_cursor ADD COLUMN generation TEXT COLLATE "C" NOT NULL DEFAULT '';

-- Until when the subscriber asked to be left alone, UTC.
ALTER TABLE webhook_cursor ADD COLUMN not_before TEXT COLLATE "C";

-- Since when the first of what is parked has been tried, which is asked every few seconds.
CREATE INDEX webhook_retry_first_try ON webhook_retry (subscriber, node, first_try_at);
