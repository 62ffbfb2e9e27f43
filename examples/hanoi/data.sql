-- The programme, as far as it can be confirmed.
--
-- Action Programme 21-CTr/TU of the Hanoi Party Committee (2 February 2023),
-- implemented by the City's Plan 139/KH-UBND (9 May 2023), has 26 indicators:
-- 8 economic, 9 on culture and society, 5 urban, 4 on the environment. A news
-- report of 31 March 2023 prints 7, 9, 5 and 4, which do not add up to its own
-- 26. The annex with the official list was not found: the list below is put
-- together from the documents named in each row, and only the four values
-- under document '21-CTr/TU' (income per capita and urbanisation, 2025 and
-- 2030) are confirmed as the programme's own.

INSERT INTO source (number, title) VALUES
	(0, 'No document: general knowledge, or an illustration made for this example (see the mark)'),
	(1, 'hanict.org.vn, "Xác định 26 chỉ tiêu công nghiệp hóa, hiện đại hóa Thủ đô" (05/02/2023), quoting the signed 21-CTr/TU'),
	(2, 'thudo.gov.vn, "Kế hoạch triển khai thực hiện Chương trình hành động số 21-CTr/TU" (29/05/2023)'),
	(4, 'tintuc.thuvienphapluat.com 67842, NQ 111/NQ-CP, national targets (25/07/2024)'),
	(8, 'emdep.vn 2023020618304854; vietnam.vnanet.vn 324221; vovworld.vn 1174278 (NQ 12/NQ-CP)'),
	(9, 'en.vietnamplus.vn 266680 (25-CTr/TU on Resolution 06)'),
	(10, 'nguoihanoi.vn, chuong-trinh-so-02-ctr-tu 6520'),
	(11, 'betaen.vietnamplus.vn post248049'),
	(12, 'baodauthau.vn post111396'),
	(13, 'lawnet.vn 174842, 174877 (Decision 1569/QĐ-TTg, Capital Plan, 12/12/2024)'),
	(14, 'baomoi.com, tag "BV Nhi Hà Nội" (Kinh tế đô thị)'),
	(15, 'tapchitaichinh.vn (NQ 81/2023/QH15, national master plan)'),
	(16, 'vov.vn post1063820 (People''s Council, indicators of the 2024 plan)'),
	(17, 'cdnwebhn.tek4tv.vn 221781 (ethnic-area plan)'),
	(18, 'doanhnghiepvaphapluat.vn a14761 (2024 plan)'),
	(19, 'anninhthudo.vn post128665'),
	(20, 'baovephapluat.vn 128522'),
	(21, 'vnexpress.net 4986449 (People''s Council, 2026 plan)'),
	(22, 'en.vietnamplus.vn 267751'),
	(23, 'baomoi.net.vn c50998636 (Capital Plan, environment)'),
	(24, 'tothethao.com 2427979 (session of 28/07/2025)'),
	(25, 'Plan "Sáng - Xanh - Sạch - Đẹp" (page without an address)'),
	(26, 'vtcnews.vn ar971491 (18th City Congress, October 2025)'),
	(28, 'm.tylebongdanews.net 210445 (25/02/2025); thuvienphapluat.vn 637886 (NQ 58/NQ-HĐND, 2025 plan)'),
	(29, 'thanglong.chinhphu.vn 103251126152400367; nld.com.vn 196251126201942204 (NQ 482/NQ-HĐND, 2026 plan)'),
	(34, 'vnexpress.net 5010645 (People''s Council, plan to 2045/2065, 27/01/2026)'),
	(35, 'vietnamplus.vn post912260'),
	(39, 'kinhtedothi.vn, tag nam-2020-cua-ha-noi'),
	(40, 'tieudungplus.vn 1609137878523'),
	(41, 'vietbao.vn 302970'),
	(42, 'doanhnghiepkinhtexanh.vn, tag hien-ke'),
	(43, 'cafef.vn 188251202212822267'),
	(44, 'baodautu.vn d326375'),
	(45, 'vietnamnet.vn 2453461'),
	(46, 'thoidai.com.vn 120777; kienthuc.net.vn 1491513'),
	(47, 'cauvongtuoitho.vn (2025 plan: 23 of 24 indicators)'),
	(48, 'vneconomy.vn, report of 07/02/2026'),
	(51, 'kinhtevadubao.vn 29427'),
	(52, 'chinhsachcuocsong.vnanet.vn 64207 (city report, mid-2025)'),
	(53, 'moitruong.net.vn'),
	(58, 'kinhtedothi.vn, tag grdp-ha-noi-6-thang (2021)'),
	(119, 'News report on the action programme for Resolution 29-NQ/TW in Hanoi (31/03/2023)');

