-- Keeping the snapshots: what changed since the last refresh is computed anew, in one transaction.

CREATE FUNCTION registry_bound_source(kind text) RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE AS $$
BEGIN
	PERFORM inside_registry('refresh_registry');
	RETURN (
		SELECT string_agg(DISTINCT d.refobjid::regclass::text, ', ')
		FROM pg_rewrite AS r JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
		WHERE r.ev_class = quote_ident(kind || '_source')::regclass AND d.refclassid = 'pg_class'::regclass
			AND d.refobjid NOT IN (r.ev_class, quote_ident(kind)::regclass));
END $$;
COMMENT ON FUNCTION registry_bound_source(text) IS
	'part of refresh_registry, on whose search_path it relies: what is bound in place of the registry''s own observation, target or node; NULL if nothing is';

CREATE FUNCTION registry_source_hashes(kind text, only_programme text)
	RETURNS TABLE (programme_code text, unit_code text, period_end date, hash text)
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE ROWS 100000 AS $$
#variable_conflict use_column
DECLARE
	source text := registry_bound_source(kind);
	fault text;
	fault_state text;
	fault_detail text;
	fault_hint text;
BEGIN
	PERFORM inside_registry('refresh_registry');
	IF source IS NULL THEN
		RETURN;
	END IF;
	-- Targets and nodes have no period and are kept under -infinity and infinity, those for all units under an empty unit
	-- code. A sum of hashes needs no order.
	CASE kind
		WHEN 'observation' THEN
			RETURN QUERY
			SELECT programme_code, unit_code, period_end, sum(hashtextextended(o::text, 0))::text
			FROM observation_source AS o
			WHERE programme_code IS NOT NULL AND (only_programme IS NULL OR programme_code = only_programme)
				AND unit_code IS NOT NULL AND period_end BETWEEN '0001-01-01' AND '9999-12-31'
			GROUP BY 1, 2, 3;
		WHEN 'target' THEN
			RETURN QUERY
			SELECT programme_code, coalesce(unit_code, ''), date '-infinity', sum(hashtextextended(t::text, 0))::text
			FROM target_source AS t
			WHERE programme_code IS NOT NULL AND (only_programme IS NULL OR programme_code = only_programme) GROUP BY 1, 2;
		WHEN 'node' THEN
			RETURN QUERY
			SELECT programme_code, '', date 'infinity', sum(hashtextextended(n::text, 0))::text
			FROM node_source AS n
			WHERE programme_code IS NOT NULL AND (only_programme IS NULL OR programme_code = only_programme) GROUP BY 1;
	END CASE;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS fault = MESSAGE_TEXT, fault_state = RETURNED_SQLSTATE,
		fault_detail = PG_EXCEPTION_DETAIL, fault_hint = PG_EXCEPTION_HINT;
	RAISE EXCEPTION USING ERRCODE = fault_state, MESSAGE = format('cannot read %s: %s', source, fault),
		DETAIL = coalesce(nullif(fault_detail, ''), format('It is bound in place of the registry''s own %s.', kind)),
		HINT = coalesce(nullif(fault_hint, ''), 'Mend it, or bind a view that leaves out what cannot be read.');
END $$;
COMMENT ON FUNCTION registry_source_hashes(text, text) IS
	'part of refresh_registry, on whose search_path it relies: a hash for each programme, unit and period of what is bound in place of observation, target or node, of one programme or (NULL) of all; no row where nothing is bound. An error in reading it names it and keeps its SQLSTATE';

CREATE FUNCTION registry_queue_sources(only_programme text) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE AS $$
#variable_conflict use_column
BEGIN
	PERFORM inside_registry('refresh_registry');
	-- Tables elsewhere have no triggers of ours: each unit and period is compared with the hash kept of it; hashes that are
	-- as they were are not written, nor locked.
	WITH fresh AS MATERIALIZED (
		SELECT h.* FROM unnest('{observation,target,node}'::text[]) AS kind CROSS JOIN LATERAL registry_source_hashes(kind, only_programme) AS h),
	changed AS (
		INSERT INTO source_hash (programme_code, unit_code, period_end, hash)
		SELECT programme_code, unit_code, period_end, f.hash
		FROM fresh AS f LEFT JOIN source_hash AS k USING (programme_code, unit_code, period_end)
		WHERE k.hash IS DISTINCT FROM f.hash
		ON CONFLICT (programme_code, unit_code, period_end) DO UPDATE SET hash = excluded.hash
		RETURNING programme_code, unit_code, period_end),
	vanished AS (
		DELETE FROM source_hash AS h
		WHERE (only_programme IS NULL OR programme_code = only_programme) AND NOT EXISTS (SELECT FROM fresh AS f
			WHERE f.programme_code = h.programme_code AND f.unit_code = h.unit_code AND f.period_end = h.period_end)
		RETURNING programme_code, unit_code, period_end)
	INSERT INTO refresh_queue (programme_code, unit_code, period_end, reason)
	SELECT programme_code, nullif(unit_code, ''), nullif(min(CASE WHEN isfinite(period_end) THEN period_end ELSE '-infinity' END), '-infinity'),
		CASE WHEN bool_or(period_end = '-infinity') THEN 'target' ELSE 'source' END
	FROM (TABLE changed UNION ALL TABLE vanished) AS c
	GROUP BY programme_code, unit_code, period_end = '-infinity';
