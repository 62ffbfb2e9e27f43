-- Who may do what in a registry: roles that read, edit or refresh, and units that a role may see.

CREATE FUNCTION registry_privileges(kind text) RETURNS TABLE (relation text, privileges text[])
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE ROWS 30 AS $$
DECLARE
	computed CONSTANT text[] := '{snapshot,snapshot_sheet,snapshot_leaf,snapshot_node,snapshot_rank,source_hash}';
BEGIN
	PERFORM inside_registry('grant_registry');
	RETURN QUERY
	SELECT r.relation, p.privileges
	FROM registry_relations() AS r CROSS JOIN LATERAL (SELECT CASE
		WHEN kind = 'reader' THEN '{SELECT}'::text[]
		-- triggers write to it in the name of the editor
		WHEN kind = 'editor' AND r.relation IN ('refresh_queue', 'upload') THEN '{INSERT}'
		WHEN kind = 'editor' AND r.is_table AND r.relation <> ALL (computed || '{refresh_log,status_transition,registry_version,unit_access}'::text[])
			THEN '{INSERT,UPDATE,DELETE}'
		WHEN kind = 'refresher' AND r.relation = ANY (computed) THEN '{INSERT,UPDATE,DELETE}'
		WHEN kind = 'refresher' AND r.relation IN ('reporting_date', 'refresh_log') THEN '{INSERT,UPDATE}'
		WHEN kind = 'refresher' AND r.relation = 'refresh_queue' THEN '{INSERT,DELETE}'
		WHEN kind = 'refresher' AND r.relation = 'status_transition' THEN '{INSERT}'
	END AS privileges) AS p
	WHERE p.privileges IS NOT NULL;
END $$;
COMMENT ON FUNCTION registry_privileges(text) IS
	'part of grant_registry, on whose search_path it relies: what a kind of role may do with the tables and sources of a registry, beside reading. Editors change what people enter, refreshers what is computed. Another kind, or NULL: no row';

CREATE FUNCTION registry_is_secured() RETURNS boolean
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE AS $$
BEGIN
	PERFORM inside_registry('secure_units');
	RETURN EXISTS (SELECT FROM pg_policy WHERE polrelid = 'unit'::regclass AND polname = 'scorecard_units');
END $$;
COMMENT ON FUNCTION registry_is_secured() IS
	'part of secure_units and its like, on whose search_path it relies: whether a role sees only the units that unit_access lists for it';

CREATE FUNCTION visible_units(registry regnamespace, role text DEFAULT CURRENT_USER) RETURNS text[]
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	PERFORM set_config('search_path', (SELECT quote_ident(n.nspname) FROM pg_extension AS e
		JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'scorecard'), true);
	PERFORM enter_registry(registry);
	IF role IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = 'role must not be null';
	ELSIF NOT registry_is_secured() OR EXISTS (
			SELECT FROM pg_roles AS r JOIN pg_class AS c ON c.oid = 'unit'::regclass
			WHERE r.rolname = role AND (r.rolsuper OR r.rolbypassrls OR pg_has_role(r.oid, c.relowner, 'USAGE')))
		OR EXISTS (
			SELECT FROM unit_access AS a JOIN pg_roles AS g ON g.rolname = a.role_name JOIN pg_roles AS r ON r.rolname = role
			WHERE a.all_units AND pg_has_role(r.oid, g.oid, 'USAGE')) THEN
		RETURN NULL;
	END IF;
	RETURN ARRAY(
		SELECT DISTINCT a.unit_code
		FROM unit_access AS a JOIN pg_roles AS g ON g.rolname = a.role_name JOIN pg_roles AS r ON r.rolname = role
		WHERE pg_has_role(r.oid, g.oid, 'USAGE')
		ORDER BY a.unit_code);