-- Only confirmed figures about Hanoi count. A value of a neighbouring plan (C*)
-- is not this programme's promise: the national plan's 35 hospital beds, or the
-- nation's TFP share, bind the country and not the city, and holding Hanoi to
-- them would report a promise that Hanoi, as far as we know, never made. So C*
-- is stored and listed with its mark exactly like GK, and enters no path, no
-- index and no count. Switch one mark to true to see what it would change.

INSERT INTO mark (code, is_counted, meaning_vi, meaning_en) VALUES
	('C',	true,	'đã đọc trong nguồn nêu ra', 'read in the source named'),
	('C*',	false,	'của một kế hoạch lân cận (cả nước, vùng, cũ): liệt kê, không tính', 'of a neighbouring plan (national, regional, older): listed, not counted'),
	('GK',	false,	'hiểu biết chung, chưa xác nhận: liệt kê, không tính', 'general knowledge, not confirmed: listed, not counted'),
	('P',	false,	'minh họa của ví dụ này: không phải số liệu, không tính', 'illustration of this example: not data, not counted');

INSERT INTO vintage (code, preference, name_vi, name_en) VALUES
	('official',	1, 'chính thức', 'official'),
	('preliminary',	2, 'sơ bộ', 'preliminary'),
	('estimate',	3, 'ước tính', 'estimate'),
	('not_stated',	4, 'không ghi', 'unstated');

-- The tree -------------------------------------------------------------------
-- Every weight is 1, and ours: Hanoi publishes none.

INSERT INTO programme_node (code, parent, category, ordinal, name_vi, name_en, sources, note) VALUES
	('programme', NULL, NULL, 0, 'Chương trình hành động 21-CTr/TU', 'Action Programme 21-CTr/TU', '{1,2}',
	 'Signed 2 February 2023; carries out Resolution 29-NQ/TW in Hanoi.'),
	('E', 'programme', 'E', 1, 'Trình độ phát triển kinh tế', 'Economic development', '{1}', NULL),
	('S', 'programme', 'S', 2, 'Phát triển văn hóa, xã hội', 'Culture and society', '{1}', NULL),
	('U', 'programme', 'U', 3, 'Trình độ phát triển đô thị', 'Urban development', '{1}', NULL),
	('M', 'programme', 'M', 4, 'Bảo vệ và quản lý môi trường', 'Environment', '{1}', NULL);

