-- What somebody who wants to do harm can say in plain SQL.
BEGIN;
SELECT plan(19);

CREATE TEMPORARY TABLE wide AS
SELECT index_framework_agg('k' || to_char(i, 'FM0000'), 'p', 1.0) AS f FROM generate_series(1, 4000) AS i;

-- A sheet read from text says what it likes about its leaf set and the number of leaves.
SELECT throws_ok($$SELECT index_sheet_agg_step(('v1 ' || leaf_set_fingerprint(f) || ' 1 {}')::index_sheet, f, 'k4000', 1) FROM wide$$,
	'22023', 'one group has frameworks with different leaf sets', 'a sheet of one leaf does not pass for one of four thousand');
SELECT throws_ok($$SELECT index_sheet_agg_step(('v1 ' || leaf_set_fingerprint(f) || ' 4096 {}')::index_sheet, f, 'k0001', 1) FROM wide$$,
	'22023', 'one group has frameworks with different leaf sets', '... nor one with more leaves');
SELECT throws_ok($$SELECT index_score(f, ('v1 ' || leaf_set_fingerprint(f) || ' 1 {}')::index_sheet) FROM wide$$,
	'22023', NULL, 'index_score looks at the number of leaves');
SELECT throws_ok($$SELECT with_value(f, ('v1 ' || leaf_set_fingerprint(f) || ' 1 {}')::index_sheet, 'k4000', 1) FROM wide$$,
	'22023', NULL, 'with_value looks at the number of leaves');
SELECT throws_ok($$SELECT index_sheet_merge(index_sheet(f, '{}'), ('v1 ' || leaf_set_fingerprint(f) || ' 1 {}')::index_sheet) FROM wide$$,
	'22023', NULL, 'index_sheet_merge looks at the number of leaves');
SELECT throws_ok($$SELECT count(*) FROM wide, sheet_values(f, ('v1 ' || leaf_set_fingerprint(f) || ' 1 {}')::index_sheet)$$,
	'22023', NULL, 'sheet_values looks at the number of leaves');

-- Anyone may build an aggregate on the transition functions, with any initial state.
DO $$BEGIN
	EXECUTE format('CREATE AGGREGATE forged(index_framework, text, float8) (SFUNC = index_sheet_agg_step, STYPE = index_sheet, INITCOND = %L)',
		'v1 ' || (SELECT leaf_set_fingerprint(f) FROM wide) || ' 1 {}');
	EXECUTE 'CREATE AGGREGATE forged_mean(float8, float8) (SFUNC = weighted_mean_step, STYPE = weighted_sums, INITCOND = ''v1 coverage {parameter: 0, rows: 0, zeros: 0, negatives: 0, least: 0, greatest: 0, sums: [0, 0]}'')';
	EXECUTE 'CREATE AGGREGATE forged_status(progress_status) (SFUNC = indicator_status_step, STYPE = int, INITCOND = ''-1'', FINALFUNC = indicator_status_final)';
END$$;
SELECT throws_ok($$SELECT forged((SELECT f FROM wide), 'k4000', 1)$$, '22023', NULL, 'a forged initial sheet is refused');
SELECT throws_ok($$SELECT forged_mean(1, 1)$$, '22023', NULL, 'a forged initial mean is refused');
SELECT lives_ok($$SELECT forged_status('met')$$, 'a forged set of statuses does no harm');

-- A superuser may hand the state of one aggregate to the functions of another.
CREATE AGGREGATE crossed(target_path, date, date, date) (SFUNC = path_in_force_step, STYPE = internal, FINALFUNC = indicator_series_agg_final);
CREATE AGGREGATE crossed(date, float8) (SFUNC = indicator_series_agg_step, STYPE = internal, FINALFUNC = target_path_agg_final);
CREATE AGGREGATE crossed(text, text, float8) (SFUNC = index_framework_agg_step, STYPE = internal, FINALFUNC = path_in_force_final);
CREATE AGGREGATE crossed(text, date) (SFUNC = target_path_agg_step, STYPE = internal, FINALFUNC = index_framework_agg_final);
SELECT throws_ok($$SELECT crossed('1@2020 -> 2@2021'::target_path, NULL, NULL, '2020-01-01')$$, '22023', 'the state belongs to another aggregate', 'state of a path in force');
SELECT throws_ok($$SELECT crossed('2020-01-01'::date, 1)$$, '22023', 'the state belongs to another aggregate', 'state of a series');
SELECT throws_ok($$SELECT crossed('a', 'b', 1::float8)$$, '22023', 'the state belongs to another aggregate', 'state of a framework');
SELECT throws_ok($$SELECT crossed('>1'::text, '2025-12-31'::date)$$, '22023', 'the state belongs to another aggregate', 'state of a path');

-- Long texts in messages end at a character.
SELECT throws_ok($$SELECT index_sheet_agg('[{"code": "u", "as_is": true}]'::index_framework, 'a' || repeat('ü', 300), 1)$$,
	'22023', 'code "a' || repeat('ü', 49) || '..." is no leaf of the framework', 'a long code is cut between characters');
SELECT throws_ok($$SELECT ('up -> ' || repeat('ü', 300))::target_path$$, '22P02', NULL, 'a long text is cut between characters');
SELECT throws_ok(format('SELECT scheme(%L)', repeat('é', 300)), '22023',
	'there is no scheme "' || repeat('é', 50) || '..."', 'a long scheme name is cut between characters');
SELECT throws_ok(format('SELECT index_framework_agg(%L, ''p'', NULL::float8)', repeat('x', 100000)), '22004',
	'the weight of node "' || repeat('x', 100) || '..." must not be null', 'a very long code is not quoted whole');

-- Numbers at the end of the scale.
SELECT is((SELECT (gap, required_pace, required_rest, reached_on)::text
	FROM progress('-1.7e308@2020 -> 1.7e308@2025', '{2021: 1e308, 2022: -1e308}', '2023-01-01')), '(,,,)',
	'what follows from a missing measure is missing too');
SELECT is((SELECT status::text FROM progress('40@2020 -> 70@2030', '{2023: 52}', '2023-12-31', NULL, '178000000 years')), 'on_track',
	'an age beyond the calendar spares everything');

SELECT * FROM finish();
ROLLBACK;
