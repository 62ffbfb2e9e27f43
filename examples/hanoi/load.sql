-- Loads the example into a schema "hanoi" of the current database. The
-- extension has to be on the search_path:
--     CREATE SCHEMA scorecard;
--     CREATE EXTENSION scorecard SCHEMA scorecard;
--     SET search_path = public, scorecard;
--     \i examples/hanoi/load.sql

\set ON_ERROR_STOP on
CREATE SCHEMA hanoi;
SELECT current_setting('search_path') AS path_before \gset
SET search_path = hanoi, :path_before;

\ir schema.sql
\ir data.sql
\ir programme.sql
\ir yearly_plan.sql