INSERT INTO programme_node
	(code, parent, category, ordinal, name_vi, name_en, measure_unit_vi, measure_unit_en,
	 is_indicator, direction, role, period, baseline_on, sources, note) VALUES
	('E1', 'E', 'E', 1, 'Tốc độ tăng GRDP bình quân', 'Average GRDP growth', '%/năm', '%/yr',
	 true, 'up', 'average_growth', 'year', NULL, '{8}', 'The target is the average of a five-year span, compounded.'),
	('E2', 'E', 'E', 2, 'Thu nhập/GRDP bình quân đầu người', 'Income/GRDP per capita', 'USD', 'USD',
	 true, 'up', NULL, 'year', '2020-12-31', '{1,8}', 'The programme says income; the figures published are GRDP per capita.'),
	('E3', 'E', 'E', 3, 'Tỷ trọng CN chế biến, chế tạo trong GRDP', 'Manufacturing share of GRDP', '%', '%',
	 true, 'up', NULL, 'year', NULL, '{8}', NULL),
	('E4', 'E', 'E', 4, 'Tỷ trọng kinh tế số trong GRDP', 'Digital economy share of GRDP', '%', '%',
	 true, 'up', NULL, 'year', NULL, '{8,9}', NULL),
	('E5', 'E', 'E', 5, 'Tốc độ tăng năng suất lao động', 'Labour productivity growth', '%/năm', '%/yr',
	 true, 'up', NULL, 'year', NULL, '{10,11}', NULL),
	('E6', 'E', 'E', 6, 'Đóng góp của TFP', 'TFP contribution to growth', '%', '%',
	 true, 'up', NULL, 'year', NULL, '{12,4}', NULL),
	('E7', 'E', 'E', 7, 'Tỷ trọng dịch vụ trong GRDP', 'Services share of GRDP', '%', '%',
	 true, 'up', NULL, 'year', NULL, '{10,13}', NULL),
	('E8', 'E', 'E', 8, 'Tỷ trọng NN ứng dụng công nghệ cao', 'High-tech share of farm output', '%', '%',
	 true, 'up', NULL, 'year', NULL, '{11}', NULL),

	('S1', 'S', 'S', 1, 'Số giường bệnh/vạn dân', 'Hospital beds per 10,000', 'giường', 'beds',
	 true, 'up', NULL, 'year', NULL, '{9,14,15}', NULL),
	('S2', 'S', 'S', 2, 'Số bác sĩ/vạn dân', 'Doctors per 10,000', 'bác sĩ', 'doctors',
	 true, 'up', NULL, 'year', NULL, '{14,15}', NULL),
	('S3', 'S', 'S', 3, 'Tỷ lệ bao phủ BHYT', 'Health insurance coverage', '%', '%',
	 true, 'up', NULL, 'year', NULL, '{16}', NULL),
	('S4', 'S', 'S', 4, 'Lao động qua đào tạo', 'Trained labour', '%', '%',
	 true, NULL, NULL, NULL, NULL, '{16}', 'One plan number (15 in the 2024 plan), two values.'),
	('S4.trained', 'S4', 'S', 1, 'Lao động đang làm việc qua đào tạo', 'Trained share of employed', '%', '%',
	 false, 'up', NULL, 'year', NULL, '{16}', NULL),
	('S4.certificate', 'S4', 'S', 2, 'Lao động có bằng cấp, chứng chỉ', 'Trained with certificate', '%', '%',
	 false, 'up', NULL, 'year', NULL, '{16}', NULL),
	('S5', 'S', 'S', 5, 'Trường công lập đạt chuẩn quốc gia', 'Public schools meeting the standard', '%', '%',
	 true, 'up', NULL, 'year', NULL, '{16,17}', NULL),
	('S6', 'S', 'S', 6, 'Thất nghiệp khu vực thành thị', 'Urban unemployment', '%', '%',
	 true, 'down', NULL, 'year', NULL, '{16,18,19}', NULL),
	('S7', 'S', 'S', 7, 'Giảm số hộ nghèo so với đầu năm', 'Poor households, yearly reduction', 'hộ', 'households',
	 true, 'up', NULL, 'year', NULL, '{16}', 'The figure is the size of the yearly cut: more is better. Another report prints 380 households.'),
	('S8', 'S', 'S', 8, 'Hộ đạt "Gia đình văn hóa"', '"Cultural family" households', '%', '%',
	 true, 'up', NULL, 'year', NULL, '{18}', NULL),
	('S9', 'S', 'S', 9, 'LĐ tham gia BHXH bắt buộc', 'Compulsory social insurance', '%', '%',
	 true, 'up', NULL, 'year', NULL, '{16}', NULL),

	('U1', 'U', 'U', 1, 'Tỷ lệ đô thị hóa', 'Urbanisation rate', '%', '%',
	 true, 'up', NULL, 'day', NULL, '{1,9}', NULL),
	('U2', 'U', 'U', 2, 'VTHKCC đáp ứng nhu cầu đi lại', 'Public-transport share of trips', '%', '%',
	 true, 'up', NULL, 'year', NULL, '{20,21}', NULL),
	('U3', 'U', 'U', 3, 'Đất xây dựng đô thị/đất tự nhiên', 'Urban construction land share', '%', '%',
	 true, 'up', NULL, 'day', NULL, '{9,22}', NULL),
	('U4', 'U', 'U', 4, 'Người dân được cấp nước sạch tập trung', 'Piped clean-water coverage', '%', '%',
	 true, NULL, NULL, NULL, NULL, '{21,52}', 'The target is 100 for everybody; the city reports households, town and country apart, so 100 holds for each.'),
	('U4.urban', 'U4', 'U', 1, 'Nước sạch khu vực đô thị', 'Clean water, urban', '%', '%',
	 false, 'keep', NULL, 'day', NULL, '{21,52}', NULL),
	('U4.rural', 'U4', 'U', 2, 'Nước sạch khu vực nông thôn', 'Clean water, rural', '%', '%',
	 false, 'keep', NULL, 'day', NULL, '{21,52}', NULL),
	('U5', 'U', 'U', 5, 'Diện tích nhà ở bình quân', 'Housing floor area per person', 'm²', 'm²',
	 true, 'up', NULL, 'day', NULL, '{21}', NULL),

	('M1', 'M', 'M', 1, 'CTR sinh hoạt được thu gom, xử lý đạt chuẩn', 'Solid waste collected and treated', '%', '%',
	 true, NULL, NULL, NULL, NULL, '{23,24}', 'One plan number, three values for 2030.'),
	('M1.urban', 'M1', 'M', 1, 'CTR sinh hoạt đô thị', 'Solid waste, urban', '%', '%',
	 false, 'keep', NULL, 'year', NULL, '{23}', NULL),
	('M1.rural', 'M1', 'M', 2, 'CTR sinh hoạt nông thôn', 'Solid waste, rural', '%', '%',
	 false, 'up', NULL, 'year', NULL, '{23}', NULL),
	('M1.landfill', 'M1', 'M', 3, 'Tỷ lệ chôn lấp trực tiếp', 'Solid waste sent to landfill', '%', '%',
	 false, 'down', NULL, 'year', NULL, '{23}', NULL),
	('M2', 'M', 'M', 2, 'Nước thải đô thị được xử lý', 'Urban wastewater treated', '%', '%',
	 true, 'up', NULL, 'day', NULL, '{24,23}', NULL),
	('M3', 'M', 'M', 3, 'Số ngày AQI tốt và trung bình', 'Days with good/moderate air', '% số ngày', '% of days',
	 true, 'up', NULL, 'year', NULL, '{25,21,26}', NULL),
	('M4', 'M', 'M', 4, 'Diện tích cây xanh đô thị', 'Urban green space per person', 'm²', 'm²',
	 true, 'up', NULL, 'day', NULL, '{23}', NULL);

