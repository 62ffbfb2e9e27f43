-- A star schema that was not made for scorecard, bound where it lies. Needs the extension on the search_path:
--     psql -f examples/warehouse/star.sql

\ir warehouse.sql
\ir registry.sql
SELECT bind_registry('city_kpi', 'node', 'mapping.node');
\ir report.sql
