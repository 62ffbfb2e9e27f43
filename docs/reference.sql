-- Writes docs/reference.md from the catalog: psql -X -q -f docs/reference.sql -o docs/reference.md
-- in a database with the extension. A test compares the page with what this prints.
\set ON_ERROR_STOP on
\pset format unaligned
\pset tuples_only on
\pset footer off
SET search_path = pg_catalog;
SELECT format('SET search_path = %I, pg_catalog', n.nspname)
FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'scorecard' \gexec

\qecho '# Reference'
\qecho
\qecho 'Every type, function and aggregate for use in queries, with its comment. This page is made from the catalog by'
\qecho '`docs/reference.sql`. Functions that only serve a type or an aggregate (input, output, comparison, transition) are left out.'

\qecho
\qecho '## Types'
\qecho
SELECT format('* `%s`: %s', t.typname, obj_description(t.oid, 'pg_type'))
FROM pg_type t
JOIN pg_depend d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'scorecard'
WHERE t.typtype = 'b' AND t.typcategory <> 'A'
ORDER BY t.typname COLLATE "C";

\qecho
\qecho '## Functions and aggregates'
\qecho
WITH member AS (
	SELECT p.oid, p.proname, p.prokind, p.pronargs,
		pg_get_function_arguments(p.oid) AS arguments,
		CASE WHEN p.proretset AND t.typtype = 'c' THEN 'rows of ' || t.typname
			WHEN p.proretset THEN 'rows'
			ELSE replace(pg_get_function_result(p.oid), 'double precision', 'float8') END AS result,
		obj_description(p.oid, 'pg_proc') AS comment
	FROM pg_proc p
	JOIN pg_type t ON t.oid = p.prorettype
	JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
	JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'scorecard'
	WHERE NOT EXISTS (SELECT FROM pg_type b WHERE p.oid IN (b.typinput, b.typoutput, b.typreceive, b.typsend))
		AND NOT EXISTS (SELECT FROM pg_operator o WHERE o.oprcode = p.oid)
		AND NOT EXISTS (SELECT FROM pg_amproc a WHERE a.amproc = p.oid)
		AND NOT EXISTS (SELECT FROM pg_aggregate a WHERE p.oid IN (a.aggfinalfn, a.aggserialfn, a.aggdeserialfn,
				a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn)
			OR (p.oid IN (a.aggtransfn, a.aggcombinefn) AND p.proname <> 'index_sheet_merge')))
SELECT format(E'**%s**(%s) → %s%s  \n%s\n', proname, replace(arguments, 'double precision', 'float8'), result,
	CASE prokind WHEN 'a' THEN ', aggregate' ELSE '' END, comment)
FROM member
ORDER BY proname COLLATE "C", pronargs, arguments COLLATE "C";

\qecho '## Row types'
\qecho
SELECT format('* `%s`: %s%s', t.typname, obj_description(t.oid, 'pg_type'),
	(SELECT string_agg(format(E'\n  * %s %s%s', a.attname,
		replace(format_type(a.atttypid, a.atttypmod), 'double precision', 'float8'),
		coalesce(': ' || col_description(t.typrelid, a.attnum), '')), '' ORDER BY a.attnum)
	 FROM pg_attribute a WHERE a.attrelid = t.typrelid AND NOT a.attisdropped))
FROM pg_type t
JOIN pg_depend d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'scorecard'
WHERE t.typtype = 'c'
ORDER BY t.typname COLLATE "C";
