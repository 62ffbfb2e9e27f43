-- What must hold of every index, over random frameworks of all aggregations: weights are relative, order does not matter,
-- parts are the whole, means stay between their children, better leaves never lower an index (but Mazziotta-Pareto's),
-- bounds contain what may come, contributions and changes sum.
\set ON_ERROR_STOP on
BEGIN;
SELECT no_plan();
SELECT setseed(0.42);

-- Trees of depth 1 to 4, leaves as they are from 0 to 100 ----------------------------------------

CREATE TEMP TABLE node (t int, n int, code text, parent text, depth int, is_leaf boolean, aggregation text, weight float8, missing text, power float8, count int,
	sample boolean, coverage float8, lowest float8, PRIMARY KEY (t, code));
DO $$
DECLARE
	tree int;
	size int;
	deepest int;
	up text;
	up_depth int;
BEGIN
	FOR i IN 1 .. 250 LOOP
		tree := i;
		size := 2 + floor(random() * 22);
		deepest := 1 + floor(random() * 4);
		FOR n IN 1 .. size LOOP
			up := NULL;
			up_depth := -1;
			IF n > 1 THEN
				SELECT code, depth INTO up, up_depth FROM node WHERE node.t = tree AND depth < deepest ORDER BY random() LIMIT 1;
			END IF;
			INSERT INTO node (t, n, code, parent, depth, weight) VALUES (tree, n, 'n' || floor(random() * 90 + 10) || '.' || n, up, up_depth + 1, (1 + floor(random() * 999)) / 37);
		END LOOP;
	END LOOP;
END $$;

UPDATE node o SET is_leaf = NOT EXISTS (SELECT FROM node c WHERE c.t = o.t AND c.parent = o.code);
UPDATE node SET aggregation = (ARRAY['arithmetic', 'geometric', 'harmonic', 'min', 'max', 'sum', 'power', 'median', 'product', 'mpi_minus', 'mpi_plus', 'share_met', 'worst_mean'])[1 + floor(random() * 13)],
	missing = (ARRAY['reweight', 'reweight', 'zero', 'propagate'])[1 + floor(random() * 4)], power = (ARRAY[-3, -1, -0.5, 0, 0.5, 2, 5])[1 + floor(random() * 7)], count = 1 + floor(random() * 4),
	sample = random() < 0.3, coverage = CASE WHEN random() < 0.2 THEN 0.4 END WHERE NOT is_leaf;
UPDATE node SET sample = NULL WHERE aggregation NOT LIKE 'mpi%';
-- a sixth of the leaves beside others weigh nothing
UPDATE node o SET weight = 0 WHERE n % 6 = 0 AND is_leaf AND EXISTS (SELECT FROM node s WHERE s.t = o.t AND s.parent = o.parent AND s.n <> o.n AND s.n % 6 > 0);
CREATE FUNCTION pg_temp.node_json(n node, factor float8 DEFAULT 1) RETURNS jsonb LANGUAGE sql AS $$
	SELECT jsonb_strip_nulls(jsonb_build_object('code', n.code, 'parent', n.parent, 'weight', n.weight * factor, 'as_is', CASE WHEN n.is_leaf THEN true END, 'aggregation', n.aggregation, 'missing', n.missing,
		'min_coverage', n.coverage, 'power', CASE n.aggregation WHEN 'power' THEN n.power END, 'count', CASE n.aggregation WHEN 'worst_mean' THEN n.count END,
		'deviation', CASE WHEN n.sample THEN 'sample' END))
$$;
CREATE TEMP TABLE tree AS
	SELECT t, index_framework(jsonb_agg(pg_temp.node_json(node) ORDER BY n)) AS framework, index_framework(jsonb_agg(pg_temp.node_json(node) ORDER BY md5(code))) AS shuffled,
		index_framework(jsonb_agg(pg_temp.node_json(node, 8))) AS eightfold, index_framework(jsonb_agg(pg_temp.node_json(node, 10))) AS tenfold,
		bool_or(aggregation LIKE 'mpi%') AS has_mpi
	FROM node GROUP BY t;
-- 0: everything observed; 1: gaps; 2: gaps, ties, zeros, hundreds and leaves that do not apply
CREATE TEMP TABLE figure AS
	SELECT t, k, code, CASE WHEN k > 0 AND random() < 0.25 THEN NULL WHEN k = 2 AND random() < 0.4 THEN (ARRAY[0, 50, 100])[1 + floor(random() * 3)] ELSE round((random() * 100)::numeric, 3)::float8 END AS value, true AS applies
	FROM node, generate_series(0, 2) k WHERE is_leaf;
UPDATE figure SET applies = false, value = NULL WHERE k = 2 AND random() < 0.1;
CREATE TEMP TABLE sheet AS
	SELECT t, k, index_sheet_agg(framework, code, value, applies ORDER BY code) AS sheet, index_sheet_agg(framework, code, value, applies ORDER BY md5(code)) AS shuffled
	FROM tree JOIN figure USING (t) GROUP BY t, k, framework;
CREATE TEMP TABLE scored AS SELECT t, k, s.sheet, framework, node_score_array(framework, s.sheet) AS scores, index_score(framework, s.sheet) AS index FROM tree JOIN sheet s USING (t);
SELECT cmp_ok((SELECT count(*) FROM scored WHERE index IS NOT NULL), '>', 400::bigint, 'most have an index');
SELECT is((SELECT count(DISTINCT (aggregation)) FROM node n JOIN scored s USING (t), node_scores(s.framework, s.sheet) x WHERE x.code = n.code AND x.score IS NOT NULL), 13::bigint, 'all aggregations have scores');
SELECT is((SELECT max(depth) FROM node), 4, 'four levels below the root');

-- Weights are relative, order does not matter ----------------------------------------------------

CREATE FUNCTION pg_temp.bits(float8[]) RETURNS bytea LANGUAGE sql AS $$ SELECT string_agg(coalesce(float8send(x), 'no'), '' ORDER BY n) FROM unnest($1) WITH ORDINALITY u (x, n) $$;
CREATE TEMP VIEW with_sum AS SELECT s.*, EXISTS (SELECT FROM node n WHERE n.t = s.t AND aggregation = 'sum') AS sums FROM scored s;
SELECT is_empty($$SELECT t, k FROM with_sum JOIN tree USING (t) WHERE NOT sums AND pg_temp.bits(node_score_array(eightfold, sheet)) <> pg_temp.bits(scores)$$, 'weights times 8: the same bits');
SELECT is_empty($$SELECT t, k, x, y FROM with_sum s JOIN tree USING (t), unnest(scores, node_score_array(tenfold, sheet)) u (x, y)
	WHERE NOT sums AND ((x IS NULL) <> (y IS NULL) OR abs(x - y) > 1e-12 * greatest(1, abs(x)))$$, 'weights times 10: the same but for rounding');
SELECT is_empty($$SELECT t FROM tree WHERE framework <> shuffled OR framework::text <> shuffled::text$$, 'the order of nodes does not matter');
SELECT is_empty($$SELECT t, k FROM sheet WHERE sheet <> shuffled OR sheet::text <> shuffled::text$$, 'nor that of rows');
SELECT is_empty($$SELECT t, k FROM scored JOIN tree USING (t) JOIN sheet s USING (t, k) WHERE pg_temp.bits(node_score_array(tree.shuffled, s.shuffled)) <> pg_temp.bits(scores)$$, 'to the bit');
SELECT is_empty($$SELECT t FROM tree WHERE framework::text::index_framework <> framework OR framework::jsonb::index_framework <> framework$$, 'frameworks read back');
SELECT is_empty($$SELECT t, k FROM sheet WHERE index_sheet_send(sheet::text::index_sheet) <> index_sheet_send(sheet)$$, 'sheets read back');

-- Parts are the whole ------------------------------------------------------------------------------

SELECT is_empty(
	$$SELECT t, k FROM (SELECT t, k, part, index_sheet_agg(framework, code, value, applies) AS sheet FROM tree JOIN figure USING (t), LATERAL (SELECT ('x' || substr(md5(code || k), 1, 2))::bit(8)::int % 3 AS part) p GROUP BY t, k, part, framework) p
		JOIN scored s USING (t, k) GROUP BY t, k, s.sheet, s.framework, scores
	HAVING index_sheet_send(index_sheet_agg(p.sheet)) <> index_sheet_send(s.sheet) OR pg_temp.bits(node_score_array(s.framework, index_sheet_agg(p.sheet))) <> pg_temp.bits(scores)$$, 'sheets of parts merge to the sheet of all');

-- A node of weight 0 is as good as not there ---------------------------------------------------------

CREATE TEMP TABLE removed AS
	SELECT t, k, n.code, index, index_score(smaller, realign(sheet, framework, smaller, true)) AS index_without
	FROM scored JOIN node n USING (t), LATERAL (SELECT without(framework, n.code) AS smaller) x WHERE n.weight = 0;
SELECT cmp_ok((SELECT count(*) FROM removed), '>', 150::bigint, 'nodes of weight 0');
SELECT is_empty($$SELECT * FROM removed WHERE float8send(index) IS DISTINCT FROM float8send(index_without)$$, 'removed, they change no bit of the index');

-- Means stay between their children ------------------------------------------------------------------

CREATE TEMP TABLE family AS
	SELECT t, k, p.code, p.score, p.raw, p.reason, n.aggregation, n.missing, min(c.score) AS least, max(c.score) AS greatest,
		bool_or(c.score IS NULL AND c.reason NOT IN ('not_applicable')) AS gaps
	FROM scored s JOIN node n USING (t), node_scores(s.framework, s.sheet) p, node_scores(s.framework, s.sheet) c
	WHERE p.code = n.code AND c.parent = n.code AND c.weight > 0 GROUP BY t, k, p.code, p.score, p.raw, p.reason, n.aggregation, n.missing;
SELECT is_empty($$SELECT * FROM family WHERE aggregation IN ('arithmetic', 'geometric', 'harmonic', 'min', 'max', 'power', 'median', 'worst_mean') AND raw IS NOT NULL
	AND NOT (raw BETWEEN CASE WHEN missing = 'zero' AND gaps THEN least(0, least) ELSE least END AND CASE WHEN missing = 'zero' AND gaps THEN greatest(0, greatest) ELSE greatest END)$$, 'least <= every mean <= greatest');
SELECT is_empty($$SELECT * FROM family WHERE aggregation = 'share_met' AND raw NOT BETWEEN 0 AND 100$$, 'a share met lies from 0 to 100');
SELECT is_empty($$SELECT t, k, f.code FROM family f JOIN scored s USING (t, k), LATERAL (SELECT sum(w * x) / sum(w) AS mean FROM (SELECT c.weight AS w, coalesce(c.score, CASE WHEN f.missing = 'zero' AND c.reason <> 'not_applicable' THEN 0 END) AS x
		FROM node_scores(s.framework, s.sheet) c WHERE c.parent = f.code AND c.weight > 0) c WHERE x IS NOT NULL) m
	WHERE aggregation = 'mpi_minus' AND raw > mean + 1e-9 OR aggregation = 'mpi_plus' AND raw < mean - 1e-9$$, 'Mazziotta-Pareto lies on its side of the mean');
-- power means ascend in the power
CREATE TEMP TABLE power_mean AS
	SELECT t, p, index_score(f, sheet) AS m FROM scored s,
		unnest('{-1e3,-20,-2,-1,-0.5,-1e-6,0,1e-6,0.5,1,2,3,20,1e3}'::float8[]) p, LATERAL (SELECT index_framework(jsonb_build_array(jsonb_build_object('code', 'r', 'aggregation', 'power', 'power', p)) || jsonb_agg(jsonb_build_object('code', code, 'parent', 'r', 'weight', 1 + length(code) % 3, 'as_is', true)))
			FROM figure g WHERE g.t = s.t AND g.k = s.k) x (f)
	WHERE k = 0 AND t <= 100;
SELECT is((SELECT count(*) FROM power_mean WHERE m IS NOT NULL), 1400::bigint, 'power means');
SELECT is_empty($$SELECT t, p, m, next FROM (SELECT t, p, m, lead(m) OVER (PARTITION BY t ORDER BY p) AS next FROM power_mean) x WHERE next < m * (1 - 1e-12)$$, 'ascend in the power');
SELECT is_empty($$SELECT t FROM power_mean a JOIN power_mean b USING (t) WHERE a.p = 0 AND abs(b.p) = 1e-6 AND abs(a.m - b.m) > 1e-3$$, 'and pass through the geometric mean');

-- Contributions and changes sum ----------------------------------------------------------------------

SELECT is_empty($$SELECT t, k, index, total FROM scored s, LATERAL (SELECT sum(contribution) AS total FROM index_contributions(s.framework, s.sheet)) c
	WHERE (index IS NULL) <> (total IS NULL) OR abs(total - index) > 1e-12 * greatest(abs(index), 1e-3 * (SELECT sum(abs(contribution)) FROM index_contributions(s.framework, s.sheet)))$$, 'contributions sum to the index');
SELECT is_empty($$SELECT t, k FROM scored s JOIN node n USING (t), index_contributions(s.framework, s.sheet) c WHERE c.code IS NULL
	GROUP BY t, k HAVING NOT bool_or(aggregation IN ('product', 'share_met'))$$, 'without a remainder but for products and shares');
CREATE TEMP TABLE moved AS
	SELECT a.t, a.k, b.k AS l, b.index - a.index AS difference, a.framework, a.sheet AS before, b.sheet AS after FROM scored a JOIN scored b USING (t) WHERE a.k < b.k;
SELECT is_empty($$SELECT t, k, l, difference, total FROM moved, LATERAL (SELECT sum(change) AS total FROM index_change(framework, before, after)) c
	WHERE (difference IS NULL) <> (total IS NULL) OR abs(total - difference) > 1e-10 * greatest(1, abs(difference))$$, 'changes sum to the difference');
SELECT is_empty($$SELECT t, k, l, c.* FROM moved, index_change(framework, before, after) c
	WHERE (cause IS NULL) <> (value_before IS NOT DISTINCT FROM value_after AND (SELECT s.is_applicable FROM sheet_values(framework, before) s WHERE s.code = c.code) = (SELECT s.is_applicable FROM sheet_values(framework, after) s WHERE s.code = c.code))
		OR cause IS NULL AND change <> 0$$, 'a leaf that did not change has no cause and exactly 0');
SELECT is_empty($$SELECT t, k, l FROM moved, LATERAL (SELECT sum(change) AS back FROM index_change(framework, after, before)) c WHERE abs(back + difference) > 1e-10 * greatest(1, abs(difference))$$, 'and back');

-- A better leaf never lowers the index, but for Mazziotta-Pareto -------------------------------------

CREATE TEMP TABLE lowered AS
	SELECT t, k, g.code, has_mpi, index, index_score(s.framework, with_value(s.framework, sheet, g.code, g.value * 0.7)) AS lower, index_score(s.framework, with_value(s.framework, sheet, g.code, 0)) AS lowest
	FROM scored s JOIN tree USING (t) JOIN figure g USING (t, k) WHERE g.value > 0 AND index IS NOT NULL;
SELECT cmp_ok((SELECT count(*) FROM lowered WHERE NOT has_mpi), '>', 1000::bigint, 'leaves lowered');
SELECT is_empty($$SELECT * FROM lowered WHERE NOT has_mpi AND (lower > index * (1 + 1e-13) OR lowest > lower * (1 + 1e-13) OR lower IS NULL OR lowest IS NULL)$$, 'a lower leaf never raises the index');
-- 60, 10, 10: M 80 / 3, V 5000 / 9; 100, 10, 10: M 40, V 1800. 0 and 100: M 50, V 2500; 20 and 100: M 60, V 1600
SELECT is(array_agg(round(index_score(f, index_sheet(f, '{a,b,c}'::text[], ARRAY[x, 10, 10]))::numeric, 6) ORDER BY x), ARRAY[80 / 3.0 - 5000 / 9.0 / (80 / 3.0), 40 - 1800 / 40.0]::numeric(12, 6)[],
	'under mpi_minus a better leaf may: from 60 to 100 beside two of 10 the penalty grows faster than the mean, 5.83 to -5')
FROM unnest('{60,100}'::float8[]) x, index_framework('[{"code": "r", "aggregation": "mpi_minus"}, {"code": "a", "parent": "r", "as_is": true}, {"code": "b", "parent": "r", "as_is": true}, {"code": "c", "parent": "r", "as_is": true}]') f;
SELECT is(array_agg(round(index_score(f, index_sheet(f, '{a,b}'::text[], ARRAY[x, 100]))::numeric, 6) ORDER BY x), ARRAY[50 + 2500 / 50.0, 60 + 1600 / 60.0]::numeric(12, 6)[],
	'and under mpi_plus too: from 0 to 20 beside 100 what is added shrinks faster than the mean grows, 100 to 86.67')
FROM unnest('{0,20}'::float8[]) x, index_framework('[{"code": "r", "aggregation": "mpi_plus"}, {"code": "a", "parent": "r", "as_is": true}, {"code": "b", "parent": "r", "as_is": true}]') f;

-- Bounds contain what may come ------------------------------------------------------------------------

-- the same trees with goalposts 0..100, so that missing leaves have ends
CREATE TEMP TABLE ended AS
	SELECT t, index_framework(jsonb_agg(CASE WHEN is_leaf THEN pg_temp.node_json(node) - 'as_is' || '{"worst": 0, "best": 100}' ELSE pg_temp.node_json(node) END)) AS framework FROM node GROUP BY t;
CREATE TEMP TABLE ended_sheet AS SELECT t, k, e.framework, sheet, has_mpi FROM ended e JOIN sheet USING (t) JOIN tree USING (t);
CREATE TEMP TABLE filled AS
	SELECT t, k, round, b.*, index_score(framework, (SELECT index_sheet_agg(e.framework, code, coalesce(value, CASE WHEN applies THEN CASE round WHEN 0 THEN 0 WHEN 1 THEN 100 ELSE ('x' || substr(md5(code || round || t), 1, 4))::bit(16)::int / 655.35 END END), applies)
		FROM figure g WHERE g.t = e.t AND g.k = e.k)) AS index, has_mpi
	FROM ended_sheet e, index_bounds(framework, sheet) b, generate_series(0, 5) round WHERE k > 0;
SELECT cmp_ok((SELECT count(*) FROM filled WHERE low < high), '>', 300::bigint, 'bounds apart');
SELECT is_empty($$SELECT * FROM filled WHERE reason IS NULL AND (index IS NULL OR NOT index BETWEEN low - 1e-9 * greatest(1, abs(low)) AND high + 1e-9 * greatest(1, abs(high)))$$, 'bounds contain the index of every filled-in sheet');
SELECT is_empty($$SELECT * FROM filled WHERE reason IS NULL AND (round = 0 AND abs(index - low) > 1e-9 OR round = 1 AND abs(index - high) > 1e-9)$$, 'and are reached');
SELECT is_empty($$SELECT * FROM filled WHERE reason = 'unbounded' AND NOT has_mpi$$, 'only Mazziotta-Pareto is unbounded');
SELECT cmp_ok((SELECT count(*) FROM filled WHERE reason = 'unbounded'), '>', 50::bigint, 'which it often is');
SELECT is_empty($$SELECT t, low, high, index FROM (SELECT t, b.*, index_score(framework, sheet) AS index FROM ended_sheet, index_bounds(framework, sheet) b WHERE k = 0) x
	WHERE reason IS NULL AND (low <> high OR low <> index)$$, 'nothing missing, nothing between the bounds');

SELECT * FROM finish();
ROLLBACK;
