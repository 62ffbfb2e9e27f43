-- index_sheet: filled from rows, arrays and jsonb; merged; and refused.
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

CREATE TEMP TABLE method (name text PRIMARY KEY, framework index_framework);
INSERT INTO method VALUES
	('abc', '[{"code":"r"},{"code":"a","parent":"r","as_is":true,"key":30},{"code":"b","parent":"r","as_is":true,"key":10},{"code":"c","parent":"r","as_is":true,"key":20}]'),
	-- the same leaves, another method
	('same leaves', '[{"code":"top","aggregation":"min"},{"code":"mid","parent":"top"},{"code":"c","parent":"mid","worst":0,"best":50,"key":20},
		{"code":"b","parent":"mid","worst":0,"best":50,"key":10},{"code":"a","parent":"top","worst":0,"best":50,"key":30}]'),
	('other leaves', '[{"code":"r"},{"code":"a","parent":"r","as_is":true},{"code":"b","parent":"r","as_is":true},{"code":"d","parent":"r","as_is":true}]'),
	('no keys', '[{"code":"r"},{"code":"a","parent":"r","as_is":true},{"code":"b","parent":"r","as_is":true},{"code":"c","parent":"r","as_is":true}]');
CREATE FUNCTION pg_temp.method(name text) RETURNS index_framework LANGUAGE sql STABLE AS $$
	SELECT framework FROM method WHERE method.name = $1
$$;
CREATE FUNCTION pg_temp.listed(sheet index_sheet) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT string_agg(code || '=' || coalesce(value::text, '-'), ' ') FROM sheet_values(pg_temp.method('abc'), sheet)
$$;

-- From rows ---------------------------------------------------------------------

SELECT is(pg_temp.listed(index_sheet_agg(pg_temp.method('abc'), code, value)), 'a=1 b=- c=3', 'rows') FROM (VALUES ('c', 3), ('a', 1)) x (code, value);
SELECT is(pg_temp.listed(index_sheet_agg(pg_temp.method('abc'), code, value)), 'a=1 b=- c=-', 'a NULL value is no observation')
FROM (VALUES ('c', NULL), ('a', 1)) x (code, value);
SELECT is(pg_temp.listed(index_sheet_agg(pg_temp.method('abc'), code, value)), 'a=1 b=- c=-', 'twice, one of them NULL')
FROM (VALUES ('a', NULL), ('a', 1), ('a', NULL)) x (code, value);
SELECT is(pg_temp.listed(index_sheet_agg(pg_temp.method('abc'), code, value)), 'a=1 b=- c=-', 'a NULL code adds nothing')
FROM (VALUES (NULL, 5), ('a', 1), (NULL, NULL)) x (code, value);
SELECT is(pg_temp.listed(index_sheet_agg(pg_temp.method('abc'), NULL, NULL)), 'a=- b=- c=-', 'a row with a framework gives a sheet');
SELECT is((SELECT index_sheet_agg(pg_temp.method('abc'), code, value) FROM (VALUES ('a', 1)) x (code, value) WHERE false), NULL, 'no rows: NULL');
SELECT is(pg_temp.listed(index_sheet_agg(pg_temp.method('abc'), key, value)), 'a=3 b=1 c=2', 'rows by key')
FROM (VALUES (10::bigint, 1), (20, 2), (30, 3)) x (key, value);
SELECT is(pg_temp.listed(index_sheet_agg(pg_temp.method('abc'), NULL::bigint, 7)), 'a=- b=- c=-', 'a NULL key adds nothing');
SELECT is(pg_temp.listed(index_sheet_agg(pg_temp.method('abc'), 'a', '-0')), 'a=0 b=- c=-', 'minus zero is zero');
SELECT is(index_sheet_agg(m.framework, code, value), index_sheet_agg(pg_temp.method('abc'), code, value), 'frameworks of one leaf set give one sheet')
FROM (VALUES ('abc', 'a', 1), ('same leaves', 'b', 2), ('no keys', 'c', 3)) x (name, code, value) JOIN method m USING (name);
SELECT is(s.sheet, t.sheet, 'a sheet in any order')
FROM (SELECT index_sheet_agg(pg_temp.method('abc'), c, v ORDER BY c) AS sheet FROM (VALUES ('a', 1), ('b', 2), ('c', 3)) x (c, v)) s,
	(SELECT index_sheet_agg(pg_temp.method('abc'), c, v ORDER BY c DESC) AS sheet FROM (VALUES ('a', 1), ('b', 2), ('c', 3)) x (c, v)) t;