-- What was promised ----------------------------------------------------------
-- bound is the grammar of target_path. "about" is ~, a range is a..b and counts
-- as met from its near edge, "above" is >, "below" is <.

INSERT INTO target (code, due, span_start, bound, as_written_vi, as_written_en, document, sources, mark) VALUES
	('E1', '2025-12-31', '2021-01-01', '7.5..8', '7,5–8,0', '7.5–8.0', 'NQ 12/NQ-CP', '{8}', 'C'),
	('E1', '2030-12-31', '2026-01-01', '8..8.5', '8,0–8,5', '8.0–8.5', 'NQ 12/NQ-CP', '{8}', 'C'),
	('E2', '2025-12-31', NULL, '8300..8500', '8.300–8.500', '8,300–8,500', '21-CTr/TU', '{1,8}', 'C'),
	('E2', '2030-12-31', NULL, '>12500', 'trên 12.500', 'above 12,500', '21-CTr/TU', '{1}', 'C'),
	('E3', '2025-12-31', NULL, '~17', 'khoảng 17', 'about 17', 'NQ 12/NQ-CP', '{8}', 'C'),
	('E3', '2030-12-31', NULL, '~20', 'khoảng 20', 'about 20', 'NQ 12/NQ-CP', '{8}', 'C'),
	('E4', '2025-12-31', NULL, '~30', 'khoảng 30', 'about 30', 'NQ 12/NQ-CP', '{8}', 'C'),
	('E4', '2030-12-31', NULL, '~40', 'khoảng 40', 'about 40', 'NQ 12/NQ-CP', '{8}', 'C'),
	('E5', '2025-12-31', NULL, '7..7.5', '7,0–7,5', '7.0–7.5', NULL, '{10,11}', 'C'),
	('E5', '2030-12-31', NULL, '7.5', '7,5', '7.5', NULL, '{10,11}', 'C'),
	('E6', '2025-12-31', NULL, '>50', 'trên 50', 'above 50', NULL, '{12}', 'C'),
	('E7', '2025-12-31', NULL, '65..65.5', '65,0–65,5', '65.0–65.5', '02-CTr/TU', '{10}', 'C'),
	('E7', '2030-12-31', NULL, '~65.2', 'khoảng 65,2', 'about 65.2', '1569/QĐ-TTg', '{13}', 'C'),
	('E8', '2030-12-31', NULL, '~80', 'khoảng 80', 'about 80', NULL, '{11}', 'C'),
	('S1', '2025-12-31', NULL, '30..35', '30–35', '30–35', '25-CTr/TU', '{9,14}', 'C'),
	('S2', '2025-12-31', NULL, '15', '15', '15', NULL, '{14}', 'C'),
	('S3', '2024-12-31', NULL, '94.5', '94,5', '94.5', 'KH 2024', '{16}', 'C'),
	('S4.trained', '2024-12-31', NULL, '74.2', '74,2', '74.2', 'KH 2024', '{16}', 'C'),
	('S4.certificate', '2024-12-31', NULL, '54', '54', '54', 'KH 2024', '{16}', 'C'),
	('S5', '2024-12-31', NULL, '78.5', '78,5', '78.5', 'KH 2024', '{16}', 'C'),
	('S6', '2024-12-31', NULL, '<4', 'dưới 4', 'below 4', 'KH 2024', '{16}', 'C'),
	('S7', '2024-12-31', NULL, '300..400', '300–400', '300–400', 'KH 2024', '{16}', 'C'),
	('S8', '2024-12-31', NULL, '88', '88', '88', 'KH 2024', '{18}', 'C'),
	('S9', '2024-12-31', NULL, '45', '45', '45', 'KH 2024', '{16}', 'C'),
	('U1', '2025-12-31', NULL, '60..62', '60–62', '60–62', '21-CTr/TU', '{1}', 'C'),
	('U1', '2030-12-31', NULL, '>75', 'trên 75', 'above 75', '21-CTr/TU', '{1}', 'C'),
	('U2', '2025-12-31', NULL, '30..35', '30–35', '30–35', NULL, '{20}', 'C'),
	('U2', '2026-12-31', NULL, '22', '22', '22', 'NQ 482/NQ-HĐND', '{21}', 'C'),
	('U3', '2025-12-31', NULL, '~30', 'khoảng 30', 'about 30', '25-CTr/TU', '{9,22}', 'C'),
	('U3', '2030-12-31', NULL, '33..36', '33–36', '33–36', '25-CTr/TU', '{9,22}', 'C'),
	('U4.urban', '2026-12-31', NULL, '100', 'duy trì 100', 'keep 100', 'NQ 482/NQ-HĐND', '{21}', 'C'),
	('U4.urban', '2030-12-31', NULL, '100', 'duy trì 100', 'keep 100', NULL, '{21}', 'C'),
	('U4.rural', '2026-12-31', NULL, '100', 'duy trì 100', 'keep 100', 'NQ 482/NQ-HĐND', '{21}', 'C'),
	('U4.rural', '2030-12-31', NULL, '100', 'duy trì 100', 'keep 100', NULL, '{21}', 'C'),
	('U5', '2026-12-31', NULL, '30.5', '30,5', '30.5', 'NQ 482/NQ-HĐND', '{21}', 'C'),
	('M1.urban', '2030-12-31', NULL, '100', 'duy trì 100', 'keep 100', '1569/QĐ-TTg', '{23}', 'C'),
	('M1.rural', '2030-12-31', NULL, '98', '98', '98', '1569/QĐ-TTg', '{23}', 'C'),
	('M1.landfill', '2030-12-31', NULL, '<10', 'dưới 10', 'below 10', '1569/QĐ-TTg', '{23}', 'C'),
	('M2', '2025-12-31', NULL, '50..55', '50–55', '50–55', NULL, '{24}', 'C'),
	('M2', '2030-12-31', NULL, '70', '70', '70', '1569/QĐ-TTg', '{23}', 'C'),
	('M3', '2026-12-31', NULL, '>80', 'trên 80', 'above 80', 'NQ 482/NQ-HĐND', '{21}', 'C'),
	('M3', '2030-12-31', NULL, '80', '80', '80', '1569/QĐ-TTg', '{23,26}', 'C'),
	('M4', '2030-12-31', NULL, '10..12', '10–12', '10–12', '1569/QĐ-TTg', '{23}', 'C');

