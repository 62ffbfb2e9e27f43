-- The registry: a ready-made data model in a schema of the user's own. What follows below @TABLES@ and @CODE@ is
-- extension/registry/*.sql; it runs under a search_path of the registry's schema, the extension's and pg_temp.

CREATE FUNCTION registry_tables() RETURNS text
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog
	AS $function$
BEGIN
	RETURN $registry$
@TABLES@
$registry$;
END
$function$;
COMMENT ON FUNCTION registry_tables() IS 'the statements by which create_registry makes tables and sources';

CREATE FUNCTION registry_code() RETURNS text
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog
	AS $function$
BEGIN
	RETURN $registry$
@CODE@
$registry$;
END
$function$;
COMMENT ON FUNCTION registry_code() IS 'the statements by which create_registry and upgrade_registry make functions and views';

-- No SET here: the path is to hold for the rest of the calling function, whose own SET takes it back.
CREATE FUNCTION enter_registry(registry regnamespace) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	AS $function$
DECLARE
	extension_schema pg_catalog.name;
	registry_schema pg_catalog.name;
BEGIN
	IF registry IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = '22004', MESSAGE = 'the registry must not be NULL';
	END IF;
	SELECT n.nspname INTO registry_schema
	FROM pg_catalog.pg_namespace AS n
		JOIN pg_catalog.pg_class AS c ON c.relnamespace OPERATOR(pg_catalog.=) n.oid
	WHERE n.oid OPERATOR(pg_catalog.=) registry::pg_catalog.oid
		AND c.relname OPERATOR(pg_catalog.=) 'registry_version' AND c.relkind OPERATOR(pg_catalog.=) 'r';
	IF NOT FOUND THEN
		RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = pg_catalog.format('schema %s is not a registry', registry),
			HINT = 'create_registry(name) makes one.';
	END IF;
	SELECT n.nspname INTO extension_schema
	FROM pg_catalog.pg_extension AS e
		JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) e.extnamespace
	WHERE e.extname OPERATOR(pg_catalog.=) 'scorecard';
	PERFORM pg_catalog.set_config('search_path',
		pg_catalog.format('%I, %I, pg_temp', registry_schema, extension_schema), true);
END
$function$;
COMMENT ON FUNCTION enter_registry(regnamespace) IS
	'sets search_path to a registry for the rest of the calling function, or of the transaction. A schema that is no registry is an error (22023), NULL too (22004)';

CREATE FUNCTION registry_queue_rows() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog
	AS $function$
DECLARE
	concerned text := CASE TG_TABLE_NAME
		WHEN 'observation' THEN 'programme_code, unit_code, min(period_end)'
		WHEN 'target' THEN 'programme_code, unit_code, NULL::date'
		WHEN 'unit' THEN 'NULL::text, unit_code, NULL::date'
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
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog
	AS $function$
BEGIN
	EXECUTE format('INSERT INTO %I.refresh_queue (reason) VALUES (%L)', TG_TABLE_SCHEMA, TG_TABLE_NAME);
	RETURN NULL;
END
$function$;
COMMENT ON FUNCTION registry_queue_all() IS 'trigger of a registry''s tables: queues everything, for the next refresh';

CREATE FUNCTION registry_watch() RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	AS $function$
DECLARE
	watched pg_catalog.name;
BEGIN
	-- mark and vintage come with rows; nothing is there yet that they could concern
	FOREACH watched IN ARRAY '{programme,horizon,method,node,target,unit,mark,vintage,observation}'::pg_catalog.name[] LOOP
		CONTINUE WHEN EXISTS (SELECT FROM pg_catalog.pg_trigger
			WHERE tgrelid OPERATOR(pg_catalog.=) watched::pg_catalog.regclass AND tgname OPERATOR(pg_catalog.=) 'queue_insert');
		EXECUTE pg_catalog.format('CREATE TRIGGER queue_insert AFTER INSERT ON %1$I
				REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION registry_queue_rows();
			CREATE TRIGGER queue_update AFTER UPDATE ON %1$I
				REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION registry_queue_rows();
			CREATE TRIGGER queue_delete AFTER DELETE ON %1$I
				REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION registry_queue_rows();
			CREATE TRIGGER queue_truncate AFTER TRUNCATE ON %1$I
				FOR EACH STATEMENT EXECUTE FUNCTION registry_queue_all()', watched);
	END LOOP;
END
$function$;
COMMENT ON FUNCTION registry_watch() IS 'makes the triggers that queue changes on the tables of the registry that search_path leads to';

CREATE FUNCTION create_registry(registry text) RETURNS regnamespace
	LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE SET search_path = pg_catalog SET client_min_messages = warning
	AS $function$
DECLARE
	installed record;
BEGIN
	IF registry = '' OR octet_length(registry) > 63 THEN
		RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = format('"%s" cannot be the name of a registry', registry),
			HINT = 'A name has 1 to 63 bytes.';
	END IF;
	IF EXISTS (SELECT FROM pg_namespace WHERE nspname = registry) THEN
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
	PERFORM set_config('search_path', format('%I, %I, pg_temp', registry, installed.nspname), true);
	EXECUTE registry_tables();
	EXECUTE registry_code();
	PERFORM registry_watch();
	EXECUTE 'INSERT INTO registry_version (model_version, scorecard_version) VALUES (1, $1)' USING installed.extversion;
	RETURN quote_ident(registry)::regnamespace;
END
$function$;
COMMENT ON FUNCTION create_registry(text) IS
	'makes a registry: a schema of that name, or an empty one that is there, with tables, views and functions, all owned by the caller. NULL for NULL; a schema that is not empty is an error (42P06), an empty name or one of more than 63 bytes too (22023)';