END $$;
COMMENT ON FUNCTION registry_queue_sources(text) IS
	'part of refresh_registry, on whose search_path it relies: finds what changed in bound sources, for one programme or (NULL) for all, by a scan of them and a hash per unit and period';

CREATE FUNCTION registry_read_sources(OUT unread text[], OUT faults text[], OUT fault_states text[])
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE AS $$
#variable_conflict use_column
DECLARE
	only_programme text;
	fault text;
	fault_state text;
BEGIN
	PERFORM inside_registry('refresh_registry');
	unread := '{}';
	IF coalesce(registry_bound_source('observation'), registry_bound_source('target'), registry_bound_source('node')) IS NULL THEN
		RETURN;
	END IF;
	-- all in one scan; only if that fails, each programme in one of its own
	FOR only_programme IN
		SELECT NULL UNION ALL (SELECT programme_code FROM programme ORDER BY programme_code COLLATE "C")
	LOOP
		BEGIN
			PERFORM registry_queue_sources(only_programme);
			EXIT WHEN only_programme IS NULL;
		-- as in refresh_registry
		EXCEPTION WHEN data_exception OR program_limit_exceeded OR cardinality_violation OR integrity_constraint_violation OR raise_exception THEN
			CONTINUE WHEN only_programme IS NULL;
			GET STACKED DIAGNOSTICS fault = MESSAGE_TEXT, fault_state = RETURNED_SQLSTATE;
			unread := unread || only_programme;
			faults := faults || fault;
			fault_states := fault_states || fault_state;
		END;
	END LOOP;
END $$;
COMMENT ON FUNCTION registry_read_sources() IS
	'part of refresh_registry, on whose search_path it relies: queues what changed in bound sources, and says of which programmes they cannot be read, and why';

CREATE FUNCTION registry_name_list(noun text, codes text[]) RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE AS $$
#variable_conflict use_column
DECLARE
	-- whoever reads a message does not read a thousand codes
	most CONSTANT integer := 10;
	others integer := cardinality(codes) - most;
BEGIN
	PERFORM inside_registry('refresh_registry');
	RETURN concat(noun, CASE WHEN cardinality(codes) > 1 THEN 's' END, ' ',
		(SELECT string_agg(format('"%s"', quotable(code)), ', ' ORDER BY place) FROM unnest(codes) WITH ORDINALITY AS c (code, place)
			WHERE place <= most),
		CASE WHEN others > 0 THEN format(' and %s other%s', others, CASE WHEN others > 1 THEN 's' END) END);
END $$;
COMMENT ON FUNCTION registry_name_list(text, text[]) IS
	'part of refresh_registry, on whose search_path it relies: what codes are called in a message, as units "a", "b", of more than ten the first ten and how many others there are';

CREATE FUNCTION registry_set_dates(as_of date, known_on date, unread text[]) RETURNS text
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE AS $$
#variable_conflict use_column
BEGIN
	PERFORM inside_registry('refresh_registry');
	IF registry_set_dates.as_of IS NULL THEN
		INSERT INTO reporting_date (programme_code, as_of)
		SELECT programme_code, last
		FROM programme AS p CROSS JOIN LATERAL (
			SELECT max(period_end) AS last FROM observation_source AS o
			WHERE o.programme_code = p.programme_code AND o.period_end BETWEEN '0001-01-01' AND '9999-12-31') AS o
		WHERE last IS NOT NULL AND p.programme_code <> ALL (unread)
			AND NOT EXISTS (SELECT FROM reporting_date AS d WHERE d.programme_code = p.programme_code);
		RETURN NULL;
	END IF;
	INSERT INTO reporting_date AS d (programme_code, as_of, known_on)
	SELECT programme_code, registry_set_dates.as_of, registry_set_dates.known_on
	FROM programme AS p
	WHERE daterange(p.valid_from, p.valid_to, '[]') @> registry_set_dates.as_of
		AND method_as_of(programme_code, registry_set_dates.as_of) IS NOT NULL
	ON CONFLICT (programme_code, as_of) DO UPDATE SET known_on = excluded.known_on
		WHERE excluded.known_on IS NOT NULL AND excluded.known_on IS DISTINCT FROM d.known_on;
	-- that a programme is over is worth a word only where nothing else was asked for
	RETURN (
		SELECT string_agg(format('%s is no reporting date of %s: %s', registry_set_dates.as_of, registry_name_list('programme', codes),
			CASE WHEN is_running THEN 'no method is valid then' ELSE 'not within valid_from and valid_to' END), '; ' ORDER BY is_running DESC)
		FROM (
			SELECT daterange(p.valid_from, p.valid_to, '[]') @> registry_set_dates.as_of AS is_running,
				array_agg(p.programme_code ORDER BY p.programme_code COLLATE "C") AS codes
			FROM programme AS p
			WHERE NOT EXISTS (SELECT FROM reporting_date AS d WHERE d.programme_code = p.programme_code AND d.as_of = registry_set_dates.as_of)
			GROUP BY 1) AS left_out
		WHERE is_running OR NOT EXISTS (SELECT FROM reporting_date AS d WHERE d.as_of = registry_set_dates.as_of));
