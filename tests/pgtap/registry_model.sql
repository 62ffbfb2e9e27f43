-- The registry's data model: what create_registry makes, what it queues, refuses and chooses.
\set ON_ERROR_STOP on
BEGIN;
SELECT no_plan();

CREATE FUNCTION pg_temp.refuses(statement text, state text, offender text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	got text;
	said text;
BEGIN
	EXECUTE statement;
	RETURN ok(false, statement || ' is refused');
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS got = RETURNED_SQLSTATE, said = MESSAGE_TEXT;
	RETURN CASE WHEN got = state AND position(offender IN said) > 0 THEN ok(true, statement || ': ' || said)
		ELSE ok(false, statement || ' is refused') || E'\n' || diag(format('%s: %s, not %s naming %s', got, said, state, offender)) END;
END $$;

-- Creating ---------------------------------------------------------------------------

SELECT is(create_registry('kpi')::text, 'kpi', 'a registry');
SELECT is(create_registry('K p"i')::text, '"K p""i"', 'a name that needs quotes');
CREATE SCHEMA prepared;
SELECT is(create_registry('prepared')::text, 'prepared', 'an empty schema that was there');
SELECT is(create_registry(NULL)::text, NULL, 'NULL for NULL');
SELECT pg_temp.refuses($$SELECT create_registry('kpi')$$, '42P06', 'kpi');
SELECT pg_temp.refuses($$SELECT create_registry('')$$, '22023', '""');
SELECT pg_temp.refuses(format('SELECT create_registry(%L)', repeat('x', 64)), '22023', 'xxx');
SELECT pg_temp.refuses($$SELECT create_registry('pg_kpi')$$, '42939', 'pg_kpi');
SELECT is(current_setting('search_path'), 'public, tap', 'search_path is as before');

CREATE TEMP VIEW relation AS
	SELECT c.oid, c.relname, c.relkind, c.reloptions FROM pg_class c
	WHERE c.relnamespace = 'kpi'::regnamespace AND c.relkind NOT IN ('i', 'S');
SELECT is_empty($$SELECT relname FROM relation WHERE relkind NOT IN ('r', 'v')$$, 'tables and views, nothing else');
SELECT is_empty($$SELECT relname FROM relation WHERE obj_description(oid, 'pg_class') IS NULL$$, 'each has a comment');
SELECT is_empty($$SELECT r.relname, a.attname FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid
	WHERE a.attnum > 0 AND NOT a.attisdropped AND col_description(r.oid, a.attnum) IS NULL$$, 'so has each column');
SELECT is_empty($$SELECT relname FROM relation WHERE relkind = 'v' AND NOT COALESCE(reloptions, '{}') @> '{security_invoker=true}'$$,
	'views ask with the rights of who reads them');
SELECT is_empty($$SELECT r.relname, a.attname, a.atttypid::regtype FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid
	WHERE r.relkind = 'v' AND r.relname !~ '_source$' AND a.attnum > 0
		AND a.atttypid NOT IN ('text'::regtype, 'integer'::regtype, 'bigint'::regtype, 'float8'::regtype, 'date'::regtype,
			'timestamptz'::regtype, 'boolean'::regtype, 'jsonb'::regtype)$$, 'views have plain types');
SELECT is_empty($$SELECT v.relname, a.attname FROM relation v JOIN pg_attribute a ON a.attrelid = v.oid
		JOIN relation h ON h.relname = v.relname || '_history'
		LEFT JOIN pg_attribute b ON b.attrelid = h.oid AND b.attnum = a.attnum
	WHERE v.relkind = 'v' AND a.attnum > 0 AND (a.attname, a.atttypid) IS DISTINCT FROM (b.attname, b.atttypid)$$,
	'a history has the columns of its view');
SELECT is(ARRAY(SELECT v.relname::text FROM relation v
	WHERE v.relkind = 'v' AND v.relname !~ '_(history|source|label)$'
		AND NOT (EXISTS (SELECT FROM relation h WHERE h.relname = v.relname || '_history')
			AND EXISTS (SELECT FROM pg_proc f WHERE f.pronamespace = 'kpi'::regnamespace AND f.proname = v.relname || '_as_of'
				AND f.prorettype = (SELECT c.reltype FROM pg_class c WHERE c.oid = v.oid) AND f.proargnames @> '{as_of,known_on}'))
	ORDER BY v.relname), '{latest_snapshot,refresh_status,status_change,upload}'::text[],
	'all other views of figures have a history, and a function of both dates');
SELECT is_empty($$SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'kpi'::regnamespace
	AND (p.prosqlbody IS NULL OR p.prosecdef OR obj_description(p.oid, 'pg_proc') IS NULL
		OR (p.provolatile = 'v' OR p.proparallel <> 's') AND p.proname NOT IN ('write_snapshot', 'rank_snapshot'))$$,
	'functions are SQL parsed at creation, commented, STABLE and PARALLEL SAFE');
SELECT is_empty($$SELECT c.conrelid::regclass, c.conname FROM pg_constraint c
	WHERE c.connamespace = 'kpi'::regnamespace AND c.contype = 'f' AND NOT EXISTS (SELECT FROM pg_index i
		WHERE i.indrelid = c.conrelid AND (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey)
		AND (c.conrelid, c.confrelid) NOT IN (('kpi.observation'::regclass, 'kpi.vintage'::regclass), ('kpi.observation'::regclass, 'kpi.mark'::regclass))$$,
	'foreign keys have indexes, but for words of which there are a handful');
SELECT results_eq('SELECT model_version FROM kpi.registry_version', '{1}'::int[], 'the version of the model is kept');

-- The queue ----------------------------------------------------------------------------

SET search_path = kpi, public, tap;
CREATE FUNCTION pg_temp.queued() RETURNS text LANGUAGE sql AS $$
	WITH taken AS (DELETE FROM kpi.refresh_queue RETURNING programme_code, unit_code, period_end, reason)
	SELECT string_agg(concat_ws(' ', COALESCE(programme_code, '*'), COALESCE(unit_code, '*'), COALESCE(period_end::text, '*'), reason), ', '
		ORDER BY programme_code, unit_code, period_end) FROM taken
$$;
INSERT INTO programme (programme_code) VALUES ('P'), ('Q');
SELECT is(pg_temp.queued(), 'P * * programme, Q * * programme', 'a new programme is queued');
INSERT INTO unit (unit_code, unit_kind) VALUES ('city', 'city'), ('w1', 'ward'), ('w2', 'ward');
SELECT is(pg_temp.queued(), '* city * unit, * w1 * unit, * w2 * unit', 'so are units');
INSERT INTO unit_successor VALUES ('w1', 'w2', 1, '2030-01-01');
SELECT is(pg_temp.queued(), '* w2 * unit_successor', 'a unit with a predecessor');
UPDATE unit_successor SET successor_code = 'city';
SELECT is(pg_temp.queued(), '* city * unit_successor, * w2 * unit_successor', 'it and another');
DELETE FROM unit_successor;
SELECT is(pg_temp.queued(), '* city * unit_successor', 'and one without');
INSERT INTO method (programme_code, method_version, valid_to) VALUES ('P', 'old', '2022-12-31');
INSERT INTO method (programme_code, method_version, valid_from) VALUES ('P', 'new', '2023-01-01');
INSERT INTO node (programme_code, method_version, node_code, parent_code, weight, rule, is_indicator)
SELECT 'P', version, code, parent, weight, rule::jsonb, indicator
FROM unnest('{old,new}'::text[]) version, (VALUES ('P', NULL, 1, '{}', false), ('A', 'P', 1, '{}', true), ('B', 'P', 3, '{}', true),
	('C', 'P', 1, '{"worst": 0, "best": 10}', true), ('D', 'P', 1, '{}', true)) AS n (code, parent, weight, rule, indicator);
SELECT is(pg_temp.queued(), 'P * * method, P * * method, P * * node', 'and the method');
INSERT INTO observation (programme_code, node_code, unit_code, period_end, value) VALUES
	('P', 'A', 'w1', '2021-12-31', 1), ('P', 'A', 'w1', '2020-12-31', 1), ('P', 'B', 'w1', '2022-12-31', 1), ('Q', 'A', 'w2', '2022-12-31', 1);
SELECT is(pg_temp.queued(), 'P w1 2020-12-31 observation, Q w2 2022-12-31 observation', 'observations by unit, from the earliest period');
UPDATE observation SET value = 1;
SELECT is(pg_temp.queued(), NULL, 'an update that changes nothing is not');
UPDATE observation SET value = 2 WHERE node_code = 'B';
SELECT is(pg_temp.queued(), 'P w1 2022-12-31 observation', 'an update is');
UPDATE observation SET unit_code = 'w2' WHERE node_code = 'B';
SELECT is(pg_temp.queued(), 'P w1 2022-12-31 observation, P w2 2022-12-31 observation', 'for the old unit and the new');
DELETE FROM observation WHERE node_code = 'B';
SELECT is(pg_temp.queued(), 'P w2 2022-12-31 observation', 'a deletion is');
DELETE FROM observation WHERE false;
SELECT is(pg_temp.queued(), NULL, 'none is not');
TRUNCATE observation;
SELECT is(pg_temp.queued(), '* * * observation', 'everything, if everything goes');
INSERT INTO target (programme_code, node_code, unit_code, path, document, valid_from) VALUES
	('P', 'A', NULL, '0@2020 -> 10@2025 -> 20@2030', 'd', '2021-01-01'), ('P', 'A', 'w1', '0@2020 -> 5@2025', 'own', '2021-01-01');
SELECT is(pg_temp.queued(), 'P w1 * target, P * * target', 'targets, of one unit or all');
UPDATE mark SET is_counted = false WHERE mark = 'P';
SELECT is(pg_temp.queued(), NULL, 'a mark that stays as it is');
UPDATE mark SET is_counted = true WHERE mark = 'P';
SELECT is(pg_temp.queued(), '* * * mark', 'and one that does not');
UPDATE mark SET is_counted = false WHERE mark = 'P';
INSERT INTO horizon VALUES ('P', '2025-12-31'), ('P', '2030-12-31');
INSERT INTO label (object_kind, object_code, language, name) VALUES ('unit', 'city', 'vi', 'Hà Nội');
SELECT is(pg_temp.queued(), 'P * * horizon, * * * mark', 'labels change no result');

-- Refused --------------------------------------------------------------------------------

SELECT pg_temp.refuses($$INSERT INTO observation (programme_code, node_code, unit_code, period_end, value) VALUES ('P', 'A', 'w1', '2021-12-31', 'NaN')$$, '23514', 'value');
SELECT pg_temp.refuses($$INSERT INTO observation (programme_code, node_code, unit_code, period_end, value) VALUES ('P', 'A', 'w1', '2021-12-31', 'Infinity')$$, '23514', 'value');
SELECT pg_temp.refuses($$INSERT INTO observation (programme_code, node_code, unit_code, period_end) VALUES ('P', 'A', 'w1', 'infinity')$$, '23514', 'period_end');
SELECT pg_temp.refuses($$INSERT INTO observation (programme_code, node_code, unit_code, period_end, value, is_applicable) VALUES ('P', 'A', 'w1', '2021-12-31', 1, false)$$, '23514', 'check');
SELECT pg_temp.refuses($$INSERT INTO observation (programme_code, node_code, unit_code, period_end, mark) VALUES ('P', 'A', 'w1', '2021-12-31', 'Z')$$, '23503', 'mark');
SELECT pg_temp.refuses($$INSERT INTO node (programme_code, method_version, node_code, parent_code, rule) VALUES ('P', 'new', 'E', 'P', '{"target": "up -> 5@2030"}')$$, '23514', 'rule');
SELECT pg_temp.refuses($$INSERT INTO target (programme_code, node_code, path, document, valid_from) VALUES ('P', 'A', 'up -> 60 %@2030', 'd', '2021-01-01')$$, '22P02', 'per cent');

-- Which figure counts ----------------------------------------------------------------------

INSERT INTO observation (programme_code, node_code, unit_code, period_end, vintage, released_on, value, source, mark) VALUES
	('P', 'A', 'w1', '2022-12-31', 'official', '2023-05-01', 3.0, '', 'C'),
	('P', 'A', 'w1', '2023-12-31', 'estimate', '2023-12-08', 8.5, '', 'C'),
	('P', 'A', 'w1', '2023-12-31', 'estimate', '2024-06-01', 8.4, '', 'C'),
	('P', 'A', 'w1', '2023-12-31', 'preliminary', '2024-02-01', 8.2, '', 'C'),
	('P', 'A', 'w1', '2023-12-31', 'official', '2024-11-30', 8.16, '', 'C'),
	('P', 'A', 'w1', '2024-12-31', 'official', '2025-05-01', 99, '', 'GK'),
	('P', 'B', 'w1', '2023-12-31', 'official', '2024-01-01', 2, 'b', 'C'),
	('P', 'B', 'w1', '2023-12-31', 'official', '2024-01-02', 1, 'b', 'C'),
	('P', 'B', 'w1', '2023-12-31', 'official', '2024-01-02', 7, 'a', 'C'),
	('P', 'C', 'w1', '2022-12-31', 'official', '2023-01-01', 4, '', 'C'),
	('P', 'C', 'w1', '2023-12-31', 'official', '2024-01-01', 5, '', 'C'),
	('P', 'C', 'w1', '2023-12-31', 'official', '2024-02-01', NULL, '', 'C');
INSERT INTO observation (programme_code, node_code, unit_code, period_end, released_on, is_applicable) VALUES ('P', 'C', 'w2', '2023-12-31', '2024-01-01', false);
CREATE FUNCTION pg_temp.known(node text, as_of date, known_on date DEFAULT NULL, max_age interval DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
	SELECT concat_ws(' ', value, vintage, period_end) FROM kpi.observation_as_of(as_of, known_on, max_age, '{w1}') WHERE node_code = node
$$;
SELECT is(pg_temp.known('A', '2024-12-31'), '8.16 official 2023-12-31', 'the official figure; a mark that is not counted counts not');
SELECT is(pg_temp.known('A', '2024-12-31', '2024-11-29'), '8.2 preliminary 2023-12-31', 'preliminary before a later estimate');
SELECT is(pg_temp.known('A', '2023-12-31', '2023-12-08'), '8.5 estimate 2023-12-31', 'an estimate known before the year is over');
SELECT is(pg_temp.known('A', '2023-12-31', '2023-12-07'), '3 official 2022-12-31', 'and on the day before');
SELECT is(pg_temp.known('A', '2022-12-30'), NULL, 'a period counts from its end');
SELECT is(pg_temp.known('A', '2024-12-31', NULL, '1 year'), '8.16 official 2023-12-31', 'as old as is admissible');
SELECT is(pg_temp.known('A', '2025-01-01', NULL, '1 year'), NULL, 'a day older');
SELECT is(pg_temp.known('B', '2024-12-31'), '7 official 2023-12-31', 'the latest release; of two the source that is first in byte order');
SELECT is(pg_temp.known('C', '2024-12-31'), '4 official 2022-12-31', 'a figure taken back leaves the period before');
SELECT is(pg_temp.known('C', '2024-12-31', '2024-01-31'), '5 official 2023-12-31', 'as known before');
UPDATE programme SET vintage_choice = 'latest';
SELECT is(pg_temp.known('A', '2024-12-31', '2024-06-30'), '8.4 estimate 2023-12-31', 'the latest release, where the programme says so');
UPDATE programme SET vintage_choice = 'official';
UPDATE programme SET max_age = '1 year' WHERE programme_code = 'P';
SELECT is(pg_temp.known('A', '2025-01-01'), NULL, 'the programme''s own limit of age');
UPDATE programme SET max_age = NULL;
SELECT results_eq($$SELECT unit_code, value, is_applicable FROM observation_as_of('2024-12-31', programmes => '{P}') WHERE node_code = 'C' ORDER BY 1$$,
	$$VALUES ('w1', 4::float8, true), ('w2', NULL, false)$$, 'what does not apply is said');
SELECT is((SELECT count(*) FROM observation_as_of('2024-12-31', programmes => '{Q}')), 0::bigint, 'another programme');
SELECT results_eq($$SELECT vintage, value, value_before, round(revision::numeric, 10) FROM observation_revisions('{P}', '{w1}')
	WHERE node_code = 'A' AND period_end = '2023-12-31' ORDER BY released_on$$,
	$$VALUES ('estimate', 8.5::float8, NULL::float8, NULL::numeric), ('preliminary', 8.2, 8.5, -0.3), ('estimate', 8.4, 8.2, 0.2), ('official', 8.16, 8.4, -0.24)$$,
	'every release with the one before');

-- What is promised -----------------------------------------------------------------------

INSERT INTO target (programme_code, node_code, path, document, valid_from, valid_to, mark) VALUES
	('P', 'B', 'up -> 6.5@2025', 'first', '2024-01-01', '2025-02-24', 'C'),
	('P', 'B', 'up -> 8@2025', 'second', '2025-02-25', NULL, 'C'),
	('P', 'B', 'up -> 9@2025', 'not ours', '2025-06-01', NULL, 'C*');
SELECT results_eq($$SELECT d, (SELECT document FROM targets_as_of(d) WHERE node_code = 'B') FROM unnest('{2023-12-31,2024-01-01,2025-02-24,2025-02-25,2025-12-31}'::date[]) d$$,
	$$VALUES (date '2023-12-31', NULL), ('2024-01-01', 'first'), ('2025-02-24', 'first'), ('2025-02-25', 'second'), ('2025-12-31', 'second')$$,
	'the target that stands on a day');
SELECT is(method_as_of('P', '2022-12-31'), 'old', 'the method of a date');
SELECT is(method_as_of('P', '2023-01-01'), 'new', 'and of the day after');
SELECT is(method_as_of('Q', '2023-01-01'), NULL, 'none');
SELECT is(framework_as_of('P', '2025-12-31'), '[{"code": "P", "due": "2025"}, {"code": "A", "parent": "P", "indicator": true, "target": "0@2020 -> 10@2025 -> 20@2030"},
	{"code": "B", "parent": "P", "weight": 3, "indicator": true, "target": "up -> 8@2025"}, {"code": "C", "parent": "P", "indicator": true, "worst": 0, "best": 10},
	{"code": "D", "parent": "P", "indicator": true, "as_is": true}]'::index_framework, 'the framework: targets in force, goalposts, and a leaf without either');
SELECT is(framework_as_of('P', '2025-12-31', '2025-02-01'), with_targets(framework_as_of('P', '2025-12-31'), '{B}', '{up -> 6.5@2025}'), 'as promised earlier');
SELECT is(framework_as_of('P', '2026-01-01'), with_due(framework_as_of('P', '2025-12-31'), '2030-12-31'), 'the next horizon, the day after');
SELECT is(framework_as_of('P', '2031-01-01'), with_due(framework_as_of('P', '2025-12-31'), '2030-12-31'), 'after all horizons the last');
SELECT is(framework_as_of('P', '2025-12-31', NULL, 'w1'), with_targets(framework_as_of('P', '2025-12-31'), '{A}', '{0@2020 -> 5@2025}'), 'a unit''s own target');
SELECT is(framework_as_of('P', '2025-12-31', NULL, 'w2'), framework_as_of('P', '2025-12-31'), 'a unit without');
SELECT is(framework_as_of('Q', '2025-12-31'), NULL, 'no method, no framework');
DELETE FROM horizon;
SELECT results_eq($$SELECT due, is_current FROM horizons_as_of('P', '2025-12-31') ORDER BY 1$$, $$VALUES (date '2025-12-31', true), ('2030-12-31', false)$$,
	'without horizons all due dates of the targets');
SELECT results_eq($$SELECT due, is_current FROM horizons_as_of('Q', '2025-06-30')$$, $$VALUES (date '2025-06-30', true)$$, 'without targets the date itself');
UPDATE node SET rule = '{"worst": 5, "best": 5}' WHERE node_code = 'C' AND method_version = 'new';
SELECT pg_temp.refuses($$SELECT framework_as_of('P', '2025-12-31')$$, '22023', 'C');
UPDATE node SET rule = '{"worst": 0, "best": 10}' WHERE node_code = 'C';
SELECT results_eq($$SELECT node_code, node_kind, category_code, indicator_code FROM framework_tree('[{"code":"r"},{"code":"c","parent":"r"},{"code":"s","parent":"c"},
	{"code":"i","parent":"s","indicator":true},{"code":"x","parent":"i","as_is":true},{"code":"j","parent":"r","indicator":true,"as_is":true},{"code":"o","parent":"c","as_is":true}]') ORDER BY node_code$$,
	$$VALUES ('c', 'category', 'c', NULL), ('i', 'indicator', 'c', 'i'), ('j', 'indicator', NULL, 'j'), ('o', 'leaf', 'c', NULL), ('r', 'programme', NULL, NULL),
		('s', 'category', 'c', NULL), ('x', 'leaf', 'c', 'i')$$, 'who belongs to whom');
SELECT results_eq($$SELECT node_code, node_kind, indicator_code FROM framework_tree('[{"code":"r"},{"code":"c","parent":"r"},{"code":"x","parent":"c","as_is":true}]') ORDER BY node_code$$,
	$$VALUES ('c', 'category', NULL), ('r', 'programme', NULL), ('x', 'indicator', 'x')$$, 'where none is marked, leaves are indicators');

-- Kept: a method that snapshots refer to
SELECT lives_ok($$SELECT refresh_registry('kpi', as_of => '2024-12-31')$$, 'a snapshot');
SELECT pg_temp.refuses($$DELETE FROM method WHERE method_version = 'new'$$, '23503', 'snapshot');
SELECT lives_ok($$DELETE FROM method WHERE method_version = 'old'$$, 'a method that none refers to can go');

-- Bound ----------------------------------------------------------------------------------

SET search_path = public, tap;
CREATE TABLE fact (ward varchar(10), indicator char(1), day date, amount numeric(10, 2));
INSERT INTO fact VALUES ('w1', 'A', '2023-12-31', 8.25), ('w9', 'A', '2023-12-31', 5);
CREATE VIEW fact_view AS SELECT text 'P' AS programme_code, indicator AS node_code, ward AS unit_code, day AS period_end, amount AS value FROM fact;
SELECT pg_temp.refuses($$SELECT bind_registry('kpi', 'observation', 'fact')$$, '42703', 'programme_code');
SELECT lives_ok($$SELECT bind_registry('kpi', 'observation', 'fact_view')$$, 'a view over a fact table stands in');
SELECT results_eq($$SELECT unit_code, value, vintage, released_on FROM kpi.observation_as_of('2023-12-31')$$,
	$$VALUES ('w1', 8.25::float8, 'not_stated', date '2023-12-31')$$, 'with defaults for what it does not have; units that are not registered are left out');
SELECT set_eq('SELECT DISTINCT programme_code, unit_code FROM kpi.observation_unit_source', 'SELECT programme_code, unit_code FROM kpi.programme, kpi.unit', 'of what is bound, any unit may have figures');
SELECT is((SELECT string_agg(reason, ',') FROM kpi.refresh_queue WHERE programme_code IS NULL), 'source', 'everything is queued');
SELECT lives_ok($$SELECT bind_registry('kpi', 'observation', NULL)$$, 'and the table again');
SELECT is((SELECT count(*) FROM kpi.observation_source), (SELECT count(*) FROM kpi.observation), 'the table it is');
SELECT set_eq('SELECT DISTINCT programme_code, unit_code FROM kpi.observation_unit_source', 'SELECT DISTINCT programme_code, unit_code FROM kpi.observation', 'for the units too');
CREATE VIEW of_other_type AS SELECT text 'P' AS programme_code, 1 AS node_code, text 'w1' AS unit_code, day AS period_end, amount AS value FROM fact;
SELECT pg_temp.refuses($$SELECT bind_registry('kpi', 'observation', 'of_other_type')$$, '42804', 'node_code');
SELECT pg_temp.refuses($$SELECT bind_registry('kpi', 'unit', 'fact_view')$$, '22023', 'unit');
SELECT pg_temp.refuses($$SELECT bind_registry('public', 'observation', 'fact_view')$$, '22023', 'public');
SELECT pg_temp.refuses($$SELECT bind_registry(NULL, 'observation', 'fact_view')$$, '22004', 'NULL');
CREATE TABLE promise (programme_code text, node_code text, path text);
INSERT INTO promise VALUES ('P', 'A', 'up -> 7@2025');
SELECT lives_ok($$SELECT bind_registry('kpi', 'target', 'promise')$$, 'targets, with paths as text');
SELECT results_eq($$SELECT node_code, path FROM kpi.targets_as_of('2025-01-01')$$, $$VALUES ('A', target_path 'up -> 7@2025')$$, 'they count');
CREATE TABLE tree (programme_code text, method_version text, node_code text, parent_code text, weight integer);
INSERT INTO tree VALUES ('P', 'new', 'A', 'economy', 1), ('P', 'new', 'Z', 'economy', 2);
SELECT lives_ok($$SELECT bind_registry('kpi', 'node', 'tree')$$, 'nodes');
SELECT results_eq($$SELECT code, parent, weight FROM nodes(kpi.framework_as_of('P', '2025-12-31')) ORDER BY ordinal$$,
	$$VALUES ('index', NULL, 1::float8), ('economy', 'index', 1), ('A', 'economy', 1), ('Z', 'economy', 2)$$, 'a tree of (indicator, category, weight)');
SELECT bind_registry('kpi', kind, NULL) FROM unnest('{target,node}'::text[]) kind;
CREATE TEMP TABLE passing AS TABLE tree;
CREATE TEMP VIEW passing_too AS TABLE tree;
SELECT throws_ok(format($$SELECT bind_registry('kpi', 'node', %L)$$, source), '22023', source || ' is temporary', 'what is temporary is not bound')
FROM unnest('{passing,passing_too}'::text[]) AS source;

-- Upgraded and dropped ----------------------------------------------------------------------

SELECT bind_registry('kpi', 'observation', 'fact_view');
DROP TRIGGER queue_insert ON kpi.observation;
DROP TRIGGER queue_update ON kpi.observation;
DROP TRIGGER queue_delete ON kpi.observation;
DROP TRIGGER queue_truncate ON kpi.observation;
CREATE OR REPLACE VIEW kpi.owner_label AS SELECT ''::text AS owner_code, ''::text AS language, ''::text AS name, ''::text AS description;
SELECT is(upgrade_registry('kpi'), 1, 'an upgrade');
SELECT is((SELECT count(*) FROM pg_trigger WHERE tgrelid = 'kpi.observation'::regclass AND tgname ~ '^queue_'), 4::bigint, 'triggers are there again');
SELECT is((SELECT count(*) FROM kpi.owner_label), 0::bigint, 'views are as they should be');
SELECT is((SELECT count(*) FROM kpi.observation_source), 2::bigint, 'what is bound stays bound');
UPDATE kpi.registry_version SET model_version = 2;
SELECT pg_temp.refuses($$SELECT upgrade_registry('kpi')$$, '0A000', '2');
SELECT pg_temp.refuses($$SELECT upgrade_registry('public')$$, '22023', 'public');
SELECT pg_temp.refuses($$SELECT drop_registry('kpi')$$, '55000', 'kpi');
CREATE VIEW of_ours AS SELECT * FROM kpi.red_list;
SELECT pg_temp.refuses($$SELECT drop_registry('kpi', true)$$, '2BP01', 'red_list');
DROP VIEW of_ours;
CREATE TABLE kpi.notes (note text);
SELECT pg_temp.refuses($$SELECT drop_registry('kpi', true)$$, '2BP01', 'kpi');
SELECT is((SELECT count(*) FROM kpi.observation), 13::bigint, 'nothing is lost by the attempt');
DROP TABLE kpi.notes;
DROP VIEW relation;
SELECT lives_ok($$SELECT drop_registry('kpi', true)$$, 'dropped, data and all');
SELECT lives_ok($$SELECT drop_registry('"K p""i"')$$, 'an empty one goes without a word');
SELECT hasnt_schema('kpi');
SELECT hasnt_schema('K p"i');
SELECT has_table('fact');
SELECT pg_temp.refuses($$SELECT drop_registry('public')$$, '22023', 'public');
SELECT pg_temp.refuses($$DROP EXTENSION scorecard$$, '2BP01', 'scorecard');

SELECT * FROM finish();
ROLLBACK;
