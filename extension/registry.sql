-- The registry: a ready-made data model in a schema of the user's own. What follows below @TABLES@ and @CODE@ is
-- extension/registry/*.sql; it runs under a search_path of the registry's schema, the extension's and pg_temp.
-- There is no backslash in any of it: what one means in a text is a setting of the session that compiles the function.

CREATE FUNCTION registry_tables() RETURNS text
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
	AS $function$
BEGIN
	RETURN $registry$
@TABLES@
$registry$;
END
$function$;
COMMENT ON FUNCTION registry_tables() IS 'the statements by which create_registry makes tables and sources';

CREATE FUNCTION registry_relations() RETURNS TABLE (relation text, is_table boolean)
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE ROWS 30
	AS $function$
BEGIN
	PERFORM inside_registry('create_registry');
	RETURN QUERY SELECT m[2], m[1] = 'TABLE' FROM regexp_matches(registry_tables(), '^CREATE (TABLE|VIEW) ([[:alnum:]_]+)', 'gn') AS m;
END
$function$;
COMMENT ON FUNCTION registry_relations() IS
	'part of grant_registry and its like, on whose search_path it relies: the names of the tables, and of the views of sources, that create_registry makes';

CREATE FUNCTION registry_code() RETURNS text
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
	AS $function$
BEGIN
	RETURN $registry$
@CODE@
$registry$;
END
$function$;
COMMENT ON FUNCTION registry_code() IS 'the statements by which create_registry and upgrade_registry make functions and views';

-- Procedures of the registry call functions by their bare names, and a function whose arguments fit better goes before
-- that of pg_catalog, wherever it is on the path: so nobody may make functions there but whom somebody trusts with that.
CREATE FUNCTION registry_path(registry_schema text) RETURNS text
	LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp
	AS $function$
DECLARE
	open_schema text;
	extension_schema text;
BEGIN
	SELECT n.nspname INTO extension_schema
	FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace
	WHERE e.extname = 'scorecard';
	SELECT n.nspname INTO open_schema FROM pg_namespace AS n
	WHERE n.nspname IN (registry_schema, extension_schema) AND has_schema_privilege('public', n.oid, 'CREATE');
	IF FOUND THEN
		RAISE EXCEPTION USING ERRCODE = '55000', MESSAGE = format('everybody may create functions in schema "%s"', open_schema),
			DETAIL = 'Whoever works with a registry could be made to call them.',
			HINT = format('Take that right back: REVOKE CREATE ON SCHEMA %I FROM PUBLIC.', open_schema);
	END IF;
	RETURN format('%I, %I, pg_temp', registry_schema, extension_schema);
END
$function$;
COMMENT ON FUNCTION registry_path(text) IS
	'part of enter_registry and create_registry: the search_path of a registry, its schema, that of the extension and pg_temp. A schema of them in which PUBLIC may create objects is an error (55000). NULL for NULL';

-- No SET here: the path is to hold for the rest of the calling function, whose own SET takes it back.
CREATE FUNCTION enter_registry(registry regnamespace, as_owner boolean DEFAULT false) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	AS $function$
DECLARE
	registry_schema pg_catalog.name;
	registry_owner pg_catalog.oid;
BEGIN
	IF registry IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = '22004', MESSAGE = 'the registry must not be NULL';
	END IF;
	SELECT n.nspname, n.nspowner INTO registry_schema, registry_owner
	FROM pg_catalog.pg_namespace AS n
		JOIN pg_catalog.pg_class AS c ON c.relnamespace OPERATOR(pg_catalog.=) n.oid
	WHERE n.oid OPERATOR(pg_catalog.=) registry::pg_catalog.oid
		AND c.relname OPERATOR(pg_catalog.=) 'registry_version' AND c.relkind OPERATOR(pg_catalog.=) 'r';
	IF NOT FOUND THEN
		RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = pg_catalog.format('schema %s is not a registry', registry),
			HINT = 'create_registry(name) makes one.';
	END IF;
	IF as_owner AND NOT pg_catalog.pg_has_role(registry_owner, 'USAGE') THEN
		RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = pg_catalog.format('must be owner of registry %s', registry);
	ELSIF NOT pg_catalog.has_schema_privilege(registry::pg_catalog.oid, 'USAGE') THEN
		RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = pg_catalog.format('permission denied for registry %s', registry),
			HINT = 'Its owner can call grant_registry(registry, role).';
	END IF;
	PERFORM pg_catalog.set_config('search_path', registry_path(registry_schema::pg_catalog.text), true);
END
$function$;
COMMENT ON FUNCTION enter_registry(regnamespace, boolean) IS
	'sets search_path to a registry for the rest of the calling function, or of the transaction. A schema that is no registry is an error (22023), NULL too (22004); a role that may not use it, or with as_owner is neither its owner, a member of the owning role nor a superuser (42501); a path on which everybody may create functions (55000)';

CREATE FUNCTION inside_registry(part_of text) RETURNS void
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	AS $function$
BEGIN
	IF pg_catalog.to_regclass('refresh_queue') IS NULL OR pg_catalog.to_regclass('registry_version') IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = 'search_path leads to no registry',
			HINT = pg_catalog.format('This function is part of %s, which is the one to call.', part_of);
	END IF;
END
$function$;
COMMENT ON FUNCTION inside_registry(text) IS
	'raises 22023 unless search_path leads to a registry: what functions that rely on enter_registry begin with';

CREATE FUNCTION registry_queue_rows() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp
	AS $function$
DECLARE
	concerned text := CASE TG_TABLE_NAME
		WHEN 'observation' THEN 'programme_code, unit_code, min(period_end)'
		WHEN 'target' THEN 'programme_code, unit_code, NULL::date'
		WHEN 'unit' THEN 'NULL::text, unit_code, NULL::date'
		WHEN 'unit_successor' THEN 'NULL::text, successor_code, NULL::date'
		WHEN 'mark' THEN 'NULL::text, NULL::text, NULL::date'
		WHEN 'vintage' THEN 'NULL::text, NULL::text, NULL::date'
		ELSE 'programme_code, NULL::text, NULL::date'
	END;
	changed text := CASE TG_OP
		WHEN 'INSERT' THEN 'new_rows'
		WHEN 'DELETE' THEN 'old_rows'
		ELSE '((TABLE old_rows EXCEPT ALL TABLE new_rows) UNION ALL (TABLE new_rows EXCEPT ALL TABLE old_rows)) AS changed'
	END;
BEGIN
	EXECUTE format('INSERT INTO %I.refresh_queue (programme_code, unit_code, period_end, reason) SELECT %s, %L FROM %s GROUP BY 1, 2',
		TG_TABLE_SCHEMA, concerned, TG_TABLE_NAME, changed);
	RETURN NULL;
END
$function$;
COMMENT ON FUNCTION registry_queue_rows() IS
	'trigger of a registry''s tables: queues what the rows that changed concern, for the next refresh';

CREATE FUNCTION registry_queue_all() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp
	AS $function$
BEGIN
	EXECUTE format('INSERT INTO %I.refresh_queue (reason) VALUES (%L)', TG_TABLE_SCHEMA, TG_TABLE_NAME);
	RETURN NULL;
END
$function$;
COMMENT ON FUNCTION registry_queue_all() IS 'trigger of a registry''s tables: queues everything, for the next refresh';

CREATE FUNCTION registry_finish(registry regnamespace) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp
	AS $function$
DECLARE
	watched text;
	described record;
BEGIN
	PERFORM set_config('search_path', (SELECT quote_ident(n.nspname) FROM pg_extension AS e
		JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'scorecard'), true);
	PERFORM enter_registry(registry);
	FOREACH watched IN ARRAY '{programme,horizon,method,node,target,unit,unit_successor,mark,vintage,observation}'::text[] LOOP
		CONTINUE WHEN EXISTS (SELECT FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
			WHERE c.relnamespace = registry AND c.relname = watched AND t.tgname = 'queue_insert');
		EXECUTE format('CREATE TRIGGER queue_insert AFTER INSERT ON %1$I
				REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION registry_queue_rows();
			CREATE TRIGGER queue_update AFTER UPDATE ON %1$I
				REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION registry_queue_rows();
			CREATE TRIGGER queue_delete AFTER DELETE ON %1$I
				REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION registry_queue_rows();
			CREATE TRIGGER queue_truncate AFTER TRUNCATE ON %1$I
				FOR EACH STATEMENT EXECUTE FUNCTION registry_queue_all()', watched);
	END LOOP;
	-- a history has the columns of its view
	FOR described IN
		SELECT h.relname, a.attname, d.description
		FROM pg_class AS h
			JOIN pg_class AS v ON v.relnamespace = h.relnamespace AND h.relname = v.relname || '_history'
			JOIN pg_attribute AS a ON a.attrelid = v.oid
			JOIN pg_description AS d ON d.classoid = 'pg_class'::regclass AND d.objoid = v.oid AND d.objsubid = a.attnum
		WHERE h.relnamespace = registry AND h.relkind = 'v' AND v.relkind = 'v'
	LOOP
		EXECUTE format('COMMENT ON COLUMN %I.%I IS %L', described.relname, described.attname, described.description);
	END LOOP;
END
$function$;
COMMENT ON FUNCTION registry_finish(regnamespace) IS
	'part of create_registry and upgrade_registry: the triggers that queue changes, where they are missing, and the comments of histories';

CREATE FUNCTION create_registry(registry text) RETURNS regnamespace
	LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp SET client_min_messages = warning
	AS $function$
DECLARE
	installed record;
BEGIN
	IF registry IN ('', '$user') OR octet_length(registry) > 63 THEN
		RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = format('"%s" cannot be the name of a registry', left(registry, 64)),
			HINT = CASE registry WHEN '$user' THEN 'On a search_path it stands for the schema of the current user.'
				ELSE 'A name has 1 to 63 bytes.' END;
	END IF;
	-- PostgreSQL keeps pg_... to itself, and says so
	IF left(registry, 3) <> 'pg_' AND EXISTS (SELECT FROM pg_namespace WHERE nspname = registry) THEN
		IF NOT pg_has_role((SELECT nspowner FROM pg_namespace WHERE nspname = registry), 'USAGE') THEN
			RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = format('must be owner of schema "%s"', registry),
				HINT = 'A registry belongs to the owner of its schema.';
		END IF;
		IF EXISTS (SELECT FROM pg_depend AS d JOIN pg_namespace AS n ON n.oid = d.refobjid
				WHERE d.refclassid = 'pg_namespace'::regclass AND n.nspname = registry) THEN
			RAISE EXCEPTION USING ERRCODE = '42P06', MESSAGE = format('schema "%s" already exists and is not empty', registry),
				HINT = 'A registry needs a schema of its own.';
		END IF;
	ELSE
		EXECUTE format('CREATE SCHEMA %I', registry);
	END IF;

	SELECT n.nspname, e.extversion INTO installed
	FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace
	WHERE e.extname = 'scorecard';
	PERFORM set_config('search_path', quote_ident(installed.nspname), true);
	PERFORM set_config('search_path', registry_path(registry), true);
	EXECUTE registry_tables();
	EXECUTE registry_code();
	EXECUTE 'INSERT INTO registry_version (model_version, scorecard_version) VALUES (1, $1)' USING installed.extversion;
	PERFORM registry_finish(quote_ident(registry)::regnamespace);
	RETURN quote_ident(registry)::regnamespace;
END
$function$;
COMMENT ON FUNCTION create_registry(text) IS
	'makes a registry: a schema of that name, or an empty one that is there, with tables, views and functions, all owned by the caller. NULL for NULL; a schema that is not empty is an error (42P06), that of somebody else (42501), an empty name, one of more than 63 bytes or $user (22023), and one that begins with pg_ (42939)';

CREATE FUNCTION upgrade_registry(registry regnamespace) RETURNS integer
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp SET client_min_messages = warning
	AS $function$
DECLARE
	-- the model that this version of the extension makes
	current_model CONSTANT integer := 1;
	found_model integer;
BEGIN
	PERFORM set_config('search_path', (SELECT quote_ident(n.nspname) FROM pg_extension AS e
		JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'scorecard'), true);
	PERFORM enter_registry(registry, as_owner => true);
	EXECUTE 'SELECT model_version FROM registry_version' INTO found_model;
	IF found_model > current_model THEN
		RAISE EXCEPTION USING ERRCODE = '0A000',
			MESSAGE = format('registry %s has data model %s, this version of scorecard knows models up to %s', registry, found_model, current_model),
			HINT = 'ALTER EXTENSION scorecard UPDATE brings a later version.';
	END IF;
	-- in place: views and functions of others may stand on these, and privileges stay; the registry is the caller's own
	EXECUTE regexp_replace(registry_code(), '^CREATE (?=VIEW |FUNCTION )', 'CREATE OR REPLACE ', 'gn');
	PERFORM registry_finish(registry);
	IF registry_is_secured() THEN
		PERFORM secure_units(registry);
	END IF;
	EXECUTE 'UPDATE registry_version SET model_version = $1, scorecard_version = (SELECT extversion FROM pg_extension WHERE extname = ''scorecard'')'
		USING current_model;
	RETURN current_model;
END
$function$;
COMMENT ON FUNCTION upgrade_registry(regnamespace) IS
	'brings a registry to the data model of the installed version, after ALTER EXTENSION UPDATE: functions and views anew, triggers where they are missing, the rules of secure_units; data, bound sources and privileges stay. Returns the number of the model. A schema that is no registry (22023), NULL (22004), a caller who does not own it (42501) and a registry of a later version (0A000) are errors';

CREATE FUNCTION drop_registry(registry regnamespace, drop_data boolean DEFAULT false) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp SET client_min_messages = warning
	AS $function$
DECLARE
	registry_schema name;
	holder record;
	is_held boolean;
	held text[] := '{}';
	own record;
	remaining integer;
	remaining_before integer;
	obstacle text;
	obstacle_detail text;
BEGIN
	PERFORM set_config('search_path', (SELECT quote_ident(n.nspname) FROM pg_extension AS e
		JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'scorecard'), true);
	PERFORM enter_registry(registry, as_owner => true);
	SELECT nspname INTO registry_schema FROM pg_namespace WHERE oid = registry;
	IF drop_data IS NOT TRUE THEN
		-- rows that were not there from the beginning, but for the mere bookkeeping of refreshes
		FOR holder IN
			SELECT r.relation, substring(registry_tables() FROM format('(?w)^INSERT INTO %s (VALUES[^;]+);', r.relation)) AS from_the_beginning
			FROM registry_relations() AS r
			WHERE r.is_table AND r.relation NOT IN ('registry_version', 'refresh_log', 'refresh_queue', 'source_hash')
		LOOP
			EXECUTE format('SELECT EXISTS (TABLE %I %s)', holder.relation, 'EXCEPT ' || holder.from_the_beginning) INTO is_held;
			IF is_held THEN
				held := held || holder.relation;
			END IF;
		END LOOP;
		IF held <> '{}' THEN
			RAISE EXCEPTION USING ERRCODE = '55000', MESSAGE = format('registry %s holds data', registry),
				DETAIL = format('There are rows in %s.', array_to_string(held, ', ')), HINT = 'Say drop_data => true to drop it all the same.';
		END IF;
	END IF;

	-- A policy and the table it reads would hold each other.
	PERFORM secure_units(registry, false);

	-- Only what create_registry made, and nothing that others made of it: as often as something could be dropped. What it
	-- makes last goes first; so the first that stays in a round is what others stand on. Not by oid: a restore has its own order.
	LOOP
		remaining := 0;
		FOR own IN
			WITH made AS (
				SELECT m[1] AS kind, m[2] AS name, max(place) AS place
				FROM regexp_matches(registry_tables() || registry_code(), '^CREATE (TABLE|VIEW|FUNCTION) ([[:alnum:]_]+)', 'gn')
					WITH ORDINALITY AS found (m, place)
				GROUP BY 1, 2
			)
			SELECT m.kind, format('%I.%I(%s)', registry_schema, p.proname, pg_get_function_identity_arguments(p.oid)) AS identity, m.place
			FROM pg_proc AS p JOIN made AS m ON m.kind = 'FUNCTION' AND m.name = p.proname
			WHERE p.pronamespace = registry
			UNION ALL
			SELECT m.kind, format('%I.%I', registry_schema, c.relname), m.place
			FROM pg_class AS c JOIN made AS m ON m.name = c.relname AND m.kind = CASE c.relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END
			WHERE c.relnamespace = registry AND c.relkind IN ('v', 'r', 'p')
			ORDER BY place DESC
		LOOP
			BEGIN
				EXECUTE format('DROP %s %s', own.kind, own.identity);
			EXCEPTION WHEN dependent_objects_still_exist THEN
				IF remaining = 0 THEN
					GET STACKED DIAGNOSTICS obstacle = MESSAGE_TEXT, obstacle_detail = PG_EXCEPTION_DETAIL;
				END IF;
				remaining := remaining + 1;
			END;
		END LOOP;
		EXIT WHEN remaining = 0;
		IF remaining = remaining_before THEN
			RAISE EXCEPTION USING ERRCODE = '2BP01', MESSAGE = obstacle, DETAIL = obstacle_detail,
				HINT = 'drop_registry drops only what create_registry made.';
		END IF;
		remaining_before := remaining;
	END LOOP;
	EXECUTE format('DROP SCHEMA %I', registry_schema);
END
$function$;
COMMENT ON FUNCTION drop_registry(regnamespace, boolean) IS
	'drops a registry with its schema. One that holds data is an error (55000) unless drop_data is true: rows in any table but for those of create_registry and the bookkeeping of refreshes. Where other objects depend on it, or are in its schema, nothing is dropped (2BP01). A schema that is no registry (22023), NULL (22004) and a caller who does not own it (42501) are errors';

CREATE FUNCTION bind_registry(registry regnamespace, kind text, source regclass) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp SET client_min_messages = warning
	AS $function$
DECLARE
	-- what stands in for a column that the source does not have; every other column it must have
	stand_in CONSTANT jsonb := jsonb '{"period_start": "NULL", "vintage": "''not_stated''", "released_on": "s.period_end", "is_applicable": "true",
		"source": "''''", "mark": "''C''", "note": "NULL", "target_id": "NULL", "document": "''''", "valid_from": "''-infinity''",
		"valid_to": "NULL", "ordinal": "0", "weight": "1", "rule": "''{}''", "is_indicator": "false", "is_additive": "false",
		"numerator_code": "NULL", "denominator_code": "NULL", "ratio_per": "100", "reporting_frequency": "NULL", "owner_code": "NULL",
		"declared_count": "NULL"}' || CASE kind WHEN 'target' THEN jsonb '{"unit_code": "NULL"}' ELSE '{}' END;
	source_view text;
	wanted record;
	found_type oid;
	found_category "char";
	expressions text[] := '{}';
BEGIN
	PERFORM set_config('search_path', (SELECT quote_ident(n.nspname) FROM pg_extension AS e
		JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'scorecard'), true);
	PERFORM enter_registry(registry, as_owner => true);
	IF kind IS NULL OR kind NOT IN ('observation', 'target', 'node') THEN
		RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = format('%s cannot be bound', COALESCE(quote_literal(quotable(kind)), 'NULL')),
			HINT = 'What can be bound is observation, target or node.';
	ELSIF EXISTS (SELECT FROM pg_class WHERE oid = source AND relpersistence = 't') THEN
		-- a view over it would be another one, as temporary as that
		RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = format('%s is temporary', source), HINT = 'Bind a table or view that stays.';
	END IF;

	-- a view goes with what it was bound to, where that is dropped with CASCADE
	FOREACH source_view IN ARRAY CASE kind WHEN 'observation' THEN '{observation_source,observation_unit_source}'::text[] ELSE ARRAY[kind || '_source'] END LOOP
		CONTINUE WHEN EXISTS (SELECT FROM pg_class WHERE relnamespace = registry AND relname = source_view);
		EXECUTE (SELECT string_agg(statement, ';' ORDER BY place)
			FROM string_to_table(registry_tables(), ';' || chr(10)) WITH ORDINALITY AS s (statement, place)
			WHERE statement ~ format('(CREATE VIEW|COMMENT ON VIEW|COMMENT ON COLUMN) %s[ .]', source_view));
	END LOOP;

	FOR wanted IN
		SELECT a.attname AS name, a.atttypid AS type, format_type(a.atttypid, NULL) AS type_name
		FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
		WHERE c.relnamespace = registry AND c.relname = kind || '_source' AND a.attnum > 0 AND NOT a.attisdropped
		ORDER BY a.attnum
	LOOP
		IF source IS NULL THEN
			expressions := expressions || format('s.%I', wanted.name);
			CONTINUE;
		END IF;
		-- a domain counts as what it is over, at the end
		WITH RECURSIVE found AS (
			SELECT t.oid, t.typbasetype, t.typcategory
			FROM pg_attribute AS a JOIN pg_type AS t ON t.oid = a.atttypid
			WHERE a.attrelid = source AND a.attname = wanted.name AND a.attnum > 0 AND NOT a.attisdropped
			UNION ALL
			SELECT t.oid, t.typbasetype, t.typcategory
			FROM found AS f JOIN pg_type AS t ON t.oid = f.typbasetype
		)
		SELECT f.oid, f.typcategory INTO found_type, found_category FROM found AS f WHERE f.typbasetype = 0;
		IF NOT FOUND THEN
			-- a default in place of a column that is there, but for its case, would be a trap
			IF NOT stand_in ? wanted.name OR EXISTS (SELECT FROM pg_attribute AS a
					WHERE a.attrelid = source AND lower(a.attname) = wanted.name AND a.attnum > 0 AND NOT a.attisdropped) THEN
				RAISE EXCEPTION USING ERRCODE = '42703', MESSAGE = format('%s has no column "%s"', source, wanted.name),
					HINT = format('Bind a view over it that gives %s (%s).', wanted.name, wanted.type_name);
			END IF;
			expressions := expressions || format('(%s)::%s AS %I', stand_in ->> wanted.name, wanted.type_name, wanted.name);
			CONTINUE;
		END IF;
		IF NOT (found_type = wanted.type
				OR (wanted.type = 'text'::regtype OR wanted.name = 'path') AND found_category IN ('S', 'E')
				OR wanted.type = 'float8'::regtype AND found_type IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'numeric'::regtype)
				OR wanted.type = 'int4'::regtype AND found_type = 'int2'::regtype
				OR wanted.type = 'int8'::regtype AND found_type IN ('int2'::regtype, 'int4'::regtype)
				OR wanted.type = 'jsonb'::regtype AND found_type = 'json'::regtype) THEN
			RAISE EXCEPTION USING ERRCODE = '42804',
				MESSAGE = format('column "%s" of %s is of type %s, not %s', wanted.name, source, format_type(found_type, NULL), wanted.type_name),
				HINT = CASE WHEN wanted.type = 'float8'::regtype AND found_type = 'float4'::regtype
					-- 50.1 would become 50.099998474121094
					THEN format('Bind a view over it that has %I::text::float8: widened as it is, a figure would not be the one that is shown.', wanted.name)
					ELSE 'Bind a view over it that has the type.' END;
		END IF;
		expressions := expressions || format('s.%I::%s AS %I', wanted.name, wanted.type_name, wanted.name);
	END LOOP;

	-- what the source reads, through views and functions
	IF EXISTS (
			WITH RECURSIVE reads AS (
				SELECT 'pg_class'::regclass::oid AS classid, source::oid AS objid
				UNION
				SELECT d.refclassid, d.refobjid
				FROM reads AS r
					LEFT JOIN pg_rewrite AS w ON w.ev_class = r.objid AND r.classid = 'pg_class'::regclass
					JOIN pg_depend AS d ON d.classid = r.classid AND d.objid = r.objid OR d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
				WHERE d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass)
			)
			SELECT FROM reads AS r JOIN pg_class AS c ON r.classid = 'pg_class'::regclass AND c.oid = r.objid
			WHERE c.relnamespace = registry AND c.relname = kind || '_source') THEN
		RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = format('%s reads the %s that it is to stand in for', source, kind || '_source');
	END IF;
	-- in place: everything else in the registry reads this view
	EXECUTE format('CREATE OR REPLACE VIEW %I WITH (security_invoker = true) AS SELECT %s FROM %s AS s', kind || '_source',
		array_to_string(expressions, ', '), COALESCE(source, format('%I', kind)::regclass));
	IF kind = 'observation' THEN
		-- what is bound may have no index by which the units of a programme are found
		EXECUTE 'CREATE OR REPLACE VIEW observation_unit_source WITH (security_invoker = true) AS SELECT programme_code, unit_code FROM '
			|| CASE WHEN source IS NULL THEN 'observation' ELSE 'programme CROSS JOIN unit' END;
	END IF;
	EXECUTE 'DELETE FROM source_hash';
	EXECUTE 'INSERT INTO refresh_queue (reason) VALUES (''source'')';
END
$function$;
COMMENT ON FUNCTION bind_registry(regnamespace, text, regclass) IS
	'lets a table, view or foreign table stand in for the registry''s own observation, target or node, or (NULL) those again. Columns are found by name; missing ones that need not be there get the defaults of the registry''s table (released_on: the end of the period). A column that must be there and is not (42703), one of another type, also real where double precision is meant (42804), a source that is temporary or reads what it stands in for, another kind, or a schema that is no registry (22023), and a caller who does not own it (42501) are errors. Where the source was dropped with CASCADE, bind_registry and then upgrade_registry bring back what went with it';