END $$;
COMMENT ON FUNCTION registry_set_dates(date, date, text[]) IS
	'part of refresh_registry, on whose search_path it relies: adds the reporting date asked for, or a first one to programmes whose observations can be read. Returns which programmes do not have the one asked for, and why; NULL: all have it, or none was asked for';

CREATE FUNCTION registry_statuses(programme_code text, units text[], OUT as_of date, OUT only_units text[],
								  OUT unit_codes text[], OUT node_codes text[], OUT dues date[], OUT statuses text[])
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE AS $$
#variable_conflict use_column
DECLARE
	latest record;
BEGIN
	PERFORM inside_registry('refresh_registry');
	SELECT s.snapshot_id, s.as_of INTO latest FROM snapshot AS s
	WHERE s.programme_code = registry_statuses.programme_code ORDER BY s.as_of DESC LIMIT 1;
	as_of := latest.as_of;
	only_units := units;
	SELECT array_agg(n.unit_code), array_agg(n.node_code), array_agg(n.due), array_agg(n.status::text)
	INTO unit_codes, node_codes, dues, statuses
	FROM snapshot_node AS n
	WHERE n.snapshot_id = latest.snapshot_id AND n.node_kind <> 'leaf' AND (units IS NULL OR n.unit_code = ANY (units));
END $$;
COMMENT ON FUNCTION registry_statuses(text, text[]) IS
	'part of refresh_registry, on whose search_path it relies: the statuses of the latest snapshot of a programme, as arrays';

CREATE FUNCTION registry_snapshot_units(snapshot_id bigint) RETURNS text[]
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE AS $$
#variable_conflict use_column
BEGIN
	PERFORM inside_registry('refresh_registry');
	RETURN ARRAY(SELECT u.unit_code FROM unit AS u
		UNION SELECT h.unit_code FROM snapshot_sheet AS h WHERE h.snapshot_id = registry_snapshot_units.snapshot_id ORDER BY 1);
END $$;
COMMENT ON FUNCTION registry_snapshot_units(bigint) IS
	'part of refresh_registry, on whose search_path it relies: the units that a snapshot can have rows of, those that are there now and those that no longer are';

CREATE FUNCTION registry_write_units(snapshot_id bigint, units text[], suspects text[], samples text[], OUT rows_written bigint,
									 OUT failed text[], OUT faults text[], OUT fault_states text[])
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE AS $$
#variable_conflict use_column
DECLARE
	-- bounds what one statement holds in memory
	units_at_once CONSTANT integer := 1000;
	every text[];
	part text[];
	sample text;
	tried integer := 0;
	written record;
	fault text;
	fault_state text;
BEGIN
	PERFORM inside_registry('refresh_registry');
	rows_written := 0;
	failed := '{}';
	faults := '{}';
	fault_states := '{}';
	IF suspects = '{}' AND coalesce(cardinality(units), (SELECT count(*) FROM unit)) <= units_at_once THEN
		BEGIN
			rows_written := write_snapshot(registry_write_units.snapshot_id, units);
			RETURN;
		-- as in refresh_registry
		EXCEPTION WHEN data_exception OR program_limit_exceeded OR cardinality_violation OR integrity_constraint_violation OR raise_exception THEN
			GET STACKED DIAGNOSTICS fault = MESSAGE_TEXT, fault_state = RETURNED_SQLSTATE;
		END;
	END IF;
	every := coalesce(units, registry_snapshot_units(registry_write_units.snapshot_id));
	IF fault_state IS NOT NULL AND cardinality(every) = 0 THEN
		RAISE EXCEPTION USING ERRCODE = fault_state, MESSAGE = fault;
	ELSIF fault_state IS NOT NULL AND cardinality(every) = 1 THEN
		failed := every;
		faults := ARRAY[fault];
		fault_states := ARRAY[fault_state];
		RETURN;
	END IF;
	-- A fault that all samples share is taken for one of all: they are not gone through one by one.
	FOREACH sample IN ARRAY CASE WHEN fault_state IS NOT NULL THEN samples ELSE '{}' END LOOP
		SELECT * INTO written FROM registry_write_units(registry_write_units.snapshot_id, ARRAY[sample], '{}', '{}');
		EXIT WHEN written.faults IS DISTINCT FROM ARRAY[fault];
		tried := tried + 1;
		IF tried = cardinality(samples) THEN
			failed := every;
			faults := array_fill(fault, ARRAY[cardinality(every)]);
			fault_states := array_fill(fault_state, ARRAY[cardinality(every)]);
			RETURN;
		END IF;
	END LOOP;
	-- By halves: of n units, each is computed at most log2(n) + 1 times, however many are at fault. Suspects are tried by themselves.
	FOR part IN
		SELECT array_agg(unit ORDER BY place) FROM unnest(every) WITH ORDINALITY AS u (unit, place)
		GROUP BY CASE WHEN suspects = '{}' THEN place <= cardinality(every) / 2 ELSE unit = ANY (suspects) END
	LOOP
		SELECT * INTO written FROM registry_write_units(registry_write_units.snapshot_id, part, '{}',
			CASE WHEN fault_state IS NULL THEN samples ELSE '{}' END);
		rows_written := rows_written + written.rows_written;
		failed := failed || written.failed;
		faults := faults || written.faults;
		fault_states := fault_states || written.fault_states;
	END LOOP;