SELECT results_eq(
	$$SELECT pg_temp.listed(index_sheet_agg(pg_temp.method('abc'), c, v) OVER (ORDER BY c)) FROM (VALUES ('a', 1), ('b', 2), ('c', 3)) x (c, v)$$,
	$$VALUES ('a=1 b=- c=-'), ('a=1 b=2 c=-'), ('a=1 b=2 c=3')$$, 'as a window it grows row by row');

SELECT pg_temp.refuses($$SELECT index_sheet_agg(pg_temp.method('abc'), 'd', 1)$$, '22023', '"d" is no leaf', 'leaves(framework)');
SELECT pg_temp.refuses($$SELECT index_sheet_agg(pg_temp.method('abc'), 'd', NULL)$$, '22023', '"d" is no leaf');
SELECT pg_temp.refuses($$SELECT index_sheet_agg(pg_temp.method('abc'), 'r', 1)$$, '22023', '"r" is no leaf');
SELECT pg_temp.refuses($$SELECT index_sheet_agg(pg_temp.method('abc'), '', 1)$$, '22023', '"" is no leaf');
SELECT pg_temp.refuses($$SELECT index_sheet_agg(pg_temp.method('abc'), 'A', 1)$$, '22023', '"A" is no leaf');
SELECT pg_temp.refuses($$SELECT index_sheet_agg(pg_temp.method('abc'), 40::bigint, 1)$$, '22023', 'key 40', 'leaves(framework)');
SELECT pg_temp.refuses($$SELECT index_sheet_agg(pg_temp.method('no keys'), 10::bigint, 1)$$, '22023', 'key 10');
SELECT pg_temp.refuses($$SELECT index_sheet_agg(pg_temp.method('abc'), 'b', v) FROM (VALUES (1), (2)) x (v)$$, '21000', '"b" has two values');
SELECT pg_temp.refuses($$SELECT index_sheet_agg(pg_temp.method('abc'), 'b', v) FROM (VALUES (1), (1)) x (v)$$, '21000', '"b" has two values');
SELECT pg_temp.refuses($$SELECT index_sheet_agg(pg_temp.method('abc'), k, v) FROM (VALUES (20::bigint, 1), (20, 1)) x (k, v)$$, '21000', '"c" has two values');
SELECT pg_temp.refuses($$SELECT index_sheet_agg(pg_temp.method('abc'), 'b', 'NaN')$$, '22023', '"b"', 'finite_or_null');
SELECT pg_temp.refuses($$SELECT index_sheet_agg(pg_temp.method('abc'), 'b', '-Infinity')$$, '22023', '"b"', 'finite_or_null');
SELECT pg_temp.refuses($$SELECT index_sheet_agg(NULL, 'b', 1)$$, '22004', 'framework');
SELECT pg_temp.refuses($$SELECT index_sheet_agg(f, c, 1) FROM (VALUES (pg_temp.method('abc'), 'a'), (NULL, 'b')) x (f, c)$$, '22004', 'framework');
SELECT pg_temp.refuses($$SELECT index_sheet_agg(m.framework, code, 1) FROM (VALUES ('abc', 'a'), ('other leaves', 'b')) x (name, code) JOIN method m USING (name)$$,
	'22023', 'different leaf sets', 'Group by the method');