END $$;
COMMENT ON FUNCTION visible_units(regnamespace, text) IS
	'the units of a registry that a role sees: those that unit_access lists for it or for a role whose rights it has, an empty array for a role that is not there; NULL: all units, where units are not secured, the role is the owner, a superuser or has BYPASSRLS, or unit_access gives it all_units. Of another role, the caller learns no more than unit_access shows him. A NULL: 22004; a schema that is no registry: 22023; one the caller may not use: 42501';

CREATE FUNCTION registry_require(registry regnamespace, kind text, only_relations text[] DEFAULT NULL) RETURNS void
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE AS $$
DECLARE
	missing text;
BEGIN
	PERFORM inside_registry('grant_registry');
	SELECT string_agg(format('%s on %s', lacking.privileges, lacking.relation), '; ' ORDER BY lacking.relation) INTO missing
	FROM (
		SELECT needed.relation, string_agg(needed.privilege, ', ' ORDER BY needed.privilege) AS privileges
		FROM (
			SELECT p.relation, unnest(p.privileges) AS privilege FROM registry_privileges('reader') AS p
			UNION ALL
			SELECT p.relation, unnest(p.privileges) FROM registry_privileges(registry_require.kind) AS p
			WHERE registry_require.kind <> 'reader' AND (only_relations IS NULL OR p.relation = ANY (only_relations))) AS needed
		WHERE NOT has_table_privilege(quote_ident(needed.relation)::regclass, needed.privilege)
		GROUP BY needed.relation) AS lacking;
	IF missing IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
			MESSAGE = format('role "%s" is no %s of registry %s', current_user, kind, registry),
			DETAIL = format('It lacks %s.', missing),
			HINT = format('The owner of the registry can call grant_registry(%L, %L, %L).', registry, quote_ident(current_user), kind);
	ELSIF kind = 'refresher' AND visible_units(registry) IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
			MESSAGE = format('role "%s" does not see all units of registry %s', current_user, registry),
			HINT = 'Let its owner refresh it, or a role for which unit_access says all_units.';
	END IF;
END $$;
COMMENT ON FUNCTION registry_require(regnamespace, text, text[]) IS
	'part of refresh_registry and its like, on whose search_path it relies: goes on only if the current role may do what grant_registry lets that kind of role do (with only_relations as far as these are concerned), and as a refresher sees all units; else 42501, with all that is missing';

CREATE FUNCTION grant_registry(registry regnamespace, grantee regrole, kind text DEFAULT 'reader') RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	granted record;
BEGIN
	PERFORM set_config('search_path', (SELECT quote_ident(n.nspname) FROM pg_extension AS e
		JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'scorecard'), true);
	PERFORM enter_registry(registry, as_owner => true);
	IF grantee IS NULL OR kind IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed',
			MESSAGE = format('%s must not be null', CASE WHEN grantee IS NULL THEN 'grantee' ELSE 'kind' END);
	ELSIF kind NOT IN ('reader', 'editor', 'refresher') THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = format('there is no kind "%s" of role', quotable(kind)), HINT = 'The kinds are reader, editor and refresher.';
	ELSIF NOT EXISTS (SELECT FROM pg_roles WHERE oid = grantee) THEN
		RAISE EXCEPTION USING ERRCODE = 'undefined_object', MESSAGE = format('role %s does not exist', grantee);
	END IF;
	EXECUTE format('GRANT USAGE ON SCHEMA %s TO %s', registry, grantee);
	EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %s TO %s', registry, grantee);
	EXECUTE format('GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA %s TO %s', registry, grantee);
	FOR granted IN SELECT p.relation, array_to_string(p.privileges, ', ') AS privileges FROM registry_privileges(grant_registry.kind) AS p LOOP
		EXECUTE format('GRANT %s ON %I TO %s', granted.privileges, granted.relation, grantee);
	END LOOP;
END $$;
COMMENT ON FUNCTION grant_registry(regnamespace, regrole, text) IS
	'lets a role read a registry (reader: its views, tables and functions), also load and change what people enter (editor), or also compute snapshots (refresher); a role may be both of these, by two calls. Tables made later need another call. A NULL: 22004; another kind, or a schema that is no registry: 22023; a role that is not there: 42704; who does not own it: 42501';

