-- All types as columns: order, indexes, joins, limits, and input that is no value.
\set ON_ERROR_STOP on
BEGIN;
SELECT no_plan();

CREATE FUNCTION pg_temp.refuses(statement text, state text, offender text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	got text;
	said text;
BEGIN
	EXECUTE statement;
	RETURN ok(false, left(statement, 100) || ' is refused');
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS got = RETURNED_SQLSTATE, said = MESSAGE_TEXT;
	RETURN CASE WHEN got = state AND position(offender IN said) > 0 AND length(said) < 1000 THEN ok(true, left(statement, 100) || ': ' || said)
		ELSE ok(false, left(statement, 100) || ' is refused') || E'\n' || diag(format('%s: %s, not %s naming %s', got, left(said, 500), state, offender)) END;
END $$;

CREATE TEMP TABLE sample (type text, value text, valid boolean);
INSERT INTO sample VALUES
	('progress_status', 'met', true), ('progress_status', 'no_data', true), ('progress_status', 'missed', true),
	('progress_status', 'MET', false), ('progress_status', '', false), ('progress_status', 'met ', false), ('progress_status', '6', false),
	('progress_status', repeat('x', 1000000), false),
	('target_path', '5285@2020 -> 8300..8500@2025 -> >12500@2030', true), ('target_path', 'up -> 15@2025', true), ('target_path', 'up -> 16@2025', true),
	('target_path', 'down average -> ~5@2021..2025', true),
	('target_path', '', false), ('target_path', 'up', false), ('target_path', 'up -> 60%@2025', false), ('target_path', 'up -> 7,5@2025', false),
	('target_path', '-> 60@2025', false), ('target_path', 'up -> 1e999@2025', false), ('target_path', 'up -> 5@2025 -> 6@2025', false),
	('target_path', 'geometric 0@2020 -> 5@2025', false), ('target_path', '1e308@2020 -> by +1e308@2030', false), ('target_path', repeat('9', 1000000), false),
	('target_path', repeat('up ', 300000), false), ('target_path', 'up ' || repeat('-> ', 300000), false), ('target_path', 'up' || repeat(' ', 1000000), false),
	('target_path', E'up -> 5@2025\x01', false), ('target_path', 'up -> 5@2025 −', false), ('target_path', 'up -> ٥@2025', false),
	('indicator_series', '{}', true), ('indicator_series', '{2021: 1}', true), ('indicator_series', '{2021: 1, 2022: -2.5e-300}', true), ('indicator_series', '{2021: 2}', true),
	('indicator_series', '', false), ('indicator_series', '{2021: NaN}', false), ('indicator_series', '{2021: 1, 2021: 2}', false), ('indicator_series', '{2021: 1e999}', false),
	('indicator_series', '{2021-02-30: 1}', false), ('indicator_series', repeat('{', 1000000), false), ('indicator_series', '{' || repeat(':', 1000000), false),
	('indicator_series', '{' || repeat('2021: 1, ', 100000), false),
	('index_framework', '[{"code": "r", "as_is": true}]', true), ('index_framework', '[{"code": "r"}, {"code": "a", "parent": "r", "worst": 0, "best": 1}]', true),
	('index_framework', '[{"code": "r", "worst": 0, "best": 1}]', true), ('index_framework', '[{"code": "r", "target": "up -> 5@2025"}]', true),
	('index_framework', '[{"code": "r", "as_is": true, "indicator": true}]', true),
	('index_framework', '', false), ('index_framework', '{}', false), ('index_framework', '[]', false), ('index_framework', '[{"code": "r"}]', false), ('index_framework', '[{"code": "r", "as_is": true, "x": 1}]', false),
	('index_framework', '[{"code": "r", "target": "up -> 5"}]', false), ('index_framework', '[{"code": "r", "worst": 0, "best": 1e999}]', false),
	('index_framework', '[{"code": "r", "as_is": "yes"}]', false), ('index_framework', '[{"code": "r", "as_is": true', false),
	('index_framework', '[{"code": "a", "parent": "b"}, {"code": "b", "parent": "a"}]', false),
	('index_framework', '[{"code": "r", "as_is": ' || repeat('[', 1000) || repeat(']', 1000) || '}]', false), ('index_framework', repeat('[', 2000), false),
	('index_framework', '[' || repeat('{"code": ', 500), false),
	('index_sheet', 'v1 00112233445566778899aabbccddeeff 3 {}', true), ('index_sheet', 'v1 00112233445566778899aabbccddeeff 3 {0: 1, 2: -1e-300}', true),
	('index_sheet', 'v1 00112233445566778899aabbccddeeff 3 {0: 1}', true), ('index_sheet', 'v1 ff112233445566778899aabbccddeeff 3 {0: 1}', true),
	('index_sheet', '', false), ('index_sheet', 'v1', false), ('index_sheet', 'v1 00112233445566778899aabbccddeeff 3', false), ('index_sheet', 'v1 00112233445566778899aabbccddeeff 3 {3: 1}', false),
	('index_sheet', 'v1 00112233445566778899aabbccddeeff 3 {0: NaN}', false), ('index_sheet', 'v1 00112233445566778899aabbccddeeff 5000 {}', false),
	('index_sheet', repeat('v', 1000000), false), ('index_sheet', 'v1 00112233445566778899aabbccddeeff 3 {' || repeat('0: 1, ', 100000), false),
	('weighted_sums', 'v1 mean {parameter: 0, rows: 2, zeros: 0, negatives: 0, least: -3, greatest: 0.5, sums: [0x3p0, -0x2p0]}', true),
	('weighted_sums', 'v1 mean {parameter: 0, rows: 2, zeros: 0, negatives: 0, least: -3, greatest: 0.5, sums: [0x3p0, 0x2p0]}', true),
	('weighted_sums', 'v1 power {parameter: 2, rows: 1, zeros: 0, negatives: 0, least: 1e300, greatest: 1e300, sums: [0x1p0, 0xffffffffp1984]}', true),
	('weighted_sums', 'v1 moments {parameter: 0, rows: 0, zeros: 0, negatives: 0, least: 0, greatest: 0, sums: [0, 0, 0]}', true),
	('weighted_sums', '', false), ('weighted_sums', 'v1', false), ('weighted_sums', 'v1 mean {parameter: 0, rows: 1}', false),
	('weighted_sums', 'v1 mean {parameter: 0, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: NaN, sums: [0x1p0, 0x1p0]}', false),
	('weighted_sums', 'v1 mean {parameter: 0, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: 1, sums: [0x1p0, 0x' || repeat('f', 1000000) || 'p0]}', false),
	('weighted_sums', 'v1 mean {parameter: 0, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: 1, sums: [' || repeat('0x1p0, ', 100000), false),
	('weighted_sums', repeat('v', 1000000), false), ('weighted_sums', 'v1 mean' || repeat(' ', 1000000), false);

-- valid ones read and print; the others raise an error of bad input, of at most a thousand characters
CREATE FUNCTION pg_temp.state_of(type text, value text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	said text;
	detail text;
	printed text;
BEGIN
	EXECUTE format('SELECT ($1::%s)::text', type) INTO printed USING value;
	EXECUTE format('SELECT ($1::%s)::text', type) INTO detail USING printed;
	RETURN CASE WHEN detail = printed THEN 'valid' ELSE 'not stable' END;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS said = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL;
	RETURN CASE WHEN length(said) > 1000 THEN 'a message of ' || length(said) ELSE SQLSTATE END;
END $$;
SELECT CASE WHEN valid THEN is(pg_temp.state_of(type, value), 'valid', type || ' reads ' || left(value, 60))
	ELSE matches(pg_temp.state_of(type, value), '^(22...|54000)$', type || ' refuses ' || left(value, 60)) END
FROM sample WHERE length(value) < 100000 OR type IN ('target_path', 'indicator_series', 'index_sheet');
SELECT alike(pg_temp.state_of(type, value), '22___', type || ' refuses a megabyte') FROM sample WHERE type = 'progress_status' AND length(value) > 100000;
-- brackets nested beyond the server's stack are refused by the server's own JSON parser
SELECT is(pg_temp.state_of('index_framework', repeat('[', 1000000)), '54001', 'index_framework refuses a million brackets');
SELECT is(pg_temp.state_of('index_framework', repeat('{"code":', 200000)), '54001', 'index_framework refuses nested objects');

SELECT current_setting('server_version_num')::int >= 160000 AS soft \gset
\if :soft
SELECT is(pg_input_is_valid(value, type), valid, format('%s: %s is %s', type, left(value, 60), CASE WHEN valid THEN 'valid' ELSE 'not valid' END))
FROM sample WHERE type <> 'index_framework' OR length(value) < 100000;
SELECT isnt((pg_input_error_info(value, type)).sql_error_code, NULL, format('%s: the error of %s is soft', type, left(value, 60)))
FROM sample WHERE NOT valid AND (type <> 'index_framework' OR length(value) < 100000);
\else
SELECT skip('soft input errors came with PostgreSQL 16', 1);
\endif

-- Order, indexes and joins, the same for every type ---------------------------------------------

CREATE TEMP TABLE type_name AS SELECT DISTINCT type FROM sample;
CREATE FUNCTION pg_temp.make(type text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	-- three of each value, shuffled
	EXECUTE format('CREATE TEMP TABLE t_%1$s AS SELECT md5(value || n) AS id, value::%1$s AS v FROM sample, generate_series(1, 3) n WHERE type = %1$L AND valid ORDER BY 1', type);
	EXECUTE format('CREATE INDEX ON t_%1$s (v)', type);
	EXECUTE format('CREATE INDEX ON t_%1$s USING hash (v)', type);
	EXECUTE format('CREATE TEMP TABLE p_%1$s (v %1$s) PARTITION BY HASH (v)', type);
	EXECUTE format('CREATE TEMP TABLE p0_%1$s PARTITION OF p_%1$s FOR VALUES WITH (MODULUS 2, REMAINDER 0)', type);
	EXECUTE format('CREATE TEMP TABLE p1_%1$s PARTITION OF p_%1$s FOR VALUES WITH (MODULUS 2, REMAINDER 1)', type);
	EXECUTE format('INSERT INTO p_%1$s SELECT v FROM t_%1$s', type);
	EXECUTE format('CREATE TEMP TABLE u_%1$s (v %1$s PRIMARY KEY)', type);
	EXECUTE format('INSERT INTO u_%1$s SELECT DISTINCT v FROM t_%1$s', type);
END $$;
DO $$ BEGIN PERFORM pg_temp.make(type) FROM type_name; END $$;

SELECT is_empty(format(
	$$SELECT a.v, b.v FROM t_%1$s a, t_%1$s b
	WHERE (a.v < b.v)::int + (a.v = b.v)::int + (a.v > b.v)::int <> 1 OR (a.v <= b.v) <> (NOT a.v > b.v) OR (a.v >= b.v) <> (NOT a.v < b.v)
		OR (a.v <> b.v) = (a.v = b.v) OR %1$s_cmp(a.v, b.v) <> -%1$s_cmp(b.v, a.v) OR (a.v < b.v) <> (%1$s_cmp(a.v, b.v) < 0)
		OR (a.v = b.v) <> (a.v::text = b.v::text)
		OR a.v = b.v AND (%1$s_hash(a.v) <> %1$s_hash(b.v) OR %1$s_hash_extended(a.v, 42) <> %1$s_hash_extended(b.v, 42))
		OR %1$s_hash_extended(a.v, 0) & 4294967295 <> %1$s_hash(a.v)::bigint & 4294967295$$, type), type || ': one total order, and hashes that follow it') FROM type_name;
SELECT is_empty(format('SELECT a.v FROM t_%1$s a, t_%1$s b, t_%1$s c WHERE a.v < b.v AND b.v < c.v AND NOT a.v < c.v', type), type || ': transitive') FROM type_name;
SELECT is_empty(format(
	$$SELECT v FROM (SELECT v, lag(v) OVER (ORDER BY v) AS before FROM t_%1$s) x WHERE before > v$$, type), type || ': sorted by itself') FROM type_name;

CREATE FUNCTION pg_temp.plans(type text, enabled text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
	setting text;
BEGIN
	FOREACH setting IN ARRAY '{hashjoin,mergejoin,nestloop,hashagg,seqscan,bitmapscan,indexscan,indexonlyscan,sort}'::text[] LOOP
		PERFORM set_config('enable_' || setting, CASE WHEN setting = ANY (string_to_array(enabled, ' ')) THEN 'on' ELSE 'off' END, true);
	END LOOP;
	EXECUTE format(
		$q$SELECT format('%%s %%s %%s %%s', (SELECT count(*) FROM t_%1$s a JOIN t_%1$s b USING (v)), (SELECT count(*) FROM (SELECT DISTINCT v FROM t_%1$s) x),
			(SELECT count(*) FROM t_%1$s WHERE v = (SELECT v FROM t_%1$s ORDER BY id LIMIT 1)),
			(SELECT md5(string_agg(v::text, '|' ORDER BY v)) FROM t_%1$s WHERE v > (SELECT v FROM t_%1$s ORDER BY v LIMIT 1)))$q$, type) INTO result;
	FOREACH setting IN ARRAY '{hashjoin,mergejoin,nestloop,hashagg,seqscan,bitmapscan,indexscan,indexonlyscan,sort}'::text[] LOOP
		PERFORM set_config('enable_' || setting, 'on', true);
	END LOOP;
	RETURN result;
END $$;
SELECT is(pg_temp.plans(type, p), pg_temp.plans(type, 'nestloop seqscan sort'), type || ' gives the same with ' || p)
FROM type_name, unnest('{hashjoin seqscan hashagg sort,mergejoin seqscan sort,nestloop indexscan,mergejoin indexonlyscan indexscan,nestloop bitmapscan}'::text[]) p;
SELECT alike(pg_temp.plans(type, 'hashjoin seqscan'), format('%s %s 3 %%', 9 * n, n), type || ': joined, distinct and found')
FROM type_name, LATERAL (SELECT count(*) AS n FROM sample s WHERE s.type = type_name.type AND valid) x;
SELECT is_empty(format('(SELECT v FROM p_%1$s EXCEPT ALL SELECT v FROM t_%1$s) UNION ALL (SELECT v FROM t_%1$s EXCEPT ALL SELECT v FROM p_%1$s)', type),
				type || ': partitioned by hash') FROM type_name;
SELECT throws_ok(format('INSERT INTO u_%1$s SELECT v FROM u_%1$s LIMIT 1', type), '23505', NULL, type || ': a primary key') FROM type_name;

-- Limits: reached, printed and read back; and passed -----------------------------------------------

CREATE TEMP TABLE day AS SELECT n, date '1900-01-01' + n AS on_date FROM generate_series(1, 32769) n;
CREATE TEMP TABLE full_series AS SELECT indicator_series_agg(on_date, n / 7.0) AS s FROM day WHERE n <= 32768;
SELECT is(series_count(s), 32768, 'a series of 32 768 values') FROM full_series;
SELECT ok(s::text::indicator_series = s, 'is printed and read back') FROM full_series;
SELECT pg_temp.refuses('SELECT indicator_series_agg(on_date, n) FROM day', '54000', '32768');
SELECT pg_temp.refuses('SELECT indicator_series(array_agg(on_date), array_agg(n)) FROM day', '54000', '32768');
SELECT pg_temp.refuses($$SELECT ('{' || string_agg(on_date || ': 1', ', ') || '}')::indicator_series FROM day$$, '54000', '32768');

CREATE TEMP TABLE full_path AS SELECT target_path_agg(n::text, on_date) AS p FROM day WHERE n <= 1024;
SELECT is(target_count(p), 1024, 'a path of 1 024 targets') FROM full_path;
SELECT ok(p::text::target_path = p, 'is printed and read back') FROM full_path;
SELECT is((SELECT count(*) FROM full_path, progress(p, '{1900: 5}', '1901-01-01')), 1024::bigint, 'with a row of progress for each');
SELECT pg_temp.refuses('SELECT target_path_agg(n::text, on_date) FROM day WHERE n <= 1025', '54000', '1024');
SELECT pg_temp.refuses('SELECT target_path(array_agg(n::text), array_agg(on_date)) FROM day WHERE n <= 1025', '54000', '1024');
SELECT pg_temp.refuses($$SELECT string_agg('-> ' || n || '@' || on_date, ' ' ORDER BY n)::target_path FROM day WHERE n <= 1025$$, '54000', '1024');
-- the longest numbers there are
SELECT ok(p::text::target_path = p, '1 024 targets with long numbers are printed and read back')
FROM (SELECT target_path_agg('by -2.2250738585072014e-308..-1.2345678901234567e-290%', on_date, 'down', -1.2345678901234567e-290, '1900-01-01') AS p FROM day WHERE n <= 1024) x;

CREATE TEMP TABLE wide AS SELECT 'leaf ' || n AS code FROM generate_series(1, 4096) n;
CREATE TEMP TABLE full_framework AS SELECT index_framework_agg(code, 'all', 1) AS f FROM wide WHERE code NOT IN ('leaf 1', 'leaf 2');
SELECT is((SELECT count(*) FROM nodes(f)), 4096::bigint, 'a framework of 4 096 nodes') FROM full_framework;
SELECT ok(f::text::index_framework = f, 'is printed and read back') FROM full_framework;
SELECT ok(abs(index_score(f, index_sheet_agg(f, code, 7)) - 7) < 1e-12, 'and scored') FROM full_framework, wide WHERE code NOT IN ('leaf 1', 'leaf 2') GROUP BY f;
SELECT pg_temp.refuses($$SELECT index_framework_agg(code, 'all', 1) FROM wide WHERE code <> 'leaf 1'$$, '54000', '4096');
SELECT pg_temp.refuses($$SELECT index_framework_agg(code, 'all', 1) FROM wide$$, '54000', '4096');
SELECT pg_temp.refuses($$SELECT ('[{"code": "r"}, ' || string_agg(format('{"code": "%s", "parent": "r", "as_is": true}', code), ', ') || ']')::index_framework FROM wide$$, '54000', '4096');
SELECT pg_temp.refuses($$SELECT index_framework(jsonb_agg(jsonb_build_object('code', code))) FROM (TABLE wide UNION ALL VALUES ('r')) x$$, '54000', '4096');

CREATE TEMP TABLE chain AS SELECT n, jsonb_build_object('code', 'n' || n) || CASE WHEN n > 1 THEN jsonb_build_object('parent', 'n' || n - 1) ELSE '{}' END AS node FROM generate_series(1, 65) n;
CREATE FUNCTION pg_temp.chain_of(depth int) RETURNS jsonb LANGUAGE sql AS $$
	SELECT jsonb_agg(CASE WHEN n = depth THEN node || '{"as_is": true}' ELSE node END) FROM chain WHERE n <= depth
$$;
SELECT is(index_score(f, index_sheet(f, '{"n64": 3}')), 3::float8, 'a framework 64 levels deep') FROM index_framework(pg_temp.chain_of(64)) f;
SELECT ok(f::text::index_framework = f, 'is printed and read back') FROM index_framework(pg_temp.chain_of(64)) f;
SELECT pg_temp.refuses('SELECT index_framework(pg_temp.chain_of(65))', '54000', '"n65" lies deeper than 64');
SELECT pg_temp.refuses('SELECT pg_temp.chain_of(65)::text::index_framework', '54000', '"n65"');
SELECT pg_temp.refuses($$SELECT index_framework_agg('n' || n, 'n' || n - 1, 1) FROM generate_series(1, 64) n$$, '54000', 'deeper than 64');

-- text of its own up to 1 MB: 3 000 codes of 280 letters, and of 380
CREATE FUNCTION pg_temp.long_codes(letters int) RETURNS jsonb LANGUAGE sql AS $$
	SELECT '[{"code": "r"}]' || jsonb_agg(jsonb_build_object('code', n || repeat('x', letters), 'parent', 'r', 'as_is', true)) FROM generate_series(1, 3000) n
$$;
SELECT cmp_ok(length(f::text), '>', 900000, 'a framework of nearly a megabyte') FROM index_framework(pg_temp.long_codes(280)) f;
SELECT ok(f::text::index_framework = f, 'is printed and read back') FROM index_framework(pg_temp.long_codes(280)) f;
SELECT pg_temp.refuses('SELECT index_framework(pg_temp.long_codes(380))', '54000', '1048576');
SELECT pg_temp.refuses('SELECT pg_temp.long_codes(380)::text::index_framework', '54000', '1048576');
SELECT pg_temp.refuses($$SELECT index_framework_agg(n || repeat('x', 380), 'r', 1) FROM generate_series(1, 3000) n$$, '54000', '1048576');
SELECT pg_temp.refuses($$SELECT index_framework_agg(repeat('x', 2000000), 'r', 1)$$, '54000', '1048576');
-- with_due makes a text longer: at the very limit it says so
SELECT pg_temp.refuses($$SELECT with_due(f, '2030-12-31') FROM (SELECT index_framework(jsonb_build_array(jsonb_build_object('code', repeat('x', 1048576 - 28), 'as_is', true)))) x (f)$$, '54000', '1048576');

-- Dates at their ends, through every function that takes one
SELECT pg_temp.refuses(format('SELECT %s', call), '22008', 'out of range')
FROM (VALUES ($$target_expected('up -> 1@2025', '-infinity')$$), ($$series_value('{2021: 1}', 'infinity')$$),
	($$target_status('up -> 1@2025', '{2021: 1}', 'infinity')$$), ($$progress('up -> 1@2025', '{2021: 1}', '2022-12-31', 'infinity')$$)) x (call);

SELECT is(target_met_bound('up -> 1@2025', 'infinity'), NULL, 'nothing is due at the end of time');

SELECT * FROM finish();
ROLLBACK;
