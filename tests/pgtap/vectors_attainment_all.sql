-- attainment.csv of the published vectors, all of its columns: by progress(), by the scalar functions on paths and by
-- the functions on plain numbers. Where the file has no figure ours is NULL with a reason, and that counts as compared.
\set ON_ERROR_STOP on
\if :{?vectors}
\else
	\getenv vectors SCORECARD_VECTORS
	\if :{?vectors}
	\else
		\set vectors ../shared/vectors
	\endif
\endif
\set present `test -e :'vectors'/attainment.csv && echo true || echo false`
\if :present
\else
	\echo '1..0 # SKIP no vectors'
	\q
\endif

BEGIN;

CREATE TEMP TABLE vector (
	"case" text, direction int, baseline float8, t0 int, current float8, t int, target float8, "tT" int, target_met text,
	level_ratio float8, distance_travelled float8, expected_on_linear_path float8, path_ratio float8, escap_csi float8,
	cagr_obs float8, cagr_req float8, "statcan_R" float8, proj_linear float8, proj_cagr float8, proj_attain_linear float8,
	proj_attain_cagr float8, req_change_per_year float8, req_cagr_from_now float8, ordinal serial);
\set load '\\copy vector ("case", direction, baseline, t0, current, t, target, "tT", target_met, level_ratio, distance_travelled, expected_on_linear_path, path_ratio, escap_csi, cagr_obs, cagr_req, "statcan_R", proj_linear, proj_cagr, proj_attain_linear, proj_attain_cagr, req_change_per_year, req_cagr_from_now) FROM ' '''' :vectors '/attainment.csv''' ' WITH (FORMAT csv, HEADER)'
:load

-- The file prints the distances of a baseline beyond its target unsigned; the signed form says "backwards".
UPDATE vector SET distance_travelled = -distance_travelled, path_ratio = -path_ratio,
	proj_attain_linear = -proj_attain_linear, proj_attain_cagr = -proj_attain_cagr
WHERE "case" = 'baseline_beyond_target_statcan_fn5';

CREATE TEMP TABLE question AS
	SELECT v.*, format('%s %s@%s -> %s@%s', CASE v.direction WHEN 1 THEN 'up' ELSE 'down' END,
			v.baseline, v.t0, v.target, v."tT")::target_path AS path,
		format('{%s: %s}', v.t, v.current)::indicator_series AS series,
		make_date(v.t, 12, 31) AS as_of, v.t - v.t0 AS elapsed, v."tT" - v.t0 AS years, v."tT" - v.t AS rest,
		v.direction = -1 AS lower
	FROM vector v;

CREATE TEMP TABLE compared AS
	SELECT q.ordinal, q."case", f.figure, f.expected, f.way, f.ours, p.reasons ->> f.figure AS reason
	FROM question q, progress(q.path, q.series, q.as_of) p,
		LATERAL (VALUES
			('attainment_level', 100 * level_ratio, 'progress', p.attainment_level),
			('attainment_level', 100 * level_ratio, 'path', attainment_level(path, series, as_of)),
			('attainment_level', 100 * level_ratio, 'numbers', measure_level(current, target, lower)),
			('attainment_distance', 100 * distance_travelled, 'progress', p.attainment_distance),
			('attainment_distance', 100 * distance_travelled, 'path', attainment_distance(path, series, as_of)),
			('attainment_distance', 100 * distance_travelled, 'numbers', measure_distance(current, q.baseline, target, lower)),
			('expected', expected_on_linear_path, 'progress', p.expected),
			('expected', expected_on_linear_path, 'path', target_expected(path, as_of)),
			('attainment_path', 100 * path_ratio, 'progress', p.attainment_path),
			('attainment_path', 100 * path_ratio, 'path', attainment_path(path, series, as_of)),
			('attainment_path', 100 * path_ratio, 'numbers', measure_path(current, q.baseline, expected_on_linear_path, lower)),
			('attainment_distance', 10 * escap_csi, 'regional index', p.attainment_distance),
			('observed_growth', cagr_obs, 'progress', p.observed_growth),
			('observed_growth', cagr_obs, 'path', observed_growth(path, series, as_of)),
			('observed_growth', cagr_obs, 'numbers', compound_growth(q.baseline, current, elapsed)),
			('path_growth', cagr_req, 'progress', p.path_growth),
			('path_growth', cagr_req, 'path', path_growth(path, series, as_of)),
			('path_growth', cagr_req, 'numbers', compound_growth(q.baseline, target, years)),
			('growth_ratio', "statcan_R", 'progress', p.growth_ratio),
			('growth_ratio', "statcan_R", 'path', growth_ratio(path, series, as_of)),
			('growth_ratio', "statcan_R", 'numbers', measure_growth_ratio(current, q.baseline, target, elapsed, years, lower)),
			('projected_value', proj_linear, 'progress', p.projected_value),
			('projected_value', proj_linear, 'path', projected_value(path, series, as_of)),
			('projected_value', proj_linear, 'projection', projection(path, series, as_of, 'linear')),
			('projected_value', proj_linear, 'numbers', measure_projection(current, q.baseline, elapsed, years)),
			('projected_by_growth', proj_cagr, 'progress', p.projected_by_growth),
			('projected_by_growth', proj_cagr, 'path', projected_by_growth(path, series, as_of)),
			('projected_by_growth', proj_cagr, 'projection', projection(path, series, as_of, 'growth')),
			('projected_attainment', 100 * proj_attain_linear, 'progress', p.projected_attainment),
			('projected_attainment', 100 * proj_attain_linear, 'path', projected_attainment(path, series, as_of)),
			('projected_attainment', 100 * proj_attain_linear, 'numbers',
				measure_distance(measure_projection(current, q.baseline, elapsed, years), q.baseline, target, lower)),
			('growth_attainment', 100 * proj_attain_cagr, 'progress', p.growth_attainment),
			('growth_attainment', 100 * proj_attain_cagr, 'path', growth_attainment(path, series, as_of)),
			('required_pace', req_change_per_year, 'progress', p.required_pace),
			('required_pace', req_change_per_year, 'path', required_pace(path, series, as_of)),
			('required_pace', req_change_per_year, 'numbers', measure_required_pace(current, target, rest)),
			('required_growth', req_cagr_from_now, 'progress', p.required_growth),
			('required_growth', req_cagr_from_now, 'path', required_growth(path, series, as_of)),
			('required_growth', req_cagr_from_now, 'numbers', compound_growth(current, target, rest))
		) AS f (figure, expected, way, ours);

