-- What the extension put into the catalog: complete, commented, and true to what the planner may assume.
\set ON_ERROR_STOP on
BEGIN;
SELECT no_plan();

CREATE TEMP VIEW member AS
	SELECT d.classid, d.objid, pg_describe_object(d.classid, d.objid, 0) AS description
	FROM pg_depend d JOIN pg_extension e ON d.refobjid = e.oid
	WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND e.extname = 'scorecard';
CREATE TEMP VIEW member_function AS
	SELECT p.*, p.oid::regprocedure AS signature
	FROM pg_proc p JOIN member m ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid;
-- The registry's own functions work on tables; all others are functions of their arguments alone.
CREATE TEMP VIEW registry_function AS
	SELECT p.* FROM member_function p JOIN pg_language l ON l.oid = p.prolang WHERE l.lanname = 'plpgsql';
CREATE TEMP VIEW pure_function AS
	SELECT * FROM member_function WHERE oid NOT IN (SELECT oid FROM registry_function);
CREATE TEMP VIEW member_type AS
	SELECT t.* FROM pg_type t JOIN member m ON m.classid = 'pg_type'::regclass AND m.objid = t.oid
	WHERE t.typcategory <> 'A';
CREATE TEMP VIEW member_operator AS
	SELECT o.*, o.oid::regoperator AS signature
	FROM pg_operator o JOIN member m ON m.classid = 'pg_operator'::regclass AND m.objid = o.oid;

SELECT isnt_empty('SELECT 1 FROM member', 'the extension has members');

-- Kinds of members -----------------------------------------------------------

SELECT is_empty(
	$$SELECT description FROM member WHERE classid NOT IN ('pg_proc'::regclass, 'pg_type'::regclass,
		'pg_operator'::regclass, 'pg_cast'::regclass, 'pg_opclass'::regclass, 'pg_opfamily'::regclass, 'pg_class'::regclass)$$,
	'functions, types, operators, casts and operator classes, nothing else');
SELECT is_empty(
	$$SELECT c.oid::regclass FROM pg_class c JOIN member m ON m.classid = 'pg_class'::regclass AND m.objid = c.oid
	WHERE c.relkind <> 'c'$$,
	'no tables, views or sequences');
SELECT is_empty(
	$$SELECT m.description FROM member m LEFT JOIN pg_class c ON m.classid = 'pg_class'::regclass AND m.objid = c.oid
	WHERE NOT EXISTS (SELECT FROM pg_description d
			WHERE d.classoid = m.classid AND d.objoid = m.objid AND d.objsubid = 0 AND length(d.description) >= 4)
		-- a composite type is commented as a type; array types, members from 17 on, come by themselves
		AND NOT EXISTS (SELECT FROM pg_description d
			WHERE d.classoid = 'pg_type'::regclass AND d.objoid = c.reltype AND d.objsubid = 0)
		AND NOT EXISTS (SELECT FROM pg_type t
			WHERE m.classid = 'pg_type'::regclass AND m.objid = t.oid AND t.typcategory = 'A')$$,
	'every member has a comment');

-- Functions ------------------------------------------------------------------

-- figures of a registry are shown as extra_float_digits says
SELECT is_empty($$SELECT signature FROM pure_function WHERE provolatile <> 'i' AND proname <> 'figure_text'$$,
	'every function of its arguments alone is IMMUTABLE');
SELECT is_empty($$SELECT signature FROM pure_function WHERE proparallel <> 's'$$, 'and PARALLEL SAFE');
SELECT is_empty($$SELECT signature FROM member_function WHERE prosecdef OR proleakproof$$,
	'none is SECURITY DEFINER or LEAKPROOF');
