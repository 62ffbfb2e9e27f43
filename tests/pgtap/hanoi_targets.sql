-- Every form in which Hanoi's programme and the plans around it write a target: read, printed, read again, and what
-- it means at every due date. Written as the documents write it, whether or not examples/hanoi follows the document.
BEGIN;

CREATE TEMP TABLE promised (code text PRIMARY KEY, written text, direction text, role text);
INSERT INTO promised VALUES
	-- the 26 indicators
	('E1', 'up average_growth -> 7.5..8@2021..2025 -> 8..8.5@2026..2030', 'up', 'average_growth'),
	('E2', '5285@2020 -> 8300..8500@2025 -> >12500@2030', 'up', 'level'),
	('E2, NQ 12', '-> 8300–8500@2025 → 12000–13000@2030', 'up', 'level'),
	('E3', '-> ~17@2025 -> ~20@2030', 'up', 'level'),
	('E4', '-> ~30@2025 -> ~40@2030', 'up', 'level'),
	('E4, 25-CTr', '-> 25..30@2025 -> 35..40@2030', 'up', 'level'),
	('E5', 'up -> 7.0..7.5@2025 -> 7.5@2030', 'up', 'level'),
	('E6', '-> >50@2025 -> >50@2030', 'up', 'level'),
	('E7', 'up -> 65.0..65.5@2025 -> ~65.2@2030', 'up', 'level'),
	('E8', '-> ~70@2025 -> ~80@2030', 'up', 'level'),
	('S1', 'up -> 30..35@2025 -> 35@2030', 'up', 'level'),
	('S2', '-> 15@2025 -> 19@2030', 'up', 'level'),
	('S3', '-> 94.5@2024 -> 95.5@2025', 'up', 'level'),
	('S4.trained', '-> 74.2@2024 -> 75..80@2025', 'up', 'level'),
	('S4.certificate', 'up -> 54@2024', 'up', 'level'),
	('S5', '-> 78.5@2024 -> 80..85@2025', 'up', 'level'),
	('S6', '-> <4@2024 -> <3@2025 -> <4@2030', 'down', 'level'),
	('S7', 'up -> 300..400@2024', 'up', 'level'),
	('S8', 'up -> 88@2024', 'up', 'level'),
	('S9', 'up -> 45@2024', 'up', 'level'),
	('U1', '-> 60..62@2025 -> >75@2030', 'up', 'level'),
	('U1, 25-CTr', '-> 60..62@2025 -> 65..75@2030', 'up', 'level'),
	('U2', 'up -> 30..35@2025 -> 22@2026 -> 30..40@2030', 'up', 'level'),
	('U3', '-> ~30@2025 -> 33..36@2030', 'up', 'level'),
	('U4', 'keep -> 100@2025 -> 100@2026 -> 100@2030', 'keep', 'level'),
	('U4, equals', '-> =100@2025 -> =100@2026 -> =100@2030', 'keep', 'level'),
	('U5', 'up -> 30.5@2026', 'up', 'level'),
	('M1.urban', 'keep -> 100@2030', 'keep', 'level'),
	('M1.rural', 'up -> 98@2030', 'up', 'level'),
	('M1.landfill', '-> <10@2030', 'down', 'level'),
	('M2', '-> 50..55@2025 -> 70@2030', 'up', 'level'),
	('M3', 'up -> 75..80@2025 -> >80@2026 -> 80@2030', 'up', 'level'),
	('M4', 'up -> 10..12@2030', 'up', 'level'),
	-- the spare rows
	('forest cover', 'up -> ~6.2@2030', 'up', 'level'),
	('PM2.5 inner city', '-> <40@2030', 'down', 'level'),
	('PM2.5 outskirts', '-> <35@2030', 'down', 'level'),
	('PM2.5 national limit', '-> ≤25@2030', 'down', 'level'),
	('CPI', '-> <4@2024 -> <5@2025 -> <4.5@2026', 'down', 'level'),
	('child underweight', 'down change -> -0.1@2024', 'down', 'change'),
	('third-child births', 'down change -> -0.15@2024', 'down', 'change'),
	('health-standard communes', 'keep -> 100@2024', 'keep', 'level'),
	('voluntary social insurance', 'up -> 2.5@2024', 'up', 'level'),
	('unemployment insurance', 'up -> 40@2024', 'up', 'level'),
	('social housing', 'up total -> 18000@2026', 'up', 'total'),
	('labour productivity', 'up -> 410@2026', 'up', 'level'),
	('free health check', 'up -> 100@2026', 'up', 'level'),
	('craft-village wastewater', 'up -> 50@2030', 'up', 'level'),
	('rural wastewater', 'up -> 40@2030', 'up', 'level'),
	('smart urban areas', 'up total -> 2..3@2025..2030', 'up', 'total'),
	('urban areas of regional brand', 'up total -> 3..5@2025..2030', 'up', 'total'),
	-- neighbouring plans, tasks, money, cuts
	('GII rank', '-> <=40@2030', 'down', 'level'),
	('farm labour share', '-> <20@2030', 'down', 'level'),
	('investment', 'up total -> 622700@2025', 'up', 'total'),
	('a task', 'step 0@2023-02 -> 1@2025-06', 'up', 'level'),
	('greenhouse gas', '100@2020 -> by -9%@2030', 'down', 'level');

