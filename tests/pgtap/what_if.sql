-- The sheet as it might be: other values, every leaf on its path, another leaf set, targets of a unit's own.
\set ON_ERROR_STOP on
BEGIN;
SELECT no_plan();

CREATE FUNCTION pg_temp.refuses(statement text, state text, offender text, advice text DEFAULT '') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	got text;
	said text;
	hint text;
BEGIN
	EXECUTE statement;
	RETURN ok(false, statement || ' is refused');
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS got = RETURNED_SQLSTATE, said = MESSAGE_TEXT, hint = PG_EXCEPTION_HINT;
	RETURN CASE WHEN got = state AND position(offender IN said) > 0 AND position(advice IN coalesce(hint, '')) > 0
		THEN ok(true, statement || ': ' || said)
		ELSE ok(false, statement || ' is refused') || E'\n' || diag(format('%s: %s (%s), not %s naming %s (%s)', got, said, hint, state, offender, advice)) END;
END $$;
CREATE FUNCTION pg_temp.listed(framework index_framework, sheet index_sheet) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(code || '=' || CASE WHEN is_applicable THEN coalesce(round(value::numeric, 9)::float8::text, '-') ELSE 'n/a' END, ' ') FROM sheet_values(framework, sheet)
$$;

-- Expected sheets --------------------------------------------------------------------------

-- one leaf on one path: what is expected of it
CREATE FUNCTION pg_temp.expected(path text, due text, as_of date) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.listed(f, expected_sheet(f, as_of, index_sheet(f, '{"a": 1}')))
	FROM index_framework(jsonb_build_array(jsonb_strip_nulls(jsonb_build_object('code', 'a', 'target', path, 'due', due, 'measure', 'met')))) f
$$;
SELECT is(pg_temp.expected(path, due, as_of::date), 'a=' || expected, format('%s (%s) on %s: %s', path, due, as_of, expected)) FROM (VALUES
	-- linear between points, in years
	('5285@2020 -> 8300@2025', NULL, '2022-12-31', '6491'),
	('5285@2020 -> 8300@2025', NULL, '2020-12-31', '5285'),
	('5285@2020 -> 8300@2025', NULL, '2025-12-31', '8300'),
	('5285@2020 -> 8300@2025', NULL, '2028-12-31', '8300'),
	('5285@2020 -> 8300..8500@2025 -> >12500@2030', '2030', '2027-12-31', '9980'),
	('5285@2020 -> 8300..8500@2025 -> >12500@2030', '2025', '2022-12-31', '6491'),
	('down 20@2020 -> 10@2030', NULL, '2023-06-30', '17.5'),
	('0@2020 -> 10@2030', NULL, '2020-12-31', '0'),
	-- before it begins nothing is expected
	('5285@2020 -> 8300@2025', NULL, '2020-12-30', '-'),
	('up -> 8300@2025', NULL, '2024-12-31', '-'),
	('up -> 8300@2025', NULL, '2025-12-31', '8300'),
	('up -> 50@2025 -> 80@2030', '2030', '2024-12-31', '-'),
	('up -> 50@2025 -> 80@2030', '2030', '2027-12-31', '62'),
	-- at a constant rate
	('geometric 100@2020 -> 161.051@2025', NULL, '2022-12-31', '121'),
	('up geometric 100@2020 -> 25@2022 -> 100@2024', '2024', '2021-12-31', '50'),
	('up geometric 100@2020 -> 25@2022 -> 100@2024', '2024', '2023-12-31', '50'),
	-- in steps
	('step 0@2023-02 -> 1@2025-06', NULL, '2025-06-29', '0'),
	('step 0@2023-02 -> 1@2025-06', NULL, '2025-06-30', '1'),
	-- a band is kept where it is; from outside one goes to its nearest edge
	('keep 65@2020 -> 60..70@2030', NULL, '2025-12-31', '65'),
	('keep 50@2020 -> 60..70@2030', NULL, '2025-12-31', '55'),
	-- over a span: the elapsed share of totals and changes, the bound of averages
	('up total -> 600@2021..2025', NULL, '2023-12-31', '360'),
	('up total -> 600@2021..2025', NULL, '2025-12-31', '600'),
	('up total -> 600@2021..2025', NULL, '2026-12-31', '600'),
	('up total -> 600@2021..2025', NULL, '2020-12-31', '-'),
	('up total -> 600@2021..2025 -> 1000@2026..2030', '2030', '2027-12-31', '400'),
	('up change 50@2020 -> 10@2021..2025', NULL, '2022-12-31', '4'),
	('up average -> 7@2021..2025', NULL, '2022-12-31', '7'),
	('up average_growth -> 6.5@2021..2025', NULL, '2022-12-31', '6.5'),
	('up average -> 7@2021..2025', NULL, '2020-06-30', '-')) x (path, due, as_of, expected);