-- From arrays and jsonb ----------------------------------------------------------------

SELECT is(pg_temp.listed(index_sheet(pg_temp.method('abc'), '{c,a}'::text[], '{3,1}')), 'a=1 b=- c=3', 'arrays');
SELECT is(pg_temp.listed(index_sheet(pg_temp.method('abc'), '{c,NULL,a}'::text[], '{3,5,NULL}')), 'a=- b=- c=3', 'arrays with NULLs');
SELECT is(pg_temp.listed(index_sheet(pg_temp.method('abc'), '{}'::text[], '{}')), 'a=- b=- c=-', 'empty arrays');
SELECT is(index_sheet(pg_temp.method('abc'), NULL, '{1}'::float8[]), NULL, 'a NULL array is NULL');
SELECT pg_temp.refuses($$SELECT index_sheet(pg_temp.method('abc'), '{a}'::text[], '{1,2}')$$, '2202E', 'same length');
SELECT pg_temp.refuses($$SELECT index_sheet(pg_temp.method('abc'), '{a,a}'::text[], '{1,2}')$$, '21000', '"a" has two values');
SELECT pg_temp.refuses($$SELECT index_sheet(pg_temp.method('abc'), '{a,d}'::text[], '{1,2}')$$, '22023', '"d"', 'leaves(framework)');
SELECT pg_temp.refuses($$SELECT index_sheet(pg_temp.method('abc'), '{a}'::text[], '{NaN}')$$, '22023', '"a"');

SELECT is(pg_temp.listed(index_sheet(pg_temp.method('abc'), '{"c": 3, "a": 1.5}')), 'a=1.5 b=- c=3', 'jsonb');
SELECT is(pg_temp.listed(index_sheet(pg_temp.method('abc'), '{"c": 3, "a": null}')), 'a=- b=- c=3', 'JSON null is missing');
SELECT is(pg_temp.listed(index_sheet(pg_temp.method('abc'), '{}')), 'a=- b=- c=-', 'an empty object');
SELECT is(pg_temp.listed(index_sheet(pg_temp.method('abc'), to_jsonb(row), true)), 'a=1 b=- c=0.1', 'a row of a wide table')
FROM (SELECT 7 AS id, 'Ba Đình' AS ward, 1 AS a, NULL::numeric AS b, 0.1 AS c, ARRAY[1] AS d) AS row;
SELECT pg_temp.refuses($$SELECT index_sheet(pg_temp.method('abc'), '{"id": 7, "a": 1}')$$, '22023', '"id"');
SELECT pg_temp.refuses($$SELECT index_sheet(pg_temp.method('abc'), '{"id": null, "a": 1}')$$, '22023', '"id"');
SELECT pg_temp.refuses($$SELECT index_sheet(pg_temp.method('abc'), '{"a": "1"}')$$, '22023', '"a"');
SELECT pg_temp.refuses($$SELECT index_sheet(pg_temp.method('abc'), '{"a": true}', true)$$, '22023', '"a"');
SELECT pg_temp.refuses($$SELECT index_sheet(pg_temp.method('abc'), '{"a": [1]}')$$, '22023', '"a"');
SELECT pg_temp.refuses($$SELECT index_sheet(pg_temp.method('abc'), '{"a": {"b": 1}}')$$, '22023', '"a"');
SELECT pg_temp.refuses($$SELECT index_sheet(pg_temp.method('abc'), to_jsonb(x)) FROM (SELECT 'NaN'::float8 AS a) x$$, '22023', '"a"', 'finite_or_null');
SELECT pg_temp.refuses($$SELECT index_sheet(pg_temp.method('abc'), '[1]')$$, '22023', 'object');
SELECT pg_temp.refuses($$SELECT index_sheet(pg_temp.method('abc'), '7')$$, '22023', 'object');
SELECT pg_temp.refuses($$SELECT index_sheet(pg_temp.method('abc'), 'null')$$, '22023', 'object');
SELECT pg_temp.refuses($$SELECT index_sheet(pg_temp.method('abc'), '{"a": 1e400}')$$, '22003', '');

