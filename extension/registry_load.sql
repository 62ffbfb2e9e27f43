-- Loading observations from text: copy a file into the registry's table staging, then load_staging.

CREATE FUNCTION text_or_null(text) RETURNS text
	AS 'MODULE_PATHNAME', 'scorecard_text_or_null' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION text_or_null(text) IS
	'the text without the blanks, line ends, no-break spaces and byte-order marks around it; NULL if nothing is left. NULL gives NULL; never an error';

CREATE FUNCTION quotable(text) RETURNS text
	AS 'MODULE_PATHNAME', 'scorecard_quotable' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quotable(text) IS
	'as much of a text as a message quotes: the text itself up to 100 bytes, else its beginning, cut between characters, and three points. NULL gives NULL; never an error';

CREATE FUNCTION number_or_null(text) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_number_or_null' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION number_or_null(text) IS
	'the number that a text is, NULL if it is none: a decimal comma, thousands separators, a sign of per cent, NaN, infinity and what float8 cannot hold are none. NULL gives NULL; never an error';

CREATE FUNCTION date_or_null(text) RETURNS date
	AS 'MODULE_PATHNAME', 'scorecard_date_or_null' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION date_or_null(text) IS
	'the date that a text YYYY-MM-DD is, NULL if it is none or no such day exists. NULL gives NULL; never an error';

CREATE FUNCTION period_end_or_null(text) RETURNS date
	AS 'MODULE_PATHNAME', 'scorecard_period_end_or_null' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION period_end_or_null(text) IS
	'the last day of a period written 2025, 2025-Q2 or 2025-06, or the day itself written 2025-06-30; NULL if the text is none of these. NULL gives NULL; never an error';

CREATE FUNCTION period_start_or_null(text) RETURNS date
	AS 'MODULE_PATHNAME', 'scorecard_period_start_or_null' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION period_start_or_null(text) IS
	'the first day of a period written 2025, 2025-Q2 or 2025-06; NULL if the text is none of these, also for a day. NULL gives NULL; never an error';

CREATE FUNCTION figure_text(value float8, is_applicable boolean, mark text) RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE
	BEGIN ATOMIC
		SELECT concat_ws(' ', CASE WHEN NOT is_applicable THEN 'n/a' ELSE coalesce(value::text, 'missing') END, nullif(mark, 'C'));
	END;
COMMENT ON FUNCTION figure_text(float8, boolean, text) IS
	'an observation in words: its value, missing or n/a, and its mark where that is not C';

CREATE TYPE load_result AS (line bigint, outcome text, message text, staging_id bigint);
COMMENT ON TYPE load_result IS 'a row of load_staging(); columns are only ever appended';
COMMENT ON COLUMN load_result.line IS 'the line of staging: of a file copied into an empty staging the data line, the first one below a header being 1';
COMMENT ON COLUMN load_result.outcome IS
	'inserted: a first figure for the cell; revised: another figure than before, beside it as a later release or in its place if released on the same day; unchanged: nothing written; error: nothing written, message says why';
COMMENT ON COLUMN load_result.message IS 'of an error every fault of the line, of a revision the figure before and after; else NULL';
COMMENT ON COLUMN load_result.staging_id IS 'the row of staging: tells lines apart that bear one number, of roles that do not see each other''s lines';

CREATE FUNCTION registry_load_hindrance() RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE AS $$
#variable_conflict use_column
BEGIN
	PERFORM inside_registry('load_staging');
	-- what is bound may itself read the table
	RETURN (
		WITH RECURSIVE source (relation) AS (
			SELECT 'observation_source'::regclass::oid
			UNION
			SELECT d.refobjid
			FROM source AS s JOIN pg_rewrite AS r ON r.ev_class = s.relation
				JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass)
		SELECT registry_bound_source('observation') FROM source HAVING NOT bool_or(relation = 'observation'::regclass));
END $$;
COMMENT ON FUNCTION registry_load_hindrance() IS
	'part of load_staging, on whose search_path it relies: what is bound in place of the table observation; NULL if that table is read, by itself or through what is bound';