-- Other documents on the same indicator and date: kept beside, not followed.

INSERT INTO target (code, due, span_start, bound, as_written_vi, as_written_en, document, sources, mark, is_chosen, note_vi, note_en) VALUES
	('E1', '2030-12-31', '2021-01-01', '8.5..9.5', '8,5–9,5 (2021–30)', '8.5–9.5 (2021–30)', '1569/QĐ-TTg', '{13}', 'C', false,
	 'cho cả 2021–2030', 'another span, 2021–2030'),
	('E1', '2030-12-31', '2026-01-01', '>=11', 'từ 11 trở lên', '11 or more', 'Đại hội 18 (10/2025)', '{26}', 'C', false,
	 'đặt ra sau chương trình', 'set after the programme'),
	('E2', '2030-12-31', NULL, '12000..13000', '12.000–13.000', '12,000–13,000', 'NQ 12/NQ-CP', '{8}', 'C', false,
	 'theo văn bản chương trình đã ký', 'the signed programme is followed'),
	('E2', '2030-12-31', NULL, '13500..14000', '13.500–14.000', '13,500–14,000', '1569/QĐ-TTg (12/2024)', '{13}', 'C', false,
	 'đặt ra sau chương trình', 'set after the programme'),
	('E2', '2030-12-31', NULL, '12000', '12.000', '12,000', 'Đại hội 18 (10/2025)', '{26}', 'C', false,
	 'đặt ra sau chương trình', 'set after the programme'),
	('E2', '2030-12-31', NULL, '>12000', 'trên 12.000', 'above 12,000', 'QH 2045/2065 (01/2026)', '{34}', 'C', false,
	 'đặt ra sau chương trình', 'set after the programme'),
	('E4', '2025-12-31', NULL, '25..30', '25–30', '25–30', '25-CTr/TU', '{9}', 'C', false,
	 'theo NQ 12/NQ-CP', 'NQ 12/NQ-CP is followed'),
	('E4', '2030-12-31', NULL, '35..40', '35–40', '35–40', '25-CTr/TU', '{9}', 'C', false,
	 'theo NQ 12/NQ-CP', 'NQ 12/NQ-CP is followed'),
	('S6', '2024-12-31', NULL, '<3', 'dưới 3', 'below 3', 'KH 2024', '{18,19}', 'C', false,
	 'theo bản in đủ hơn [16]', 'the fuller list [16] is followed'),
	('U1', '2030-12-31', NULL, '65..75', '65–75', '65–75', '25-CTr/TU', '{9}', 'C', false,
	 'theo văn bản chương trình đã ký', 'the signed programme is followed'),
	('M3', NULL, NULL, '75..80', '75–80', '75–80', 'Sáng–Xanh–Sạch–Đẹp', '{25}', 'C', false,
	 'nguồn không ghi năm', 'the source gives no year'),
	('M4', '2030-12-31', NULL, '>10', 'trên 10', 'above 10', 'Đại hội 18 (10/2025)', '{26}', 'C', false,
	 'theo quy hoạch Thủ đô 1569/QĐ-TTg', 'the Capital Plan, 1569/QĐ-TTg, is followed');

