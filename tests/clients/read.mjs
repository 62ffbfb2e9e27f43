// Prints views as reference.sql does, through node's pg. Arguments: schema, directory, views. Connects as PG* say.
// With the types that pg chooses by itself, but that dates stay text instead of becoming a midnight in some
// zone, instants stay text instead of losing their microseconds, and JSON stays text. A bigint comes as text anyway.

import { createRequire } from 'node:module';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const pg = createRequire(join(process.env.NODE_PACKAGES, 'package.json'))('pg');
const kinds = { 25: 'text', 3802: 'text', 21: 'integer', 23: 'integer', 20: 'integer', 701: 'float', 1082: 'date', 1184: 'time', 16: 'boolean' };
const classes = { text: 'string', integer: 'number', float: 'number', date: 'string', time: 'string', boolean: 'boolean' };
const raw = (value) => value;
for (const type of [1082, 1184, 3802]) pg.types.setTypeParser(type, raw);

function print(kind, type, value) {
	if (value === null) return '\\N';
	if (type === 20 && typeof value === 'string') return value;
	if (typeof value !== classes[kind]) throw new TypeError(`${value} is a ${typeof value}, not ${kind}`);
	switch (kind) {
		case 'text':
			return value.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
		case 'float': {
			const bits = Buffer.alloc(8);
			bits.writeDoubleBE(value);
			return bits.toString('hex');
		}
		case 'time': {
			const [, second, fraction, zone] = value.match(/^(.*?:\d\d:\d\d)(?:\.(\d+))?([+-]\d+)$/);
			const milliseconds = Date.parse(`${second.replace(' ', 'T')}${zone}:00`);
			return String(BigInt(milliseconds) * 1000n + BigInt((fraction ?? '').padEnd(6, '0')));
		}
		case 'boolean':
			return value ? 't' : 'f';
		default:
			return String(value);
	}
}

const [schema, directory, ...views] = process.argv.slice(2);
const client = new pg.Client();
await client.connect();
const { rows: tables } = await client.query(
	"SELECT table_name FROM information_schema.tables WHERE table_schema = $1 AND table_type = 'VIEW'",
	[schema]
);
for (const view of views) {
	if (!tables.some((row) => row.table_name === view)) throw new Error(`the view ${view} is not listed`);
	const { fields, rows } = await client.query({ text: `SELECT * FROM "${schema}"."${view}"`, rowMode: 'array' });
	const lines = [fields.map((f) => `${f.name} ${kinds[f.dataTypeID]}`).join('\t')];
	for (const row of rows) lines.push(row.map((value, i) => print(kinds[fields[i].dataTypeID], fields[i].dataTypeID, value)).join('\t'));
	await writeFile(join(directory, view), `${lines.join('\n')}\n`);
}
await client.end();