-- Merging ---------------------------------------------------------------------------------

CREATE TEMP TABLE part AS
	SELECT name, index_sheet(pg_temp.method('abc'), v) AS sheet
	FROM (VALUES ('a', '{"a": 1}'::jsonb), ('b', '{"b": 2}'), ('c', '{"c": 3}'), ('ab', '{"a": 1, "b": 2}'), ('abc', '{"a": 1, "b": 2, "c": 3}'), ('', '{}')) x (name, v);
CREATE FUNCTION pg_temp.part(name text) RETURNS index_sheet LANGUAGE sql STABLE AS $$ SELECT sheet FROM part WHERE part.name = $1 $$;
SELECT is(index_sheet_merge(pg_temp.part('ab'), pg_temp.part('c')), pg_temp.part('abc'), 'two parts are the whole');
SELECT is(index_sheet_merge(pg_temp.part('c'), pg_temp.part('ab')), pg_temp.part('abc'), 'in either order');
SELECT is(index_sheet_merge(pg_temp.part(''), pg_temp.part('')), pg_temp.part(''), 'nothing and nothing');
SELECT is(index_sheet_agg(sheet), pg_temp.part('abc'), 'many parts') FROM part WHERE name IN ('a', 'b', 'c', '');
SELECT is(index_sheet_agg(sheet), pg_temp.part('a'), 'one part') FROM part WHERE name = 'a';
SELECT is(index_sheet_agg(sheet), NULL, 'no part') FROM part WHERE false;
SELECT is(index_sheet_agg(NULLIF(sheet, pg_temp.part('b'))), pg_temp.part('a'), 'NULL parts are skipped') FROM part WHERE name IN ('a', 'b');
SELECT is(index_sheet_agg(sheet)::text, pg_temp.part('abc')::text, 'printed alike') FROM part WHERE name IN ('ab', 'c');
SELECT is(index_sheet_send(index_sheet_agg(sheet)), index_sheet_send(pg_temp.part('abc')), 'sent alike') FROM part WHERE name IN ('ab', 'c');
SELECT pg_temp.refuses($$SELECT index_sheet_merge(pg_temp.part('ab'), pg_temp.part('b'))$$, '21000', 'leaf 1 has two values',
	'SELECT code FROM leaves(framework) WHERE ordinal = 1');
SELECT is((SELECT code FROM leaves(pg_temp.method('abc')) WHERE ordinal = 1), 'b', 'which finds the code');
SELECT pg_temp.refuses($$SELECT index_sheet_agg(sheet) FROM part WHERE name IN ('ab', 'abc')$$, '21000', 'leaf 0 has two values');
SELECT pg_temp.refuses($$SELECT index_sheet_merge(pg_temp.part('a'), index_sheet(pg_temp.method('other leaves'), '{"b": 1}'))$$, '22023', 'different leaf sets');

