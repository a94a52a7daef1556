ALTER ROLE postgres PASSWORD '@ADMIN_PASSWORD@';

-- emr_owner migrates, emr_app works; what emr_app may do to which table is granted by the migrations.
CREATE ROLE emr_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '@OWNER_PASSWORD@';

CREATE ROLE emr_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE CONNECTION LIMIT 50 PASSWORD '@APP_PASSWORD@';

ALTER ROLE emr_owner SET search_path = emr;

ALTER ROLE emr_app SET search_path = emr;

ALTER ROLE emr_app SET plan_cache_mode = force_generic_plan;

ALTER ROLE emr_app SET statement_timeout = '60s';

ALTER ROLE emr_app SET lock_timeout = '20s';

CREATE DATABASE emr OWNER emr_owner;

REVOKE ALL ON DATABASE emr FROM PUBLIC;

GRANT CONNECT ON DATABASE emr TO emr_app;