END $$;
COMMENT ON FUNCTION registry_write_units(bigint, text[], text[], text[]) IS
	'part of refresh_registry, on whose search_path it relies: write_snapshot for some units or (NULL) for all, as far as their data allow, and apart from the others for suspects, units that failed for another date. failed are units that cannot be computed, of which nothing is written, each with its error and SQLSTATE. An error that every one of the samples has too is taken for that of all of these units';

CREATE FUNCTION registry_write_snapshot(programme_code text, as_of date, known_on date, units text[], suspects text[], refresh_id bigint,
										OUT snapshot_id bigint, OUT cells integer, OUT rows_written bigint,
										OUT failed text[], OUT faults text[], OUT fault_states text[])
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE AS $$
#variable_conflict use_column
DECLARE
	before record;
	concerned text[] := units;
	made record;
	written record;
	deleted bigint;
	observed text[];
	samples text[] := '{}';
BEGIN
	PERFORM inside_registry('refresh_registry');
	IF NOT EXISTS (SELECT FROM node_source AS n WHERE n.programme_code = registry_write_snapshot.programme_code
			AND n.method_version = method_as_of(registry_write_snapshot.programme_code, registry_write_snapshot.as_of)) THEN
		RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = format('method "%s", valid on %s, has no nodes',
			method_as_of(registry_write_snapshot.programme_code, registry_write_snapshot.as_of), registry_write_snapshot.as_of);
	END IF;
	SELECT s.* INTO before FROM snapshot AS s
	WHERE s.programme_code = registry_write_snapshot.programme_code AND s.as_of = registry_write_snapshot.as_of;
	INSERT INTO snapshot AS s (programme_code, as_of, known_on, method_version, framework, framework_fingerprint,
		scorecard_version, refresh_id)
	SELECT p.programme_code, p.as_of, p.known_on, method_as_of(p.programme_code, p.as_of), f.framework,
		framework_fingerprint(f.framework), e.extversion, p.refresh_id
	FROM (VALUES (registry_write_snapshot.programme_code, registry_write_snapshot.as_of, registry_write_snapshot.known_on,
			registry_write_snapshot.refresh_id)) AS p (programme_code, as_of, known_on, refresh_id)
		CROSS JOIN LATERAL (SELECT framework_as_of(p.programme_code, p.as_of, p.known_on) AS framework OFFSET 0) AS f
		CROSS JOIN pg_extension AS e
	WHERE e.extname = 'scorecard'
	ON CONFLICT (programme_code, as_of) DO UPDATE SET known_on = excluded.known_on, method_version = excluded.method_version,
		framework = excluded.framework, framework_fingerprint = excluded.framework_fingerprint,
		scorecard_version = excluded.scorecard_version, refresh_id = excluded.refresh_id, computed_at = excluded.computed_at
	RETURNING s.snapshot_id, s.framework_fingerprint, s.known_on INTO made;
	snapshot_id := made.snapshot_id;
	-- a unit's own target may stand in the method of all
	IF made.framework_fingerprint IS DISTINCT FROM before.framework_fingerprint THEN
		concerned := NULL;
	END IF;
	observed := ARRAY(SELECT o.unit_code FROM unit_observed(concerned, ARRAY[registry_write_snapshot.programme_code]) AS o ORDER BY 1);
	-- of many units sixteen, from the first to the last
	IF cardinality(observed) >= 64 THEN
		samples := ARRAY(SELECT observed[1 + i * (cardinality(observed) - 1) / 15] FROM generate_series(0, 15) AS i);
	END IF;
	SELECT * INTO written FROM registry_write_units(made.snapshot_id, concerned, suspects, samples);
	rows_written := written.rows_written;
	failed := written.failed;
	faults := written.faults;
	fault_states := written.fault_states;
	cells := coalesce(cardinality(concerned) - cardinality(failed), (SELECT count(DISTINCT h.unit_code) FROM snapshot_sheet AS h
		WHERE h.snapshot_id = made.snapshot_id AND h.unit_code <> ALL (failed)));
	-- nothing could be computed: as it was
	IF failed <> '{}' AND cells = 0 THEN
		snapshot_id := NULL;
		DELETE FROM snapshot AS s WHERE s.snapshot_id = made.snapshot_id AND before.snapshot_id IS NULL;
		UPDATE snapshot AS s SET known_on = before.known_on, method_version = before.method_version, framework = before.framework,
			framework_fingerprint = before.framework_fingerprint, scorecard_version = before.scorecard_version,
			refresh_id = before.refresh_id, computed_at = before.computed_at
		WHERE s.snapshot_id = before.snapshot_id;
	-- a unit that failed keeps its rows, but not in a snapshot of another method or another state of knowledge than they are of
	ELSIF failed <> '{}' AND (made.framework_fingerprint, made.known_on) IS DISTINCT FROM (before.framework_fingerprint, before.known_on) THEN
		WITH leaf AS (DELETE FROM snapshot_leaf AS l WHERE l.snapshot_id = made.snapshot_id AND l.unit_code = ANY (failed) RETURNING 1),
			sheet AS (DELETE FROM snapshot_sheet AS h WHERE h.snapshot_id = made.snapshot_id AND h.unit_code = ANY (failed) RETURNING 1),
			node AS (DELETE FROM snapshot_node AS n WHERE n.snapshot_id = made.snapshot_id AND n.unit_code = ANY (failed) RETURNING 1)
		SELECT (SELECT count(*) FROM leaf) + (SELECT count(*) FROM sheet) + (SELECT count(*) FROM node) INTO deleted;
		rows_written := rows_written + deleted;
	END IF;
	rows_written := rows_written + rank_snapshot(made.snapshot_id);
