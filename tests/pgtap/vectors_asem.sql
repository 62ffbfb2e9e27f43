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
\o

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
	SELECT 'goalposts', code, jsonb_build_object('worst', CASE direction WHEN 1 THEN lo ELSE hi END,
												 'best', CASE direction WHEN 1 THEN hi ELSE lo END)
	FROM goalpost;

-- input: which values; output: which file they must give, 100 times as large where its scale ends at 1
CREATE TEMP TABLE variant (name text PRIMARY KEY, input text, output text, scale float8, rules text, alternative boolean,
						   pillar text, sub_index text, index text, min_coverage float8);
INSERT INTO variant VALUES
	('default', 'normalised', 'default', 1, 'as is', false, 'arithmetic', 'arithmetic', 'arithmetic', 0),
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

SELECT plan((SELECT 3 * count(*)::int FROM variant) + 9);

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
SELECT is((SELECT count(DISTINCT framework) FROM method), 11::bigint, 'variants of one method are one framework, whatever the order of rows');
SELECT is((SELECT count(DISTINCT leaf_set_fingerprint(framework)) FROM method), 1::bigint, 'all have one leaf set');
SELECT ok((SELECT bool_and(index_score(m.framework, s.sheet) IS NOT DISTINCT FROM (node_score_array(m.framework, s.sheet))[1])
		   FROM sheet s JOIN method m USING (name)), 'index_score is the first of node_score_array');

SELECT * FROM finish();
SELECT format('# asem: %s figures compared, 0 skipped',
	(SELECT count(*) FROM compared) + (SELECT count(*) FROM scored) + (SELECT count(*) FROM effective));
\echo '# skipped: 0'
ROLLBACK;
