-- What the warehouse team loads in January 2025: November's provisional figures of Market (00070) are revised, and the estimates of
-- December of Station (00085) are replaced by provisional figures. Run it where the warehouse lies, then refresh.

\set ON_ERROR_STOP on
BEGIN;
INSERT INTO warehouse.dim_release VALUES (1001, '2024-11 P2', 'P', '2025-01-10', 'SYNTHETIC'), (1002, '2024-12 P', 'P', '2025-01-20', 'SYNTHETIC');
INSERT INTO warehouse.fact_measure
SELECT f.date_key, f.geography_key, f.measure_key, CASE g.ward_code WHEN '00070' THEN 1001 ELSE 1002 END, f.amount + 0.25, 1, 'revision'
FROM warehouse.fact_measure AS f JOIN warehouse.dim_geography AS g USING (geography_key)
WHERE (g.ward_code, f.date_key) IN (('00070', 20241130), ('00085', 20241231));
COMMIT;