END $$;
COMMENT ON FUNCTION registry_write_snapshot(text, date, date, text[], text[], bigint) IS
	'part of refresh_registry, on whose search_path it relies: computes one snapshot anew, for some units or (NULL) for all; suspects are units that could not be computed for another date. failed are those that cannot be for this one, each with its error and SQLSTATE: their rows stay as they were, or go if the method or the state of knowledge of the snapshot is another one now. Where none can be computed, the snapshot stays as it was, and snapshot_id is NULL';

CREATE TYPE refresh_result AS (
	refresh_id bigint, mode text, snapshots integer, cells integer, rows_written bigint, transitions integer, message text
);
COMMENT ON TYPE refresh_result IS 'the row of refresh_registry(); columns are only ever appended';
COMMENT ON COLUMN refresh_result.refresh_id IS 'the row of refresh_log; NULL if another refresh is running and wait is false';
COMMENT ON COLUMN refresh_result.mode IS 'full, incremental, or busy if another refresh is running and wait is false';
COMMENT ON COLUMN refresh_result.snapshots IS 'how many snapshots were written to';
COMMENT ON COLUMN refresh_result.cells IS 'how many (unit, reporting date) were computed';
COMMENT ON COLUMN refresh_result.rows_written IS 'how many rows of snapshots were written';
COMMENT ON COLUMN refresh_result.transitions IS 'how many current statuses changed: the rows of status_transition';
COMMENT ON COLUMN refresh_result.message IS
	'what it has to say: programmes and units that could not be computed, and why, at most ten units by name; programmes that do not have the reporting date asked for; reporting dates without a method; that another refresh is running. NULL: nothing';

CREATE FUNCTION registry_judges_others(programme_code text, failed text[], before_the_last boolean) RETURNS boolean
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE AS $$
#variable_conflict use_column
BEGIN
	PERFORM inside_registry('refresh_registry');
	RETURN EXISTS (SELECT FROM snapshot AS s JOIN snapshot_sheet AS h USING (snapshot_id)
			WHERE s.programme_code = registry_judges_others.programme_code AND h.unit_code <> ALL (failed))
		-- or will do, for a later date
		OR before_the_last AND EXISTS (SELECT FROM programme AS p JOIN unit AS u ON u.unit_code <> ALL (failed)
			WHERE p.programme_code = registry_judges_others.programme_code AND CASE WHEN p.unit_kind IS NOT NULL THEN u.unit_kind = p.unit_kind
				ELSE EXISTS (SELECT FROM observation_source AS o WHERE o.unit_code = u.unit_code AND o.programme_code = p.programme_code)
					OR EXISTS (SELECT FROM target_source AS t WHERE t.unit_code = u.unit_code AND t.programme_code = p.programme_code) END);
END $$;
COMMENT ON FUNCTION registry_judges_others(text, text[], boolean) IS
	'part of refresh_registry, on whose search_path it relies: whether a programme judges units beside those that failed: whether it has rows of them or, before_the_last of its reporting dates, may still get some';

CREATE FUNCTION registry_unit_messages(programme_code text, units text[], causes text[], states text[],
									   OUT faults text[], OUT fault_states text[])
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE AS $$
#variable_conflict use_column
DECLARE
	-- as many messages; what is left over shares the last one
	most CONSTANT integer := 10;
BEGIN
	PERFORM inside_registry('refresh_registry');
	WITH failure AS (
		SELECT unit, cause, state, min(unit COLLATE "C") OVER (PARTITION BY cause, state) AS first FROM unnest(units, causes, states) AS f (unit, cause, state)),
	numbered AS (
		SELECT *, LEAST(dense_rank() OVER (ORDER BY first), most) AS number FROM failure),
	message AS (
		SELECT number, (array_agg(state ORDER BY unit COLLATE "C"))[1] AS state,
			registry_name_list('unit', array_agg(unit ORDER BY unit COLLATE "C")) AS names,
			CASE WHEN count(DISTINCT cause) > 1 THEN 'several errors, the first: ' ELSE '' END || (array_agg(cause ORDER BY unit COLLATE "C"))[1] AS cause
		FROM numbered GROUP BY number)
	SELECT coalesce(array_agg(format('programme "%s", %s: %s', programme_code, names, cause) ORDER BY number), '{}'),
		coalesce(array_agg(state ORDER BY number), '{}') INTO faults, fault_states
	FROM message;
END $$;
COMMENT ON FUNCTION registry_unit_messages(text, text[], text[], text[]) IS
	'part of refresh_registry, on whose search_path it relies: units of a programme that could not be computed, in a sentence for each error, with an SQLSTATE each';