SELECT is_empty($$SELECT signature FROM pure_function WHERE proconfig IS NOT NULL$$, 'none of them sets a parameter');
SELECT is_empty(
	$$SELECT signature FROM registry_function
	WHERE COALESCE(proconfig::text, '') !~ 'search_path=pg_catalog, pg_temp'
		AND prosrc !~ 'PERFORM inside_registry\(' AND proname NOT IN ('enter_registry', 'inside_registry')$$,
	'the registry''s functions set search_path, with temporary tables last, or make sure that it leads to a registry');
-- What a session sets says what a backslash in a literal means, and what = NULL does, when it compiles a function.
SELECT is_empty($$SELECT signature FROM registry_function WHERE position(chr(92) IN prosrc) > 0$$, 'there is no backslash in them, nor in what they execute');
SELECT is_empty($$SELECT signature FROM registry_function WHERE regexp_replace(prosrc, 'SET [a-z_]+ = NULL', '', 'g') ~* '[^:]= *NULL|NULL *=[^>]'$$, 'nor a comparison with NULL');
SELECT is_empty($$SELECT signature FROM registry_function WHERE prosrc ~* 'advisory'$$, 'nor a lock that everybody may take');
SELECT is_empty(
	$$SELECT signature, l.lanname FROM pure_function p JOIN pg_language l ON l.oid = p.prolang
	WHERE NOT (l.lanname = 'c' OR p.prokind = 'a' OR l.lanname = 'sql' AND p.prosqlbody IS NOT NULL)$$,
	'functions are C, or SQL parsed when it was created');
SELECT is_empty(
	$$SELECT a.signature, b.signature FROM member_function a JOIN member_function b USING (probin, prosrc)
	WHERE a.prokind <> 'a' AND b.prokind <> 'a' AND a.oid < b.oid AND a.probin IS NOT NULL
		AND (a.proisstrict <> b.proisstrict OR a.proretset <> b.proretset OR a.prokind <> b.prokind)$$,
	'functions that share a C symbol are strict, or return sets, alike');
SELECT is_empty(
	$$SELECT signature FROM member_function
	WHERE 'internal'::regtype = ANY (proargtypes) AND prorettype <> 'internal'::regtype AND prokind = 'f'
		AND NOT EXISTS (SELECT FROM pg_aggregate a WHERE member_function.oid IN (a.aggfinalfn, a.aggserialfn, a.aggtransfn,
			a.aggcombinefn, a.aggdeserialfn, a.aggmfinalfn))
		AND NOT EXISTS (SELECT FROM pg_type t WHERE member_function.oid IN (t.typinput, t.typreceive))$$,
	'only aggregates and type input take internal');
SELECT is_empty(
	$$SELECT signature FROM member_function WHERE prorettype = 'internal'::regtype
		AND NOT 'internal'::regtype = ANY (proargtypes)$$,
	'no way for a user to make an internal value');
SELECT is_empty(
	$$SELECT signature, name FROM (
		SELECT signature, unnest(proargnames) AS name, proargmodes FROM member_function WHERE proargnames IS NOT NULL) a
	WHERE name <> lower(name)$$,
	'parameter names need no quotes for their case');
SELECT is_empty($$SELECT signature FROM member_function WHERE proretset AND prorows < 1$$, 'set-returning functions estimate rows');

-- Aggregates -----------------------------------------------------------------

-- Paths, their revisions and frameworks are collected from tables of definitions, which are small: those aggregates need no parts.
SELECT is_empty(
	$$SELECT a.aggfnoid::regprocedure FROM pg_aggregate a JOIN member_function p ON p.oid = a.aggfnoid
	WHERE a.aggcombinefn = 0 AND p.proname NOT IN ('target_path_agg', 'path_in_force', 'index_framework_agg')$$,
	'every aggregate over facts can be computed in parts');
SELECT is_empty(
	$$SELECT a.aggfnoid::regprocedure FROM pg_aggregate a JOIN member_function p ON p.oid = a.aggfnoid
	WHERE a.aggtranstype = 'internal'::regtype AND a.aggcombinefn <> 0 AND (a.aggserialfn = 0 OR a.aggdeserialfn = 0)$$,
	'an internal state that is combined can be sent to another process');
