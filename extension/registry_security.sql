-- Who may do what in a registry: roles that read or edit, and units that a role may see.

CREATE FUNCTION registry_require_owner(registry regnamespace) RETURNS void
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE AS $$
BEGIN
	PERFORM inside_registry('grant_registry');
	IF pg_has_role((SELECT nspowner FROM pg_namespace WHERE oid = registry), 'USAGE') IS NOT TRUE THEN
		RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = format('must be owner of registry %s', registry);
	END IF;
END $$;
COMMENT ON FUNCTION registry_require_owner(regnamespace) IS
	'part of grant_registry and its like, on whose search_path it relies: only the owner, a member of the owning role or a superuser goes on (else 42501)';

CREATE FUNCTION grant_registry(registry regnamespace, grantee regrole, kind text DEFAULT 'reader') RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog AS $$
DECLARE
	editable text;
BEGIN
	PERFORM set_config('search_path', (SELECT quote_ident(n.nspname) FROM pg_extension AS e
		JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'scorecard'), true);
	PERFORM enter_registry(registry);
	PERFORM registry_require_owner(registry);
	IF grantee IS NULL OR kind IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed',
			MESSAGE = format('%s must not be null', CASE WHEN grantee IS NULL THEN 'grantee' ELSE 'kind' END);
	ELSIF kind NOT IN ('reader', 'editor') THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = format('there is no kind "%s" of role', kind), HINT = 'The kinds are reader and editor.';
	END IF;
	EXECUTE format('GRANT USAGE ON SCHEMA %s TO %s', registry, grantee);
	EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %s TO %s', registry, grantee);
	EXECUTE format('GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA %s TO %s', registry, grantee);
	IF kind = 'editor' THEN
		SELECT string_agg(oid::regclass::text, ', ' ORDER BY relname) INTO editable
		FROM pg_class WHERE relnamespace = registry AND relkind IN ('r', 'p') AND relname NOT IN ('registry_version', 'unit_access');
		EXECUTE format('GRANT INSERT, UPDATE, DELETE ON %s TO %s', editable, grantee);
		-- the lines of a file are counted from 1
		EXECUTE format('GRANT UPDATE ON SEQUENCE %s TO %s', pg_get_serial_sequence('staging', 'line'), grantee);
	END IF;
END $$;
COMMENT ON FUNCTION grant_registry(regnamespace, regrole, text) IS
	'lets a role read a registry (reader: its views, tables and functions), or also load, change and refresh it (editor). Tables made later need another call. A NULL: 22004; another kind, or a schema that is no registry: 22023; who does not own it: 42501';

CREATE FUNCTION revoke_registry(registry regnamespace, grantee regrole) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog AS $$
BEGIN
	PERFORM set_config('search_path', (SELECT quote_ident(n.nspname) FROM pg_extension AS e
		JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'scorecard'), true);
	PERFORM enter_registry(registry);
	PERFORM registry_require_owner(registry);
	IF grantee IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = 'grantee must not be null';
	END IF;
	EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %s FROM %s', registry, grantee);
	EXECUTE format('REVOKE ALL ON ALL SEQUENCES IN SCHEMA %s FROM %s', registry, grantee);
	EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA %s FROM %s', registry, grantee);
	EXECUTE format('REVOKE ALL ON SCHEMA %s FROM %s', registry, grantee);
END $$;
COMMENT ON FUNCTION revoke_registry(regnamespace, regrole) IS
	'takes back what grant_registry gave. A NULL: 22004; a schema that is no registry: 22023; who does not own it: 42501';

CREATE FUNCTION secure_units(registry regnamespace, secured boolean DEFAULT true) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog AS $$
DECLARE
	secured_table record;
	listed text;
	visible text;
	seen text;
	written text;
BEGIN
	PERFORM set_config('search_path', (SELECT quote_ident(n.nspname) FROM pg_extension AS e
		JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'scorecard'), true);
	PERFORM enter_registry(registry);
	PERFORM registry_require_owner(registry);
	IF secured IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = 'secured must not be null';
	END IF;
	-- an array from an uncorrelated subquery is computed once per query, and lets an index be used
	listed := format('ANY (ARRAY(SELECT a.unit_code FROM %s.unit_access AS a JOIN pg_catalog.pg_roles AS r'
		' ON r.rolname = a.role_name WHERE pg_catalog.pg_has_role(r.oid, ''USAGE'')))', registry);
	visible := 'unit_code = ' || listed;
	FOR secured_table IN
		SELECT c.oid::regclass AS name, c.relname
		FROM pg_class AS c
		WHERE c.relnamespace = registry AND c.relkind IN ('r', 'p') AND (c.relname = 'label' OR EXISTS (
			SELECT FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attname = 'unit_code' AND NOT a.attisdropped))
		ORDER BY c.relname
	LOOP
		-- what a role sees, and what it may write
		seen := CASE secured_table.relname
			WHEN 'target' THEN visible || ' OR unit_code IS NULL'
			WHEN 'refresh_queue' THEN visible || ' OR unit_code IS NULL'
			WHEN 'label' THEN 'object_kind <> ''unit'' OR object_code = ' || listed
			WHEN 'unit_successor' THEN visible || ' OR successor_code = ' || listed
			WHEN 'unit_access' THEN 'EXISTS (SELECT FROM pg_catalog.pg_roles AS r WHERE r.rolname = role_name'
				' AND pg_catalog.pg_has_role(r.oid, ''USAGE''))'
			ELSE visible END;
		written := CASE secured_table.relname
			WHEN 'label' THEN seen
			WHEN 'unit_successor' THEN visible || ' AND successor_code = ' || listed
			WHEN 'unit_access' THEN 'false'
			ELSE visible END;
		IF EXISTS (SELECT FROM pg_policy WHERE polrelid = secured_table.name AND polname = 'scorecard_units') THEN
			EXECUTE format('DROP POLICY scorecard_units ON %s', secured_table.name);
		END IF;
		EXECUTE format('ALTER TABLE %s %s ROW LEVEL SECURITY', secured_table.name,
			CASE WHEN secured THEN 'ENABLE' ELSE 'DISABLE' END);
		IF secured THEN
			EXECUTE format('CREATE POLICY scorecard_units ON %s USING (%s) WITH CHECK (%s)', secured_table.name, seen, written);
		END IF;
	END LOOP;
END $$;
COMMENT ON FUNCTION secure_units(regnamespace, boolean) IS
	'row-level security by unit: from now on a role sees and edits, in every table and view of the registry, only the units that the table unit_access lists for it or for a role whose rights it has. Targets for all units, and the method that a snapshot keeps, are seen by everybody; labels of units, successors and unit_access itself are secured too. A bound source is secured where it lies. The owner, superusers and roles with BYPASSRLS see all; only they can refresh. secured => false lifts it. A NULL: 22004; a schema that is no registry: 22023; who does not own it: 42501';