CREATE TEMP TABLE meant (code text REFERENCES promised, due date, met float8, far float8, strict boolean, PRIMARY KEY (code, due));
INSERT INTO meant VALUES
	('E1', '2025-12-31', 7.5, 8, false),
	('E1', '2030-12-31', 8, 8.5, false),
	('E2', '2025-12-31', 8300, 8500, false),
	('E2', '2030-12-31', 12500, NULL, true),
	('E2, NQ 12', '2025-12-31', 8300, 8500, false),
	('E2, NQ 12', '2030-12-31', 12000, 13000, false),
	('E3', '2025-12-31', 16.83, 17.17, false),
	('E3', '2030-12-31', 19.8, 20.2, false),
	('E4', '2025-12-31', 29.7, 30.3, false),
	('E4', '2030-12-31', 39.6, 40.4, false),
	('E4, 25-CTr', '2025-12-31', 25, 30, false),
	('E4, 25-CTr', '2030-12-31', 35, 40, false),
	('E5', '2025-12-31', 7, 7.5, false),
	('E5', '2030-12-31', 7.5, 7.5, false),
	('E6', '2025-12-31', 50, NULL, true),
	('E6', '2030-12-31', 50, NULL, true),
	('E7', '2025-12-31', 65, 65.5, false),
	('E7', '2030-12-31', 64.548, 65.852, false),
	('E8', '2025-12-31', 69.3, 70.7, false),
	('E8', '2030-12-31', 79.2, 80.8, false),
	('S1', '2025-12-31', 30, 35, false),
	('S1', '2030-12-31', 35, 35, false),
	('S2', '2025-12-31', 15, 15, false),
	('S2', '2030-12-31', 19, 19, false),
	('S3', '2024-12-31', 94.5, 94.5, false),
	('S3', '2025-12-31', 95.5, 95.5, false),
	('S4.trained', '2024-12-31', 74.2, 74.2, false),
	('S4.trained', '2025-12-31', 75, 80, false),
	('S4.certificate', '2024-12-31', 54, 54, false),
	('S5', '2024-12-31', 78.5, 78.5, false),
	('S5', '2025-12-31', 80, 85, false),
	('S6', '2024-12-31', 4, NULL, true),
	('S6', '2025-12-31', 3, NULL, true),
	('S6', '2030-12-31', 4, NULL, true),
	('S7', '2024-12-31', 300, 400, false),
	('S8', '2024-12-31', 88, 88, false),
	('S9', '2024-12-31', 45, 45, false),
	('U1', '2025-12-31', 60, 62, false),
	('U1', '2030-12-31', 75, NULL, true),
	('U1, 25-CTr', '2025-12-31', 60, 62, false),
	('U1, 25-CTr', '2030-12-31', 65, 75, false),
	('U2', '2025-12-31', 30, 35, false),
	('U2', '2026-12-31', 22, 22, false),
	('U2', '2030-12-31', 30, 40, false),
	('U3', '2025-12-31', 29.7, 30.3, false),
	('U3', '2030-12-31', 33, 36, false),
	('U4', '2025-12-31', 100, 100, false),
	('U4', '2026-12-31', 100, 100, false),
	('U4', '2030-12-31', 100, 100, false),
	('U4, equals', '2025-12-31', 100, 100, false),
	('U4, equals', '2026-12-31', 100, 100, false),
	('U4, equals', '2030-12-31', 100, 100, false),
	('U5', '2026-12-31', 30.5, 30.5, false),
	('M1.urban', '2030-12-31', 100, 100, false),
	('M1.rural', '2030-12-31', 98, 98, false),
	('M1.landfill', '2030-12-31', 10, NULL, true),
	('M2', '2025-12-31', 50, 55, false),
	('M2', '2030-12-31', 70, 70, false),
	('M3', '2025-12-31', 75, 80, false),
	('M3', '2026-12-31', 80, NULL, true),
	('M3', '2030-12-31', 80, 80, false),
	('M4', '2030-12-31', 10, 12, false),
	('forest cover', '2030-12-31', 6.138, 6.262, false),
	('PM2.5 inner city', '2030-12-31', 40, NULL, true),
	('PM2.5 outskirts', '2030-12-31', 35, NULL, true),
	('PM2.5 national limit', '2030-12-31', 25, NULL, false),
	('CPI', '2024-12-31', 4, NULL, true),
	('CPI', '2025-12-31', 5, NULL, true),
	('CPI', '2026-12-31', 4.5, NULL, true),
	('child underweight', '2024-12-31', -0.1, -0.1, false),
	('third-child births', '2024-12-31', -0.15, -0.15, false),
	('health-standard communes', '2024-12-31', 100, 100, false),
	('voluntary social insurance', '2024-12-31', 2.5, 2.5, false),
	('unemployment insurance', '2024-12-31', 40, 40, false),
	('social housing', '2026-12-31', 18000, 18000, false),
	('labour productivity', '2026-12-31', 410, 410, false),
	('free health check', '2026-12-31', 100, 100, false),
	('craft-village wastewater', '2030-12-31', 50, 50, false),
	('rural wastewater', '2030-12-31', 40, 40, false),
	('smart urban areas', '2030-12-31', 2, 3, false),
	('urban areas of regional brand', '2030-12-31', 3, 5, false),
	('GII rank', '2030-12-31', 40, NULL, false),
	('farm labour share', '2030-12-31', 20, NULL, true),
	('investment', '2025-12-31', 622700, 622700, false),
	('a task', '2025-06-30', 1, 1, false),
	('greenhouse gas', '2030-12-31', 91, 91, false);