SELECT is_empty(
	$$SELECT a.aggfnoid::regprocedure FROM pg_aggregate a JOIN member_function p ON p.oid = a.aggfnoid
	WHERE a.aggtranstype = 'internal'::regtype AND a.aggtransspace = 0$$,
	'an internal state tells the planner its size');
SELECT is_empty(
	$$SELECT f.oid::regprocedure FROM pg_aggregate a JOIN member_function p ON p.oid = a.aggfnoid
	JOIN pg_proc f ON f.oid IN (a.aggserialfn, a.aggdeserialfn) WHERE NOT f.proisstrict$$,
	'serial and deserial functions are strict');
SELECT is_empty(
	$$SELECT a.aggfnoid::regprocedure, f.oid::regprocedure FROM pg_aggregate a
	JOIN member_function p ON p.oid = a.aggfnoid
	JOIN pg_proc f ON f.oid IN (a.aggtransfn, a.aggcombinefn, a.aggfinalfn, a.aggserialfn, a.aggdeserialfn,
		a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn)
	WHERE f.provolatile <> 'i' OR f.proparallel <> 's'$$,
	'their functions are IMMUTABLE and PARALLEL SAFE');

-- Types ----------------------------------------------------------------------

SELECT bag_eq(
	$$SELECT typname::text FROM member_type WHERE typtype = 'b'$$,
	$$VALUES ('progress_status'), ('target_path'), ('indicator_series'), ('index_framework'), ('index_sheet'), ('weighted_sums')$$,
	'the base types');
SELECT is_empty(
	$$SELECT typname FROM member_type WHERE typtype = 'b' AND (typinput = 0 OR typoutput = 0 OR typreceive = 0 OR typsend = 0)$$,
	'base types have text and binary input and output');
SELECT is_empty(
	$$SELECT t.typname, p.oid::regprocedure FROM member_type t
	JOIN pg_proc p ON p.oid IN (t.typinput, t.typoutput, t.typreceive, t.typsend)
	WHERE t.typtype = 'b' AND NOT p.proisstrict$$,
	'input and output are strict');
SELECT is_empty(
	$$SELECT typname FROM member_type WHERE typtype = 'b' AND typname = 'progress_status'
		AND (typlen <> 1 OR NOT typbyval)$$,
	'progress_status is one byte, passed by value');
SELECT is_empty(
	$$SELECT typname FROM member_type WHERE typtype = 'b' AND typlen = -1 AND typalign NOT IN ('d', 'i')$$,
	'variable-length types are aligned');
SELECT is(typstorage, 'e', 'index_framework is stored out of line, uncompressed') FROM member_type WHERE typname = 'index_framework';

-- Operators and operator classes -----------------------------------------------

SELECT is_empty(
	$$SELECT t.typname, name FROM member_type t CROSS JOIN unnest('{=,<>,<,<=,>,>=}'::text[]) AS name
	WHERE t.typtype = 'b' AND NOT EXISTS (SELECT FROM member_operator o
		WHERE o.oprleft = t.oid AND o.oprright = t.oid AND o.oprname = name)$$,
	'each type has the six comparisons');
SELECT is_empty(
	$$SELECT signature FROM member_operator WHERE oprresult = 'boolean'::regtype
		AND (oprcode = 0 OR oprcom = 0 OR oprnegate = 0 OR oprrest = 0 OR oprjoin = 0)$$,
	'comparisons have function, commutator, negator and estimators');
SELECT is_empty(
	$$SELECT a.signature FROM member_operator a JOIN pg_operator b ON b.oid = a.oprcom
	WHERE b.oprcom <> a.oid OR b.oprleft <> a.oprright OR b.oprright <> a.oprleft
	UNION ALL
	SELECT a.signature FROM member_operator a JOIN pg_operator b ON b.oid = a.oprnegate
	WHERE b.oprnegate <> a.oid OR a.oid = b.oid OR b.oprleft <> a.oprleft OR b.oprright <> a.oprright$$,
	'commutators and negators are mutual');
