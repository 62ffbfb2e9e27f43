-- A published composite index, whole: 51 countries, 49 indicators, 8 pillars, 2 sub-indices, one index. Each variant is
-- one framework value, built from the tree and weights of ASEM_iMeta.csv; every aggregate of every country must agree.
\set ON_ERROR_STOP on
\if :{?vectors}
\else
	\getenv vectors SCORECARD_VECTORS
	\if :{?vectors}
	\else
		\set vectors ../shared/vectors
	\endif
\endif
\set present `test -e :'vectors'/asem/ASEM_iMeta.csv && echo true || echo false`
\if :present
\else
	\echo '1..0 # SKIP no vectors'
	\q
\endif

BEGIN;

CREATE TEMP TABLE meta (level int, code text, name text, direction int, weight float8, unit text, target float8,
						denominator text, parent text, type text);
\set load '\\copy meta FROM ' '''' :vectors '/asem/ASEM_iMeta.csv''' ' WITH (FORMAT csv, HEADER)'
:load
DELETE FROM meta WHERE level IS NULL;

-- Wide files go in line by line and come out as one row per cell; NA and nothing are NULL.
CREATE TEMP TABLE line (file text, n serial, line text);
CREATE TEMP TABLE cell (file text, unit text, code text, value float8, PRIMARY KEY (file, unit, code));
CREATE FUNCTION pg_temp.store_cells(name text) RETURNS void LANGUAGE sql AS $$
	UPDATE line SET file = name WHERE file IS NULL;
	WITH split AS (SELECT n, string_to_array(replace(line, '"', ''), ',') AS fields FROM line WHERE file = name),
		head AS (SELECT fields, array_position(fields, 'uCode') AS u FROM split ORDER BY n LIMIT 1)
	INSERT INTO cell
		SELECT name, s.fields[h.u], h.fields[i],
			CASE WHEN s.fields[i] NOT IN ('', 'NA', 'NaN') THEN s.fields[i]::float8 END
		FROM split s, head h, generate_subscripts(h.fields, 1) AS i
		WHERE s.fields <> h.fields AND h.fields[i] IN (SELECT code FROM meta)
