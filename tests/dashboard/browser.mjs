// A headless Chromium driven over a pipe (no port is opened for it), and a server of files on the loopback address.

import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';

const types = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript',
	'.css': 'text/css',
	'.json': 'application/json',
	'.webmanifest': 'application/manifest+json',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.wasm': 'application/wasm',
	'.woff2': 'font/woff2'
};

export const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// Serves the files below root; resolves to { origin, close }.
export async function serve(root) {
	const server = createServer(async (request, response) => {
		let path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
		try {
			if ((await stat(join(root, path))).isDirectory()) path = join(path, 'index.html');
			const body = await readFile(join(root, path));
			response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' });
			response.end(body);
		} catch {
			response.writeHead(404).end();
		}
	});
	await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
	return {
		origin: `http://127.0.0.1:${server.address().port}`,
		close: () => {
			server.closeAllConnections?.();
			server.close();
		}
	};
}

// Starts Chromium; resolves to { open, close }. It can reach nothing but this machine.
export async function startChromium(program) {
	const profile = await mkdtemp(join(process.env.TMPDIR ?? tmpdir(), 'scorecard-chromium.'));
	const child = spawn(
		program,
		[
			'--headless=new',
			'--no-sandbox',
			'--disable-gpu',
			'--disable-dev-shm-usage',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
			`--user-data-dir=${profile}`,
			'--remote-debugging-pipe',
			'about:blank'
		],
		{ stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] }
	);
	const [, , , input, output] = child.stdio;
	const waiting = new Map();
	const listeners = new Map();
	let last = 0;
	let rest = '';

	child.on('exit', () => {
		for (const { fail } of waiting.values()) fail(new Error('chromium ended'));
	});
	child.on('error', (error) => {
		for (const { fail } of waiting.values()) fail(error);
	});
	input.on('error', () => {});
	output.setEncoding('utf8');
	output.on('data', (chunk) => {
		const messages = (rest + chunk).split('\0');
		rest = messages.pop();
		for (const text of messages) {
			const message = JSON.parse(text);
			if (message.id) {
				const { done, fail } = waiting.get(message.id);
				waiting.delete(message.id);
				if (message.error) fail(new Error(message.error.message));
				else done(message.result);
			} else {
				listeners.get(message.sessionId)?.(message.method, message.params);
			}
		}
	});
	const send = (method, params = {}, sessionId = undefined) =>
		new Promise((done, fail) => {
			waiting.set(++last, { done, fail });
			input.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
		});

	// A tab: width in pixels, scripts true or false. Its records: errors (console and exceptions), requested (addresses).
	async function open({ width = 1280, scripts = true } = {}) {
		const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
		const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
		const tab = {
			errors: [],
			requested: [],
			call: (method, params) => send(method, params, sessionId),
			async evaluate(expression) {
				const answer = await tab.call('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true });
				if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.text);
				return answer.result.value;
			},
			// Waits until the expression is true, at most so many seconds; says whether it became true.
			async until(expression, seconds = 300) {
				for (let i = 0; i < seconds * 5; i++) {
					if (await tab.evaluate(expression).catch(() => false)) return true;
					await sleep(200);
				}
				return false;
			},
			// The text a reader sees, white space folded; read when it has what is wanted and has not changed for a second.
			async text(wanted) {
				let before = null;
				for (let i = 0; i < 300; i++) {
					const now = await tab.evaluate('document.body.innerText');
					if (now === before && now.includes(wanted)) break;
					before = now;
					await sleep(1000);
				}
				return before.replace(/[\s\u00a0]+/g, ' ');
			},
			async screenshot() {
				const { cssContentSize: size } = await tab.call('Page.getLayoutMetrics');
				const { data } = await tab.call('Page.captureScreenshot', {
					format: 'png',
					captureBeyondViewport: true,
					clip: { x: 0, y: 0, width: size.width, height: size.height, scale: 1 }
				});
				return Buffer.from(data, 'base64');
			}
		};
		listeners.set(sessionId, (method, params) => {
			if (method === 'Network.requestWillBeSent') tab.requested.push(params.request.url);
			if (method === 'Runtime.exceptionThrown') tab.errors.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
			if (method === 'Runtime.consoleAPICalled' && params.type === 'error') {
				tab.errors.push(params.args.map((a) => a.value ?? a.description).join(' '));
			}
			if (method === 'Network.responseReceived' && params.response.status >= 400) {
				tab.errors.push(`${params.response.status} ${params.response.url}`);
			}
		});
		for (const domain of ['Page', 'Runtime', 'Network']) await tab.call(`${domain}.enable`);
		await tab.call('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor: 1, mobile: width < 600 });
		if (!scripts) await tab.call('Emulation.setScriptExecutionDisabled', { value: true });
		return tab;
	}

	async function close() {
		const ended = new Promise((done) => child.once('exit', done));
		send('Browser.close').catch(() => {});
		if (!(await Promise.race([ended.then(() => true), sleep(5000)]))) child.kill('SIGKILL');
		await ended;
		await rm(profile, { recursive: true, force: true, maxRetries: 5 });
	}

	return { open, close };
}
