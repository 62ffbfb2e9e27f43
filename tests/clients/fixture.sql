-- A small registry named kpi for the tests of clients and of the dashboard: one programme, a city and three wards, seven
-- indicators in four categories, two reports. All of it is made up.
--
-- The scores by hand: 100 * value / target, 100 where it is met; every weight is 1; what has no data is left out.
--
--                          the city at 30 June 2025          at 31 December 2024
--   KT1 of 8000            7200: 90, an estimate             7000: 87.5
--   KT2 of 16.83 (17-1%)   17: met, 100                      15.147: 90
--   KT economy             95                                88.75
--   DT1 of 60              52.5: 87.5                        51: 85
--   DT2                    no data: the only figure is unconfirmed
--   DT urban               87.5                              85
--   MT1 of 50              40.8: 81.6                        38: 76
--   MT2 below 4            3.2: met, 100                     3.9: met, 100
--   MT environment         90.8                              88
--   VH culture             no data: VH1 was never reported
--   index                  (95 + 87.5 + 90.8) / 3 = 91.1     (88.75 + 85 + 88) / 3 = 87.25
--
-- The change of 3.85 points: economy (95 - 88.75) / 3, urban (87.5 - 85) / 3, environment (90.8 - 88) / 3.
-- Ward P1: KT 95, 100; DT 100; MT 90, 100: (97.5 + 100 + 95) / 3 = 97.5. Ward P2: 80, 80; 80; 80, 80: 80.
-- Ward P3 has one figure of seven: below the coverage asked for, not assessable.

SELECT create_registry('kpi');
SET search_path = kpi, scorecard;

INSERT INTO programme (programme_code, document) VALUES ('CT', 'KH 139/KH-UBND');
INSERT INTO horizon (programme_code, due) VALUES ('CT', '2025-12-31');
INSERT INTO owner (owner_code) VALUES ('TC'), ('XD'), ('MT');
INSERT INTO unit (unit_code, parent_unit_code, unit_kind) VALUES
	('TP', NULL, 'city'), ('P1', 'TP', 'ward'), ('P2', 'TP', 'ward'), ('P3', 'TP', 'ward');
INSERT INTO method (programme_code, method_version, document) VALUES ('CT', '1', 'KH 139/KH-UBND');
INSERT INTO node (programme_code, method_version, node_code, parent_code, ordinal, rule, is_indicator, owner_code, declared_count)
VALUES
	('CT', '1', 'CT', NULL, 0, '{"min_coverage": 0.5}', false, NULL, 8),
	('CT', '1', 'KT', 'CT', 1, '{}', false, NULL, 3),
	('CT', '1', 'DT', 'CT', 2, '{}', false, NULL, 2),
	('CT', '1', 'MT', 'CT', 3, '{}', false, NULL, 2),
	('CT', '1', 'VH', 'CT', 4, '{}', false, NULL, 1),
	('CT', '1', 'KT1', 'KT', 1, '{}', true, 'TC', NULL),
	('CT', '1', 'KT2', 'KT', 2, '{}', true, 'TC', NULL),
	('CT', '1', 'DT1', 'DT', 1, '{}', true, 'XD', NULL),
	('CT', '1', 'DT2', 'DT', 2, '{}', true, 'XD', NULL),
	('CT', '1', 'MT1', 'MT', 1, '{}', true, 'MT', NULL),
	('CT', '1', 'MT2', 'MT', 2, '{}', true, NULL, NULL),
	('CT', '1', 'VH1', 'VH', 1, '{}', true, NULL, NULL);
INSERT INTO target (programme_code, node_code, path, document, valid_from) VALUES
	('CT', 'KT1', '5000@2020 -> 8000..8500@2025', 'KH 139/KH-UBND', '2021-01-01'),
	('CT', 'KT2', 'up 14@2020 -> ~17@2025', 'KH 139/KH-UBND', '2021-01-01'),
	('CT', 'DT1', '49.2@2020 -> 60..62@2025', 'KH 139/KH-UBND', '2021-01-01'),
	('CT', 'DT2', '19@2020 -> 30..35@2025', 'KH 139/KH-UBND', '2021-01-01'),
	('CT', 'MT1', '28.8@2020 -> 50@2025', 'QĐ 1569/QĐ-TTg', '2021-01-01'),
	('CT', 'MT2', '5@2020 -> <4@2025', 'KH 139/KH-UBND', '2021-01-01'),
	('CT', 'VH1', '-> >88@2025', 'KH 139/KH-UBND', '2021-01-01');
