-- Registries at their edges: leaves directly below the root, a secured registry that is dropped, what a restricted role
-- sees of other units, and an error that names its programme.
\set ON_ERROR_STOP on
BEGIN;
SELECT no_plan();
SELECT create_registry('edge') \g /dev/null
SET search_path = edge, public, tap;
INSERT INTO programme (programme_code) VALUES ('flat');
INSERT INTO horizon VALUES ('flat', '2025-12-31');
INSERT INTO method (programme_code, method_version) VALUES ('flat', '1');
INSERT INTO node (programme_code, method_version, node_code, parent_code) VALUES ('flat', '1', 'r', NULL), ('flat', '1', 'x', 'r'), ('flat', '1', 'y', 'r');
INSERT INTO target (programme_code, node_code, path, document, valid_from) VALUES
	('flat', 'x', '10@2020 -> 20@2025', 'plan', '2020-01-01'), ('flat', 'y', '10@2020 -> 20@2025', 'plan', '2020-01-01');
-- A was there before it took B in, so B's figures of then are not its own
INSERT INTO unit (unit_code, valid_from) VALUES ('A', '2000-01-01'), ('B', NULL);
INSERT INTO unit_successor VALUES ('B', 'A', 1, '2025-07-01');
INSERT INTO label (object_kind, object_code, language, name) VALUES ('unit', 'A', 'en', 'Ay'), ('unit', 'B', 'en', 'Bee'), ('node', 'x', 'en', 'Ex');
INSERT INTO observation (programme_code, node_code, unit_code, period_end, vintage, value) VALUES
	('flat', 'x', 'A', '2023-12-31', 'official', 12), ('flat', 'x', 'A', '2024-12-31', 'official', 14), ('flat', 'y', 'B', '2024-12-31', 'official', 13);
INSERT INTO reporting_date VALUES ('flat', '2023-12-31'), ('flat', '2024-12-31');
SELECT is(r.snapshots, 2, 'a flat tree is refreshed') FROM refresh_registry('edge') AS r;
-- 12 and 14 of 20 are 60 and 70 per cent, and x is the only one of its unit with a figure
SELECT results_eq('SELECT leaf_code, change, category_change FROM index_change WHERE unit_code = ''A''',
	$$VALUES ('x', 10::float8, NULL::float8)$$, 'the change of a leaf without a category');

CREATE ROLE edge_reader;
GRANT USAGE ON SCHEMA tap, public TO edge_reader;
SELECT grant_registry('edge', 'edge_reader') \g /dev/null
SELECT secure_units('edge') \g /dev/null
INSERT INTO unit_access VALUES ('edge_reader', 'A'), (current_user, 'B');
SET ROLE edge_reader;
SELECT is(string_agg(object_code, ' ' ORDER BY object_kind, object_code), 'x A', 'a reader sees the names of its units') FROM label;
SELECT is(string_agg(role_name || ' ' || unit_code, ', '), 'edge_reader A', 'and its own access') FROM unit_access;
SELECT is(string_agg(DISTINCT unit_code, ' '), 'A', 'and its own units') FROM programme_headline_history;
SELECT is_empty($$SELECT fault, object FROM check_registry('edge') WHERE object LIKE '%B%'$$, 'check_registry says nothing of others');
RESET ROLE;
INSERT INTO unit (unit_code) VALUES ('C');

UPDATE node SET rule = '{"aggregation": "geo"}' WHERE node_code = 'r';
SELECT throws_like($$SELECT refresh_registry('edge')$$, 'programme "flat": key "aggregation" of node "r" has an unsuitable value%', 'an error names its programme');

-- Days that no calendar here has ------------------------------------------------------------------------

SELECT throws_ok(format('UPDATE %s SET %s = %L', t, c, d), '23514', NULL, format('%s.%s is not %s', t, c, d))
FROM (VALUES ('programme', 'valid_from'), ('programme', 'valid_to'), ('unit', 'valid_from'), ('unit', 'valid_to'), ('method', 'valid_from'), ('method', 'valid_to'),
	('target', 'valid_from'), ('target', 'valid_to')) x (t, c), unnest('{4714-11-24 BC,5874897-12-31}'::date[]) AS d;
SELECT throws_ok(format('INSERT INTO unit_successor SELECT min(unit_code), max(unit_code), 1, %L FROM unit', d), '23514', NULL, format('nor does a unit end on %s', d))
FROM unnest('{4714-11-24 BC,5874897-12-31}'::date[]) AS d;
SELECT throws_ok($$UPDATE programme SET max_age = '9000 years'$$, '23514', NULL, 'and no figure is 9000 years old');
SELECT lives_ok($$UPDATE unit SET valid_from = '-infinity', valid_to = 'infinity'$$, 'no bound may be said in a word too');
CREATE TABLE public.far_promise (programme_code text, node_code text, path target_path, valid_from date, valid_to date);
INSERT INTO public.far_promise SELECT t.programme_code, t.node_code, t.path, d, '5874897-12-31' FROM target AS t, unnest('{2020-01-01,5874897-01-01}'::date[]) AS d;
SELECT bind_registry('edge', 'target', 'public.far_promise') \g /dev/null
SELECT lives_ok($$SELECT FROM check_registry('edge')$$, 'targets elsewhere may hold for ever');
SELECT bind_registry('edge', 'target', NULL) \g /dev/null

-- Two units with the same three scores, in another order: their means differ in the last bit, their places do not --------

SELECT create_registry('tie') \g /dev/null
SET search_path = tie, public, tap;
INSERT INTO programme (programme_code) VALUES ('t');
INSERT INTO method (programme_code, method_version) VALUES ('t', '1');
INSERT INTO node (programme_code, method_version, node_code, parent_code, is_indicator, rule)
SELECT 't', '1', n, CASE WHEN n <> 'r' THEN 'r' END, n <> 'r', CASE WHEN n <> 'r' THEN '{"worst": 0, "best": 100}'::jsonb ELSE '{}' END FROM unnest('{r,x,y,z}'::text[]) n;
INSERT INTO unit (unit_code) VALUES ('A'), ('B'), ('C');
INSERT INTO observation (programme_code, node_code, unit_code, period_end, vintage, value)
SELECT 't', n, u, '2024-12-31', 'official', v FROM (VALUES ('A', ARRAY[56, 80.3, 66.4]), ('B', ARRAY[66.4, 80.3, 56]), ('C', ARRAY[1, 2, 3])) a (u, figures), unnest('{x,y,z}'::text[], figures) b (n, v);
SELECT refresh_registry('tie', '2024-12-31') \g /dev/null
SELECT is(count(DISTINCT float8send(index_score)), 3::bigint, 'three indices, two of them but for rounding') FROM unit_ranking;
SELECT is(string_agg(unit_code || ' ' || rank, ', ' ORDER BY unit_code), 'A 1, B 1, C 3', 'the places in the view') FROM unit_ranking;
SELECT is(string_agg(unit_code || ' ' || rank, ', ' ORDER BY unit_code), 'A 1, B 1, C 3', 'and of the function') FROM unit_ranking_as_of('t', '2024-12-31');
SET search_path = edge, public, tap;

SELECT lives_ok($$SELECT drop_registry('edge', true)$$, 'a secured registry can be dropped');
SELECT hasnt_schema('edge'::name, 'and is gone');

SELECT * FROM finish();
ROLLBACK;