CREATE FUNCTION revoke_registry(registry regnamespace, grantee regrole) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	PERFORM set_config('search_path', (SELECT quote_ident(n.nspname) FROM pg_extension AS e
		JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'scorecard'), true);
	PERFORM enter_registry(registry, as_owner => true);
	IF grantee IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = 'grantee must not be null';
	ELSIF NOT EXISTS (SELECT FROM pg_roles WHERE oid = grantee) THEN
		RAISE EXCEPTION USING ERRCODE = 'undefined_object', MESSAGE = format('role %s does not exist', grantee);
	ELSIF EXISTS (SELECT FROM pg_namespace WHERE oid = registry AND nspowner = grantee)
			OR EXISTS (SELECT FROM pg_class WHERE relnamespace = registry AND relowner = grantee) THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_grant_operation', MESSAGE = format('role %s owns registry %s', grantee, registry),
			DETAIL = 'Its rights come with that, and without them nobody could keep the registry.',
			HINT = 'Give schema, tables, views and functions to another owner first.';
	END IF;
	EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %s FROM %s', registry, grantee);
	EXECUTE format('REVOKE ALL ON ALL SEQUENCES IN SCHEMA %s FROM %s', registry, grantee);
	EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA %s FROM %s', registry, grantee);
	EXECUTE format('REVOKE ALL ON SCHEMA %s FROM %s', registry, grantee);
END $$;
COMMENT ON FUNCTION revoke_registry(regnamespace, regrole) IS
	'takes back what grant_registry gave, of every kind. A NULL: 22004; a schema that is no registry: 22023; a role that is not there: 42704; one that owns the registry: 0LP01; who does not own it: 42501';

CREATE FUNCTION registry_guard() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	registry regnamespace := quote_ident(TG_TABLE_SCHEMA)::regnamespace;
BEGIN
	PERFORM set_config('search_path', (SELECT quote_ident(n.nspname) FROM pg_extension AS e
		JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'scorecard'), true);
	IF visible_units(registry) IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
			MESSAGE = format('role "%s" does not see all units of registry %s, and table %s concerns them all', current_user, registry, TG_TABLE_NAME),
			HINT = 'The owner of the registry, or a role for which unit_access says all_units, may change it.';
	END IF;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION registry_guard() IS
	'trigger that secure_units puts on the tables of a registry whose rows belong to no unit: a role that does not see all units may not change them (42501)';

CREATE FUNCTION secure_units(registry regnamespace, secured boolean DEFAULT true) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp SET client_min_messages = warning AS $$
DECLARE
	secured_table record;
	old_policy record;
	-- an array from an uncorrelated subquery is computed once per query
	has_role CONSTANT text := 'JOIN pg_catalog.pg_roles AS r ON r.rolname = a.role_name WHERE pg_catalog.pg_has_role(r.oid, ''USAGE'')';
	listed text;
	visible text;
	every_unit text;
