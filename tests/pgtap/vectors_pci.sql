-- Vietnam's Provincial Competitiveness Index, 2006-2010 and 2012-2016: every province's totals from its sub-indices, each
-- year's method one framework. (The totals of 2005 and 2011 do not follow from the sub-indices published.)
\set ON_ERROR_STOP on
\if :{?vectors}
\else
	\getenv vectors SCORECARD_VECTORS
	\if :{?vectors}
	\else
		\set vectors ../shared/vectors
	\endif
\endif
\set present `test -e :'vectors'/vn_pci/pci_2005_2016.csv && echo true || echo false`
\if :present
\else
	\echo '1..0 # SKIP no vectors'
	\q
\endif

BEGIN;
SELECT plan(32);

-- provinces of 2013 have no name in the file: rows are told apart by their number
CREATE TEMP TABLE pci (n serial, prov text, year int, entry float8, land float8, transparency float8, "time" float8, informal float8, implement float8, bias float8,
	proactive float8, support float8, labor float8, legal float8, unweighted float8, weighted float8);
\set load '\\copy pci (prov, year, entry, land, transparency, "time", informal, implement, bias, proactive, support, labor, legal, unweighted, weighted) FROM ' '''' :vectors '/vn_pci/pci_2005_2016.csv''' ' WITH (FORMAT csv, HEADER)'
:load
CREATE TEMP TABLE fact AS
	SELECT n, year, code, value FROM pci, LATERAL (VALUES ('entry', entry), ('land', land), ('transparency', transparency), ('time', "time"), ('informal', informal), ('bias', bias),
		('proactive', proactive), ('support', support), ('labor', labor), ('legal', legal)) x (code, value);

-- weights in per cent
CREATE TEMP TABLE weight (since int, until int, code text, weight float8);
INSERT INTO weight
	SELECT since, until, code, weight
	FROM (VALUES (2006, 2008, '{5,5,15,10,5,5,15,15,15,10}'::float8[]), (2009, 2012, '{10,5,20,15,10,NULL,10,5,20,5}'), (2013, 2016, '{5,5,20,5,10,5,5,20,20,5}')) x (since, until, weights),
		unnest('{entry,land,transparency,time,informal,bias,proactive,support,labor,legal}'::text[], weights) y (code, weight) WHERE weight IS NOT NULL;
CREATE TEMP TABLE method AS
	SELECT year, index_framework_agg(code, 'pci', weight, 0, 10) AS framework FROM weight, generate_series(since, until) year WHERE year <> 2011 GROUP BY year;
-- the unweighted total is the plain sum, in some years without legal institutions: they are reported and do not count
CREATE TEMP TABLE plain AS
	SELECT year, index_framework_agg(c, p, w, r::jsonb) AS framework
	FROM method, LATERAL (SELECT 'total', NULL, NULL::float8, '{"aggregation": "sum"}' UNION ALL
		SELECT code, 'total', CASE WHEN code = 'legal' AND year NOT IN (2007, 2008, 2010) THEN 0 ELSE 1 END, '{"as_is": true}' FROM leaves(framework)) x (c, p, w, r) GROUP BY year;

CREATE TEMP TABLE sheet AS
	SELECT n, year, index_sheet_agg(framework, code, value) AS sheet FROM method JOIN fact USING (year) JOIN weight w USING (code) WHERE year BETWEEN since AND until GROUP BY n, year, method.framework;

-- What rounding of the file allows: half a unit of the last decimal where a year's figures have six at most, half a bit of
-- single precision where they are of that.
CREATE TEMP TABLE rounding AS
	SELECT year, what, CASE WHEN max(scale(trim_scale(v::numeric))) <= 6 THEN 0.5 / 10 ^ max(scale(trim_scale(v::numeric)))
		WHEN bool_and(abs(v::float4::float8 - v) < 1e-13) THEN max(v) / 2 ^ 24 ELSE 0 END AS half
	FROM (SELECT year, 'sub-index' AS what, value AS v FROM fact WHERE value IS NOT NULL UNION ALL SELECT year, 'weighted', weighted FROM pci UNION ALL SELECT year, 'unweighted', unweighted FROM pci) x
	GROUP BY year, what;
