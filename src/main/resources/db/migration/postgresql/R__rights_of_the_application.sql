-- What the application may do: append and read, and have texts erased that are old enough. Run again whenever the role is another one.
GRANT USAGE ON SCHEMA "${flyway:defaultSchema}" TO "${appRole}";
GRANT SELECT, INSERT ON audit_event, suggestion_text, audit_checkpoint, audit_anchored TO "${appRole}";
GRANT SELECT ON audit_head, legal_hold TO "${appRole}";
GRANT SELECT, INSERT, UPDATE ON webhook_cursor, restart TO "${appRole}";
GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_retry, webhook_dead, webhook_subscriber_state TO "${appRole}";
-- with which operators add and remove them; the application itself only reads
GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_subscriber TO "${appRole}";
GRANT DELETE ON webhook_cursor TO "${appRole}";
GRANT EXECUTE ON FUNCTION audit_partitions_ahead(integer) TO "${appRole}";
GRANT EXECUTE ON FUNCTION erase_old_texts(text, bigint[], text) TO "${appRole}";
-- to check the version of the tables
GRANT SELECT ON "${flyway:table}" TO "${appRole}";
