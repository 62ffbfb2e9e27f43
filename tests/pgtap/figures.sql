-- ratio, value_difference, comparable_score, score_shortfall, index_status and sheet_in_common.
\set ON_ERROR_STOP on
BEGIN;
SELECT no_plan();

SELECT is(ratio(3, 4), 75::float8, 'per cent');
SELECT is(ratio(30, 150000, 10000), 2::float8, 'per ten thousand');
SELECT is(ratio(1, 4, 1), 0.25::float8, 'a share');
SELECT is(ratio(5, 0), NULL, 'of nothing');
SELECT is(ratio(0, 5)::text, '0', 'none');
SELECT is(ratio(-0.0, 5)::text, '0', 'never minus zero');
SELECT is(ratio(1e308, 1e308), 100::float8, 'a product beyond float8');
SELECT is(ratio(1e308, 1e-308), NULL, 'a ratio beyond float8');
SELECT is(ratio(NULL, 1), NULL, 'NULL');
SELECT throws_ok(format('SELECT ratio(%L, 1)', x), '22023', NULL, x || ' is refused') FROM unnest('{NaN,Infinity,-Infinity}'::text[]) x;
SELECT throws_ok(format('SELECT ratio(1, %L)', x), '22023', NULL, x || ' below is refused') FROM unnest('{NaN,Infinity}'::text[]) x;
SELECT is(value_difference(8.16, 8.5), (8.16::float8 - 8.5::float8), 'a difference');
SELECT is(value_difference(1e308, -1e308), NULL, 'a difference beyond float8');
SELECT throws_ok($$SELECT value_difference('NaN', 1)$$, '22023');
SELECT results_eq($$SELECT comparable_score(x) FROM unnest('{67.56666666666668,67.56666666666666,-67.56666666666668,0,-0.0,100,1e308,5e-324,0.123456789012499,0.1234567890125001}'::float8[]) x$$,
	$$VALUES (67.5666666667::float8), (67.5666666667), (-67.5666666667), (0), (0), (100), (1e308), (5e-324), (0.123456789012), (0.123456789013)$$, 'twelve digits of a score');
SELECT is(comparable_score(-0.0)::text, '0', 'never minus zero');
SELECT throws_ok(format('SELECT comparable_score(%L)', x), '22023', NULL, x || ' is no score') FROM unnest('{NaN,Infinity}'::text[]) x;
SELECT is(score_shortfall(30), 70::float8, 'a shortfall');
SELECT is(score_shortfall(30, 0.375), 26.25::float8, 'by weight');
SELECT is(score_shortfall(120, 2)::text, '0', 'none beyond 100');
SELECT throws_ok($$SELECT score_shortfall(30, -1)$$, '22023', 'a weight must not be negative');
SELECT results_eq($$SELECT s, index_status(s, 50) FROM unnest('{47.5,47.4,30,29.9,0,-5,80}'::float8[]) s$$,
	$$VALUES (47.5::float8, 'on_track'::progress_status), (47.4, 'at_risk'), (30, 'at_risk'), (29.9, 'off_track'), (0, 'off_track'), (-5, 'off_track'), (80, 'on_track')$$,
	'0.95 and 0.60 of what is expected');
SELECT is(index_status(0.95 * 70, 70), 'on_track', 'on the cut-off within rounding');
SELECT is(index_status(0, 0), 'on_track', 'nothing expected');
SELECT is(index_status(-1, 0), 'off_track', 'nothing expected, and less');
SELECT is(index_status(5, -1), NULL, 'no share of a negative');
SELECT throws_ok($$SELECT index_status(5, 'Infinity')$$, '22023');

CREATE TEMP TABLE f AS SELECT index_framework '[{"code":"r"},{"code":"a","parent":"r","as_is":true},{"code":"b","parent":"r","as_is":true},{"code":"c","parent":"r","as_is":true}]' AS f;
SELECT results_eq($$SELECT v.* FROM f, sheet_values(f, sheet_in_common(index_sheet(f, '{"a": 1, "b": 2}'), index_sheet(f, '{"b": 7, "c": 8}'))) v$$,
	$$VALUES ('a', NULL::float8, true), ('b', 2, true), ('c', NULL, true)$$, 'values of leaves that both have, of the first');
SELECT results_eq($$SELECT v.* FROM f, sheet_values(f, sheet_in_common(index_sheet(f, '{"a": "n/a", "b": 2}'), index_sheet(f, '{"a": 1, "b": 7}'))) v$$,
	$$VALUES ('a', NULL::float8, false), ('b', 2, true), ('c', NULL, true)$$, 'what does not apply stays so');
SELECT is(sheet_in_common(s, s), s, 'with itself') FROM f, index_sheet(f, '{"a": 1, "c": "n/a"}') s;
SELECT throws_ok($$SELECT sheet_in_common(index_sheet(f, '{}'), index_sheet('[{"code":"r"},{"code":"x","parent":"r","as_is":true}]', '{}')) FROM f$$, '22023');

SELECT * FROM finish();
ROLLBACK;