CREATE FUNCTION registry_upload() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	PERFORM set_config('search_path', format('%I, pg_temp', TG_TABLE_SCHEMA), true);
	INSERT INTO staging (programme_code, node_code, unit_code, period_start, period_end, vintage, released_on,
		value, is_applicable, source, mark, note)
	VALUES (NEW.programme_code, NEW.node_code, NEW.unit_code, NEW.period_start, NEW.period_end, NEW.vintage, NEW.released_on,
		NEW.value, NEW.is_applicable, NEW.source, NEW.mark, NEW.note);
	RETURN NEW;
END $$;
COMMENT ON FUNCTION registry_upload() IS 'trigger of a registry''s view upload: puts the line into staging, in the name of who entered it';

-- Without sorting: the figures before are found one by one, by the index that has them in order, also before there are statistics.
CREATE FUNCTION load_staging(registry regnamespace, clear boolean DEFAULT false) RETURNS SETOF load_result
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE ROWS 1000
	SET search_path = pg_catalog, pg_temp SET extra_float_digits = 1 SET datestyle = 'ISO, YMD' SET enable_sort = off SET jit = off AS $$
#variable_conflict use_column
DECLARE
	bound text;
	locked bigint;
BEGIN
	PERFORM set_config('search_path', (SELECT quote_ident(n.nspname) FROM pg_extension AS e
		JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'scorecard'), true);
	PERFORM enter_registry(registry);
	PERFORM registry_require(registry, 'editor', '{observation,staging,refresh_queue}');
	bound := registry_load_hindrance();
	IF bound IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state',
			MESSAGE = format('registry %s takes its observations from %s', registry, bound),
			DETAIL = 'What is loaded into its own table observation would count nowhere.',
			HINT = format('Load into %s, or bind the table again: bind_registry(%L, ''observation'', NULL).', bound, registry);
	END IF;
	-- Loads of the same lines, or about the same units, go one after another, so that each knows the figures before its own;
	-- all take these locks in the same order. Lines that are entered meanwhile are not waited for.
	-- bounded, since policies of somebody's own may let a role see lines that it cannot lock
	FOR attempt IN 1..10 LOOP
		PERFORM FROM staging ORDER BY loaded_by, staging_id FOR UPDATE;
		GET DIAGNOSTICS locked = ROW_COUNT;
		IF has_table_privilege('unit', 'UPDATE') THEN
			PERFORM FROM unit AS u WHERE u.unit_code IN (SELECT text_or_null(s.unit_code) FROM staging AS s) ORDER BY u.unit_code FOR NO KEY UPDATE OF u;
		END IF;
		-- what was committed while this waited for others concerns other units, it may be
		EXIT WHEN locked >= (SELECT count(*) FROM staging);
	END LOOP;

	RETURN QUERY
	WITH line AS MATERIALIZED (
		SELECT staging_id, row_number() OVER (ORDER BY loaded_at, staging_id) AS place, line IS NULL AS is_new,
			-- up to the greatest number that the table takes, whatever somebody wrote there
			coalesce(line, least(coalesce(max(line) OVER (), 0), 1000000000 - count(*) OVER ())
				+ row_number() OVER (PARTITION BY line IS NULL ORDER BY loaded_at, staging_id)) AS line,
			text_or_null(programme_code) AS programme_code, text_or_null(node_code) AS node_code,
			text_or_null(unit_code) AS unit_code, text_or_null(period_end) AS period_text,
			text_or_null(period_start) AS start_text, text_or_null(released_on) AS released_text,
			nullif(text_or_null(value), 'n/a') AS value_text, text_or_null(value) = 'n/a' AS says_not_applicable,
			coalesce(lower(text_or_null(is_applicable)), CASE text_or_null(value) WHEN 'n/a' THEN 'false' ELSE 'true' END) AS applicable_text,
			coalesce(text_or_null(vintage), 'not_stated') AS vintage, coalesce(text_or_null(source), '') AS source,
			coalesce(text_or_null(mark), 'C') AS mark, text_or_null(note) AS note, loaded_by
		FROM staging),
	-- who entered the lines, and the units they may write; NULL: all
	loader AS MATERIALIZED (
		SELECT loaded_by, visible_units(registry, loaded_by) AS units FROM (SELECT DISTINCT loaded_by FROM staging) AS s),
	read AS MATERIALIZED (
		SELECT staging_id, place, line, programme_code, node_code, unit_code, period_text, start_text, released_text, value_text, says_not_applicable,
			coalesce(date_or_null(start_text), period_start_or_null(period_text)) AS period_start,
			period_end_or_null(period_text) AS period_end, date_or_null(released_text) AS released_on,
			number_or_null(value_text) AS value, applicable_text,
			CASE WHEN applicable_text IN ('true', 't', 'yes', 'y', '1') THEN true
				WHEN applicable_text IN ('false', 'f', 'no', 'n', '0') THEN false END AS is_applicable,
			vintage, source, mark, note, loaded_by
		FROM line),
	-- what observations may be about, and whether some method has it as a leaf
	code AS MATERIALIZED (
		SELECT n.programme_code, c.node_code, bool_or(NOT EXISTS (SELECT FROM node_source AS below
			WHERE below.programme_code = n.programme_code AND below.method_version = n.method_version
				AND below.parent_code = c.node_code)) AS is_leaf
		FROM node_source AS n CROSS JOIN LATERAL unnest(ARRAY[n.node_code, n.numerator_code, n.denominator_code]) AS c (node_code)
		WHERE c.node_code IS NOT NULL GROUP BY 1, 2),
	checked AS MATERIALIZED (
		SELECT r.*, nullif(concat_ws('; ',
			CASE WHEN r.programme_code IS NULL THEN 'programme_code is missing'
				WHEN p.programme_code IS NULL THEN format('unknown programme "%s"', quotable(r.programme_code)) END,
			CASE WHEN r.node_code IS NULL THEN 'node_code is missing'
				WHEN c.node_code IS NULL AND p.programme_code IS NOT NULL
				THEN format('programme "%s" has no node "%s"', r.programme_code, quotable(r.node_code))
				WHEN NOT c.is_leaf THEN format('node "%s" has nodes below it, so it has no values of its own', quotable(r.node_code)) END,
			CASE WHEN r.unit_code IS NULL THEN 'unit_code is missing'
				WHEN r.unit_code <> ALL (l.units) THEN format('role "%s" may not write unit "%s"', r.loaded_by, quotable(r.unit_code))
				WHEN u.unit_code IS NULL THEN format('unknown unit "%s"', quotable(r.unit_code))
				WHEN r.period_end > u.valid_to THEN format('unit "%s" ended on %s', quotable(r.unit_code), u.valid_to) END,
			CASE WHEN r.period_text IS NULL THEN 'period_end is missing'
				WHEN r.period_end IS NULL
				THEN format('period_end "%s" is no date: write 2025-06-30, 2025-06, 2025-Q2 or 2025', quotable(r.period_text)) END,
			CASE WHEN r.start_text IS NOT NULL AND date_or_null(r.start_text) IS NULL
				THEN format('period_start "%s" is no date: write 2025-06-30', quotable(r.start_text))
				WHEN r.period_start > r.period_end THEN 'period_start is after period_end' END,
			CASE WHEN r.released_text IS NOT NULL AND r.released_on IS NULL
				THEN format('released_on "%s" is no date: write 2025-06-30', quotable(r.released_text)) END,
			CASE WHEN r.value_text IS NOT NULL AND r.value IS NULL
				THEN format('value "%s" is no number: write 1234.5, with a point and no other separators; nothing if it is missing, n/a if it does not apply',
					quotable(r.value_text)) END,
			CASE WHEN r.is_applicable IS NULL THEN format('is_applicable "%s" is neither true nor false', quotable(r.applicable_text))
				WHEN r.value_text IS NOT NULL AND NOT r.is_applicable
				THEN 'there is a value, although the leaf does not apply'
				WHEN r.says_not_applicable AND r.is_applicable THEN 'value is n/a, although is_applicable says that the leaf applies' END,
			CASE WHEN v.vintage IS NULL THEN format('unknown vintage "%s"', quotable(r.vintage)) END,
			CASE WHEN m.mark IS NULL THEN format('unknown mark "%s"', quotable(r.mark)) END,
			-- what the index over the key of an observation can hold
			CASE WHEN octet_length(r.source) > 500 THEN format('source "%s" is longer than 500 bytes', quotable(r.source)) END), '') AS fault
		FROM read AS r JOIN loader AS l USING (loaded_by) LEFT JOIN programme AS p USING (programme_code) LEFT JOIN unit AS u USING (unit_code)
			LEFT JOIN code AS c ON c.programme_code = r.programme_code AND c.node_code = r.node_code
			LEFT JOIN vintage AS v USING (vintage) LEFT JOIN mark AS m USING (mark)),
	-- the same cell on several lines: one of them counts if they agree, none if they do not
	alike AS (
		SELECT *, first_value(line) OVER in_order AS first_line, row_number() OVER in_order > 1 AS is_repeated,
			min(figure) OVER cell IS DISTINCT FROM max(figure) OVER cell AS contradicts
		FROM (SELECT *, coalesce(released_on, CURRENT_DATE) AS released,
				figure_text(value, is_applicable, mark) AS figure
			FROM checked WHERE fault IS NULL) AS sound
		WINDOW cell AS (PARTITION BY programme_code, node_code, unit_code, period_end, vintage, released, source),
			in_order AS (cell ORDER BY place)),
	-- without a date of release, a figure is compared with the latest one, and is released today if it is new
	compared AS (
		SELECT a.*, b.figure AS figure_before, b.released_on AS released_before
		FROM alike AS a
			LEFT JOIN LATERAL (
				SELECT o.released_on, figure_text(o.value, o.is_applicable, o.mark) AS figure
				FROM observation AS o
				WHERE o.programme_code = a.programme_code AND o.node_code = a.node_code AND o.unit_code = a.unit_code
					AND o.period_end = a.period_end AND o.vintage = a.vintage AND o.source = a.source
					AND o.released_on <= a.released
				ORDER BY o.released_on DESC LIMIT 1) AS b ON true),
	judged AS MATERIALIZED (
		SELECT *, CASE
				WHEN contradicts THEN 'error'
				WHEN is_repeated THEN 'unchanged'
				WHEN figure_before = figure AND (released_on IS NULL OR released_on = released_before) THEN 'unchanged'
				WHEN figure_before <> figure THEN 'revised'
				ELSE 'inserted'
			END AS outcome
		FROM compared),
	written AS (
		INSERT INTO observation (programme_code, node_code, unit_code, period_start, period_end, vintage, released_on,
			value, is_applicable, source, mark, note)
		SELECT programme_code, node_code, unit_code, period_start, period_end, vintage, released, value, is_applicable, source, mark, note
		FROM judged WHERE outcome IN ('inserted', 'revised')
		ON CONFLICT (programme_code, node_code, unit_code, period_end, vintage, released_on, source)
			DO UPDATE SET period_start = excluded.period_start, value = excluded.value, is_applicable = excluded.is_applicable, mark = excluded.mark,
				note = excluded.note, loaded_at = excluded.loaded_at),
	cleared AS (
		DELETE FROM staging AS s USING judged AS j
		WHERE clear AND j.outcome <> 'error' AND s.loaded_by = j.loaded_by AND s.staging_id = j.staging_id),
	numbered AS (
		UPDATE staging AS s SET line = l.line
		FROM line AS l LEFT JOIN judged AS j USING (loaded_by, staging_id)
		WHERE l.is_new AND NOT (clear AND coalesce(j.outcome, 'error') <> 'error') AND s.loaded_by = l.loaded_by AND s.staging_id = l.staging_id)
	SELECT line, 'error', fault, staging_id FROM checked WHERE fault IS NOT NULL
	UNION ALL
	SELECT line, outcome, CASE outcome
			WHEN 'error' THEN format('the same cell has another figure on another line, first on line %s', first_line)
			WHEN 'revised' THEN format('%s -> %s', figure_before, figure) END, staging_id
	FROM judged
	ORDER BY 1, 4;
END $$;
COMMENT ON FUNCTION load_staging(regnamespace, boolean) IS
	'loads the lines of the registry''s table staging into its observations: a row for each line with its outcome. Faulty lines stay out and name every fault; the rest is loaded. Loading the same lines again changes nothing. An empty value is reported as missing, n/a says that the leaf does not apply; an empty vintage is not_stated, an empty released_on compares with the latest release and is today where the figure is new. A figure for the same vintage, day of release and source takes the place of the one before, which the row of a revision names. Lines without a number get one; lines not yet committed are not waited for, but a load of the same lines, or about the same units, is. clear empties staging of the lines that are in the registry. Under secure_units a role loads the lines that it entered, the owner all; a line for a unit that the role which entered it does not see is an error. An observation bound to something that does not read the registry''s table: 55000. NULL registry: 22004; a schema that is no registry: 22023; a role that is no editor of it: 42501';