-- Not confirmed for this programme: listed with their mark, never counted.

INSERT INTO target (code, due, bound, as_written_vi, as_written_en, document, sources, mark) VALUES
	('E6', '2030-12-31', '>50', 'trên 50', 'above 50', 'NQ 111/NQ-CP', '{4}', 'C*'),
	('E8', '2025-12-31', '~70', 'khoảng 70', 'about 70', NULL, '{0}', 'GK'),
	('S1', '2030-12-31', '35', '35', '35', 'NQ 81/2023/QH15', '{15}', 'C*'),
	('S2', '2030-12-31', '19', '19', '19', 'NQ 81/2023/QH15', '{15}', 'C*'),
	('S3', '2025-12-31', '95.5', '95,5', '95.5', NULL, '{0}', 'GK'),
	('S4.trained', '2025-12-31', '75..80', '75–80', '75–80', NULL, '{0}', 'GK'),
	('S5', '2025-12-31', '80..85', '80–85', '80–85', NULL, '{17}', 'C*'),
	('S6', '2025-12-31', '<3', 'dưới 3', 'below 3', NULL, '{0}', 'GK'),
	('S6', '2030-12-31', '<4', 'dưới 4', 'below 4', NULL, '{18,19}', 'C*'),
	('U2', '2030-12-31', '30..40', '30–40', '30–40', NULL, '{0}', 'GK'),
	('U4.urban', '2025-12-31', '100', 'duy trì 100', 'keep 100', NULL, '{0}', 'GK'),
	('U4.rural', '2025-12-31', '100', 'duy trì 100', 'keep 100', NULL, '{0}', 'GK');

-- What happened --------------------------------------------------------------
-- A figure for 2025 seen in 2025 or early 2026 is an estimate: the official one
-- of a year comes on 30 November of the next.