CREATE TEMP TABLE path AS SELECT code, written, written::target_path AS path FROM promised;

SELECT plan((SELECT 5 * count(*)::int FROM promised) + (SELECT 3 * count(*)::int FROM meant) + 5);

SELECT ok(path::text::target_path = path, code || ' reads back equal: ' || path::text) FROM path;
SELECT is(path::text::target_path::text, path::text, code || ': the printed form is canonical') FROM path;
SELECT is(target_direction(p.path), w.direction, p.code || ' is better ' || w.direction) FROM path p JOIN promised w USING (code);
SELECT is(target_role(p.path), w.role, p.code || ' is about its ' || w.role) FROM path p JOIN promised w USING (code);
SELECT is(target_due_dates(p.path), (SELECT array_agg(due ORDER BY due) FROM meant m WHERE m.code = p.code), p.code || ': due dates')
FROM path p;

SELECT is(round(target_met_bound(p.path, m.due)::numeric, 9), round(m.met::numeric, 9), format('%s is met from %s in %s', m.code, m.met, m.due))
FROM meant m JOIN path p USING (code);
SELECT is(round(target_far_bound(p.path, m.due)::numeric, 9), round(m.far::numeric, 9), format('%s is exceeded beyond %s in %s', m.code, m.far, m.due))
FROM meant m JOIN path p USING (code);
SELECT is(target_is_strict(p.path, m.due), m.strict, format('%s in %s: strict is %s', m.code, m.due, m.strict))
FROM meant m JOIN path p USING (code);

-- other spellings of the same promise
SELECT ok('-> =100@2025 -> =100@2026 -> =100@2030'::target_path = 'keep -> 100@2025 -> 100@2026 -> 100@2030'::target_path, '"=100" is "keep 100"');
SELECT ok('-> 8300–8500@2025 → 12000–13000@2030'::target_path = '-> 8300..8500@2025 -> 12000..13000@2030'::target_path, 'dash and arrow');
SELECT is('up -> ~17@2025-12-31'::target_path::text, 'up -> ~17+-1%@2025', '"about" says its tolerance, the last day of a year its year');
SELECT is('up level linear -> 60..62@2025-Q4 -> >75@2030-12'::target_path::text, '-> 60..62@2025 -> >75@2030', 'words that say nothing new are left out');
-- 7.5..8 touches 8..8.5: not even a reader could tell
SELECT throws_ok($$SELECT 'average_growth -> 7.5..8@2021..2025 -> 8..8.5@2026..2030'::target_path$$, '22023');

SELECT * FROM finish();
ROLLBACK;
