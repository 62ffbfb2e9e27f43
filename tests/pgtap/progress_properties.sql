-- Properties of progress over thousands of random cases, the same in every run: change of unit, shift, mirror, the path
-- itself, met first; and whatever is thrown at the functions, they answer or raise what their documentation names.
\set ON_ERROR_STOP on
\if :{?cases} \else \set cases 4000 \endif
BEGIN;
SELECT no_plan();

-- Random cases ------------------------------------------------------------------------------------------------
-- Numbers are quarters, dates ends of months; every kind of bound, with and without a baseline.

SELECT setseed(0.25) \g /dev/null
CREATE TEMP TABLE toss AS
	SELECT i,
		(ARRAY['up', 'down', 'keep'])[1 + floor(random() * 2.6)::int] AS direction,
		(ARRAY['plain', 'range', 'strict', 'sign', 'about'])[1 + floor(random() * 5)::int] AS kind,
		(ARRAY['linear', 'linear', 'linear', 'geometric', 'step'])[1 + floor(random() * 5)::int] AS shape,
		random() < 0.75 AS has_baseline,
		-- a third of the cases above 0 throughout, so that growth is defined
		CASE WHEN i % 3 = 0 THEN 0.25 ELSE -20 END AS lowest,
		floor(random() * 200) / 4 AS u1, floor(random() * 200) / 4 AS u2, 0.25 + floor(random() * 40) / 4 AS width,
		(date '2015-01-01' + (floor(random() * 60) || ' months')::interval - interval '1 day')::date AS baseline_on,
		1 + floor(random() * 150)::int AS months, floor(random() * 200)::int AS seen, ARRAY(SELECT random() FROM generate_series(1, 12 + 0 * i)) AS dice
	FROM generate_series(1, :cases) i;
CREATE TEMP TABLE random_case AS
	SELECT i, direction, kind, CASE WHEN shape = 'geometric' AND i % 3 > 0 THEN 'linear' ELSE shape END AS shape,
		CASE WHEN has_baseline THEN (lowest + u1)::float8 END AS baseline, baseline_on, (lowest + u2)::float8 AS bound, width::float8 AS width,
		(date_trunc('month', baseline_on) + ((months + 1) || ' months')::interval - interval '1 day')::date AS due,
		(date_trunc('month', baseline_on) + ((seen + 1) || ' months')::interval - interval '1 day')::date AS as_of,
		s.dates, s.figures
	FROM toss, LATERAL (
		SELECT array_agg(d ORDER BY d) AS dates, array_agg(v ORDER BY d) AS figures FROM (
			SELECT DISTINCT ON (d) d, v FROM (
				SELECT (date_trunc('month', baseline_on) + ((floor(dice[k] * 190) - 8) || ' months')::interval - interval '1 day')::date AS d,
					(lowest + floor(dice[k + 6] * 200) / 4)::float8 AS v
				FROM generate_series(1, 1 + i % 6) k) x ORDER BY d, v) y) s;

-- the bound of a case under value -> value * k + c; a negative k mirrors it
CREATE FUNCTION pg_temp.path_of(r random_case, k float8, c float8) RETURNS target_path LANGUAGE sql IMMUTABLE AS $$
	SELECT format('%s %s %s -> %s@%s',
		CASE WHEN k > 0 OR r.direction = 'keep' THEN r.direction WHEN r.direction = 'up' THEN 'down' ELSE 'up' END, r.shape,
		CASE WHEN r.baseline IS NOT NULL THEN (k * r.baseline + c) || '@' || r.baseline_on END,
		CASE r.kind
			WHEN 'plain' THEN (k * r.bound + c)::text
			WHEN 'range' THEN (least(k * r.bound, k * (r.bound + r.width)) + c) || '..' || (greatest(k * r.bound, k * (r.bound + r.width)) + c)
			WHEN 'about' THEN '~' || (k * r.bound + c) || '+-' || (abs(k) * r.width)
			ELSE CASE WHEN (r.direction = 'down' OR (r.direction = 'keep' AND r.i % 2 = 0)) = (k > 0) THEN '<' ELSE '>' END || CASE r.kind WHEN 'sign' THEN '=' ELSE '' END || (k * r.bound + c) END,
		r.due)::target_path $$;