CREATE TEMP TABLE city AS SELECT '[{"code": "city", "due": "2030", "measure": "distance"},
	{"code": "clean", "parent": "city", "target": "10@2020 -> 60@2030"}, {"code": "green", "parent": "city", "target": "down 90@2020 -> 30@2030", "weight": 2},
	{"code": "late", "parent": "city", "target": "5@2024 -> 15@2030"}, {"code": "old", "parent": "city", "target": "up 1@2020 -> 9@2025"},
	{"code": "post", "parent": "city", "worst": 0, "best": 50}, {"code": "as", "parent": "city", "as_is": true}]'::index_framework AS framework;
-- on 2022-12-31 clean 20, green 78; late has not begun, old has no target in 2030
SELECT is(pg_temp.listed(framework, expected_sheet(framework, '2022-12-31', index_sheet(framework, '{"clean": 33, "green": 60, "late": 7, "old": 5, "post": 20, "as": 44}'))),
	'as=44 clean=20 green=78 late=- old=5 post=20', 'target leaves go on their path, others keep their value') FROM city;
SELECT is(pg_temp.listed(framework, expected_sheet(framework, '2022-12-31', index_sheet(framework, '{"green": "n/a", "late": 7, "post": 20}'))),
	'as=- clean=- green=n/a late=- old=- post=20', 'what is missing or does not apply stays so') FROM city;
-- score, expected today, difference: over the leaves that both have
CREATE TEMP TABLE compared AS
	SELECT framework, sheet, expected, score, expectation, jsonb_object_agg(e.code, NULL::float8) FILTER (WHERE e.value IS NULL AND s.value IS NOT NULL) AS left_out
	FROM city, index_sheet(framework, '{"clean": 35, "green": 60, "late": 7, "post": 20}') sheet, expected_sheet(framework, '2022-12-31', sheet) expected,
		index_score(framework, sheet) score, index_score(framework, expected) expectation, sheet_values(framework, sheet) s JOIN LATERAL sheet_values(framework, expected) e USING (code)
	GROUP BY framework, sheet, expected, score, expectation;
SELECT is(left_out, '{"late": null}', 'what has no expectation yet') FROM compared;
-- clean 50, green 50, post 40: 47.5; expected clean 20, green 20, post 40: 25
SELECT is(index_score(framework, with_value(framework, sheet, 'late', NULL)), 47.5::float8, 'the score over the same leaves') FROM compared;
SELECT is(expectation, 25::float8, 'the expected score') FROM compared;
SELECT is((SELECT coverage FROM node_scores(framework, expected) LIMIT 1), 0.6::float8, 'the coverage both stand on') FROM compared;
SELECT is(expected_sheet(framework, '2022-12-31', expected), expected, 'expecting twice is expecting once') FROM compared;
SELECT is(index_score(framework, expected_sheet(framework, '2030-12-31', index_sheet(framework, '{"clean": 1, "green": 2, "late": 3}'))), 100::float8, 'at the due date all targets are expected met') FROM city;
SELECT is(index_score(framework, expected_sheet(framework, '2020-12-31', index_sheet(framework, '{"clean": 1, "green": 2}'))), 0::float8, 'at the baseline nothing of the way') FROM city;
SELECT is(expected_sheet(framework, NULL, index_sheet(framework, '{}')), NULL, 'without a date NULL') FROM city;
SELECT pg_temp.refuses($$SELECT expected_sheet(framework, 'infinity', index_sheet(framework, '{}')) FROM city$$, '22008', 'as_of');
SELECT pg_temp.refuses($$SELECT expected_sheet(framework, '2022-12-31', index_sheet('[{"code": "a", "as_is": true}]', '{}'::jsonb)) FROM city$$, '22023', 'another leaf set');

-- Another leaf set -----------------------------------------------------------------------------

CREATE TEMP TABLE edition (year int, framework index_framework);
INSERT INTO edition VALUES
	(2024, '[{"code": "r"}, {"code": "a", "parent": "r", "as_is": true}, {"code": "b", "parent": "r", "as_is": true}, {"code": "c", "parent": "r", "as_is": true}]'),
	(2025, '[{"code": "top"}, {"code": "m", "parent": "top"}, {"code": "d", "parent": "m", "as_is": true}, {"code": "c", "parent": "m", "as_is": true}, {"code": "a", "parent": "top", "as_is": true}]');
CREATE FUNCTION pg_temp.edition(year int) RETURNS index_framework LANGUAGE sql STABLE AS $$ SELECT framework FROM edition WHERE edition.year = $1 $$;
CREATE FUNCTION pg_temp.carried("values" jsonb, VARIADIC more boolean[] DEFAULT '{}') RETURNS text LANGUAGE sql STABLE AS $$
	SELECT pg_temp.listed(pg_temp.edition(2025), CASE WHEN cardinality(more) = 0 THEN realign(s, pg_temp.edition(2024), pg_temp.edition(2025)) ELSE realign(s, pg_temp.edition(2024), pg_temp.edition(2025), more[1]) END)
	FROM index_sheet(pg_temp.edition(2024), "values") s
