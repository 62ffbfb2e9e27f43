// The words and number formats of the pages. Whatever is named in the registry's labels is not here.

const vi = {
	locale: 'vi-VN',
	statuses: {
		missed: 'không đạt',
		lost: 'không giữ được',
		off_track: 'chệch tiến độ',
		at_risk: 'có nguy cơ',
		on_track: 'đúng tiến độ',
		met: 'đạt',
		exceeded: 'vượt',
		not_yet_assessable: 'chưa đánh giá được',
		no_data: 'chưa có số liệu',
		not_applicable: 'không xét ở hạn này'
	},
	vintages: { official: 'chính thức', preliminary: 'sơ bộ', estimate: 'ước tính', not_stated: 'không ghi' },
	causes: {
		value: 'trị số thay đổi',
		appeared: 'có số liệu mới',
		disappeared: 'không còn số liệu',
		became_applicable: 'bắt đầu áp dụng',
		no_longer_applicable: 'không còn áp dụng',
		method: 'cách tính hoặc mục tiêu thay đổi'
	},
	no_data: 'chưa có số liệu',
	provisional: 'tạm tính',
	reported: (as_of, known_on, due) =>
		`số liệu đến ${as_of}, ${known_on ? `theo những gì đã công bố đến ${known_on}` : 'theo mọi số liệu đã công bố'}. Mục tiêu đến hạn ${due}.`,
	met_or_exceeded: 'Chỉ tiêu đạt hoặc vượt',
	of: (part, whole) => `${part}/${whole}`,
	declared: (declared, registered) => `Văn bản công bố ${declared} chỉ tiêu; đang theo dõi ${registered}.`,
	index: 'Chỉ số chương trình (0–100)',
	expected: 'theo lộ trình',
	difference: 'chênh',
	coverage: 'Độ phủ số liệu',
	coverage_note: 'chỉ tiêu có mục tiêu tại hạn này đã có số liệu',
	bounds: (low, high) => `Nếu đủ số liệu: từ ${low} đến ${high}`,
	unbounded: 'Chưa có cận khi thiếu số liệu',
	provisional_count: (n) => `${n} chỉ tiêu đánh giá trên số liệu tạm tính`,
	category: 'Nhóm',
	indicator: 'Chỉ tiêu',
	value: 'Thực hiện',
	target: 'Mục tiêu',
	due: 'Hạn',
	status: 'Đánh giá',
	score: 'Điểm',
	sparkline: 'Diễn biến',
	rank: 'Hạng',
	unit: 'Đơn vị',
	owner: 'Cơ quan chủ trì',
	weeks: 'Còn (tuần)',
	overdue: (n) => `quá hạn ${n}`,
	shortfall: 'Thiếu (điểm)',
	measured: (share) => `đã đo ${share}`,
	met_of: (met, all) => `${met}/${all} đạt hoặc vượt`,
	path: 'lộ trình',
	actual: 'thực hiện',
	provisional_mark: '○ tạm tính',
	target_mark: '◆ mục tiêu',
	not_ranked: 'chưa đủ số liệu',
	no_units: 'Chương trình này không chấm đơn vị cấp dưới nào.',
	no_report: 'Chưa có kỳ báo cáo nào trong cơ sở dữ liệu chỉ tiêu.',
	nothing_red: 'Trong các chỉ tiêu đã có số liệu, không có chỉ tiêu nào có nguy cơ hoặc chệch tiến độ.',
	no_change: 'Chưa có kỳ báo cáo trước để so sánh, hoặc chỉ số không đổi.',
	change: 'Thay đổi (điểm của chỉ số chung)',
	from_to: (from, to) => `Từ ${from} đến ${to}`
};