SELECT is_empty(
	$$SELECT signature, oprrest, oprjoin FROM member_operator
	WHERE (oprrest::text, oprjoin::text) IS DISTINCT FROM
		(CASE oprname WHEN '=' THEN 'eqsel' WHEN '<>' THEN 'neqsel' WHEN '<' THEN 'scalarltsel' WHEN '<=' THEN 'scalarlesel'
			WHEN '>' THEN 'scalargtsel' WHEN '>=' THEN 'scalargesel' END,
		CASE oprname WHEN '=' THEN 'eqjoinsel' WHEN '<>' THEN 'neqjoinsel' WHEN '<' THEN 'scalarltjoinsel'
			WHEN '<=' THEN 'scalarlejoinsel' WHEN '>' THEN 'scalargtjoinsel' WHEN '>=' THEN 'scalargejoinsel' END)
		AND oprname IN ('=', '<>', '<', '<=', '>', '>=')$$,
	'each comparison has the estimator of its kind');
SELECT is_empty(
	$$SELECT signature FROM member_operator WHERE (oprname = '=') <> oprcanhash OR (oprname = '=') <> oprcanmerge$$,
	'equality hashes and merges, and it alone');
SELECT is_empty(
	$$SELECT t.typname, am.amname FROM member_type t CROSS JOIN pg_am am
	WHERE t.typtype = 'b' AND am.amname IN ('btree', 'hash') AND NOT EXISTS (
		SELECT FROM pg_opclass c JOIN member m ON m.classid = 'pg_opclass'::regclass AND m.objid = c.oid
		WHERE c.opcintype = t.oid AND c.opcmethod = am.oid AND c.opcdefault)$$,
	'each type has a default btree and hash operator class');
CREATE TEMP VIEW member_opclass AS
	SELECT c.*, am.amname FROM pg_opclass c
	JOIN member m ON m.classid = 'pg_opclass'::regclass AND m.objid = c.oid JOIN pg_am am ON am.oid = c.opcmethod;
SELECT is_empty(
	$$SELECT opcname, amname, count(o.amopopr) FROM member_opclass c LEFT JOIN pg_amop o ON o.amopfamily = c.opcfamily
	GROUP BY 1, 2, c.oid HAVING count(o.amopopr) <> CASE amname WHEN 'btree' THEN 5 ELSE 1 END$$,
	'btree classes have five operators, hash classes one');
SELECT is_empty(
	$$SELECT opcname, amname FROM member_opclass c LEFT JOIN pg_amproc p ON p.amprocfamily = c.opcfamily
	GROUP BY 1, 2, c.oid
	HAVING NOT CASE amname WHEN 'btree' THEN array_agg(p.amprocnum) @> '{1}' ELSE array_agg(p.amprocnum) @> '{1,2}' END$$,
	'btree classes compare; hash classes hash, also with a seed');
SELECT is_empty(
	$$SELECT opcname FROM member_opclass WHERE NOT amvalidate(oid)$$, 'amvalidate has no objection');

-- Casts ------------------------------------------------------------------------

SELECT is_empty(
	$$SELECT c.castsource::regtype, c.casttarget::regtype FROM pg_cast c
	JOIN member m ON m.classid = 'pg_cast'::regclass AND m.objid = c.oid
	JOIN pg_proc p ON p.oid = c.castfunc WHERE p.provolatile <> 'i'$$,
	'casts are IMMUTABLE');
SELECT is_empty(
	$$SELECT c.castsource::regtype, c.casttarget::regtype FROM pg_cast c
	JOIN member m ON m.classid = 'pg_cast'::regclass AND m.objid = c.oid WHERE c.castcontext = 'i'$$,
	'no cast happens by itself');

SELECT * FROM finish();
ROLLBACK;