SELECT plan(6 + (SELECT count(*)::int FROM compared));
SELECT is((SELECT count(*) FROM question), 14::bigint, 'the file has fourteen cases');

SELECT ok(CASE WHEN expected IS NULL THEN ours IS NULL
			   ELSE ours IS NOT NULL AND abs(ours - expected) <= 1e-9 * greatest(1, abs(expected)) END,
		  format('%s: %s by %s is %s', "case", figure, way, coalesce(expected::text, 'NULL')))
	|| CASE WHEN ours IS DISTINCT FROM expected AND (ours IS NULL OR expected IS NULL OR abs(ours - expected) > 1e-9 * greatest(1, abs(expected)))
	   THEN E'\n' || diag(ours) ELSE '' END
FROM compared ORDER BY ordinal, figure, way;

SELECT is_empty(
	$$SELECT "case", figure, ours, reason FROM compared WHERE way = 'progress' AND (ours IS NULL) <> (reason IS NOT NULL)$$,
	'a figure is NULL exactly if there is a reason');
SELECT results_eq(
	$$SELECT DISTINCT "case", figure, reason FROM compared WHERE way = 'progress' AND expected IS NULL AND figure NOT LIKE '%attainment%' ORDER BY 1, 2$$,
	$$VALUES ('negative_growth', 'growth_ratio', 'growth_undefined'),
		('negative_growth', 'path_growth', 'growth_undefined'),
		('negative_growth', 'required_growth', 'growth_undefined'),
		('target_eq_baseline_met', 'growth_ratio', 'target_equals_baseline'),
		('target_eq_baseline_miss', 'growth_ratio', 'target_equals_baseline'),
		('zero_baseline', 'growth_ratio', 'growth_undefined'),
		('zero_baseline', 'observed_growth', 'growth_undefined'),
		('zero_baseline', 'path_growth', 'growth_undefined'),
		('zero_baseline', 'projected_by_growth', 'growth_undefined'),
		('zero_target_down', 'growth_ratio', 'growth_undefined'),
		('zero_target_down', 'path_growth', 'growth_undefined'),
		('zero_target_down', 'required_growth', 'growth_undefined')$$,
	'the blanks of growth and why');
SELECT results_eq(
	$$SELECT "case", figure, reason FROM compared WHERE way = 'progress' AND expected IS NULL AND figure LIKE '%attainment%' ORDER BY 1, 2$$,
	$$VALUES ('target_eq_baseline_met', 'attainment_distance', 'target_equals_baseline'),
		('target_eq_baseline_met', 'attainment_path', 'target_equals_baseline'),
		('target_eq_baseline_met', 'growth_attainment', 'target_equals_baseline'),
		('target_eq_baseline_met', 'projected_attainment', 'target_equals_baseline'),
		('target_eq_baseline_miss', 'attainment_distance', 'target_equals_baseline'),
		('target_eq_baseline_miss', 'attainment_path', 'target_equals_baseline'),
		('target_eq_baseline_miss', 'growth_attainment', 'target_equals_baseline'),
		('target_eq_baseline_miss', 'projected_attainment', 'target_equals_baseline'),
		('zero_baseline', 'growth_attainment', 'growth_undefined')$$,
	'the blanks of attainment and why');
SELECT results_eq(
	$$SELECT attainment_distance, attainment_path, projected_attainment, round(growth_attainment::numeric, 6) FROM question,
		progress(path, series, as_of) WHERE "case" = 'baseline_beyond_target_statcan_fn5'$$,
	$$VALUES (-350::float8, -1400::float8, -1400::float8, -18368.518519)$$, 'a baseline beyond the target, then worse: all four backwards');
SELECT is((SELECT count(DISTINCT figure) FROM compared), 13::bigint, 'thirteen figures, and the regional index a second time');

SELECT * FROM finish();
SELECT format('# attainment.csv: %s figures compared in %s ways, 0 skipped', count(*) FILTER (WHERE way = 'progress'), count(DISTINCT way)) FROM compared;
\echo '# skipped: 0'
ROLLBACK;