-- Layouts: a state is dense, a result packed; both are one value.
CREATE TEMP TABLE dense AS SELECT index_sheet_agg_step(index_sheet_agg_step(NULL, framework, 'a', 1), framework, 'c', 3) AS sheet FROM method WHERE name = 'abc';
CREATE TEMP TABLE packed AS SELECT index_sheet(framework, '{"a": 1, "c": 3}') AS sheet FROM method WHERE name = 'abc';
SELECT ok(d.sheet = p.sheet AND NOT d.sheet < p.sheet AND index_sheet_cmp(d.sheet, p.sheet) = 0, 'layouts compare equal') FROM dense d, packed p;
SELECT ok(index_sheet_hash(d.sheet) = index_sheet_hash(p.sheet) AND index_sheet_hash_extended(d.sheet, 3) = index_sheet_hash_extended(p.sheet, 3), 'and hash equally')
FROM dense d, packed p;
SELECT is(d.sheet::text, p.sheet::text, 'and print alike') FROM dense d, packed p;
SELECT is(index_sheet_send(d.sheet), index_sheet_send(p.sheet), 'and are sent alike') FROM dense d, packed p;
SELECT is(index_score(pg_temp.method('abc'), d.sheet), 2::float8, 'and score alike') FROM dense d;
SELECT is(pg_temp.listed(index_sheet_merge(d.sheet, pg_temp.part('b'))), 'a=1 b=2 c=3', 'a dense sheet merges') FROM dense d;
SELECT is(pg_temp.listed(index_sheet_merge(pg_temp.part('b'), d.sheet)), 'a=1 b=2 c=3', 'on either side') FROM dense d;
SELECT is(pg_temp.listed(d.sheet), 'a=1 b=- c=3', 'and stays as it was') FROM dense d;
SELECT is(index_sheet_agg(sheet), (SELECT sheet FROM packed), 'the aggregate packs a dense sheet') FROM dense;
SELECT is(pg_column_size(index_sheet_agg_final(d.sheet)), pg_column_size(index_sheet_agg_final(p.sheet)), 'to the size of a packed one') FROM dense d, packed p;
SELECT is((SELECT count(*) FROM (SELECT sheet FROM dense UNION SELECT sheet FROM packed) x), 1::bigint, 'and UNION finds one');
SELECT is((SELECT count(*) FROM dense d JOIN packed p USING (sheet)), 1::bigint, 'as does a join');

-- Text and order -----------------------------------------------------------------------------

SELECT is(pg_temp.part('ab')::text, 'v1 ' || leaf_set_fingerprint(pg_temp.method('abc')) || ' 3 {0: 1, 1: 2}', 'the text');
SELECT is(pg_temp.part('')::text, 'v1 ' || leaf_set_fingerprint(pg_temp.method('abc')) || ' 3 {}', 'of nothing');
SELECT is(sheet::text::index_sheet, sheet, name || ' reads back') FROM part;
SELECT is_empty(
	$$SELECT x FROM generate_series(1, 2000) n,
		LATERAL (SELECT ('x' || substr(md5('s' || n), 1, 15))::bit(60)::bigint::float8 * (1 - 2 * (n % 2)) * 10::float8 ^ (n % 580 - 300)) r (x),
		LATERAL (SELECT index_sheet(pg_temp.method('abc'), '{b}', ARRAY[x]) AS sheet) s
	WHERE float8send((SELECT value FROM sheet_values(pg_temp.method('abc'), s.sheet::text::index_sheet) WHERE code = 'b')) <> float8send(x)$$,
	'every bit of a value survives the text');
SELECT ok(pg_temp.part('') < pg_temp.part('c') AND pg_temp.part('c') < pg_temp.part('b') AND pg_temp.part('b') < pg_temp.part('ab'), 'missing comes before any value');
CREATE FUNCTION pg_temp.head() RETURNS text LANGUAGE sql STABLE AS $$ SELECT 'v1 ' || leaf_set_fingerprint(pg_temp.method('abc')) $$;
SELECT pg_temp.refuses(format('SELECT %L::index_sheet', replace(t, '@', pg_temp.head())), state, offender)
FROM (VALUES ('', '22P02', ''), ('@', '22P02', ''), ('@ 3', '22P02', ''), ('@ 3 {', '22P02', ''), ('@ 3 {0: 1', '22P02', ''), ('@ 3 {0: 1}x', '22P02', 'x'),
	('v2 00000000000000000000000000000000 3 {}', '22P02', 'v2'), ('v1 0000000000000000000000000000000 3 {}', '22P02', ''), ('v1 0000000000000000000000000000000G 3 {}', '22P02', 'G'),
	('@ 0 {}', '22P02', '0'), ('@ -1 {}', '22P02', '-1'), ('@ 4097 {}', '54000', '4096'), ('@ 99999999999 {}', '54000', '4096'),
	('@ 3 {3: 1}', '22P02', '3: 1'), ('@ 3 {-1: 1}', '22P02', '-1: 1'), ('@ 3 {1: 1, 0: 1}', '22P02', '0: 1'), ('@ 3 {1: 1, 1: 1}', '22P02', '1: 1'),
	('@ 3 {0: NaN}', '22P02', 'NaN'), ('@ 3 {0: Infinity}', '22P02', 'Infinity'), ('@ 3 {0: 1e400}', '22003', '1e400'), ('@ 3 {0: null}', '22P02', 'null'),
	('@ 3 {0 1}', '22P02', '1'), ('@ 3 {0: 1 1: 2}', '22P02', '1: 2'), ('@ 3 {0: 1,}', '22P02', '}')) x (t, state, offender);

