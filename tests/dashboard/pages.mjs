// What the built pages show, in TAP. Arguments: Chromium, the project's directory, the number of tests before these.
// The figures are those worked out by hand at the top of tests/clients/fixture.sql.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serve, startChromium } from './browser.mjs';

const [program, project, before] = process.argv.slice(2);
let number = Number(before);
let failed = 0;

function ok(passed, name, more = '') {
	console.log(`${passed ? 'ok' : 'not ok'} ${++number} - ${name}`);
	if (passed) return;
	failed++;
	console.error(`# ${name}\n${String(more).replace(/^/gm, '# ')}`);
}

const shows = (text, wanted, name) => ok(text.includes(wanted), name, `does not show: ${wanted}\n${text.slice(0, 6000)}`);
const hides = (text, unwanted, name) => ok(!text.includes(unwanted), name, `shows: ${unwanted}\n${text.slice(0, 6000)}`);

const site = await serve(join(project, 'build'));
const chromium = await startChromium(program);

// The text below a heading, up to the next.
function section(text, heading, next) {
	const from = text.indexOf(heading);
	const to = next ? text.indexOf(next, from + 1) : text.length;
	return from < 0 ? '' : text.slice(from, to < 0 ? text.length : to);
}

// Opens a page and waits until it shows what stands at its end, and stays so.
async function open(path, end, options, picture) {
	const tab = await chromium.open(options);
	await tab.call('Page.navigate', { url: site.origin + path });
	await tab.until('document.readyState === "complete"');
	const text = await tab.text(end);
	if (picture) await writeFile(join(project, picture), await tab.screenshot());
	return { tab, text };
}