CREATE FUNCTION registry_refresh_programme(programme_code text, refresh_id bigint, units text[], since date[], full_refresh boolean,
										   OUT snapshot_ids bigint[], OUT cells integer, OUT rows_written bigint,
										   OUT faults text[], OUT fault_states text[])
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE AS $$
#variable_conflict use_column
DECLARE
	programme text := registry_refresh_programme.programme_code;
	-- from which date on all units are concerned; units and since hold a NULL unit for that
	all_since date := (SELECT min(s) FROM unnest(units, since) AS u(unit, s) WHERE unit IS NULL);
	some_units text[] := (SELECT array_agg(unit) FROM unnest(units) AS unit WHERE unit IS NOT NULL);
	latest date;
	before record;
	cell record;
	concerned text[];
	written record;
	-- units that could not be computed, from which date on, and why
	failed text[] := '{}';
	failed_since date[] := '{}';
	causes text[] := '{}';
	cause_states text[] := '{}';
	reported timestamptz := clock_timestamp();
BEGIN
	PERFORM inside_registry('refresh_registry');
	cells := 0;
	rows_written := 0;
	snapshot_ids := '{}';
	latest := (SELECT max(d.as_of) FROM reporting_date AS d
		WHERE d.programme_code = programme AND method_as_of(programme, d.as_of) IS NOT NULL);
	SELECT * INTO before FROM registry_statuses(programme, CASE WHEN NOT full_refresh AND all_since IS NULL
		AND latest = (SELECT max(s.as_of) FROM snapshot AS s WHERE s.programme_code = programme) THEN coalesce(some_units, '{}') END);
	WITH gone AS (
		DELETE FROM snapshot AS s
		WHERE s.programme_code = programme AND NOT EXISTS (SELECT FROM reporting_date AS d
			WHERE d.programme_code = programme AND d.as_of = s.as_of AND method_as_of(programme, d.as_of) IS NOT NULL)
		RETURNING 1)
	SELECT count(*) INTO rows_written FROM gone;

	FOR cell IN
		SELECT d.as_of, d.known_on, full_refresh OR s.snapshot_id IS NULL OR d.known_on IS DISTINCT FROM s.known_on
			OR coalesce(d.as_of >= all_since, false) AS is_whole
		FROM reporting_date AS d LEFT JOIN snapshot AS s ON s.programme_code = d.programme_code AND s.as_of = d.as_of
		WHERE d.programme_code = programme AND method_as_of(programme, d.as_of) IS NOT NULL
		ORDER BY d.as_of
	LOOP
		concerned := CASE WHEN NOT cell.is_whole THEN ARRAY(
			SELECT DISTINCT unit FROM unnest(units, since) AS u(unit, s) WHERE unit IS NOT NULL AND s <= cell.as_of) END;
		CONTINUE WHEN concerned = '{}';
		SELECT * INTO written FROM registry_write_snapshot(programme, cell.as_of, cell.known_on, concerned, failed, refresh_id);
		cells := cells + written.cells;
		rows_written := rows_written + written.rows_written;
		IF written.snapshot_id IS NOT NULL THEN
			snapshot_ids := snapshot_ids || written.snapshot_id;
		END IF;
		FOR i IN 1..cardinality(written.failed) LOOP
			CONTINUE WHEN written.failed[i] = ANY (failed);
			failed := failed || written.failed[i];
			failed_since := failed_since || cell.as_of;
			causes := causes || written.faults[i];
			cause_states := cause_states || written.fault_states[i];
		END LOOP;
		-- where no unit can be computed, the fault is the programme's
		IF written.failed <> '{}' AND NOT registry_judges_others(programme, failed, cell.as_of < latest) THEN
			RAISE EXCEPTION USING ERRCODE = cause_states[1], MESSAGE = causes[1];
		END IF;
		IF clock_timestamp() > reported + interval '10 seconds' THEN
			reported := clock_timestamp();
			RAISE NOTICE 'programme "%": done up to %, the last date is %', programme, cell.as_of, latest;
		END IF;
	END LOOP;
	INSERT INTO refresh_queue (programme_code, unit_code, period_end, reason)
	SELECT programme, unit, day, 'refresh' FROM unnest(failed, failed_since) AS f (unit, day);
	SELECT * INTO faults, fault_states FROM registry_unit_messages(programme, failed, causes, cause_states);

	-- what the latest reporting date says now, against what the latest one said before; the first one changes nothing
	INSERT INTO status_transition (refresh_id, programme_code, unit_code, node_code, due, as_of, from_status, to_status)
	SELECT registry_refresh_programme.refresh_id, programme, unit_code, node_code, due, coalesce(latest, before.as_of),
		b.status::progress_status, a.status::progress_status
	FROM unnest(before.unit_codes, before.node_codes, before.dues, before.statuses) AS b (unit_code, node_code, due, status)
		FULL JOIN (SELECT n.* FROM registry_statuses(programme, before.only_units) AS r,
			unnest(r.unit_codes, r.node_codes, r.dues, r.statuses) AS n (unit_code, node_code, due, status)) AS a
		USING (unit_code, node_code, due)
	WHERE before.as_of IS NOT NULL AND a.status IS DISTINCT FROM b.status
	ORDER BY unit_code COLLATE "C", due, node_code COLLATE "C";
END $$;
COMMENT ON FUNCTION registry_refresh_programme(text, bigint, text[], date[], boolean) IS
	'part of refresh_registry, on whose search_path it relies: the snapshots of one programme that a change concerns, and the transitions of its current statuses. Units that cannot be computed stay queued and are named by faults, with an SQLSTATE each; where there are no others, that is an error';

