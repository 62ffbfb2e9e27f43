-- A registry's own table of observations, partitioned by year: for a registry that is not bound and grows by millions of rows. Run it as the
-- owner of the registry, when nobody loads or refreshes:
--     psql -v registry=kpi -f examples/warehouse/partitioned.sql
-- Load through the table itself, not into its partitions: its triggers queue what changed. After ATTACH or DETACH PARTITION, or TRUNCATE of
-- a partition, which no trigger sees, say refresh_registry(..., full_refresh => true). Where roles were granted something or units are
-- secured, call grant_registry and secure_units again.

\set ON_ERROR_STOP on
BEGIN;
SELECT current_setting('search_path') AS path_before \gset
SET LOCAL search_path = :"registry", :path_before;

LOCK TABLE observation;
ALTER TABLE observation RENAME TO observation_unpartitioned;
ALTER INDEX observation_pkey RENAME TO observation_unpartitioned_pkey;
CREATE TABLE observation (LIKE observation_unpartitioned INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING COMMENTS)
	PARTITION BY RANGE (period_end);
-- foreign keys and the primary key, as they are
SELECT format('ALTER TABLE observation ADD CONSTRAINT %I %s', replace(conname, '_unpartitioned', ''), pg_get_constraintdef(oid))
FROM pg_constraint
WHERE conrelid = 'observation_unpartitioned'::regclass AND contype IN ('p', 'f')
ORDER BY contype DESC \gexec
-- a partition for each year there is, and one for all the others
SELECT format('CREATE TABLE observation_%1$s PARTITION OF observation FOR VALUES FROM (%2$L) TO (%3$L)', year,
	make_date(year, 1, 1), make_date(year + 1, 1, 1))
FROM (SELECT DISTINCT extract(year FROM period_end)::integer AS year FROM observation_unpartitioned) AS y
ORDER BY year \gexec
CREATE TABLE observation_other PARTITION OF observation DEFAULT;
INSERT INTO observation SELECT * FROM observation_unpartitioned;

-- the source of the views is the new table, and upgrade_registry gives it its triggers
SELECT bind_registry(quote_ident(:'registry')::regnamespace, 'observation', NULL);
DROP TABLE observation_unpartitioned;
CREATE INDEX observation_node ON observation (programme_code, node_code, period_end);
CREATE INDEX observation_period ON observation (period_end);
CREATE INDEX observation_unit ON observation (programme_code, unit_code);
COMMENT ON TABLE observation IS 'What happened: every figure released, partitioned by the year in which its period ends.';
SELECT upgrade_registry(quote_ident(:'registry')::regnamespace);
COMMIT;
ANALYZE :"registry".observation;
