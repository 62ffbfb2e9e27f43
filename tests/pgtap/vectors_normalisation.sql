-- Normalisation, treatment and statistics against published figures: tiny vectors, 51 countries by 49 indicators, and a
-- panel of five years. Where those figures end at 1, ours end at 100.
\set ON_ERROR_STOP on
\if :{?vectors}
\else
	\getenv vectors SCORECARD_VECTORS
	\if :{?vectors}
	\else
		\set vectors ../shared/vectors
	\endif
\endif
\set present `test -e :'vectors'/asem/coin_treat_details.csv && test -e :'vectors'/coinr_small_vectors.txt && echo true || echo false`
\if :present
\else
	\echo '1..0 # SKIP no vectors'
	\q
\endif

BEGIN;

-- Wide files go in line by line and come out as one row per cell; what is no finite number is NULL.
CREATE TEMP TABLE line (file text, n serial, line text);
CREATE TEMP TABLE cell (file text, year text, unit text, code text, value float8, word text, PRIMARY KEY (file, year, unit, code));
CREATE FUNCTION pg_temp.store_cells(name text, key text DEFAULT 'uCode') RETURNS void LANGUAGE sql AS $$
	UPDATE line SET file = name WHERE file IS NULL;
	WITH split AS (SELECT n, string_to_array(replace(line, '"', ''), ',') AS fields FROM line WHERE file = name),
		head AS (SELECT fields, array_position(fields, key) AS u, array_position(fields, 'Time') AS t FROM split ORDER BY n LIMIT 1)
	INSERT INTO cell
		SELECT name, coalesce(s.fields[h.t], ''), s.fields[h.u], h.fields[i],
			CASE WHEN s.fields[i] ~ '^-?[0-9]' THEN s.fields[i]::float8 END, s.fields[i]
		FROM split s, head h, generate_subscripts(h.fields, 1) AS i
		WHERE s.fields <> h.fields AND i <> h.u AND i IS DISTINCT FROM h.t
$$;
\set from '\\copy line (line) FROM ' '''' :vectors
\set with ''' WITH (FORMAT text, DELIMITER E''\\x01'')'
\pset format unaligned
\pset tuples_only on
\o /dev/null
\set load :from /asem/coin_Raw.csv :with
:load
SELECT pg_temp.store_cells('raw');
\set load :from /asem/coin_Denominated.csv :with
:load
SELECT pg_temp.store_cells('denominated');
\set load :from /asem/coin_Screened.csv :with
:load
SELECT pg_temp.store_cells('screened');
\set load :from /asem/coin_Treated.csv :with
:load
SELECT pg_temp.store_cells('treated');
\set load :from /asem/coin_Normalised.csv :with
:load
SELECT pg_temp.store_cells('normalised');
\set load :from /asem/v1114_Norm_minmax_1_100.csv :with
:load
SELECT pg_temp.store_cells('minmax 1-100');
\set load :from /asem/v1114_Norm_minmax_withNA.csv :with
:load
SELECT pg_temp.store_cells('minmax');
\set load :from /asem/v1114_Norm_n_zscore_raw.csv :with
:load
SELECT pg_temp.store_cells('zscore');
\set load :from /asem/v1114_Norm_n_dist2max_raw.csv :with
:load
SELECT pg_temp.store_cells('dist2max');
\set load :from /asem/v1114_Norm_n_dist2targ_raw.csv :with
:load
SELECT pg_temp.store_cells('dist2targ');
\set load :from /asem/v1114_Norm_n_fracmax_raw.csv :with
:load
SELECT pg_temp.store_cells('fracmax');
\set load :from /asem/v1114_Norm_n_rank_raw.csv :with
:load
SELECT pg_temp.store_cells('rank');
\set load :from /asem/v1114_Norm_n_borda_raw.csv :with
:load
SELECT pg_temp.store_cells('borda');
\set load :from /asem/v1114_Norm_n_prank_raw.csv :with
:load
SELECT pg_temp.store_cells('prank');
\set load :from /asem/v1114_Norm_n_goalposts_raw.csv :with
:load
SELECT pg_temp.store_cells('goalposts');
\set load :from /asem/coin_raw_stats.csv :with
:load
SELECT pg_temp.store_cells('raw statistics', 'iCode');
\set load :from /asem/coin_treat_details.csv :with
:load
SELECT pg_temp.store_cells('treatment', 'iCode');
\set load :from /asem/ASEM_iData_p.csv :with
:load
SELECT pg_temp.store_cells('panel');
\set load :from /asem/purse_Normalised.csv :with
:load
SELECT pg_temp.store_cells('panel normalised');
\o

