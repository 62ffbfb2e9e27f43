-- Who may do what in a registry: roles that read or edit, and units that a role may see.

CREATE FUNCTION grant_registry(registry regnamespace, grantee regrole, kind text DEFAULT 'reader') RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog AS $$
DECLARE
	editable text;
BEGIN
	PERFORM set_config('search_path', (SELECT quote_ident(n.nspname) FROM pg_extension AS e
		JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'scorecard'), true);
	PERFORM enter_registry(registry);
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
	END IF;
END $$;
COMMENT ON FUNCTION grant_registry(regnamespace, regrole, text) IS
	'lets a role read a registry (reader: its views, tables and functions), or also load, change and refresh it (editor). Grants what the caller may grant, as GRANT does; tables made later need another call. A NULL: 22004; another kind, or a schema that is no registry: 22023';

CREATE FUNCTION revoke_registry(registry regnamespace, grantee regrole) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog AS $$
BEGIN
	PERFORM set_config('search_path', (SELECT quote_ident(n.nspname) FROM pg_extension AS e
		JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'scorecard'), true);
	PERFORM enter_registry(registry);
	IF grantee IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = 'grantee must not be null';
	END IF;
	EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %s FROM %s', registry, grantee);
	EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA %s FROM %s', registry, grantee);
	EXECUTE format('REVOKE ALL ON SCHEMA %s FROM %s', registry, grantee);
END $$;
COMMENT ON FUNCTION revoke_registry(regnamespace, regrole) IS
	'takes back what grant_registry gave. A NULL: 22004; a schema that is no registry: 22023';

CREATE FUNCTION secure_units(registry regnamespace, secured boolean DEFAULT true) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog AS $$
DECLARE
	secured_table record;
	visible text;
BEGIN
	PERFORM set_config('search_path', (SELECT quote_ident(n.nspname) FROM pg_extension AS e
		JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'scorecard'), true);
	PERFORM enter_registry(registry);
	IF secured IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = 'secured must not be null';
	END IF;
	-- an array from an uncorrelated subquery is computed once per query, and lets an index be used
	visible := format('unit_code = ANY (ARRAY(SELECT a.unit_code FROM %s.unit_access AS a JOIN pg_catalog.pg_roles AS r'
		' ON r.rolname = a.role_name WHERE pg_catalog.pg_has_role(r.oid, ''USAGE'')))', registry);
	FOR secured_table IN
		SELECT c.oid::regclass AS name, c.relname IN ('target', 'refresh_queue') AS shares_rows
		FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'unit_code' AND NOT a.attisdropped
		WHERE c.relnamespace = registry AND c.relkind IN ('r', 'p') AND c.relname NOT IN ('unit_access', 'unit_successor')
		ORDER BY c.relname
	LOOP
		IF EXISTS (SELECT FROM pg_policy WHERE polrelid = secured_table.name AND polname = 'scorecard_units') THEN
			EXECUTE format('DROP POLICY scorecard_units ON %s', secured_table.name);
		END IF;
		EXECUTE format('ALTER TABLE %s %s ROW LEVEL SECURITY', secured_table.name,
			CASE WHEN secured THEN 'ENABLE' ELSE 'DISABLE' END);
		IF secured THEN
			EXECUTE format('CREATE POLICY scorecard_units ON %s USING (%s) WITH CHECK (%s)', secured_table.name,
				concat_ws(' OR ', visible, CASE WHEN secured_table.shares_rows THEN 'unit_code IS NULL' END), visible);
		END IF;
	END LOOP;
END $$;
COMMENT ON FUNCTION secure_units(regnamespace, boolean) IS
	'row-level security by unit: from now on a role sees and edits, in every table and view of the registry, only the units that the table unit_access lists for it or for a role whose rights it has. Targets for all units are seen by everybody. The owner, superusers and roles with BYPASSRLS see all; only they can refresh. secured => false lifts it. A NULL: 22004; a schema that is no registry: 22023';
