-- For the DBA, once, as a superuser, with psql:
--
--   psql -v owner_password=... -v app_password=... -f roles.sql
--
-- Two roles: cxone_assist_owner makes and changes the tables, and erases, holds and archives (cxone.database-migrate-user);
-- cxone_assist may append to the audit log and read it, and nothing else (cxone.database-user). What the second one may do is
-- granted by the migrations themselves. For an auditor who only reads, a third one, once the tables are there:
--
--   CREATE ROLE auditor LOGIN PASSWORD '...'; GRANT CONNECT ON DATABASE cxone_assist TO auditor;
--   \c cxone_assist
--   GRANT SELECT ON audit_event, suggestion_text, audit_checkpoint, audit_anchored, audit_head, legal_hold TO auditor;
--   GRANT SELECT ON flyway_schema_history TO auditor;
--
-- Not on all tables: webhook_subscriber holds secrets. Without suggestion_text he cannot verify texts, nor the log.
CREATE ROLE cxone_assist_owner LOGIN PASSWORD :'owner_password' NOSUPERUSER NOCREATEDB NOCREATEROLE;
CREATE ROLE cxone_assist LOGIN PASSWORD :'app_password' NOSUPERUSER NOCREATEDB NOCREATEROLE;

-- the owner of the database may make tables in its schema "public", since PostgreSQL 15 nobody else may
CREATE DATABASE cxone_assist OWNER cxone_assist_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE cxone_assist FROM PUBLIC;
GRANT CONNECT ON DATABASE cxone_assist TO cxone_assist;
