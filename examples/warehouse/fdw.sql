-- The same warehouse, in another database, read through postgres_fdw. Run warehouse.sql there and this file here, where the extension is:
--     psql -d dwh -f examples/warehouse/warehouse.sql
--     psql -d analytics -v host=/var/run/postgresql -v port=5432 -v dbname=dwh -v user=reader -f examples/warehouse/fdw.sql
-- The other server needs no extension and nothing of ours, only a role that may SELECT. Where it asks for a password, add it to the user
-- mapping.

\set ON_ERROR_STOP on
CREATE EXTENSION IF NOT EXISTS postgres_fdw SCHEMA public;
CREATE SERVER city_warehouse FOREIGN DATA WRAPPER postgres_fdw
	OPTIONS (host :'host', port :'port', dbname :'dbname', fetch_size '10000', connect_timeout '10');
CREATE USER MAPPING FOR CURRENT_USER SERVER city_warehouse OPTIONS (user :'user');

CREATE SCHEMA warehouse;
IMPORT FOREIGN SCHEMA warehouse FROM SERVER city_warehouse INTO warehouse;
ANALYZE warehouse.dim_date, warehouse.dim_geography, warehouse.dim_measure, warehouse.dim_release, warehouse.fact_measure, warehouse.fact_plan;

\ir registry.sql

-- The measures are a dozen rows, and the views read them for order and owner: kept here, a dashboard does not wait for the other server.
INSERT INTO city_kpi.owner SELECT DISTINCT owner_code FROM mapping.node WHERE owner_code IS NOT NULL;
INSERT INTO city_kpi.node (programme_code, method_version, node_code, parent_code, is_indicator, rule, reporting_frequency, owner_code)
SELECT programme_code, method_version, node_code, parent_code, is_indicator, rule, reporting_frequency, owner_code FROM mapping.node;

\ir report.sql