try {
	const { tab: vi, text: viText } = await open('/', 'Phường Ngọc Lan', {}, 'vi.png');
	const headings = ['Theo nhóm', 'Từng chỉ tiêu', 'Danh sách cảnh báo', 'Diễn biến so với lộ trình', 'Vì sao chỉ số thay đổi', 'Xếp hạng phường, xã'];
	const part = (i) => section(viText, headings[i], headings[i + 1]);
	for (const heading of headings) shows(viText, heading, `vi: ${heading}`);
	shows(viText, 'Chương trình minh họa', 'vi: the programme by name');
	shows(viText, 'Thành phố Minh Họa, số liệu đến 30/06/2025, theo những gì đã công bố đến 31/07/2025', 'vi: as of and known on');
	shows(viText, 'Chỉ tiêu đạt hoặc vượt 2/7', 'vi: two of seven are met');
	shows(viText, 'Văn bản công bố 8 chỉ tiêu; đang theo dõi 7', 'vi: announced and registered differ');
	shows(viText, '2 chỉ tiêu đánh giá trên số liệu tạm tính', 'vi: two verdicts are provisional');
	shows(viText, 'Chỉ số chương trình (0–100) 91,1 có nguy cơ theo lộ trình 97,4, chênh −6,3', 'vi: index, expected, difference');
	shows(viText, 'Độ phủ số liệu 71 %', 'vi: five of seven have data');
	shows(viText, 'từ 57,4 đến 94,9', 'vi: bounds');
	shows(viText, '2 đạt 2 có nguy cơ 1 chệch tiến độ 2 chưa có số liệu', 'vi: counts by status');

	shows(part(0), 'Phát triển kinh tế 95,0', 'vi: economy scores 95');
	shows(part(0), 'Phát triển đô thị 87,5', 'vi: urban scores 87.5');
	shows(part(0), 'đã đo 50 % 0/2 đạt hoặc vượt', 'vi: half of the urban category is measured');
	shows(part(0), 'Bảo vệ môi trường 90,8', 'vi: environment scores 90.8');
	ok(/Văn hóa, xã hội chưa có số liệu/.test(part(0)), 'vi: culture has no data', part(0));
	ok(!/Văn hóa, xã hội (chưa có số liệu )?0/.test(part(0)), 'vi: which is not shown as 0', part(0));
	const bars = await vi.evaluate('[...document.querySelectorAll(".bars .row")].map((r) => [r.querySelector(".bar")?.style.width ?? null, r.querySelectorAll(".tick").length])');
	const lengths = [95, 87.5, 90.8, null];
	ok(
		bars.length === 4 &&
			bars.every(([width], i) => (lengths[i] === null ? width === null : Math.abs(parseFloat(width) - lengths[i]) < 0.01)),
		'vi: bars are as long as the scores, and there is none without data',
		JSON.stringify(bars)
	);
	ok(bars.filter(([, ticks]) => ticks === 1).length === 3, 'vi: three ticks where the paths stand', JSON.stringify(bars));

	ok(/GRDP bình quân đầu người 7\.200 USD tạm tính: ước tính 30\/06\/2025 8\.000–8\.500/.test(part(1)), 'vi: the estimate is marked', part(1));
	ok(/Tỷ lệ đô thị hóa 52,5 % 30\/06\/2025 60–62/.test(part(1)), 'vi: urbanisation and its target', part(1));
	ok(/Vận tải công cộng đáp ứng nhu cầu chưa có số liệu 30–35 .*?–.*?chưa có số liệu/.test(part(1)), 'vi: nothing known is said in words, in value and status', part(1));
	shows(part(1), 'chưa có số liệu chưa đơn vị nào báo cáo', 'vi: and why, in the words of the registry');
	hides(viText, '33,3', 'vi: an unconfirmed figure is nowhere');
	ok(/40,8 %/.test(part(1)) && !/41,7/.test(part(1)), 'vi: the official figure, not the estimate before it', part(1));
	ok(/Tỷ lệ chôn lấp trực tiếp 3,2 % tạm tính: sơ bộ/.test(part(1)), 'vi: a preliminary figure is marked', part(1));
	ok(/[▁▂▃▄▅▆▇█]{2}/.test(part(1)), 'vi: sparklines', part(1));
	const colours = await vi.evaluate(`Object.fromEntries([...document.querySelectorAll('.status')].map((s) => [s.textContent.trim(), getComputedStyle(s).backgroundColor]))`);
	const hue = (colour) => {
		const [r, g, b] = colour.match(/\d+/g).map(Number);
		return Math.max(r, g, b) - Math.min(r, g, b) < 8 ? 'grey' : g >= r ? 'green' : r - g < 24 ? 'amber' : 'red';
	};
	for (const [word, wanted] of [['đạt', 'green'], ['có nguy cơ', 'amber'], ['chệch tiến độ', 'red'], ['chưa có số liệu', 'grey']]) {
		ok(colours[word] && hue(colours[word]) === wanted, `vi: "${word}" is ${wanted}`, JSON.stringify(colours));
	}

	const order = ['Tỷ lệ đô thị hóa', 'Nước thải đô thị được xử lý', 'GRDP bình quân đầu người'].map((name) => part(2).indexOf(name));
	ok(order[0] > 0 && order[0] < order[1] && order[1] < order[2], 'vi: three are on the red list, the worst first', part(2));
	ok((part(2).match(/31\/12\/2025/g) ?? []).length === 3, 'vi: and only those', part(2));
	shows(part(2), 'Sở Xây dựng', 'vi: with the owner');
	shows(part(1), '≈ 17 ± 1 %', 'vi: a target with its tolerance');
	shows(part(2), '18,4', 'vi: wastewater lacks 18.4 points');

	const charts = await vi.evaluate(`[...document.querySelectorAll('figure')].map((f) => [f.querySelector('figcaption').textContent, f.querySelectorAll('circle').length, f.querySelectorAll('circle.provisional').length, f.querySelectorAll('path.path').length, f.querySelectorAll('path.target').length])`);
	const chart = (name) => charts.find(([caption]) => caption.includes(name)) ?? [];
	ok(chart('GRDP')[1] === 3 && chart('GRDP')[2] === 1 && chart('GRDP')[3] === 1 && chart('GRDP')[4] === 1,
		'vi: the trend has three points, one hollow, a path and its target', JSON.stringify(charts));

	ok(/Từ 31\/12\/2024 đến 30\/06\/2025/.test(part(4)), 'vi: what the change is between', part(4));
	const moved = [...part(4).matchAll(/([+−]\d+,\d\d)/g)].map(([, text]) => Number(text.replace(',', '.').replace('−', '-')));
	ok(moved.length > 0 && Math.abs(moved.reduce((a, b) => a + b, 0) - 3.85) < 0.005 * (moved.length + 1), 'vi: the parts of the change add up to 3.85', part(4));

	ok(/1\/2 Phường Bằng Lăng 97,5/.test(part(5)), 'vi: first of two is Bằng Lăng with 97.5', part(5));
	ok(/2\/2 Phường Hoa Sữa 80,0/.test(part(5)), 'vi: second is Hoa Sữa with 80', part(5));
	ok(/– Phường Ngọc Lan chưa đủ số liệu/.test(part(5)), 'vi: Ngọc Lan is listed, not ranked', part(5));

	ok(await vi.evaluate('document.documentElement.lang') === 'vi', 'vi: the page says its language');
	ok(vi.errors.length === 0, 'vi: no error in the browser', vi.errors.join('\n'));
	const away = vi.requested.filter((address) => !address.startsWith(site.origin) && !/^(data|blob):/.test(address));
	ok(away.length === 0, 'vi: nothing is fetched from elsewhere', away.join('\n'));
	hides(viText, 'undefined', 'vi: no undefined');
	ok(!/\bNaN\b|\bnull\b/.test(viText), 'vi: no NaN, no null', viText);
	const accents = viText.normalize('NFC') === viText && /[ằẵễộữỹ]/.test(viText);
	ok(accents, 'vi: composed Vietnamese letters');
	const { data: pdf } = await vi.call('Page.printToPDF', { printBackground: true, paperWidth: 8.27, paperHeight: 11.69 });
	await writeFile(join(project, 'print.pdf'), Buffer.from(pdf, 'base64'));

	// The other language, by the link.
	await vi.evaluate(`document.querySelector('a[href="/en/"]').click()`);
	ok(await vi.until('document.body.innerText.includes("By category")'), 'the link leads to the English page');
	const { tab: en, text: enText } = await open('/en/', 'Ngoc Lan ward', {}, 'en.png');
	for (const heading of ['By category', 'Indicators', 'Red list', 'Trend against the target path', 'What moved the index', 'Ranking of wards and communes']) {
		shows(enText, heading, `en: ${heading}`);
	}
	shows(enText, 'Indicators met or exceeded 2 of 7', 'en: two of seven are met');
	shows(enText, 'Programme index (0–100) 91.1 at risk on the path 97.4, difference −6.3', 'en: index, expected, difference');
	ok(/GRDP per capita 7,200 USD provisional: estimate 30\/06\/2025 8,000–8,500/.test(enText), 'en: the estimate is marked', enText);
	ok(/Culture and society no data/.test(enText), 'en: no data is said in words', enText);
	shows(enText, '– Ngoc Lan ward not enough data', 'en: a ward that is not ranked');
	ok(await en.evaluate('document.documentElement.lang') === 'en', 'en: the page says its language');
	ok(en.errors.length === 0, 'en: no error in the browser', en.errors.join('\n'));

	// A telephone: tables may scroll, the page may not.
	const { tab: phone, text: phoneText } = await open('/', 'Phường Ngọc Lan', { width: 390 }, 'phone.png');
	shows(phoneText, 'Chỉ tiêu đạt hoặc vượt 2/7', 'phone: the headline');
	const [wide, room] = await phone.evaluate('[document.documentElement.scrollWidth, document.documentElement.clientWidth]');
	ok(wide <= room, 'phone: the page is not wider than the screen', `${wide} > ${room}`);

	const longest = await phone.evaluate('Math.max(...[...document.querySelectorAll(".bar.up")].map((bar) => bar.getBoundingClientRect().width))');
	ok(longest > 80, 'phone: the bars of the changes have room', longest);

	// Without JavaScript the page is already there.
	const { text: plain } = await open('/', 'Phường Ngọc Lan', { scripts: false });
	shows(plain, 'Chỉ số chương trình (0–100) 91,1', 'without scripts: the index');
	shows(plain, 'Phường Bằng Lăng', 'without scripts: the ranking');
} catch (error) {
	ok(false, 'the browser answers', error.stack);
} finally {
	await chromium.close();
	site.close();
}
console.log(`1..${number}`);
process.exit(failed ? 1 : 0);