const en = {
	locale: 'en-GB',
	statuses: {
		missed: 'missed',
		lost: 'lost',
		off_track: 'off track',
		at_risk: 'at risk',
		on_track: 'on track',
		met: 'met',
		exceeded: 'exceeded',
		not_yet_assessable: 'not yet assessable',
		no_data: 'no data',
		not_applicable: 'not judged at this date'
	},
	vintages: { official: 'official', preliminary: 'preliminary', estimate: 'estimate', not_stated: 'unstated' },
	causes: {
		value: 'the figure changed',
		appeared: 'newly observed',
		disappeared: 'no figure any more',
		became_applicable: 'applies now',
		no_longer_applicable: 'applies no longer',
		method: 'the method or a target changed'
	},
	no_data: 'no data',
	provisional: 'provisional',
	reported: (as_of, known_on, due) =>
		`as of ${as_of}, ${known_on ? `as known on ${known_on}` : 'with all that was released'}. Targets due ${due}.`,
	met_or_exceeded: 'Indicators met or exceeded',
	of: (part, whole) => `${part} of ${whole}`,
	declared: (declared, registered) => `The document announces ${declared} indicators; ${registered} are followed.`,
	index: 'Programme index (0–100)',
	expected: 'on the path',
	difference: 'difference',
	coverage: 'Coverage',
	coverage_note: 'of the indicators with a target at this date have data',
	bounds: (low, high) => `With all data: ${low} to ${high}`,
	unbounded: 'No bounds for missing data',
	provisional_count: (n) => `${n} indicators judged on provisional figures`,
	category: 'Category',
	indicator: 'Indicator',
	value: 'Value',
	target: 'Target',
	due: 'Due',
	status: 'Status',
	score: 'Score',
	sparkline: 'Trend',
	rank: 'Rank',
	unit: 'Unit',
	owner: 'Owner',
	weeks: 'Weeks left',
	overdue: (n) => `${n} overdue`,
	shortfall: 'Shortfall (points)',
	measured: (share) => `coverage ${share}`,
	met_of: (met, all) => `${met} of ${all} met or exceeded`,
	path: 'target path',
	actual: 'actual',
	provisional_mark: '○ provisional',
	target_mark: '◆ target',
	not_ranked: 'not enough data',
	no_units: 'This programme judges no unit below.',
	no_report: 'The registry holds no report yet.',
	nothing_red: 'Of the indicators with data, none is at risk or off track.',
	no_change: 'There is no earlier report to compare with, or the index did not change.',
	change: 'Change (points of the whole index)',
	from_to: (from, to) => `${from} to ${to}`
};

export const words = { vi, en };

// NULL stays nothing: never a 0.
export const missing = (value) => value === null || value === undefined || Number.isNaN(value);

export function number(language, value, digits = 1) {
	if (missing(value)) return '';
	return new Intl.NumberFormat(words[language].locale, { maximumFractionDigits: digits })
		.format(value)
		.replace('-', '−');
}

export function fixed(language, value, digits = 1) {
	if (missing(value)) return '';
	return new Intl.NumberFormat(words[language].locale, {
		minimumFractionDigits: digits,
		maximumFractionDigits: digits
	})
		.format(value)
		.replace('-', '−');
}

export function signed(language, value, digits = 1) {
	if (missing(value)) return '';
	const text = fixed(language, value, digits);
	return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

export function share(language, value) {
	return missing(value) ? '' : `${number(language, 100 * value, 0)} %`;
}

// ISO text to the reader's form, without any time zone in between.
export function date(language, iso) {
	if (!iso) return '';
	const [year, month, day] = iso.split('-');
	return `${day}/${month}/${year}`;
}

// A bound as the target path writes it, in words of the page: 8300..8500, >12500, ~17, <4.
export function bound(language, text) {
	if (!text) return '';
	return text
		.replace(/\d+(\.\d+)?/g, (digits) =>
			new Intl.NumberFormat(words[language].locale, { maximumFractionDigits: 20 }).format(Number(digits))
		)
		.replace('..', '–')
		.replace('>=', '≥ ')
		.replace('<=', '≤ ')
		.replace(/^>/, '> ')
		.replace(/^</, '< ')
		.replace(/^~/, '≈ ')
		.replace('+-', ' ± ')
		.replace('%', '\u00a0%');
}