INSERT INTO observation (code, period, period_end, figure_no, value, vintage, released_on, sources, mark, is_chosen, note_vi, note_en) VALUES
	('E1', 'year', '2020-12-31', 1, 3.94, 'estimate', NULL, '{39}', 'C', true, 'ước lần đầu', 'first estimate'),
	('E1', 'year', '2020-12-31', 2, 3.98, 'estimate', NULL, '{40}', 'C', true, 'ước lần sau', 'later estimate'),
	('E1', 'year', '2021-12-31', 1, 2.92, 'not_stated', NULL, '{41}', 'C', true, NULL, NULL),
	('E1', 'year', '2022-12-31', 1, 8.89, 'estimate', NULL, '{0}', 'GK', true, 'số công bố lần đầu', 'as first published'),
	('E1', 'year', '2022-12-31', 2, 8.29, 'not_stated', NULL, '{42}', 'C', true, 'theo trích dẫn năm 2025', 'as quoted in 2025'),
	('E1', 'year', '2023-12-31', 1, 6.27, 'estimate', NULL, '{34,39,40,41,42,43,44}', 'C', true, 'một trong các nguồn nêu', 'in one of the sources named'),
	('E1', 'year', '2024-12-31', 1, 6.52, 'not_stated', NULL, '{42}', 'C', true, NULL, NULL),
	('E1', 'half-year', '2025-06-30', 1, 7.63, 'not_stated', NULL, '{44}', 'C', true, NULL, NULL),
	('E1', 'year', '2025-12-31', 1, 8.5, 'estimate', '2025-11-30', '{43}', 'C', true, 'ước tháng 11', 'November estimate'),
	('E1', 'year', '2025-12-31', 2, 8.16, 'estimate', '2025-12-31', '{34}', 'C', true, 'cuối năm', 'year-end figure'),
	('E1', 'term', '2025-12-31', 1, 6.57, 'estimate', NULL, '{45}', 'C', false,
	 'số công bố; số từng năm không cho ra; kết luận không đổi',
	 'as published; the yearly figures do not give it; same verdict'),
	('E2', 'year', '2020-12-31', 1, 5285, 'not_stated', NULL, '{12}', 'C', true,
	 'theo cùng nguồn với mục tiêu TFP của nhiệm kỳ', 'from the source that also gives the term''s TFP target'),
	('E2', 'year', '2020-12-31', 2, 5420, 'not_stated', NULL, '{46}', 'C', false,
	 'số kia cùng nguồn với mục tiêu TFP; kết luận không đổi',
	 'the other shares its source with a target; same verdict'),
	('E2', 'year', '2025-12-31', 1, 7200, 'estimate', NULL, '{45}', 'C', true, 'khoảng 7.200', 'about 7,200'),
	('U1', 'day', '2022-12-31', 1, 53.9, 'not_stated', NULL, '{51}', 'C', false,
	 'theo báo cáo thành phố [52]; nếu trộn thì thành giảm',
	 'the city report [52] is followed; mixed, they would fall'),
	('U1', 'day', '2024-06-30', 1, 51.3, 'not_stated', NULL, '{52}', 'C', true,
	 'từ 52,5 và "tăng 1,2 so với một năm trước"', 'the report''s 52.5 and its "+1.2 on a year earlier"'),
	('U1', 'day', '2025-06-30', 1, 52.5, 'not_stated', NULL, '{52}', 'C', true, NULL, NULL),
	('U4.urban', 'day', '2025-06-30', 1, 99.8, 'not_stated', NULL, '{52}', 'C', true, 'theo hộ gia đình', 'households'),
	('U4.rural', 'day', '2023-12-31', 1, 90, 'not_stated', NULL, '{53}', 'C', false,
	 'theo báo cáo thành phố [52], mới hơn', 'the later city report [52] is followed'),
	('U4.rural', 'day', '2025-06-30', 1, 85, 'not_stated', NULL, '{52}', 'C', true, 'theo hộ gia đình', 'households'),
	('M1', 'year', '2025-12-31', 1, NULL, 'not_stated', NULL, '{23,24}', 'C', true,
	 'nguồn chỉ ghi khoảng 95–100 %', 'the source gives only a range, 95–100 %'),
	('M2', 'day', '2025-06-30', 1, 40.8, 'not_stated', '2025-07-28', '{24}', 'C', true,
	 '414.300 m³/ngày, sáu nhà máy', '414,300 m³/day, six plants');

-- Tasks and money ------------------------------------------------------------
-- The news report names the tasks; Plan 139/KH-UBND of 9 May 2023 sets the
-- programme to work. Everything else here is an illustration: mark P.

