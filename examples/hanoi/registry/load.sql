-- The programme in a registry, and a second programme of synthetic communes
-- beside it. Loads into a schema "hanoi_registry"; needs the tutorial's tables
-- (../load.sql), which it reads, and the extension on the search_path:
--     \i examples/hanoi/load.sql
--     \i examples/hanoi/registry/load.sql

\set ON_ERROR_STOP on
SELECT create_registry('hanoi_registry');
SELECT current_setting('search_path') AS path_before \gset
SET search_path = hanoi_registry, :path_before;

\ir programme.sql
\ir communes.sql
\ir year.sql

SET search_path = :path_before;