INSERT INTO observation (programme_code, unit_code, node_code, period_end, value, vintage, released_on, mark, source, note)
VALUES
	('CT', 'TP', 'KT1', '2022-12-31', 6100, 'official', '2023-11-30', 'C', 'niên giám', NULL),
	('CT', 'TP', 'KT1', '2024-12-31', 7000, 'official', '2025-05-30', 'C', 'niên giám', NULL),
	('CT', 'TP', 'KT1', '2025-06-30', 7200, 'estimate', '2025-06-30', 'C', 'báo cáo', 'ước 6 tháng'),
	('CT', 'TP', 'KT2', '2024-12-31', 15.147, 'official', '2025-05-30', 'C', 'niên giám', NULL),
	('CT', 'TP', 'KT2', '2025-06-30', 17, 'official', '2025-07-10', 'C', 'báo cáo', NULL),
	('CT', 'TP', 'DT1', '2022-12-31', 50.1, 'official', '2023-03-01', 'C', 'báo cáo', NULL),
	('CT', 'TP', 'DT1', '2024-12-31', 51, 'official', '2025-03-01', 'C', 'báo cáo', NULL),
	('CT', 'TP', 'DT1', '2025-06-30', 52.5, 'official', '2025-07-15', 'C', 'báo cáo', NULL),
	('CT', 'TP', 'DT2', '2025-06-30', 33.3, 'official', '2025-07-15', 'GK', 'báo', 'chưa xác nhận'),
	('CT', 'TP', 'MT1', '2024-12-31', 38, 'official', '2025-03-01', 'C', 'báo cáo', NULL),
	('CT', 'TP', 'MT1', '2025-06-30', 41.7, 'estimate', '2025-06-15', 'C', 'báo cáo', NULL),
	('CT', 'TP', 'MT1', '2025-06-30', 40.8, 'official', '2025-07-15', 'C', 'báo cáo', NULL),
	('CT', 'TP', 'MT2', '2024-12-31', 3.9, 'official', '2025-03-01', 'C', 'báo cáo', NULL),
	('CT', 'TP', 'MT2', '2025-06-30', 3.2, 'preliminary', '2025-07-15', 'C', 'báo cáo', NULL),
	('CT', 'P1', 'KT1', '2025-06-30', 7600, 'official', '2025-07-15', 'C', 'báo cáo', NULL),
	('CT', 'P1', 'KT2', '2025-06-30', 17.1, 'official', '2025-07-15', 'C', 'báo cáo', NULL),
	('CT', 'P1', 'DT1', '2025-06-30', 61, 'official', '2025-07-15', 'C', 'báo cáo', NULL),
	('CT', 'P1', 'MT1', '2025-06-30', 45, 'official', '2025-07-15', 'C', 'báo cáo', NULL),
	('CT', 'P1', 'MT2', '2025-06-30', 3, 'official', '2025-07-15', 'C', 'báo cáo', NULL),
	('CT', 'P2', 'KT1', '2025-06-30', 6400, 'official', '2025-07-15', 'C', 'báo cáo', NULL),
	('CT', 'P2', 'KT2', '2025-06-30', 13.464, 'official', '2025-07-15', 'C', 'báo cáo', NULL),
	('CT', 'P2', 'DT1', '2025-06-30', 48, 'official', '2025-07-15', 'C', 'báo cáo', NULL),
	('CT', 'P2', 'MT1', '2025-06-30', 40, 'official', '2025-07-15', 'C', 'báo cáo', NULL),
	('CT', 'P2', 'MT2', '2025-06-30', 5, 'official', '2025-07-15', 'C', 'báo cáo', NULL),
	('CT', 'P3', 'MT1', '2025-06-30', 30, 'official', '2025-07-15', 'C', 'báo cáo', NULL);