CREATE FUNCTION pg_temp.series_of(r random_case, k float8, c float8) RETURNS indicator_series LANGUAGE sql IMMUTABLE AS $$
	SELECT indicator_series(r.dates, ARRAY(SELECT k * v + c FROM unnest(r.figures) WITH ORDINALITY u (v, n) ORDER BY n)) $$;
-- a tolerance may cross 0 on a geometric path, which is refused
DELETE FROM random_case WHERE shape = 'geometric' AND kind IN ('about', 'range') AND bound <= width;

-- one row per case and change of it
CREATE TEMP TABLE changed (change text, k float8, c float8);
INSERT INTO changed VALUES ('as it is', 1, 0), ('unit', 1024, 0), ('odd unit', 3.7, 0), ('shift', 1, 512), ('mirror', -1, 0);
CREATE TEMP TABLE answer AS
	SELECT r.i, x.change, p.*, target_direction(pg_temp.path_of(r, k, c)) AS direction, r.shape, r.kind, r.as_of,
		abs(coalesce(p.projected_attainment, 0) - 95) < 1e-9 OR abs(coalesce(p.projected_attainment, 0) - 60) < 1e-9 AS close
	FROM random_case r, changed x, progress(pg_temp.path_of(r, k, c), pg_temp.series_of(r, k, c), r.as_of) p
	WHERE r.shape <> 'geometric' OR x.change NOT IN ('shift');
CREATE INDEX ON answer (i, change);
ANALYZE answer;

SELECT ok((SELECT count(*) FROM answer WHERE change = 'as it is') > :cases * 0.9, 'there are cases');
SELECT is((SELECT array_agg(DISTINCT status ORDER BY status) FROM answer),
	'{missed,lost,off_track,at_risk,on_track,met,exceeded,not_yet_assessable,no_data}'::progress_status[], 'of every status');
SELECT ok(count(*) > 30, format('%s cases have %s', count(*), m.key))
FROM answer a, jsonb_each(to_jsonb(a)) m WHERE change = 'as it is' AND m.value <> 'null' AND m.key NOT IN ('reasons', 'i', 'change', 'close') GROUP BY m.key ORDER BY m.key;

-- Two answers agree in a figure: both missing, or equal but for rounding. In an odd unit the edges of a tolerance round by themselves.
CREATE FUNCTION pg_temp.unlike(x float8, y float8, size float8 DEFAULT 1) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE WHEN x IS NULL OR y IS NULL THEN (x IS NULL) <> (y IS NULL) ELSE abs(x - y) > 1e-9 * greatest(size, abs(x), abs(y)) END $$;
CREATE FUNCTION pg_temp.differing(change text, figures text[], k float8 DEFAULT 1, c float8 DEFAULT 0) RETURNS SETOF text LANGUAGE sql AS $$
	SELECT format('case %s: %s is %s, not %s', a.i, f, x ->> f, y ->> f)
	FROM answer a JOIN answer b ON b.i = a.i AND b.change = $1, to_jsonb(a) x, to_jsonb(b) y, unnest(figures) f
	WHERE a.change = 'as it is' AND NOT ($1 = 'odd unit' AND a.kind = 'about') AND pg_temp.unlike((x ->> f)::float8 * k + c, (y ->> f)::float8, greatest(1, abs(k), abs(c)))
	LIMIT 5 $$;
CREATE FUNCTION pg_temp.differing_words(change text, words text[]) RETURNS SETOF text LANGUAGE sql AS $$
	SELECT format('case %s: %s is %s, not %s', a.i, f, x ->> f, y ->> f)
	FROM answer a JOIN answer b ON b.i = a.i AND b.change = $1, to_jsonb(a) x, to_jsonb(b) y, unnest(words) f
	WHERE a.change = 'as it is' AND x -> f IS DISTINCT FROM y -> f AND NOT (a.close AND f = 'status') LIMIT 5 $$;