CREATE TEMP TABLE compared AS
	SELECT p.n, p.year, p.prov, index_score(m.framework, s.sheet) AS ours, p.weighted AS printed, 1e-9 + t.half + 10 * i.half AS allowed,
		index_score(f.framework, s.sheet) AS our_sum, p.unweighted AS printed_sum, 1e-9 + CASE WHEN p.year IN (2007, 2008) THEN u.half + 10 * i.half ELSE 0 END AS allowed_sum
	FROM pci p JOIN sheet s USING (n) JOIN method m ON m.year = p.year JOIN plain f ON f.year = p.year JOIN rounding t ON t.year = p.year AND t.what = 'weighted'
		JOIN rounding u ON u.year = p.year AND u.what = 'unweighted' JOIN rounding i ON i.year = p.year AND i.what = 'sub-index';

SELECT results_eq('SELECT year, count(*) FROM compared GROUP BY year ORDER BY year',
	$$SELECT y, CASE WHEN y <= 2008 THEN 64 ELSE 63 END::bigint FROM generate_series(2006, 2016) y WHERE y <> 2011$$, 'all provinces of ten years');
SELECT is_empty(format('SELECT prov, ours, printed, allowed FROM compared WHERE year = %s AND (ours IS NULL OR abs(ours - printed) > allowed)', year),
	format('%s: weighted totals within %s', year, round(max(allowed)::numeric, 10))) FROM compared GROUP BY year ORDER BY year;
SELECT is_empty(format('SELECT prov, ours, printed FROM compared WHERE year = %s AND abs(ours - printed) > 1e-9', year), format('%s: printed in full, within 1e-9', year)) FROM unnest('{2006,2010}'::int[]) year;
SELECT is((SELECT count(*) FROM compared WHERE allowed > 1.2e-5), 0::bigint, 'no rounding allows more than in the fifth decimal');
SELECT is_empty(format('SELECT prov, our_sum, printed_sum FROM compared WHERE year = %s AND (our_sum IS NULL OR abs(our_sum - printed_sum) > allowed_sum)', year),
	format('%s: unweighted totals are plain sums', year)) FROM compared GROUP BY year ORDER BY year;
-- the file's own rounding never turns the order of two provinces: compare those more than two roundings apart
SELECT is_empty($$SELECT a.year, a.prov, b.prov FROM compared a JOIN compared b USING (year) WHERE a.printed > b.printed + 2 * a.allowed AND a.ours <= b.ours$$, 'the order of provinces');
SELECT is((SELECT count(*) FROM compared WHERE prov = 'Ha Noi'), 9::bigint, 'the capital is named in nine of the ten years');
SELECT is((SELECT count(DISTINCT framework) FROM method), 3::bigint, 'three methods');
SELECT is((SELECT count(DISTINCT leaf_set_fingerprint(framework)) FROM method), 2::bigint, 'on two leaf sets');
SELECT is_empty($$SELECT n FROM sheet JOIN method USING (year), LATERAL (SELECT sum(contribution) AS total FROM index_contributions(framework, sheet)) c
	WHERE abs(total - index_score(framework, sheet)) > 1e-12 * total$$, 'contributions sum to the total');
-- last year's figures by this year's method: 2012 by that of 2013, where bias is new
SELECT is((SELECT count(*) FROM sheet s JOIN method o USING (year), method m, LATERAL (SELECT realign(s.sheet, o.framework, m.framework) AS sheet) r
	WHERE s.year = 2012 AND m.year = 2013 AND index_score(m.framework, r.sheet) BETWEEN 30 AND 80 AND (SELECT coverage FROM node_scores(m.framework, r.sheet) LIMIT 1) = 0.9), 63::bigint, 'one year''s figures by another year''s method');
SELECT is((SELECT count(*) FROM fact f JOIN weight w USING (code) WHERE year BETWEEN since AND until AND year <> 2011 AND value IS NULL), 0::bigint, 'nothing missing');
SELECT is((SELECT count(*) FROM compared WHERE abs(ours - printed) <= 1e-9) >= 127, true, 'at least the 127 of 2006 and 2010 within 1e-9');

SELECT * FROM finish();
SELECT format('# pci: %s figures compared (weighted: %s within 1e-9, %s more within the rounding of the file; unweighted: %s within 1e-9, %s more), %s of 2005 and 2011 left out, 0 skipped',
	2 * count(*), count(*) FILTER (WHERE abs(ours - printed) <= 1e-9), count(*) FILTER (WHERE abs(ours - printed) > 1e-9), count(*) FILTER (WHERE abs(our_sum - printed_sum) <= 1e-9),
	count(*) FILTER (WHERE abs(our_sum - printed_sum) > 1e-9), (SELECT 2 * count(*) FROM pci WHERE year IN (2005, 2011))) FROM compared;
\echo '# skipped: 0'
ROLLBACK;