INSERT INTO label (object_kind, object_code, programme_code, language, name, measure_unit) VALUES
	('programme', 'CT', '', 'vi', 'Chương trình minh họa', NULL),
	('programme', 'CT', '', 'en', 'Illustrative programme', NULL),
	('node', 'KT', 'CT', 'vi', 'Phát triển kinh tế', NULL),
	('node', 'KT', 'CT', 'en', 'Economy', NULL),
	('node', 'DT', 'CT', 'vi', 'Phát triển đô thị', NULL),
	('node', 'DT', 'CT', 'en', 'Urban development', NULL),
	('node', 'MT', 'CT', 'vi', 'Bảo vệ môi trường', NULL),
	('node', 'MT', 'CT', 'en', 'Environment', NULL),
	('node', 'VH', 'CT', 'vi', 'Văn hóa, xã hội', NULL),
	('node', 'VH', 'CT', 'en', 'Culture and society', NULL),
	('node', 'KT1', 'CT', 'vi', 'GRDP bình quân đầu người', 'USD'),
	('node', 'KT1', 'CT', 'en', 'GRDP per capita', 'USD'),
	('node', 'KT2', 'CT', 'vi', 'Tỷ trọng công nghiệp chế biến, chế tạo', '%'),
	('node', 'KT2', 'CT', 'en', 'Manufacturing share', '%'),
	('node', 'DT1', 'CT', 'vi', 'Tỷ lệ đô thị hóa', '%'),
	('node', 'DT1', 'CT', 'en', 'Urbanisation rate', '%'),
	('node', 'DT2', 'CT', 'vi', 'Vận tải công cộng đáp ứng nhu cầu', '%'),
	('node', 'DT2', 'CT', 'en', 'Public transport share', '%'),
	('node', 'MT1', 'CT', 'vi', 'Nước thải đô thị được xử lý', '%'),
	('node', 'MT1', 'CT', 'en', 'Urban wastewater treated', '%'),
	('node', 'MT2', 'CT', 'vi', 'Tỷ lệ chôn lấp trực tiếp', '%'),
	('node', 'MT2', 'CT', 'en', 'Waste sent to landfill', '%'),
	('node', 'VH1', 'CT', 'vi', 'Hộ đạt "Gia đình văn hóa"', '%'),
	('node', 'VH1', 'CT', 'en', '"Cultural family" households', '%'),
	('unit', 'TP', '', 'vi', 'Thành phố Minh Họa', NULL),
	('unit', 'TP', '', 'en', 'Example City', NULL),
	('unit', 'P1', '', 'vi', 'Phường Bằng Lăng', NULL),
	('unit', 'P1', '', 'en', 'Bang Lang ward', NULL),
	('unit', 'P2', '', 'vi', 'Phường Hoa Sữa', NULL),
	('unit', 'P2', '', 'en', 'Hoa Sua ward', NULL),
	('unit', 'P3', '', 'vi', 'Phường Ngọc Lan', NULL),
	('unit', 'P3', '', 'en', 'Ngoc Lan ward', NULL),
	('reason', 'no_observation', '', 'vi', 'chưa đơn vị nào báo cáo', NULL),
	('reason', 'no_observation', '', 'en', 'nobody has reported yet', NULL),
	('owner', 'TC', '', 'vi', 'Sở Tài chính', NULL),
	('owner', 'TC', '', 'en', 'Department of Finance', NULL),
	('owner', 'XD', '', 'vi', 'Sở Xây dựng', NULL),
	('owner', 'XD', '', 'en', 'Department of Construction', NULL),
	('owner', 'MT', '', 'vi', 'Sở Nông nghiệp và Môi trường', NULL),
	('owner', 'MT', '', 'en', 'Department of Agriculture and Environment', NULL);
INSERT INTO reporting_date (programme_code, as_of, known_on) VALUES ('CT', '2024-12-31', '2025-05-31'), ('CT', '2025-06-30', '2025-07-31');
SELECT refresh_registry('kpi');