SELECT is_empty(format($$SELECT * FROM pg_temp.differing(%L, '{attainment_level,attainment_distance,attainment_path,growth_ratio,pace_multiple,projected_attainment,score_level,score_distance,score_met,
	path_gap_share,observed_growth,directed_growth,path_growth,required_growth,growth_attainment,parity,maintained}')$$, change), change || ': ratios stay') FROM (VALUES ('unit'), ('odd unit')) v (change);
SELECT is_empty(format($$SELECT * FROM pg_temp.differing(%L, '{value,baseline,met_bound,far_bound,expected,gap,required_pace,observed_pace,projected_value,path_gap,projected_by_growth,required_rest}', %s)$$, change, k), change || ': quantities follow')
	FROM (VALUES ('unit', 1024), ('odd unit', 3.7)) v (change, k);
SELECT is_empty($$SELECT * FROM pg_temp.differing_words('unit', '{status,reason,reasons,observed_on,reached_on,is_current}')$$, 'unit: verdicts, reasons and dates stay');
SELECT is_empty($$SELECT * FROM pg_temp.differing_words('odd unit', '{observed_on,is_current}')$$, 'odd unit: so they do');

SELECT is_empty($$SELECT * FROM pg_temp.differing('shift', '{attainment_distance,attainment_path,gap,required_pace,observed_pace,pace_multiple,projected_attainment,score_distance,score_met,path_gap,path_gap_share,parity,maintained,required_rest}')$$,
	'shift: ways stay');
SELECT is_empty($$SELECT * FROM pg_temp.differing('shift', '{value,baseline,met_bound,far_bound,expected,projected_value}', 1, 512)$$, 'shift: values follow');
SELECT is_empty($$SELECT * FROM pg_temp.differing_words('shift', '{status,reason,observed_on}')$$, 'shift: verdicts stay');

SELECT is_empty($$SELECT * FROM pg_temp.differing('mirror', '{attainment_distance,pace_multiple,score_distance,score_met,parity,maintained,projected_attainment,attainment_path,growth_ratio,path_gap,path_gap_share,observed_growth,directed_growth}')$$,
	'mirror: up and down are one');
SELECT is_empty($$SELECT * FROM pg_temp.differing('mirror', '{value,baseline,gap,required_pace,observed_pace,projected_value,projected_by_growth,required_rest}', -1)$$, 'mirror: values turn');
SELECT is_empty($$SELECT * FROM pg_temp.differing_words('mirror', '{status,reason,observed_on,reached_on}')$$, 'mirror: verdicts stay');
SELECT isnt_empty($$SELECT * FROM pg_temp.differing('mirror', '{attainment_level}')$$, 'mirror: the level has none');

-- On its path a value has all of what the path expects, and no gap to it; a path that starts beyond its target goes back by all of it.
SELECT is_empty(
	$$SELECT r.i, d, p.attainment_path, p.path_gap FROM random_case r, pg_temp.path_of(r, 1, 0) path, generate_series(1, 150, 13) m,
		LATERAL (SELECT (date_trunc('month', baseline_on) + ((m + 1) || ' months')::interval - interval '1 day')::date AS d) x,
		LATERAL (SELECT target_expected(path, d) AS e) y,
		LATERAL progress(path, indicator_series(ARRAY[d], ARRAY[e]), d) p
	WHERE r.i % 4 = 0 AND r.baseline IS NOT NULL AND r.direction <> 'keep' AND d <= r.due AND
		(abs(p.path_gap) > 1e-9 OR (p.attainment_path IS NOT NULL AND abs(p.attainment_path - CASE WHEN (p.met_bound > r.baseline) = (r.direction = 'up') THEN 100 ELSE -100 END) > 1e-9)
			OR (p.attainment_path IS NULL AND NOT p.reasons ->> 'attainment_path' IN ('target_equals_baseline', 'step_not_due')))$$,
	'path attainment is 100 on the path, with the sign of its way');

-- Before the due date met is met, and the scores say the same.
SELECT is_empty($$SELECT i, status, score_met FROM answer WHERE as_of < due AND score_met IS NOT NULL AND (status IN ('met', 'exceeded')) <> (score_met = 100)$$, 'met by the status is met by the score');
SELECT is_empty($$SELECT a.i, a.status, a.value FROM answer a, random_case r
	WHERE a.i = r.i AND a.change = 'as it is' AND a.as_of < a.due AND a.value IS NOT NULL AND (a.status IN ('met', 'exceeded')) <> target_is_met(pg_temp.path_of(r, 1, 0), a.due, a.value)$$, 'and by target_is_met()');
SELECT is_empty($$SELECT i, score_level, score_distance FROM answer WHERE score_level NOT BETWEEN 0 AND 100 OR score_distance NOT BETWEEN 0 AND 100
	OR (score_met = 100 AND (score_level IS DISTINCT FROM 100 OR score_distance IS DISTINCT FROM 100))$$, 'scores stay in their range');
SELECT is_empty($$SELECT i, change, m.key FROM answer a, jsonb_each(to_jsonb(a)) m
	WHERE m.key NOT IN ('due', 'is_current', 'value', 'observed_on', 'baseline', 'met_bound', 'far_bound', 'status', 'reason', 'reasons', 'i', 'change', 'direction', 'shape', 'kind', 'as_of', 'close')
		AND (m.value = 'null') <> (a.reasons ? m.key) LIMIT 5$$, 'a measure is NULL exactly if reasons says why');

-- Schemes on the same cases.
CREATE TEMP TABLE assessed AS
	SELECT r.i, s AS scheme, a.measure, a.measured, a.score, a.class, a.reason, a.is_met, p.value, p.met_bound, p.status, target_is_strict(path, r.due) AS strict, r.as_of < r.due AS early, r.direction
	FROM random_case r, unnest('{programme,eurostat,statcan,unsd,escap,sdsn,destatis,servicenow,cityscore,plan}'::text[]) s,
		LATERAL (SELECT pg_temp.path_of(r, 1, 0) AS path, pg_temp.series_of(r, 1, 0) AS series) x, progress(path, series, r.as_of) p, assess(path, series, r.as_of, scheme(s)) a;
SELECT is_empty($$SELECT * FROM assessed WHERE class IS NULL AND reason IS NULL$$, 'no class, then a reason');
SELECT is_empty($$SELECT * FROM assessed WHERE (scheme = 'statcan' AND (class IS NOT DISTINCT FROM 'target_achieved') <> is_met)
	OR (scheme = 'plan' AND (coalesce(class, '') IN ('met', 'exceeded')) <> is_met)
	OR (scheme = 'programme' AND (coalesce(class, '') IN ('met', 'exceeded')) <> is_met)
	OR (scheme IN ('unsd', 'escap', 'sdsn', 'destatis', 'servicenow') AND is_met AND class IS DISTINCT FROM scheme(scheme) ->> 'met')$$, 'met first: the class says met exactly if the target is');
SELECT is_empty($$SELECT * FROM assessed WHERE early AND status <> 'no_data' AND is_met <> (status IN ('met', 'exceeded'))$$, 'and so does the status');
SELECT is_empty($$SELECT * FROM assessed WHERE scheme = 'cityscore' AND measured IS NOT NULL AND NOT strict AND (class = 'under_target') = is_met$$, 'cityscore never rounds up');
SELECT is_empty($$SELECT * FROM assessed WHERE scheme = 'cityscore' AND measured IS NOT NULL AND (class = 'on_target') <> (measured = 1)$$, 'on target is exactly 1');
SELECT is_empty($$SELECT * FROM assessed WHERE scheme = 'statcan' AND score NOT BETWEEN -5 AND 5 OR scheme = 'unsd' AND score NOT IN (1, 2, 3)$$, 'scores keep to their scale');
SELECT is_empty($$SELECT * FROM assessed WHERE measured::text IN ('NaN', 'Infinity', '-Infinity', '-0') OR score::text IN ('NaN', 'Infinity', '-Infinity', '-0')$$, 'and are numbers');

-- Whatever is thrown at them ----------------------------------------------------------------------------------------
-- Documented: 22004 NULL as_of or scheme, 22008 a date out of range, 22023 a wrong argument.

CREATE TEMP TABLE trouble (call text, state text, message text);
CREATE TEMP TABLE odd_result (call text, result text);
CREATE FUNCTION pg_temp.pick(VARIADIC choices text[]) RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT choices[1 + floor(random() * array_length(choices, 1))::int] $$;
CREATE FUNCTION pg_temp.any_number() RETURNS text LANGUAGE sql VOLATILE AS $$
	SELECT pg_temp.pick('0', '-0', '1', '-1', '0.1', '100', '99.99999999999999', '1e308', '-1e308', '1.7976931348623157e308', '5e-324', '-5e-324', '1e-300', '1e300', '3', '7.25', '-12.5', '42') $$;
CREATE FUNCTION pg_temp.any_date() RETURNS text LANGUAGE sql VOLATILE AS $$
	SELECT pg_temp.pick('0001-01-01', '0001-01-02', '2020-02-29', '2020-12-31', '2021-12-31', '2022-06-30', '2023-12-31', '2024-12-31', '2025-12-31', '2025-06-30', '2030-12-31', '9999-12-31', '9999-12-30') $$;
CREATE FUNCTION pg_temp.any_path() RETURNS text LANGUAGE sql VOLATILE AS $$
	SELECT format('%s %s %s %s -> %s@%s', pg_temp.pick('up', 'down', 'keep'), pg_temp.pick('', '', '', 'average', 'average_growth', 'total', 'change'), pg_temp.pick('', '', 'geometric', 'step'),
		CASE WHEN random() < 0.6 THEN pg_temp.any_number() || '@' || pg_temp.any_date() END,
		pg_temp.pick('', '', '', '>', '<', '>=', '<=', '~', 'by +', 'by -') || pg_temp.any_number() || pg_temp.pick('', '', '', '..' || pg_temp.any_number(), '+-' || pg_temp.any_number() || '%', '%'),
		pg_temp.pick(pg_temp.any_date(), '2025', '2025-Q2', '2021..2025', '0001..9999')) || CASE WHEN random() < 0.3 THEN format(' -> %s@%s', pg_temp.any_number(), pg_temp.pick('9999', '2026..2030')) ELSE '' END $$;
CREATE FUNCTION pg_temp.any_series() RETURNS text LANGUAGE sql VOLATILE AS $$
	SELECT coalesce('{' || string_agg(d || ': ' || pg_temp.any_number(), ', ' ORDER BY d) || '}', '{}') FROM (SELECT DISTINCT pg_temp.any_date() AS d FROM generate_series(1, floor(random() * 9)::int)) x $$;

SELECT setseed(0.5) \g /dev/null
DO $$
DECLARE
	made int := 0;
	path text;
	series text;
	calls text[];
	call text;
	found text;
	said text;
BEGIN
	WHILE made < 1500 LOOP
		path := pg_temp.any_path();
		BEGIN
			path := quote_nullable(CASE WHEN random() < 0.97 THEN path::target_path::text END);
			series := quote_nullable(CASE WHEN random() < 0.97 THEN pg_temp.any_series()::indicator_series::text END);
		EXCEPTION WHEN OTHERS THEN
			CONTINUE;
		END;
		made := made + 1;
		calls := ARRAY[
			format('SELECT string_agg(p::text, '' '') FROM progress(%s, %s, %L, %L, %L) p', path, series, pg_temp.pick(pg_temp.any_date(), 'infinity', NULL),
				pg_temp.pick(pg_temp.any_date(), '-infinity', NULL, NULL, NULL), pg_temp.pick('1 year', '0', '-5 days', '178000000 years', '-178000000 years', '4 months -7 days', NULL, NULL)),
			format('SELECT string_agg(p::text, '' '') FROM progress(%s, %s, %L) p', path, series, pg_temp.any_date()),
			format('SELECT assess(%s, %s, %L, scheme(%L), %L, %L)::text', path, series, pg_temp.any_date(),
				pg_temp.pick('programme', 'eurostat', 'statcan', 'unsd', 'escap', 'sdsn', 'destatis', 'servicenow', 'cityscore', 'plan'), pg_temp.pick(pg_temp.any_date(), NULL, NULL, NULL), pg_temp.pick('t', 'f', NULL)),
			format('SELECT assess(%s, %s, %L, jsonb_set(scheme(''statcan''), ''{without_target,limit}'', %L), %L)::text', path, series, pg_temp.any_date(), pg_temp.pick('0', '1', '-100', '1e300', '1e-300'), pg_temp.any_date()),
			format('SELECT assess(%s, %s, %L, %L)::text', path, series, pg_temp.any_date(), jsonb_build_object('measure', pg_temp.pick('gap', 'parity', 'path_growth', 'gap_closed', 'projected_attainment', 'maintained'), 'projection',
				pg_temp.pick('growth', 'least_squares', 'last_value', 'last_changes'), 'otherwise', 'x', 'past_due', pg_temp.pick('latest', 'at_due'), 'scale', pg_temp.any_number()::numeric,
				'score', jsonb_build_object('pieces', jsonb_build_array(jsonb_build_object('slope', pg_temp.any_number()::numeric, 'intercept', pg_temp.any_number()::numeric))))),
			format('SELECT string_agg(p::text, '' '') FROM projections(%s, %s, %L, %L, %s) p', path, series, pg_temp.any_date(), pg_temp.pick(pg_temp.any_date(), NULL), pg_temp.pick('1', '5', '0', '2147483647', 'NULL')),
			format('SELECT concat_ws('' '', measure_level(%1$L, %2$L, %6$L), measure_distance(%1$L, %2$L, %3$L), measure_distance(%1$L, %2$L, %3$L, %6$L), measure_path(%1$L, %2$L, %3$L), measure_growth_ratio(%1$L, %2$L, %3$L, %4$L, %5$L),
				compound_growth(%1$L, %2$L, %3$L), measure_projection(%1$L, %2$L, %3$L, %4$L), measure_required_pace(%1$L, %2$L, %3$L), measure_parity(%1$L, %2$L, %3$L))',
				pg_temp.any_number(), pg_temp.any_number(), pg_temp.any_number(), pg_temp.any_number(), pg_temp.pick(pg_temp.any_number(), 'NaN'), pg_temp.pick('t', 'f')),
			format('SELECT concat_ws('' '', target_status(p, s, d), target_status_reason(p, s, d), attainment_level(p, s, d), attainment_distance(p, s, d), attainment_path(p, s, d), growth_ratio(p, s, d), target_gap(p, s, d), required_pace(p, s, d),
				observed_pace(p, s, d), pace_multiple(p, s, d), projected_value(p, s, d), projected_attainment(p, s, d), reached_on(p, s, d), maintained(p, s, d), target_required_rest(p, s, d), target_expected(p, d))
				FROM (VALUES (%s::target_path, %s::indicator_series, %L::date)) v (p, s, d)', path, series, pg_temp.any_date())];
		FOREACH call IN ARRAY calls LOOP
			BEGIN
				EXECUTE call INTO found;
				IF found ~ 'NaN|[Ii]nf|(^|[ ,(])-0([ ,)]|$)' THEN
					INSERT INTO odd_result VALUES (call, found);
				END IF;
			EXCEPTION WHEN OTHERS THEN
				GET STACKED DIAGNOSTICS said = MESSAGE_TEXT;
				INSERT INTO trouble VALUES (call, SQLSTATE, said);
			END;
		END LOOP;
	END LOOP;
END $$;
SELECT is_empty($$SELECT state, message, call FROM trouble WHERE state NOT IN ('22004', '22008', '22023') LIMIT 3$$, 'no input raises anything but what is documented');
SELECT is_empty($$SELECT state, message, call FROM trouble WHERE NOT (state = '22004' AND message ~ 'as_of' OR state = '22008' AND message ~ 'as_of|due' OR state = '22023' AND message ~ 'number of changes|years_total|finite|NaN|of a scheme') LIMIT 3$$,
	'and that for its reason');
SELECT is((SELECT array_agg(DISTINCT state ORDER BY state) FROM trouble), '{22004,22008,22023}', 'each of them occurred');
SELECT is_empty($$SELECT call, result FROM odd_result LIMIT 3$$, 'no result is NaN, infinite or -0');

SELECT * FROM finish();
ROLLBACK;