CREATE FUNCTION registry_notify(registry regnamespace, refresh_id bigint, snapshot_ids bigint[]) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE AS $$
#variable_conflict use_column
BEGIN
	PERFORM inside_registry('refresh_registry');
	-- a payload has less than 8000 bytes: 81 pairs of words and the last hundred snapshots stay below 6000
	PERFORM pg_notify('scorecard_refresh', jsonb_build_object(
		'registry', registry::text, 'refresh_id', registry_notify.refresh_id, 'snapshots', cardinality(snapshot_ids),
		'snapshot_ids', (SELECT coalesce(jsonb_agg(id ORDER BY place), '[]') FROM unnest(snapshot_ids) WITH ORDINALITY AS s(id, place)
			WHERE place > cardinality(snapshot_ids) - 100),
		'transitions', (SELECT coalesce(jsonb_object_agg(pair, n), '{}') FROM (
			SELECT concat(coalesce(from_status::text, 'none'), ' -> ', coalesce(to_status::text, 'none')) AS pair, count(*) AS n
			FROM status_transition AS t WHERE t.refresh_id = registry_notify.refresh_id GROUP BY 1) AS p))::text);
END $$;
COMMENT ON FUNCTION registry_notify(regnamespace, bigint, bigint[]) IS
	'part of refresh_registry, on whose search_path it relies: one NOTIFY with counts';

CREATE FUNCTION refresh_registry(registry regnamespace, as_of date DEFAULT NULL, known_on date DEFAULT NULL,
								 full_refresh boolean DEFAULT false, wait boolean DEFAULT true) RETURNS refresh_result
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp SET extra_float_digits = 1 SET datestyle = 'ISO, YMD' AS $$
#variable_conflict use_column
DECLARE
	started timestamptz := clock_timestamp();
	id bigint;
	sources record;
	queued record;
	programme record;
	place integer;
	written record;
	snapshot_ids bigint[] := '{}';
	cells integer := 0;
	rows_written bigint := 0;
	transitions integer;
	left_out text;
	note text;
	programmes integer := 0;
	fault text;
	fault_state text;
	faults text[] := '{}';
	fault_states text[] := '{}';
	unit_faults text[] := '{}';
	unit_fault_states text[] := '{}';
