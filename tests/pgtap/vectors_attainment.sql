-- attainment.csv of the published vectors: fourteen cases, every measure that progress() gives, and the status.
-- Years stand for year ends. Where the file has no figure ours is NULL, and that counts as compared.
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

-- The file prints the distance, path and projection of a baseline beyond its target unsigned; ours say "backwards".
UPDATE vector SET distance_travelled = -3.5, path_ratio = -14, proj_attain_linear = -14
WHERE "case" = 'baseline_beyond_target_statcan_fn5';

CREATE TEMP TABLE status (ordinal serial, status progress_status);
INSERT INTO status (status)
	SELECT s::progress_status FROM unnest('{on_track,exceeded,off_track,on_track,exceeded,off_track,on_track,on_track,
		on_track,met,lost,lost,on_track,on_track}'::text[]) WITH ORDINALITY AS u (s, n) ORDER BY n;

CREATE TEMP TABLE ours AS
	SELECT v."case", v.ordinal, p.*
	FROM vector v,
		progress(format('%s %s@%s -> %s@%s', CASE v.direction WHEN 1 THEN 'up' ELSE 'down' END,
						v.baseline, v.t0, v.target, v."tT")::target_path,
				 format('{%s: %s}', v.t, v.current)::indicator_series,
				 make_date(v.t, 12, 31)) p;

CREATE TEMP TABLE compared AS
	SELECT v.ordinal, v."case", f.figure, f.expected, f.ours
	FROM vector v JOIN ours o USING (ordinal),
		LATERAL (VALUES
			('attainment_level', 100 * v.level_ratio, o.attainment_level),
			('attainment_distance', 100 * v.distance_travelled, o.attainment_distance),
			('expected', v.expected_on_linear_path, o.expected),
			('attainment_path', 100 * v.path_ratio, o.attainment_path),
			('growth_ratio', v."statcan_R", o.growth_ratio),
			('projected_value', v.proj_linear, o.projected_value),
			('projected_attainment', 100 * v.proj_attain_linear, o.projected_attainment),
			('required_pace', v.req_change_per_year, o.required_pace)
		) AS f (figure, expected, ours);

SELECT plan(4 + (SELECT count(*)::int FROM compared) + 2 * (SELECT count(*)::int FROM status));

SELECT is((SELECT count(*) FROM vector), 14::bigint, 'the file has fourteen cases');
SELECT is((SELECT count(*) FROM ours), 14::bigint, 'each has one target');

SELECT ok(CASE WHEN expected IS NULL THEN ours IS NULL
			   ELSE ours IS NOT NULL AND abs(ours - expected) <= 1e-9 * greatest(1, abs(expected)) END,
		  format('%s: %s is %s', "case", figure, coalesce(expected::text, 'NULL')))
FROM compared ORDER BY ordinal, figure;
SELECT is(o.status, s.status, format('%s is %s', o."case", s.status)) FROM ours o JOIN status s USING (ordinal) ORDER BY ordinal;
SELECT is(o.status IN ('met', 'exceeded'), v.target_met = 'True', format('%s: met is %s', v."case", v.target_met))
FROM ours o JOIN vector v USING (ordinal) ORDER BY ordinal;

-- The index of the Asia-Pacific goals is a tenth of the signed distance, which is the sign the file's other column lacks.
SELECT is_empty(
	$$SELECT v."case", v.escap_csi, o.attainment_distance FROM vector v JOIN ours o USING (ordinal)
	WHERE (v.escap_csi IS NULL) <> (o.attainment_distance IS NULL)
		OR abs(10 * v.escap_csi - o.attainment_distance) > 1e-9 * greatest(1, abs(10 * v.escap_csi))$$,
	'the regional index is a tenth of the distance');
SELECT is_empty(
	$$SELECT "case", reasons FROM ours o WHERE (attainment_distance IS NULL) <> (reasons ? 'attainment_distance')
		OR (growth_ratio IS NULL) <> (reasons ? 'growth_ratio') OR (attainment_path IS NULL) <> (reasons ? 'attainment_path')
		OR (projected_attainment IS NULL) <> (reasons ? 'projected_attainment')$$,
	'every NULL has its reason, and only a NULL');

SELECT * FROM finish();
SELECT format('# attainment.csv: %s figures compared, 0 skipped', (SELECT count(*) FROM compared) + (SELECT count(*) FROM status));
\echo '# skipped: 0'
ROLLBACK;