BEGIN
	PERFORM set_config('search_path', (SELECT quote_ident(n.nspname) FROM pg_extension AS e
		JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'scorecard'), true);
	PERFORM enter_registry(registry, as_owner => true);
	IF secured IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = 'secured must not be null';
	END IF;
	listed := format('ANY (ARRAY(SELECT a.unit_code FROM unit_access AS a %s))', has_role);
	every_unit := format('EXISTS (SELECT FROM unit_access AS a %s AND a.all_units)', has_role);
	visible := format('unit_code = %s OR %s', listed, every_unit);

	FOR old_policy IN
		SELECT p.polname AS name, p.polrelid::regclass AS on_table
		FROM pg_policy AS p JOIN pg_class AS c ON c.oid = p.polrelid
		WHERE c.relnamespace = registry AND p.polname IN ('scorecard_units', 'scorecard_seen', 'scorecard_queued')
	LOOP
		EXECUTE format('DROP POLICY %I ON %s', old_policy.name, old_policy.on_table);
	END LOOP;

	FOR secured_table IN
		SELECT c.oid::regclass AS name, c.relname, c.relname = 'label' OR EXISTS (SELECT FROM pg_attribute AS a
			WHERE a.attrelid = c.oid AND a.attname = 'unit_code' AND NOT a.attisdropped) AS has_units
		FROM pg_class AS c
		WHERE c.relnamespace = registry AND c.relkind IN ('r', 'p')
		ORDER BY c.relname
	LOOP
		IF NOT secured_table.has_units THEN
			EXECUTE format('DROP TRIGGER IF EXISTS scorecard_guard ON %s', secured_table.name);
			IF secured AND secured_table.relname IN (SELECT r.relation FROM registry_relations() AS r) THEN
				EXECUTE format('CREATE TRIGGER scorecard_guard BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s'
					' FOR EACH STATEMENT EXECUTE FUNCTION registry_guard()', secured_table.name);
			END IF;
			CONTINUE;
		END IF;
		EXECUTE format('ALTER TABLE %s %s ROW LEVEL SECURITY', secured_table.name,
			CASE WHEN secured THEN 'ENABLE' ELSE 'DISABLE' END);
		CONTINUE WHEN NOT secured;
		-- what a role sees and may write; of unit_access, which others write for it, it sees its own
		EXECUTE format('CREATE POLICY scorecard_units ON %s %s USING (%s)', secured_table.name,
			CASE secured_table.relname WHEN 'unit_access' THEN 'FOR SELECT' ELSE 'FOR ALL' END,
			CASE secured_table.relname
				WHEN 'label' THEN format('object_kind = ''unit'' AND object_code = %s OR %s', listed, every_unit)
				WHEN 'unit_successor' THEN format('unit_code = %1$s AND successor_code = %1$s OR %2$s', listed, every_unit)
				-- lines of a file may be about any unit: load_staging says which it may not write
				WHEN 'staging' THEN 'loaded_by = CURRENT_USER'
				WHEN 'unit_access' THEN 'EXISTS (SELECT FROM pg_catalog.pg_roles AS r WHERE r.rolname = role_name'
					' AND pg_catalog.pg_has_role(r.oid, ''USAGE''))'
				ELSE visible END);
		-- what it sees beside that
		IF secured_table.relname IN ('target', 'label', 'unit_successor', 'refresh_queue') THEN
			EXECUTE format('CREATE POLICY scorecard_seen ON %s FOR SELECT USING (%s)', secured_table.name,
				CASE secured_table.relname
					WHEN 'label' THEN 'object_kind <> ''unit'''
					WHEN 'unit_successor' THEN format('unit_code = %1$s OR successor_code = %1$s', listed)
					ELSE 'unit_code IS NULL' END);
		END IF;
		-- whoever may change a thing may have it computed
		IF secured_table.relname = 'refresh_queue' THEN
			EXECUTE format('CREATE POLICY scorecard_queued ON %s FOR INSERT WITH CHECK (true)', secured_table.name);
		END IF;
	END LOOP;
END $$;
COMMENT ON FUNCTION secure_units(regnamespace, boolean) IS
	'row-level security by unit: from now on a role sees and edits, in every table and view of the registry, only the units that the table unit_access lists for it or for a role whose rights it has, or all of them where it says all_units. Targets for all units, labels of other things, and the method that a snapshot keeps with its targets are seen by everybody, and like every table whose rows belong to no unit (programme, method, node, mark and so on) changed only by roles that see all units (else 42501). Lines of staging are seen by the role that staged them. A bound source is secured where it lies. The owner, superusers and roles with BYPASSRLS see all. secured => false lifts it. A NULL: 22004; a schema that is no registry: 22023; who does not own it: 42501';