INSERT INTO action_task (code, name_vi, name_en, started_on, deadline, sources, mark) VALUES
	('T1', 'Đưa khu công viên phần mềm vào hoạt động', 'Software park in operation', '2023-02-02', '2025-12-31', '{119,2}', 'P'),
	('T2', 'Mở vườn ươm doanh nghiệp CNTT', 'ICT incubator opened', '2023-02-02', '2025-06-30', '{119,2}', 'P'),
	('T3', 'Cơ chế ưu đãi KH&CN và đổi mới sáng tạo', 'Incentives for science and innovation', '2023-02-02', '2026-06-30', '{119,2}', 'P');

INSERT INTO action_step (task, step_no, name_vi, name_en, due, reached_on, sources, mark) VALUES
	('T1', 1, 'Kế hoạch 139/KH-UBND ban hành', 'Plan 139/KH-UBND issued', '2023-06-30', '2023-05-09', '{2}', 'C'),
	('T1', 2, 'Hạ tầng hoàn thành', 'Infrastructure finished', '2024-12-31', '2025-03-31', '{0}', 'P'),
	('T1', 3, 'Khu hoạt động', 'Park in operation', '2025-12-31', NULL, '{0}', 'P'),
	('T2', 1, 'Kế hoạch 139/KH-UBND ban hành', 'Plan 139/KH-UBND issued', '2023-06-30', '2023-05-09', '{2}', 'C'),
	('T2', 2, 'Quyết định thành lập', 'Decision to found it', '2024-06-30', '2024-05-31', '{0}', 'P'),
	('T2', 3, 'Vườn ươm mở cửa', 'Incubator opened', '2025-06-30', '2025-06-15', '{0}', 'P'),
	('T3', 1, 'Kế hoạch 139/KH-UBND ban hành', 'Plan 139/KH-UBND issued', '2023-06-30', '2023-05-09', '{2}', 'C'),
	('T3', 2, 'Trình dự thảo', 'Draft submitted', '2025-06-30', '2025-05-31', '{0}', 'P'),
	('T3', 3, 'Hội đồng thông qua', 'Adopted by the Council', '2026-06-30', NULL, '{0}', 'P');

INSERT INTO disbursement (project, on_date, planned_total, disbursed_total, sources, mark) VALUES
	('software park', '2022-12-31', 0, 0, '{0}', 'P'),
	('software park', '2023-12-31', 50, 30, '{0}', 'P'),
	('software park', '2024-12-31', 150, 110, '{0}', 'P'),
	('software park', '2025-12-31', 300, 240, '{0}', 'P'),
	('software park', '2026-12-31', 400, NULL, '{0}', 'P');

-- Words ------------------------------------------------------------------------

INSERT INTO status_name (status, name_vi, name_en) VALUES
	('missed', 'không đạt', 'missed'),
	('lost', 'không giữ được', 'lost'),
	('off_track', 'chệch tiến độ', 'off track'),
	('at_risk', 'có nguy cơ', 'at risk'),
	('on_track', 'đúng tiến độ', 'on track'),
	('met', 'đạt', 'met'),
	('exceeded', 'vượt', 'exceeded'),
	('not_yet_assessable', 'chưa đánh giá được', 'not yet assessable'),
	('no_data', 'chưa có số liệu', 'no data');

INSERT INTO reason_name (reason, name_vi, name_en) VALUES
	('no_observation', 'chưa có số liệu xác nhận', 'no confirmed observation'),
	('awaiting_observation', 'chờ số liệu đúng hạn', 'figure for the due date awaited'),
	('no_observation_at_due', 'theo số liệu cuối trước hạn', 'decided by the last figure before due'),
	('single_observation', 'mới có một số liệu', 'a single observation'),
	('no_time_elapsed', 'chưa có khoảng thời gian', 'no time elapsed'),
	('span_not_begun', 'giai đoạn chưa bắt đầu', 'the span has not begun'),
	('span_incomplete', 'chưa đủ số liệu của giai đoạn', 'the span lacks figures'),
	('keep_not_met', 'chưa bao giờ đạt mức cần giữ', 'level to keep never reached'),
	('met_late', 'đạt sau hạn', 'met after the due date'),
	('step_not_due', 'bước chưa đến hạn', 'step not due'),
	('no_target_at_due', 'không có mục tiêu', 'no target at that date');

-- What to report ---------------------------------------------------------------

INSERT INTO horizon (due) VALUES ('2025-12-31'), ('2030-12-31');
INSERT INTO report (as_of) VALUES ('2025-12-31');

-- Small as they are, the planner has to know how small.
ANALYZE source, mark, vintage, programme_node, target, observation, action_task, action_step, disbursement,
	status_name, reason_name, horizon, report;