BEGIN
	PERFORM set_config('search_path', (SELECT quote_ident(n.nspname) FROM pg_extension AS e
		JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'scorecard'), true);
	PERFORM enter_registry(registry);
	PERFORM registry_require(registry, 'refresher');
	IF known_on IS NOT NULL AND as_of IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = 'known_on is given without as_of',
			HINT = 'It is the date of knowledge of one reporting date: say which.';
	ELSIF as_of NOT BETWEEN '0001-01-01' AND '9999-12-31' OR known_on NOT BETWEEN '0001-01-01' AND '9999-12-31' THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = 'as_of and known_on must lie from 0001-01-01 to 9999-12-31';
	END IF;

	-- the log is what only those lock who may refresh
	IF wait THEN
		LOCK TABLE refresh_log IN SHARE ROW EXCLUSIVE MODE;
	ELSE
		BEGIN
			LOCK TABLE refresh_log IN SHARE ROW EXCLUSIVE MODE NOWAIT;
		EXCEPTION WHEN lock_not_available THEN
			IF EXISTS (SELECT FROM pg_locks AS l WHERE l.relation = 'refresh_log'::regclass AND l.mode = 'ShareRowExclusiveLock'
				AND l.database = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())) THEN
				RETURN ROW(NULL::bigint, 'busy'::text, 0, 0, 0::bigint, 0, 'another refresh is running'::text);
			END IF;
			-- what is no refresh, autovacuum say, is soon done or gives way
			LOCK TABLE refresh_log IN SHARE ROW EXCLUSIVE MODE;
		END;
	END IF;

	INSERT INTO refresh_log (started_at, mode) VALUES (started, CASE WHEN full_refresh THEN 'full' ELSE 'incremental' END)
	RETURNING refresh_id INTO id;
	SELECT * INTO sources FROM registry_read_sources();
	left_out := registry_set_dates(as_of, known_on, sources.unread);
	-- Only now, under the lock. What is committed later than this statement begins stays in the queue; at worst it is
	-- computed twice.
	WITH RECURSIVE taken AS (
		DELETE FROM refresh_queue AS q
		-- without horizons of its own, a programme is judged at the due dates of all its targets
		RETURNING programme_code, CASE WHEN reason <> 'target' OR EXISTS (
				SELECT FROM horizon AS h WHERE h.programme_code = q.programme_code) THEN unit_code END AS unit_code,
			coalesce(period_end, '-infinity') AS since, reason = 'refresh' AS is_repeated),
	-- what a unit has is what its successors were made of; what a refresh left over had them beside it already
	concerned AS (
		SELECT programme_code, unit_code, min(since) AS since, is_repeated FROM taken GROUP BY programme_code, unit_code, is_repeated
		UNION
		SELECT c.programme_code, s.successor_code, c.since, false
		FROM concerned AS c JOIN unit_successor AS s ON s.unit_code = c.unit_code AND NOT c.is_repeated)
	SELECT array_agg(programme_code) AS programmes, array_agg(unit_code) AS units, array_agg(since) AS since INTO queued
	FROM (SELECT programme_code, unit_code, min(since) AS since FROM concerned GROUP BY 1, 2) AS t;

	FOR programme IN
		SELECT p.programme_code, array_agg(q.unit) FILTER (WHERE q.since IS NOT NULL) AS units,
			array_agg(q.since) FILTER (WHERE q.since IS NOT NULL) AS since
		FROM programme AS p LEFT JOIN unnest(queued.programmes, queued.units, queued.since) AS q (programme, unit, since)
			ON q.programme = p.programme_code OR q.programme IS NULL
		GROUP BY p.programme_code ORDER BY p.programme_code COLLATE "C"
	LOOP
		programmes := programmes + 1;
		place := array_position(sources.unread, programme.programme_code);
		BEGIN
			IF place IS NOT NULL THEN
				RAISE EXCEPTION USING ERRCODE = sources.fault_states[place], MESSAGE = sources.faults[place];
			END IF;
			SELECT * INTO written
			FROM registry_refresh_programme(programme.programme_code, id, programme.units, programme.since, full_refresh);
		-- what comes of its data concerns this programme alone; everything else stops the refresh
		EXCEPTION WHEN data_exception OR program_limit_exceeded OR cardinality_violation OR integrity_constraint_violation OR raise_exception THEN
			GET STACKED DIAGNOSTICS fault = MESSAGE_TEXT, fault_state = RETURNED_SQLSTATE;
			faults := faults || format('programme "%s": %s', programme.programme_code, fault);
			fault_states := fault_states || fault_state;
			INSERT INTO refresh_queue (programme_code, unit_code, period_end, reason)
			SELECT programme.programme_code, unit, nullif(s, '-infinity'), 'refresh' FROM unnest(programme.units, programme.since) AS u (unit, s)
			WHERE NOT full_refresh
			UNION ALL SELECT programme.programme_code, NULL, NULL, 'refresh' WHERE full_refresh;
			CONTINUE;
		END;
		snapshot_ids := snapshot_ids || written.snapshot_ids;
		cells := cells + written.cells;
		rows_written := rows_written + written.rows_written;
		unit_faults := unit_faults || written.faults;
		unit_fault_states := unit_fault_states || written.fault_states;
	END LOOP;

	IF cardinality(faults) = programmes AND programmes > 0 THEN
		RAISE EXCEPTION USING ERRCODE = fault_state, MESSAGE = array_to_string(faults, '; '),
			HINT = 'check_registry lists what is wrong with the data.';
	END IF;
	FOR i IN 1..cardinality(faults) LOOP
		RAISE WARNING USING ERRCODE = fault_states[i], MESSAGE = faults[i],
			HINT = 'Its snapshots stay as they were, and the next refresh takes it up again. check_registry lists what is wrong with the data.';
	END LOOP;
	FOR i IN 1..cardinality(unit_faults) LOOP
		RAISE WARNING USING ERRCODE = unit_fault_states[i], MESSAGE = unit_faults[i],
			HINT = 'All others are computed, and the next refresh takes these up again. check_registry lists what is wrong with the data.';
	END LOOP;

	SELECT count(*) INTO transitions FROM status_transition AS t WHERE t.refresh_id = id;
	SELECT format('no method for %s reporting dates of %s', count(*), string_agg(DISTINCT d.programme_code, ', ')) INTO note
	FROM reporting_date AS d WHERE method_as_of(d.programme_code, d.as_of) IS NULL HAVING count(*) > 0;
	note := nullif(array_to_string(faults || unit_faults || left_out || note, '; '), '');
	UPDATE refresh_log AS l SET finished_at = clock_timestamp(), duration = clock_timestamp() - started, cells = c.cells,
		rows_written = c.rows_written, transitions = c.transitions, message = note
	FROM (VALUES (cells, rows_written, transitions)) AS c (cells, rows_written, transitions)
	WHERE l.refresh_id = id;
	IF rows_written > 0 OR transitions > 0 THEN
		PERFORM registry_notify(registry, id, snapshot_ids);
	END IF;
	RETURN ROW(id, CASE WHEN full_refresh THEN 'full' ELSE 'incremental' END, cardinality(snapshot_ids), cells, rows_written, transitions, note);
END $$;
COMMENT ON FUNCTION refresh_registry(regnamespace, date, date, boolean, boolean) IS
	'brings the snapshots of a registry up to date, in one transaction: those cells, of a unit and a reporting date, for which something was queued since the last refresh, with the successors of the unit, or all of them with full_refresh. as_of is added to the reporting dates of every programme with a method then, and message names those without; a programme without any gets the end of its last observed period. known_on, with as_of, fixes that date''s state of knowledge. A second refresh waits for the first, or without wait comes back as busy. Changes of current statuses are rows of status_transition; one NOTIFY scorecard_refresh has counts. Bound sources are compared by hash, in a scan; an error in reading one names it. A programme that its data or its sources keep from being computed (SQLSTATE 21, 22, 23, 54, P0001) keeps its snapshots as they were and stays queued: a WARNING and message name it, and the others are done; where every programme is kept from it, that is the error. So it is with units of which only some are at fault: the others are computed, and they stay queued; their rows stay as they were, or are deleted where the method or known_on of the snapshot has changed. Nothing changed: nothing but a row of refresh_log is written. NULL registry: 22004; no registry, dates outside of 0001-01-01 to 9999-12-31, or known_on without as_of: 22023; a role that is neither owner nor refresher (grant_registry), or does not see all units: 42501';