$$;
\set from '\\copy line (line) FROM ' '''' :vectors '/asem/'
\set with '.csv'' WITH (FORMAT text, DELIMITER E''\\x01'')'
\pset format unaligned
\pset tuples_only on
\o /dev/null
\set load :from coin_Raw :with
:load
SELECT pg_temp.store_cells('raw');
\set load :from coin_Denominated :with
:load
SELECT pg_temp.store_cells('denominated');
\set load :from coin_Imputed :with
:load
SELECT pg_temp.store_cells('imputed');
\set load :from coin_Screened :with
:load
SELECT pg_temp.store_cells('screened');
\set load :from coin_Treated :with
:load
SELECT pg_temp.store_cells('treated');
\set load :from coin_results_aggs :with
:load
SELECT pg_temp.store_cells('results');
\set load :from coin_Normalised :with
:load
SELECT pg_temp.store_cells('normalised');
\set load :from v1114_Norm_minmax_1_100 :with
:load
SELECT pg_temp.store_cells('normalised 1-100');
\set load :from v1114_Norm_minmax_withNA :with
:load
SELECT pg_temp.store_cells('normalised with gaps');
\set load :from v1114_Norm_n_goalposts_raw :with
:load
SELECT pg_temp.store_cells('goalposts scored');
\set load :from coin_Aggregated :with
:load
SELECT pg_temp.store_cells('default');
\set load :from coin_minmax1_100_gmean_Aggregated :with
:load
SELECT pg_temp.store_cells('geometric');
\set load :from coin_minmax1_100_amean_gmean_hmean_Aggregated :with
:load
SELECT pg_temp.store_cells('mixed');
\set load :from coin_Raw_minmax_datthresh0.8_Aggregated :with
:load
SELECT pg_temp.store_cells('floor 0.8');
\set load :from coin_Raw_dist2targ_Aggregated :with
:load
SELECT pg_temp.store_cells('distance to target');
\set load :from v1114_Agg_alt_arith :with
:load
SELECT pg_temp.store_cells('alternative arithmetic');
\set load :from v1114_Agg_alt_geom :with
:load
SELECT pg_temp.store_cells('alternative geometric');
\set load :from v1114_Agg_alt_harm :with
:load
SELECT pg_temp.store_cells('alternative harmonic');
\set load :from v1114_Agg_alt_mixed_AGA :with
:load
SELECT pg_temp.store_cells('alternative mixed');
\set load :from v1114_Agg_alt_arith_withNA :with
:load
SELECT pg_temp.store_cells('alternative with gaps');
\set load :from v1114_Agg_alt_arith_withNA_thr066 :with
:load
SELECT pg_temp.store_cells('alternative floor 0.66');

-- The same with every column, a row per cell of text, and the year where there is one.
CREATE TEMP TABLE field (file text, unit text, year int, code text, value text);
CREATE FUNCTION pg_temp.store_fields(name text) RETURNS void LANGUAGE sql AS $$
	UPDATE line SET file = name WHERE file IS NULL;
	WITH split AS (SELECT n, string_to_array(replace(line, '"', ''), ',') AS fields FROM line WHERE file = name),
		head AS (SELECT fields, array_position(fields, 'uCode') AS u, array_position(fields, 'Time') AS y FROM split ORDER BY n LIMIT 1)
	INSERT INTO field
		SELECT name, s.fields[h.u], s.fields[h.y]::int, h.fields[i], nullif(nullif(nullif(s.fields[i], ''), 'NA'), 'NaN')
		FROM split s, head h, generate_subscripts(h.fields, 1) AS i WHERE s.fields <> h.fields
$$;
\set load :from ASEM_iData :with
:load
SELECT pg_temp.store_fields('input');
\set load :from ASEM_iData_p :with
:load
SELECT pg_temp.store_fields('panel');
\set load :from purse_Normalised :with
:load
SELECT pg_temp.store_fields('panel normalised');
\set load :from purse_Aggregated :with
:load
SELECT pg_temp.store_fields('panel aggregated');
\set load :from coin_results_aggs :with
:load
SELECT pg_temp.store_fields('ranks');
\o
CREATE INDEX ON field (file, unit, code);
ANALYZE field;
CREATE TEMP TABLE trend (unit text, code text, growth float8, available float8, first int, latest int);
\set load '\\copy trend FROM ' '''' :vectors '/asem/purse_trends_CAGR.csv''' ' WITH (FORMAT csv, HEADER)'
:load

CREATE TEMP TABLE weight_alternative (code text, level int, weight float8);
\set load '\\copy weight_alternative FROM ' '''' :vectors '/asem/v1114_weights_alt.csv''' ' WITH (FORMAT csv, HEADER)'
:load
CREATE TEMP TABLE effective (code text, level int, weight float8, effective float8);
\set load '\\copy effective FROM ' '''' :vectors '/asem/coin_eff_weights.csv''' ' WITH (FORMAT csv, HEADER)'
:load
CREATE TEMP TABLE goalpost (code text, lo float8, hi float8, direction int);
\set load '\\copy goalpost FROM ' '''' :vectors '/asem/v1114_goalposts.csv''' ' WITH (FORMAT csv, HEADER)'
:load

-- What a leaf becomes: its value as it is, or goalposts from the data or the file.
CREATE TEMP TABLE leaf_rule (rules text, code text, rule jsonb);
INSERT INTO leaf_rule
	SELECT 'as is', code, '{"as_is": true}' FROM meta WHERE level = 1
	UNION ALL
	SELECT 'range', m.code, jsonb_build_object('worst', CASE m.direction WHEN 1 THEN min(value) ELSE max(value) END,
											   'best', CASE m.direction WHEN 1 THEN max(value) ELSE min(value) END)
	FROM meta m JOIN cell c ON c.file = 'raw' AND c.code = m.code WHERE level = 1 GROUP BY m.code, m.direction
	UNION ALL
	SELECT 'target', m.code, jsonb_build_object('worst', CASE m.direction WHEN 1 THEN min(value) ELSE max(value) END,
												'best', m.target, 'clamp', false)
	FROM meta m JOIN cell c ON c.file = 'raw' AND c.code = m.code WHERE level = 1 GROUP BY m.code, m.direction, m.target
	UNION ALL
	SELECT 'range treated', m.code, jsonb_build_object('worst', CASE m.direction WHEN 1 THEN min(value) ELSE max(value) END,
													   'best', CASE m.direction WHEN 1 THEN max(value) ELSE min(value) END)
	FROM meta m JOIN cell c ON c.file = 'treated' AND c.code = m.code WHERE level = 1 GROUP BY m.code, m.direction
	UNION ALL
	SELECT 'goalposts', code, jsonb_build_object('worst', CASE direction WHEN 1 THEN lo ELSE hi END,
												 'best', CASE direction WHEN 1 THEN hi ELSE lo END)
	FROM goalpost;

-- input: which values; output: which file they must give, 100 times as large where its scale ends at 1
CREATE TEMP TABLE variant (name text PRIMARY KEY, input text, output text, scale float8, rules text, alternative boolean,
						   pillar text, sub_index text, index text, min_coverage float8);
INSERT INTO variant VALUES
	('default', 'normalised', 'default', 1, 'as is', false, 'arithmetic', 'arithmetic', 'arithmetic', 0),
	('default, from treated values', 'treated', 'default', 1, 'range treated', false, 'arithmetic', 'arithmetic', 'arithmetic', 0),
	('geometric', 'normalised 1-100', 'geometric', 1, 'as is', false, 'geometric', 'geometric', 'geometric', 0),
	('mixed', 'mixed', 'mixed', 1, 'as is', false, 'arithmetic', 'geometric', 'harmonic', 0),
	('coverage floor 0.8', 'floor 0.8', 'floor 0.8', 1, 'as is', false, 'arithmetic', 'arithmetic', 'arithmetic', 0.8),
	('coverage floor 0.8, from raw values', 'raw', 'floor 0.8', 1, 'range', false, 'arithmetic', 'arithmetic', 'arithmetic', 0.8),
	('distance to target, from raw values', 'raw', 'distance to target', 100, 'target', false, 'arithmetic', 'arithmetic', 'arithmetic', 0),
	('alternative weights, arithmetic', 'alternative arithmetic', 'alternative arithmetic', 1, 'as is', true, 'arithmetic', 'arithmetic', 'arithmetic', 0),
	('alternative weights, geometric', 'normalised 1-100', 'alternative geometric', 1, 'as is', true, 'geometric', 'geometric', 'geometric', 0),
	('alternative weights, harmonic', 'normalised 1-100', 'alternative harmonic', 1, 'as is', true, 'harmonic', 'harmonic', 'harmonic', 0),
	('alternative weights, mixed', 'normalised 1-100', 'alternative mixed', 1, 'as is', true, 'arithmetic', 'geometric', 'arithmetic', 0),
	('alternative weights with gaps', 'normalised with gaps', 'alternative with gaps', 1, 'as is', true, 'arithmetic', 'arithmetic', 'arithmetic', 0),
	('alternative weights, floor 0.66', 'normalised with gaps', 'alternative floor 0.66', 1, 'as is', true, 'arithmetic', 'arithmetic', 'arithmetic', 0.66);

CREATE TEMP TABLE method AS
	SELECT v.name, index_framework_agg(m.code, m.parent, CASE WHEN v.alternative THEN a.weight ELSE m.weight END,
			CASE WHEN m.level = 1 THEN r.rule
				 ELSE jsonb_build_object('min_coverage', v.min_coverage, 'aggregation',
										 CASE m.level WHEN 2 THEN v.pillar WHEN 3 THEN v.sub_index ELSE v.index END) END
			ORDER BY md5(m.code || v.name)) AS framework
	FROM variant v CROSS JOIN meta m
		LEFT JOIN weight_alternative a ON a.code = m.code
		LEFT JOIN leaf_rule r ON r.code = m.code AND r.rules = v.rules
	GROUP BY v.name;

CREATE TEMP TABLE sheet AS
	SELECT v.name, c.unit, index_sheet_agg(m.framework, c.code, c.value) AS sheet
	FROM variant v JOIN method m USING (name)
		JOIN cell c ON c.file = v.input AND c.code IN (SELECT code FROM meta WHERE level = 1)
	GROUP BY v.name, m.name, c.unit;

CREATE TEMP TABLE compared AS
	SELECT v.name, s.unit, n.code, v.scale * c.value AS expected, n.score AS ours, n.reason
	FROM variant v JOIN method m USING (name) JOIN sheet s USING (name)
		CROSS JOIN LATERAL node_scores(m.framework, s.sheet) n
		JOIN cell c ON c.file = v.output AND c.unit = s.unit AND c.code = n.code
	WHERE NOT n.is_leaf OR v.rules <> 'as is';
CREATE TEMP VIEW differs AS
	SELECT * FROM compared
	WHERE (expected IS NULL) <> (ours IS NULL) OR abs(expected - ours) > 1e-9 * greatest(1, abs(expected));

SELECT plan((SELECT 3 * count(*)::int FROM variant) + 26);

SELECT is((SELECT count(*) FROM compared c JOIN meta m USING (code) WHERE c.name = v.name AND m.level > 1), 51 * 11::bigint,
		  v.name || ': 51 countries and 11 aggregates') FROM variant v ORDER BY name;
SELECT is_empty(format('SELECT * FROM differs WHERE name = %L', v.name), v.name || ': all within 1e-9') FROM variant v ORDER BY name;
SELECT is_empty(format(
	$$SELECT s.unit, index_score(m.framework, s.sheet), total
	FROM sheet s JOIN method m USING (name),
		LATERAL (SELECT sum(contribution) AS total FROM index_contributions(m.framework, s.sheet)) t
	WHERE s.name = %L AND (index_score(m.framework, s.sheet) IS NOT NULL)
		AND (total IS NULL OR abs(total - index_score(m.framework, s.sheet)) > 1e-12 * abs(index_score(m.framework, s.sheet)))$$, v.name),
	v.name || ': contributions sum to the index') FROM variant v ORDER BY name;

SELECT is_empty(
	$$SELECT e.code, e.effective, n.effective_weight FROM effective e
		JOIN nodes((SELECT framework FROM method WHERE name = 'default')) n USING (code)
	WHERE abs(e.effective - n.effective_weight) > 1e-12$$, 'effective weights are those published');
SELECT is((SELECT count(*) FROM nodes((SELECT framework FROM method WHERE name = 'default'))), 60::bigint, 'of all 60 nodes');

-- each indicator's goalposts of its own, read from a file: direction is in their order
CREATE TEMP TABLE scored AS
	WITH f AS (SELECT index_framework_agg(code, 'all', 1::float8, rule) AS framework FROM leaf_rule WHERE rules = 'goalposts'),
		s AS (SELECT unit, index_sheet_agg((SELECT framework FROM f), code, value) AS sheet FROM cell WHERE file = 'raw'
				AND code IN (SELECT code FROM goalpost) GROUP BY unit)
	SELECT s.unit, n.code, n.score AS ours, c.value AS expected
	FROM f, s, node_scores(f.framework, s.sheet) n JOIN cell c ON c.file = 'goalposts scored' AND c.code = n.code
	WHERE n.is_leaf AND c.unit = s.unit;
SELECT is((SELECT count(*) FROM scored), 51 * 49::bigint, 'goalposts: 51 countries and 49 indicators');
SELECT is_empty(
	$$SELECT * FROM scored WHERE (expected IS NULL) <> (ours IS NULL) OR abs(expected - ours) > 1e-9$$,
	'goalposts: all within 1e-9');
SELECT is_empty(
	$$SELECT s.* FROM scored s JOIN cell c ON c.file = 'raw' AND c.unit = s.unit AND c.code = s.code JOIN goalpost g ON g.code = s.code
	WHERE goalpost_score(c.value, CASE g.direction WHEN 1 THEN lo ELSE hi END, CASE g.direction WHEN 1 THEN hi ELSE lo END)
		IS DISTINCT FROM s.ours$$,
	'goalposts: the scalar function gives the bits of the tree');

SELECT is((SELECT count(*) FROM differs), 0::bigint, 'no figure differs');
SELECT is((SELECT count(DISTINCT framework) FROM method), 12::bigint, 'variants of one method are one framework, whatever the order of rows');
SELECT is((SELECT count(DISTINCT leaf_set_fingerprint(framework)) FROM method), 1::bigint, 'all have one leaf set');
SELECT ok((SELECT bool_and(index_score(m.framework, s.sheet) IS NOT DISTINCT FROM (node_score_array(m.framework, s.sheet))[1])
		   FROM sheet s JOIN method m USING (name)), 'index_score is the first of node_score_array');

-- effective weights of every level: each sums to 1, and a unit with everything observed has the same after re-weighting
SELECT is_empty(
	$$SELECT e.level, sum(n.effective_weight) FROM effective e JOIN nodes((SELECT framework FROM method WHERE name = 'default')) n USING (code)
	GROUP BY e.level HAVING abs(sum(n.effective_weight) - 1) > 1e-12$$, 'effective weights of a level sum to 1');
SELECT is_empty(
	$$SELECT s.unit, n.code FROM sheet s JOIN method m USING (name), node_scores(m.framework, s.sheet) n JOIN effective e USING (code)
	WHERE s.name = 'default' AND (abs(n.effective_weight - e.effective) > 1e-12 OR abs(n.effective_weight_after - e.effective) > 1e-12)$$, 'so do those of every country');

-- results: scores printed to ten decimals, and competition ranks
CREATE TEMP TABLE result AS
	SELECT s.unit, n.code, n.score AS ours, c.value AS expected FROM sheet s JOIN method m USING (name), node_scores(m.framework, s.sheet) n JOIN cell c ON c.file = 'results' AND c.code = n.code
	WHERE s.name = 'default, from treated values' AND c.unit = s.unit;
SELECT is((SELECT count(*) FROM result), 51 * 11::bigint, 'results: 51 countries and 11 aggregates');
SELECT is_empty($$SELECT * FROM result WHERE ours IS NULL OR abs(ours - expected) > 1e-9$$, 'results: all within 1e-9');
CREATE TEMP TABLE ranked AS
	SELECT unit, rank() OVER (ORDER BY ours DESC) AS ours, f.value::bigint AS expected FROM result r JOIN field f USING (unit) WHERE r.code = 'Index' AND f.file = 'ranks' AND f.code = 'Rank';
SELECT is((SELECT count(*) FROM ranked), 51::bigint, 'ranks: 51 countries');
SELECT is_empty('SELECT * FROM ranked WHERE ours <> expected', 'ranks: all the same');

-- stages in SQL: raw over denominator; what is missing becomes the mean of its continent
CREATE TEMP TABLE denominated AS
	SELECT c.unit, c.code, c.value / CASE WHEN m.denominator IS NULL THEN 1 ELSE d.value::float8 END AS ours, s.value AS expected
	FROM cell c JOIN meta m USING (code) JOIN cell s ON s.file = 'denominated' AND s.unit = c.unit AND s.code = c.code
		LEFT JOIN field d ON d.file = 'input' AND d.unit = c.unit AND d.code = m.denominator
	WHERE c.file = 'raw' AND m.level = 1;
CREATE TEMP TABLE imputed AS
	SELECT d.unit, d.code, coalesce(d.expected, weighted_mean(d.expected, 1) OVER (PARTITION BY g.value, d.code)) AS ours, s.value AS expected
	FROM denominated d JOIN field g ON g.file = 'input' AND g.unit = d.unit AND g.code = 'EurAsia_group' JOIN cell s ON s.file = 'imputed' AND s.unit = d.unit AND s.code = d.code;
SELECT is((SELECT count(*) FROM denominated), 51 * 49::bigint, 'denominated: 51 countries and 49 indicators');
SELECT is_empty($$SELECT * FROM denominated WHERE (ours IS NULL) <> (expected IS NULL) OR abs(ours - expected) > 1e-9 * greatest(1, abs(expected))$$, 'denominated: all within 1e-9');
SELECT is_empty($$SELECT * FROM imputed WHERE ours IS NULL OR abs(ours - expected) > 1e-9 * greatest(1, abs(expected))$$, 'imputed: all within 1e-9');
SELECT is_empty($$SELECT * FROM cell a JOIN cell b USING (unit, code) WHERE a.file = 'imputed' AND b.file = 'screened' AND a.value IS DISTINCT FROM b.value$$, 'screened: no country has too many gaps');

-- the panel: five years under one framework
CREATE TEMP TABLE panel AS
	WITH f AS (SELECT framework FROM method WHERE name = 'default'),
		s AS (SELECT unit, year, index_sheet_agg((SELECT framework FROM f), code, value::float8) AS sheet FROM field WHERE file = 'panel normalised' AND code IN (SELECT code FROM meta WHERE level = 1) GROUP BY unit, year)
	SELECT s.unit, s.year, n.code, n.score AS ours, a.value::float8 AS expected
	FROM f, s, node_scores(f.framework, s.sheet) n JOIN field a ON a.file = 'panel aggregated' AND a.code = n.code WHERE NOT n.is_leaf AND a.unit = s.unit AND a.year = s.year;
SELECT is((SELECT count(*) FROM panel), 5 * 46 * 11::bigint, 'panel: 46 countries, five years and 11 aggregates');
SELECT is_empty($$SELECT * FROM panel WHERE (ours IS NULL) <> (expected IS NULL) OR abs(ours - expected) > 1e-9 * greatest(1, abs(expected))$$, 'panel: all within 1e-9');

-- yearly growth from 2018 to 2022; infinity (from 0) and not-a-number there are no number here, nor is the way to 0 (-1
-- there); of two negative values the sign is turned here
CREATE TEMP TABLE grown AS
	SELECT t.unit, t.code, t.growth AS expected,
		(SELECT series_growth(indicator_series_agg(make_date(f.year, 12, 31), f.value::float8), '2018-12-31', '2022-12-31') FROM field f WHERE f.file = 'panel' AND f.unit = t.unit AND f.code = t.code) AS ours
	FROM trend t;
SELECT is((SELECT count(*) FROM grown), 51 * 49::bigint, 'growth: 51 countries and 49 indicators');
SELECT is_empty($$SELECT * FROM grown WHERE expected NOT IN ('Infinity', 'NaN', -1) AND (unit, code) <> ('LUX', 'GDPGrow') AND (ours IS NULL OR abs(ours - expected) > 1e-9 * greatest(1, abs(expected)))$$, 'growth: all within 1e-9');
SELECT is_empty($$SELECT * FROM grown WHERE (expected IS NULL OR expected IN ('Infinity', 'NaN', -1)) AND ours IS NOT NULL$$, 'growth: NULL where there is none');
SELECT is((SELECT round((ours + expected)::numeric, 12) FROM grown WHERE (unit, code) = ('LUX', 'GDPGrow')), 0.0, 'growth of two negative values: less of a loss is a rise');
SELECT is((SELECT count(*) FROM grown WHERE expected IN ('Infinity', 'NaN', -1) OR expected IS NULL), (SELECT count(*) FROM grown WHERE ours IS NULL), 'growth: NULL nowhere else');

SELECT * FROM finish();
SELECT format('# asem: %s figures compared, 0 skipped',
	(SELECT count(*) FROM compared) + (SELECT count(*) FROM scored) + (SELECT count(*) FROM effective) + (SELECT count(*) FROM result) + (SELECT count(*) FROM ranked)
	+ (SELECT count(*) FROM denominated) + (SELECT count(*) FROM imputed) + (SELECT count(*) FROM panel) + (SELECT count(*) FROM grown));
\echo '# skipped: 0'
ROLLBACK;