$$;
SELECT is(pg_temp.carried('{"a": 1, "c": 3}'), 'a=1 c=3 d=-', 'realign: shared codes are kept, new ones missing');
SELECT is(pg_temp.carried('{"a": 1, "b": "n/a", "c": "n/a"}'), 'a=1 c=n/a d=-', 'so is what does not apply; without a value nothing is lost');
SELECT is(pg_temp.carried('{}'), 'a=- c=- d=-', 'of nothing');
SELECT is(pg_temp.carried('{"a": 1, "b": 2}', true), 'a=1 c=- d=-', 'an observed one is dropped when asked');
SELECT pg_temp.refuses($$SELECT pg_temp.carried('{"a": 1, "b": 2}')$$, '22023', 'leaf "b" has a value and no place', 'drop_observed => true');
SELECT pg_temp.refuses($$SELECT pg_temp.carried('{"a": 1, "b": 2}', false)$$, '22023', 'leaf "b"');
SELECT pg_temp.refuses($$SELECT realign(index_sheet(pg_temp.edition(2024), '{}'), pg_temp.edition(2025), pg_temp.edition(2024))$$, '22023', 'another leaf set');
SELECT is(realign(s, f, f), s, 'to the same leaves it is the same sheet') FROM pg_temp.edition(2024) f, index_sheet(f, '{"a": 1, "b": "n/a"}') s;
SELECT is(realign(realign(s, f, g), g, f), s, 'there and back') FROM pg_temp.edition(2024) f, pg_temp.edition(2025) g, index_sheet(f, '{"a": 1, "c": -2.5}') s;
SELECT is(index_score(pg_temp.edition(2025), realign(s, f, pg_temp.edition(2025))), 2.5::float8, 'last year''s figures under this year''s method') FROM pg_temp.edition(2024) f, index_sheet(f, '{"a": 1, "c": 4}') s;

-- Targets of a unit's own -------------------------------------------------------------------------

CREATE TEMP TABLE plan AS SELECT '[{"code": "r", "due": "2030"}, {"code": "jobs", "parent": "r", "target": "up -> 100@2030"}, {"code": "roads", "parent": "r", "target": "up -> 50@2030"}, {"code": "x", "parent": "r", "as_is": true, "weight": 2}]'::index_framework AS framework;
CREATE TEMP TABLE promise (unit text, code text, path target_path);
INSERT INTO promise VALUES ('A', 'jobs', 'up -> 200@2030'), ('B', 'roads', 'up -> 20@2025'), ('B', 'jobs', NULL);
CREATE TEMP TABLE fact (unit text, code text, value float8);
INSERT INTO fact SELECT u, c, v FROM unnest('{A,B,C}'::text[]) u, (VALUES ('jobs', 80), ('roads', 10), ('x', 60)) y (c, v);
-- A: jobs 40, roads 20: (60 + 120) / 4; B: jobs 80, roads does not apply: (80 + 120) / 3; C: jobs 80, roads 20
SELECT results_eq(
	$$SELECT unit, index_score(method, index_sheet_agg(method, f.code, value))
	FROM (SELECT u AS unit, with_targets((SELECT framework FROM plan), array_agg(p.code) FILTER (WHERE p.code IS NOT NULL), array_agg(p.path) FILTER (WHERE p.code IS NOT NULL)) AS method
			FROM unnest('{A,B}'::text[]) u LEFT JOIN promise p ON p.unit = u GROUP BY u) m
		JOIN fact f USING (unit) GROUP BY unit, method ORDER BY unit$$,
	$$VALUES ('A', 45::float8), ('B', 200 / 3::float8)$$, 'each unit with its own targets, by unit and method');
SELECT results_eq(
	$$SELECT unit, index_score(method, sheet) FROM (SELECT unit, index_sheet_agg((SELECT framework FROM plan), code, value) AS sheet FROM fact GROUP BY unit) s
		JOIN LATERAL (SELECT with_targets((SELECT framework FROM plan), coalesce(array_agg(code), '{}'), coalesce(array_agg(path), '{}')) AS method FROM promise p WHERE p.unit = s.unit) m ON true ORDER BY unit$$,
	$$VALUES ('A', 45::float8), ('B', 200 / 3::float8), ('C', 55::float8)$$, 'or after one pass under the common leaf set');
SELECT is(leaf_set_fingerprint(with_targets(framework, '{jobs}', '{up -> 7@2030}')), leaf_set_fingerprint(framework), 'with_targets keeps the leaf set') FROM plan;

SELECT * FROM finish();
ROLLBACK;
