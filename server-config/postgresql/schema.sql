-- In database emr: the one schema, and nothing in public.
CREATE SCHEMA emr AUTHORIZATION emr_owner;

GRANT USAGE ON SCHEMA emr TO emr_app;

REVOKE ALL ON SCHEMA public FROM PUBLIC;