CREATE TEMP TABLE meta (level int, code text, name text, direction int, weight float8, measured_in text, target float8,
						denominator text, parent text, type text);
\set load '\\copy meta FROM ' '''' :vectors '/asem/ASEM_iMeta.csv''' ' WITH (FORMAT csv, HEADER)'
:load
DELETE FROM meta WHERE level IS DISTINCT FROM 1;
CREATE TEMP TABLE goalpost (code text, lo float8, hi float8, direction int);
\set load '\\copy goalpost FROM ' '''' :vectors '/asem/v1114_goalposts.csv''' ' WITH (FORMAT csv, HEADER)'
:load
CREATE TEMP TABLE growth (unit text, code text, cagr text, avail float8, t_first int, t_latest int);
\set load '\\copy growth FROM ' '''' :vectors '/asem/purse_trends_CAGR.csv''' ' WITH (FORMAT csv, HEADER)'
:load
CREATE TEMP TABLE mpi (sd_kind text, method text, unit text, n1 float8, n2 float8, n3 float8, mean float8, sd float8, index_minus float8, index_plus float8);
\set load '\\copy mpi FROM ' '''' :vectors '/mpi.csv''' ' WITH (FORMAT csv, HEADER)'
:load
CREATE TEMP TABLE small (n serial, line text);
\set load '\\copy small (line) FROM ' '''' :vectors '/coinr_small_vectors.txt' :with
:load

CREATE TEMP TABLE compared (what text, unit text, code text, expected float8, ours float8);
CREATE TEMP VIEW differs AS
	SELECT * FROM compared
	WHERE (expected IS NULL) <> (ours IS NULL) OR abs(expected - ours) > 1e-9 * greatest(1, abs(expected));

-- Countries by indicators ------------------------------------------------------------

CREATE TEMP TABLE fact AS
	SELECT c.unit, c.code, c.value, m.direction, CASE m.direction WHEN 1 THEN 'up' ELSE 'down' END AS way, m.target, m.parent
	FROM cell c JOIN meta m USING (code) WHERE file = 'raw';

-- Values are printed with fewer digits than were ranked: of countries with equal printed values the lowest rank counts.
INSERT INTO compared
	WITH ours AS (
		SELECT unit, code, value, minmax_score(value, way) OVER w AS range, standard_score(value, 0, 1, way) OVER w AS z,
			distance_to_target_score(value, target, way) OVER w AS target,
			-- there lower-is-better values are turned first; we have no direction for a share of a maximum
			fraction_of_maximum_score(direction * value) OVER w AS fraction,
			rank_score(value, way) OVER w AS rank, borda_score(value, way) OVER w AS borda, percentile_rank_score(value, way) OVER w AS percentile
		FROM fact WINDOW w AS (PARTITION BY code ORDER BY unit))
	SELECT file, unit, code,
		CASE WHEN file IN ('rank', 'borda', 'prank') AND c.value IS NOT NULL THEN min(c.value) OVER (PARTITION BY file, code, ours.value) ELSE c.value END
			* CASE WHEN file IN ('dist2max', 'dist2targ', 'fracmax', 'prank') THEN 100 ELSE 1 END,
		CASE file WHEN 'dist2max' THEN range WHEN 'zscore' THEN z WHEN 'dist2targ' THEN target
			WHEN 'fracmax' THEN fraction WHEN 'rank' THEN rank WHEN 'borda' THEN borda ELSE percentile END
	FROM cell c JOIN ours USING (unit, code)
	WHERE file IN ('dist2max', 'zscore', 'dist2targ', 'fracmax', 'rank', 'borda', 'prank');
INSERT INTO compared
	SELECT 'minmax', unit, code, c.value, score
	FROM (SELECT unit, code, minmax_score(value, CASE direction WHEN 1 THEN 'up' ELSE 'down' END) OVER (PARTITION BY code) AS score
			FROM cell JOIN meta USING (code) WHERE file = 'denominated') s
		JOIN cell c USING (unit, code) WHERE c.file = 'minmax';
INSERT INTO compared
	SELECT 'goalposts', unit, code, c.value, goalpost_score(f.value, CASE g.direction WHEN 1 THEN lo ELSE hi END, CASE g.direction WHEN 1 THEN hi ELSE lo END)
	FROM cell c JOIN fact f USING (unit, code) JOIN goalpost g USING (code) WHERE file = 'goalposts';
-- given mean and deviation of the file, or of the rows: the same
INSERT INTO compared
	SELECT 'z-score with published mean and sd', f.unit, f.code, z.value, z_score(f.value, m.value, s.value, direction => way)
	FROM fact f JOIN cell z ON z.unit = f.unit AND z.code = f.code JOIN cell m ON m.file = 'raw statistics' AND m.unit = f.code AND m.code = 'Mean'
		JOIN cell s ON s.file = 'raw statistics' AND s.unit = f.code AND s.code = 'Std'
	WHERE z.file = 'zscore';

INSERT INTO compared
	SELECT 'raw statistics', s.unit, name, c.value, ours
	FROM (SELECT code AS unit, skewness(value), kurtosis(value), weighted_median(value, 1) AS median, weighted_quantile(value, 1, 0) AS lowest,
			weighted_quantile(value, 1, 1) AS highest FROM fact GROUP BY code) s,
		LATERAL (VALUES ('Skew', skewness), ('Kurt', kurtosis), ('Median', median), ('Min', lowest), ('Max', highest)) v (name, ours)
		JOIN cell c ON c.file = 'raw statistics' AND c.code = name
	WHERE c.unit = s.unit;

-- Screened -> treated -> normalised ------------------------------------------------------

CREATE TEMP TABLE treated AS
	SELECT unit, code, treated_value(value) OVER (PARTITION BY code) AS value FROM cell WHERE file = 'screened' AND code IN (SELECT code FROM meta);
INSERT INTO compared SELECT 'treated', c.unit, c.code, c.value, t.value FROM cell c JOIN treated t USING (unit, code) WHERE c.file = 'treated';
INSERT INTO compared
	SELECT file, unit, code, c.value, CASE file WHEN 'normalised' THEN score ELSE rescale(score, 1, 100) END
	FROM (VALUES ('normalised'), ('minmax 1-100')) w (file)
		CROSS JOIN (SELECT unit, code, minmax_score(value, CASE direction WHEN 1 THEN 'up' ELSE 'down' END) OVER (PARTITION BY code) AS score
			FROM treated JOIN meta USING (code)) s
		JOIN cell c USING (file, unit, code);
CREATE TEMP TABLE verdict AS
	SELECT code, (treatment(value)).* FROM cell WHERE file = 'screened' AND code IN (SELECT code FROM meta) GROUP BY code;
INSERT INTO compared
	SELECT 'treatment', v.code, name, CASE c.word WHEN 'TRUE' THEN 1 WHEN 'FALSE' THEN 0 ELSE c.value END, ours
	FROM verdict v CROSS JOIN LATERAL (VALUES ('check_SkewKurt0.Pass', passed::int), ('check_SkewKurt0.Skew', skewness), ('check_SkewKurt0.Kurt', kurtosis),
			('winsorise.nwin', CASE WHEN NOT passed THEN winsorised END), ('check_SkewKurt1.Pass', CASE WHEN NOT passed THEN (NOT still_failing)::int END),
			('check_SkewKurt1.Skew', CASE WHEN NOT passed THEN skewness_after END), ('check_SkewKurt1.Kurt', CASE WHEN NOT passed THEN kurtosis_after END)) x (name, ours)
		JOIN cell c ON c.file = 'treatment' AND c.unit = v.code AND c.code = name;

-- Five years: treated within each, scored over all of them --------------------------------

INSERT INTO compared
	WITH kept AS (SELECT c.year, c.unit, code, c.value, direction FROM cell c JOIN meta USING (code)
			WHERE c.file = 'panel' AND c.unit IN (SELECT unit FROM cell WHERE file = 'panel normalised')),
		calm AS (SELECT year, unit, code, direction, treated_value(value) OVER (PARTITION BY code, year) AS value FROM kept),
		scored AS (SELECT year, unit, code, minmax_score(value, CASE direction WHEN 1 THEN 'up' ELSE 'down' END) OVER (PARTITION BY code) AS score FROM calm)
	SELECT 'panel normalised', c.year || ' ' || unit, code, c.value, score FROM cell c JOIN scored USING (year, unit, code) WHERE file = 'panel normalised';

-- Growth: as published where first and last value are above 0, turned where both are below; no figure otherwise (there
-- infinity from 0, no number across 0).
CREATE TEMP TABLE ends AS
	SELECT g.unit, g.code, g.cagr, a.value AS first, b.value AS last,
		series_growth(indicator_series_agg(make_date(p.year::int, 12, 31), p.value), make_date(t_first, 12, 31), make_date(t_latest, 12, 31)) AS ours
	FROM growth g JOIN cell p ON p.file = 'panel' AND p.unit = g.unit AND p.code = g.code
		LEFT JOIN cell a ON a.file = 'panel' AND a.unit = g.unit AND a.code = g.code AND a.year = t_first::text
		LEFT JOIN cell b ON b.file = 'panel' AND b.unit = g.unit AND b.code = g.code AND b.year = t_latest::text
	GROUP BY g.unit, g.code, g.cagr, g.t_first, g.t_latest, a.value, b.value;
INSERT INTO compared
	SELECT 'growth', unit, code, CASE WHEN first > 0 AND last > 0 THEN cagr::float8 WHEN first < 0 AND last < 0 THEN -cagr::float8 END, ours FROM ends;

-- The Mazziotta-Pareto index and its adjusted form: four units, indicators up, down, up.
INSERT INTO compared
	WITH unit (unit, a, b, c) AS (VALUES ('A', 50, 30, 80), ('B', 60, 20, 70), ('C', 70, 25, 90), ('D', 65, 28, 60)),
		ours AS (SELECT unit, 'MPI' AS method, k AS sd_kind, standard_score(a, 100, 10, 'up', d) OVER w AS n1, standard_score(b, 100, 10, 'down', d) OVER w AS n2,
				standard_score(c, 100, 10, 'up', d) OVER w AS n3
			FROM unit, (VALUES ('pop', 'population'), ('sample', 'sample')) v (k, d) WINDOW w AS (PARTITION BY k)
			UNION ALL
			SELECT unit, 'AMPI gp=60,25,75', 'pop', ampi_score(a, 60, min(a) OVER w, max(a) OVER w), ampi_score(b, 25, min(b) OVER w, max(b) OVER w, 'down'),
				ampi_score(c, 75, min(c) OVER w, max(c) OVER w)
			FROM unit WINDOW w AS ())
	SELECT 'mpi', m.unit, m.method || ' ' || i, (ARRAY[m.n1, m.n2, m.n3])[i], (ARRAY[o.n1, o.n2, o.n3])[i]
	FROM mpi m JOIN ours o USING (unit, method, sd_kind), generate_series(1, 3) i;

-- Tiny vectors --------------------------------------------------------------------------

-- Lines of a name and figures; two columns have lines of the same names, those of the second follow its definition.
CREATE TEMP TABLE line_of AS
	SELECT n > (SELECT n FROM small WHERE line LIKE 'xn=%') AS second, split_part(line, ' : ', 1) AS name,
		(SELECT array_agg(CASE WHEN f ~ '^-?[0-9]' THEN f::float8 END ORDER BY o) FROM unnest(string_to_array(trim(split_part(line, ' : ', 2)), ' ')) WITH ORDINALITY y (f, o)) AS figures
	FROM small WHERE line LIKE '% : %';
CREATE FUNCTION pg_temp.compare_line(line_name text, ours float8[], in_second boolean DEFAULT false) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	published float8[] := (SELECT figures FROM line_of WHERE name = line_name AND second = in_second);
BEGIN
	IF published IS NULL OR cardinality(published) IS DISTINCT FROM cardinality(ours) THEN
		RAISE EXCEPTION 'no line "%" of % figures', line_name, cardinality(ours);
	END IF;
	INSERT INTO compared SELECT 'tiny', line_name || CASE WHEN in_second THEN ' (xn)' ELSE '' END, i::text, published[i], ours[i] FROM generate_subscripts(ours, 1) i;
END $$;
-- 100 times as large where the published scale ends at 1
CREATE FUNCTION pg_temp.compare_line(line_name text, ours float8[], scale float8) RETURNS void LANGUAGE sql AS $$
	SELECT pg_temp.compare_line(line_name, (SELECT array_agg(o / scale ORDER BY i) FROM unnest(ours) WITH ORDINALITY y (o, i)))
$$;
CREATE TEMP TABLE x (n int, x float8);
INSERT INTO x VALUES (1, 12.5), (2, 30), (3, 7.25), (4, NULL), (5, 30), (6, 55), (7, -4);
CREATE TEMP TABLE xs AS SELECT o AS n, x FROM unnest('{1,2,3,4,5,6,7,8,9,10,30,100}'::float8[]) WITH ORDINALITY y (x, o);
CREATE TEMP TABLE xn AS SELECT o AS n, x FROM unnest('{-100,-30,1,2,3,4,5,6,7,8,9,10}'::float8[]) WITH ORDINALITY y (x, o);
CREATE FUNCTION pg_temp.column_of(source text, expression text) RETURNS float8[] LANGUAGE plpgsql AS $$
DECLARE
	result float8[];
BEGIN
	EXECUTE format('SELECT array_agg(s ORDER BY n) FROM (SELECT n, %s AS s FROM %s) q', expression, source) INTO result;
	RETURN result;
END $$;
\o /dev/null
SELECT pg_temp.compare_line(name, pg_temp.column_of('x', expression), scale) FROM (VALUES
	('n_minmax(0,100)', 'minmax_score(x) OVER ()', 1),
	('n_minmax(1,100)', 'rescale(minmax_score(x) OVER (), 1, 100)', 1),
	('n_zscore(0,1)', 'standard_score(x) OVER ()', 1),
	('n_zscore(100,10)', 'standard_score(x, 100, 10) OVER ()', 1),
	('n_scaled(0,100)', 'goalpost_score(x, 0, 100, false)', 1),
	('n_scaled(1,10,sf=1)', 'goalpost_score(x, 1, 10, false)', 100),
	('n_dist2max', 'minmax_score(x) OVER ()', 100),
	('n_dist2ref(iref=2)', 'distance_to_target_score(x, (SELECT x FROM x WHERE n = 2)) OVER ()', 100),
	('n_dist2ref(iref=2,cap)', 'distance_to_target_score(x, (SELECT x FROM x WHERE n = 2), cap => true) OVER ()', 100),
	('n_dist2targ(40,+1)', 'distance_to_target_score(x, 40) OVER ()', 100),
	('n_dist2targ(40,+1,cap)', 'distance_to_target_score(x, 40, ''up'', true) OVER ()', 100),
	('n_dist2targ(0,-1)', 'distance_to_target_score(x, 0, ''down'') OVER ()', 100),
	('n_dist2targ(0,-1,cap)', 'distance_to_target_score(x, 0, ''down'', true) OVER ()', 100),
	('n_fracmax', 'fraction_of_maximum_score(x) OVER ()', 100),
	('n_rank(min)', 'rank_score(x) OVER ()', 1),
	('n_rank(average)', 'rank_score(x, ''up'', ''average'') OVER ()', 1),
	('n_borda', 'borda_score(x) OVER ()', 1),
	('n_prank', 'percentile_rank_score(x) OVER ()', 100),
	('n_goalposts(0,50,1)', 'goalpost_score(x, 0, 50)', 100),
	('n_goalposts(0,50,100,-1)', 'goalpost_score(x, 50, 0)', 1),
	('n_goalposts(0,50,100,notrunc)', 'goalpost_score(x, 0, 50, false)', 1),
	('Normalise(dir=-1,minmax)', 'minmax_score(x, ''down'') OVER ()', 1)) y (name, expression, scale);
SELECT pg_temp.compare_line(name, pg_temp.column_of('xs', expression)) FROM (VALUES
	('winsorise x', 'treated_value(x) OVER ()'), ('log_CT', 'log_transform(x) OVER ()'), ('log_CT_orig', 'log_transform(x, ''log_ct_orig'') OVER ()'),
	('log_CT_plus', 'log_transform(x, ''log_ct_plus'') OVER ()'), ('boxcox 0.5', 'box_cox(x, 0.5)'), ('boxcox 0', 'box_cox(x, 0)')) y (name, expression);
SELECT pg_temp.compare_line(name, ARRAY[ours]) FROM (SELECT (treatment(x)).* FROM xs) t,
	LATERAL (VALUES ('skew', skewness), ('kurt', kurtosis), ('nwin', winsorised), ('skew after', skewness_after), ('kurt after', kurtosis_after)) y (name, ours);
SELECT pg_temp.compare_line(name, pg_temp.column_of('xn', expression), true) FROM (VALUES
	('winsorise', 'treated_value(x) OVER ()'), ('log_CT_plus', 'log_transform(x, ''log_ct_plus'') OVER ()')) y (name, expression);
SELECT pg_temp.compare_line('skew', ARRAY[skewness(x)], true), pg_temp.compare_line('kurt', ARRAY[kurtosis(x)], true) FROM xn;
SELECT pg_temp.compare_line(name, ARRAY[ours], true) FROM (VALUES
	('CAGR y=10,NA,NA,20 x=2015..2018', series_growth('{2015: 10, 2018: 20}', '2015-12-31', '2018-12-31')),
	('CAGR 0->5', series_growth('{2015: 0, 2017: 5}', '2015-12-31', '2017-12-31')),
	('CAGR -10->5 over 2y', series_growth('{2015: -10, 2017: 5}', '2015-12-31', '2017-12-31')),
	('CAGR -10->5 over 3y', series_growth('{2015: -10, 2018: 5}', '2015-12-31', '2018-12-31')),
	-- a rise of negative values is printed as a fall there
	('CAGR -10->-5', -series_growth('{2015: -10, 2017: -5}', '2015-12-31', '2017-12-31'))) y (name, ours);
-- Cronbach's alpha, k^2 mean covariance / sum of all, each covariance over the countries with both indicators
SELECT pg_temp.compare_line(name, ARRAY[alpha], true)
FROM (SELECT 'cronbach Physical Raw' AS name, 'raw' AS file, 'Physical' AS pillar UNION ALL SELECT 'cronbach Social Norm', 'normalised', 'Social') v,
	LATERAL (WITH used AS (SELECT unit, c.code, c.value FROM cell c JOIN meta m USING (code) WHERE c.file = v.file AND m.parent = v.pillar),
			pair AS (SELECT a.code AS i, b.code AS j, covar_samp(a.value, b.value) AS covariance FROM used a JOIN used b USING (unit) GROUP BY 1, 2)
		SELECT count(DISTINCT i) ^ 2 * avg(covariance) FILTER (WHERE i <> j) / sum(covariance) AS alpha FROM pair) c;
\o

-- ------------------------------------------------------------------------------------

CREATE TEMP TABLE expected_count (what text, figures bigint);
INSERT INTO expected_count VALUES ('minmax', 2499), ('minmax 1-100', 2499), ('dist2max', 2499), ('zscore', 2499), ('dist2targ', 2499), ('fracmax', 2499),
	('rank', 2499), ('borda', 2499), ('prank', 2499), ('goalposts', 2499), ('z-score with published mean and sd', 2499), ('raw statistics', 245),
	('treated', 2499), ('normalised', 2499), ('treatment', 343), ('panel normalised', 11270), ('growth', 2499), ('tiny', 264), ('mpi', 36);
SELECT plan((SELECT 2 * count(*)::int FROM expected_count) + 8);
SELECT is((SELECT count(*) FROM compared c WHERE c.what = e.what), figures, format('%s: %s figures', what, figures)) FROM expected_count e ORDER BY what;
SELECT is_empty(format('SELECT * FROM differs WHERE what = %L', what), what || ': all within 1e-9') FROM expected_count ORDER BY what;
SELECT is((SELECT count(*) FROM compared), (SELECT sum(figures)::bigint FROM expected_count), 'nothing else was compared');
SELECT cmp_ok((SELECT count(expected) FROM compared), '>', 38000::bigint, 'most figures are figures, not gaps');

-- Where others go wrong -------------------------------------------------------------------

SELECT is((SELECT count(*) FROM compared JOIN cell ON file = what AND cell.unit = compared.unit AND cell.code = compared.code
		WHERE what = 'fracmax' AND word IN ('Inf', 'NaN') AND ours IS NULL),
	(SELECT count(*) FROM cell WHERE file = 'fracmax' AND word IN ('Inf', 'NaN')), 'a share of a maximum of 0 is NULL, not infinite');
SELECT ok((SELECT bool_and(ours IS NULL) AND count(*) > 50 FROM ends WHERE cagr = 'Inf'), 'growth from 0 is NULL, not infinite');
SELECT ok((SELECT bool_and(l <> x) FROM (SELECT x, log_transform(x, 'log_gii') OVER () AS l FROM xs) q)
	AND (SELECT figures FROM line_of WHERE name = 'log_GII (bug: unchanged)') = (SELECT array_agg(x ORDER BY n) FROM xs), 'log_gii transforms where the published one does not');
SELECT is((SELECT count(DISTINCT code) FROM compared WHERE what = 'prank' AND ours = 100),
	(SELECT count(*) FROM (SELECT code FROM (SELECT code, rank() OVER (PARTITION BY code ORDER BY direction * value DESC) AS place FROM fact WHERE value IS NOT NULL) q
		WHERE place = 1 GROUP BY code HAVING count(*) = 1) y), 'percentile ranks reach 100 also where values are missing, unless the best are equal');
SELECT is((SELECT count(*) FROM verdict WHERE still_failing), 0::bigint, 'every treatment helped here');
SELECT is((SELECT count(*) FROM verdict WHERE NOT passed), (SELECT count(*) FROM cell WHERE file = 'treatment' AND code = 'check_SkewKurt0.Pass' AND word = 'FALSE'),
	'as many columns treated as published');

SELECT * FROM finish();
SELECT format('# normalisation: %s figures compared, 0 skipped', count(*)) FROM compared;
\echo '# skipped: 0'
ROLLBACK;
