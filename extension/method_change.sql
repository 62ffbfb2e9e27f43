-- The method as it might be.

CREATE FUNCTION with_due(framework index_framework, due date) RETURNS index_framework
	AS 'MODULE_PATHNAME', 'scorecard_with_due' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION with_due(index_framework, date) IS
	'the framework with every target leaf judged at this due date; due dates said on nodes are replaced. The leaf set stays, so sheets still fit';
CREATE FUNCTION with_measure(framework index_framework, measure text) RETURNS index_framework
	AS 'MODULE_PATHNAME', 'scorecard_with_measure' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION with_measure(index_framework, text) IS
	'the framework with every target leaf measured by level, distance or met; measures said on nodes are replaced. The leaf set stays. A word not known, or a measure that a leaf cannot have, is an error (22023)';
CREATE FUNCTION with_weights(framework index_framework, codes text[], weights float8[]) RETURNS index_framework
	AS 'MODULE_PATHNAME', 'scorecard_with_weights' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION with_weights(index_framework, text[], float8[]) IS
	'the framework with other weights for some nodes, relative to those of their siblings. The leaf set stays. A NULL is an error (22004), and so are an unknown code (22023), one listed twice (21000) and a negative weight (22023)';
CREATE FUNCTION with_targets(framework index_framework, codes text[], paths target_path[]) RETURNS index_framework
	AS 'MODULE_PATHNAME', 'scorecard_with_targets' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION with_targets(index_framework, text[], target_path[]) IS
	'the framework with other paths for some target leaves: units with targets of their own under one leaf set. A NULL path keeps the leaf''s own; a leaf whose path has no target at its due date is not applicable. A code that is no target leaf (22023) or listed twice (21000) is an error';
CREATE FUNCTION without(framework index_framework, node text) RETURNS index_framework
	AS 'MODULE_PATHNAME', 'scorecard_without' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION without(index_framework, text) IS
	'the framework without a node and all below it: what if the indicator were not there. Sheets of the framework need realign(sheet, framework, without(framework, node), true). The root, an only child and an unknown code are errors (22023)';

CREATE TYPE framework_diff_result AS (code text, change text, key text, before jsonb, after jsonb);
COMMENT ON TYPE framework_diff_result IS 'a row of framework_diff(); columns are only ever appended';
COMMENT ON COLUMN framework_diff_result.code IS 'the node';
COMMENT ON COLUMN framework_diff_result.change IS 'added, removed or changed';
COMMENT ON COLUMN framework_diff_result.key IS 'of a changed node: the key that differs, as in docs/framework.md; else NULL';
COMMENT ON COLUMN framework_diff_result.before IS 'the key''s value, or the removed node; NULL where the key was not said or had its default';
COMMENT ON COLUMN framework_diff_result.after IS 'the same after the change';
CREATE FUNCTION framework_diff(before index_framework, after index_framework) RETURNS SETOF framework_diff_result
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 10
	BEGIN ATOMIC
		SELECT COALESCE(b.node ->> 'code', a.node ->> 'code'),
			CASE WHEN b.node IS NULL THEN 'added' WHEN a.node IS NULL THEN 'removed' ELSE 'changed' END,
			k.key,
			CASE WHEN k.key IS NULL THEN b.node ELSE b.node -> k.key END,
			CASE WHEN k.key IS NULL THEN a.node ELSE a.node -> k.key END
		FROM jsonb_array_elements(index_framework_to_jsonb(before)) AS b(node)
			FULL JOIN jsonb_array_elements(index_framework_to_jsonb(after)) AS a(node)
				ON a.node ->> 'code' = b.node ->> 'code'
			LEFT JOIN LATERAL jsonb_object_keys(b.node || a.node) AS k(key) ON b.node IS NOT NULL AND a.node IS NOT NULL
		WHERE b.node IS NULL OR a.node IS NULL OR b.node -> k.key IS DISTINCT FROM a.node -> k.key
		ORDER BY COALESCE(b.node ->> 'code', a.node ->> 'code') COLLATE "C", k.key COLLATE "C";
	END;
COMMENT ON FUNCTION framework_diff(index_framework, index_framework) IS
	'what two methods differ in: a row for each node that was added or removed, and one for each key of a node that changed; none for equal frameworks';

CREATE TYPE framework_fault_result AS (code text, sqlstate text, message text, hint text);
COMMENT ON TYPE framework_fault_result IS 'a row of check_framework(); columns are only ever appended';
COMMENT ON COLUMN framework_fault_result.code IS 'the node at fault; NULL where it is the whole';
COMMENT ON COLUMN framework_fault_result.sqlstate IS 'what index_framework(jsonb) would raise';
COMMENT ON COLUMN framework_fault_result.message IS 'what is wrong';
COMMENT ON COLUMN framework_fault_result.hint IS 'what to do about it, or NULL';
CREATE FUNCTION check_framework(nodes jsonb) RETURNS SETOF framework_fault_result
	AS 'MODULE_PATHNAME', 'scorecard_check_framework' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 ROWS 5;
COMMENT ON FUNCTION check_framework(jsonb) IS
	'every fault of a list of nodes at once, where index_framework(jsonb) stops at the first: no row if the list makes a framework. Where the tree itself is broken (unknown parents, cycles, codes twice), what depends on inheritance is looked at once it is mended';