-- With another method ----------------------------------------------------------------------

SELECT is(index_score(pg_temp.method('abc'), pg_temp.part('abc')), 2::float8, 'under its method');
SELECT is(index_score(pg_temp.method('same leaves'), pg_temp.part('abc')), 2::float8, 'under another of the same leaves: min(2, (4 + 6) / 2)');
SELECT pg_temp.refuses(format('SELECT %s', call), '22023', 'another leaf set')
FROM (VALUES ($$index_score(pg_temp.method('other leaves'), pg_temp.part('a'))$$), ($$node_score(pg_temp.method('other leaves'), pg_temp.part('a'), 'a')$$),
	($$node_score_array(pg_temp.method('other leaves'), pg_temp.part('a'))$$), ($$index_bounds(pg_temp.method('other leaves'), pg_temp.part('a'))$$),
	($$index_explain(pg_temp.method('other leaves'), pg_temp.part('a'))$$), ($$node_scores(pg_temp.method('other leaves'), pg_temp.part('a'))$$),
	($$index_contributions(pg_temp.method('other leaves'), pg_temp.part('a'))$$), ($$sheet_values(pg_temp.method('other leaves'), pg_temp.part('a'))$$),
	($$with_value(pg_temp.method('other leaves'), pg_temp.part('a'), 'a', 1)$$)) x (call);

-- What if ------------------------------------------------------------------------------------

SELECT is(pg_temp.listed(with_value(pg_temp.method('abc'), pg_temp.part('ab'), 'c', 9)), 'a=1 b=2 c=9', 'a value more');
SELECT is(pg_temp.listed(with_value(pg_temp.method('abc'), pg_temp.part('ab'), 'a', 9)), 'a=9 b=2 c=-', 'another value');
SELECT is(pg_temp.listed(with_value(pg_temp.method('abc'), pg_temp.part('ab'), 'a', NULL)), 'a=- b=2 c=-', 'a value less');
SELECT is(with_value(pg_temp.method('abc'), pg_temp.part('ab'), 'c', NULL), pg_temp.part('ab'), 'none less');
SELECT is(with_value(pg_temp.method('abc'), pg_temp.part('a'), 'b', 2), pg_temp.part('ab'), 'it is the sheet of those values');
SELECT is(with_value(pg_temp.method('abc'), NULL, 'b', 2), NULL, 'of no sheet NULL');
SELECT pg_temp.refuses($$SELECT with_value(pg_temp.method('abc'), pg_temp.part('a'), 'q', 2)$$, '22023', '"q"');
SELECT pg_temp.refuses($$SELECT with_value(pg_temp.method('abc'), pg_temp.part('a'), 'r', 2)$$, '22023', '"r"');
SELECT pg_temp.refuses($$SELECT with_value(pg_temp.method('abc'), pg_temp.part('a'), 'b', 'NaN')$$, '22023', 'finite');

SELECT * FROM finish();
ROLLBACK;
