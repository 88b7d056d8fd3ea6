// What people, tools and accidents leave in a config: an answer or one clear line, the file whole, the secret in one place.
import assert from 'node:assert/strict';
import {
	chmodSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	realpathSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { parse } from 'jsonc-parser';
import { findCredentials } from '../../server/src/core/credentials/find.ts';
import { dialectById } from '../../server/src/core/dialects/index.ts';
import { planMove } from '../../server/src/core/fixes/move.ts';
import { isRefusal } from '../../server/src/core/fixes/target.ts';
import { readDocument } from '../../server/src/core/read.ts';
import { Fingerprinter } from '../../server/src/core/secret-value.ts';
import { applyChanges } from '../../server/src/core/text.ts';
import type { FixRequest } from '../../server/src/protocol/index.ts';
import { desk } from '../support/cli.ts';
import { LspClient, temporaryWorld } from '../support/lsp.ts';
import { expand, token } from '../support/tokens.ts';

const GITHUB = '{{github-pat}}';
const SECRET = token('github-pat');
const GOOD = `{"servers":{"gh":{"command":"node","args":["s.js"],"env":{"GITHUB_TOKEN":"${GITHUB}"}}}}`;
const MEGABYTE = 1024 * 1024;

/** Texts in which the token is to be found all the same. */
const FOUND: Readonly<Record<string, string>> = {
	'a half-typed line before': `{"servers":{"x":{"comm\n},"gh":{"env":{"GITHUB_TOKEN":"${GITHUB}"}}}}`,
	'a half-typed line after': `{"servers":{"gh":{"env":{"GITHUB_TOKEN":"${GITHUB}"}},"x":{"env":{"A":"`,
	'nothing is closed': `{"servers":{"gh":{"env":{"GITHUB_TOKEN":"${GITHUB}"`,
	'a NUL in front': `\0${GOOD}`,
	'NULs between': GOOD.replaceAll(',', ',\0'),
	'a comma too many, one too few': GOOD.replace('"args"', ', "args"').replace('],', ']'),
	'a repeated server': `{"servers":{"gh":{"env":{"GITHUB_TOKEN":"${GITHUB}"}},"gh":{"command":"node"}}}`,
	'a repeated variable': `{"servers":{"gh":{"env":{"GITHUB_TOKEN":"${GITHUB}","GITHUB_TOKEN":""}}}}`,
	'wrong types around': `{"servers":{"a":3,"b":[],"c":null,"d":"x","gh":{"command":{},"args":"x","headers":[],"url":1,"env":{"A":1,"GITHUB_TOKEN":"${GITHUB}"}}},"inputs":{}}`,
	'a lone surrogate beside it': `{"servers":{"\ud800":{"env":{"GITHUB_TOKEN":"${GITHUB}","X":"\\udfff\udc00"}}}}`,
	CRLF: GOOD.replaceAll(',', ',\r\n'),
	'a gigantic string beside it': `{"servers":{"gh":{"env":{"X":"${'a1'.repeat(MEGABYTE)}","GITHUB_TOKEN":"${GITHUB}"}}}}`,
	'a gigantic string around it': `{"servers":{"gh":{"env":{"GITHUB_TOKEN":"${'x '.repeat(MEGABYTE)}${GITHUB}"}}}}`,
	'a gigantic name': `{"servers":{"${'n'.repeat(MEGABYTE)}":{"env":{"GITHUB_TOKEN":"${GITHUB}"}}}}`,
	'100,000 servers': `{"servers":{${'"a":{},'.repeat(100_000)}"gh":{"env":{"GITHUB_TOKEN":"${GITHUB}"}}}}`,
};

/** Texts of which nothing is to be expected but an answer. */
const NOTHING: Readonly<Record<string, string>> = {
	empty: '',
	blank: ' \n\t',
	'no JSON': 'command = "node"',
	'a number': '3',
	'a string': '"servers"',
	'servers is a number': '{"servers":3}',
	'servers is a list': '{"servers":[{"command":"x"}]}',
	'an unclosed comment': '{ /*',
	'an unclosed escape': '{"a":"\\u12',
	'a prototype': '{"servers":{"__proto__":{"env":{"__proto__":"x","constructor":"y"}}}}',
};

/** Texts that must not pass for clean ones. */
const UNREAD: Readonly<Record<string, string>> = {
	'100,000 brackets': '['.repeat(100_000),
	'100,000 closed brackets': '['.repeat(100_000) + ']'.repeat(100_000),
	'100,000 objects': '{"a":'.repeat(100_000),
	'NULs alone': '\0\0\0',
	'a token under 100,000 brackets': `{"servers":{"gh":{"env":{"GITHUB_TOKEN":"${GITHUB}"}}},"x":${'['.repeat(100_000)}`,
};

/** Servers with long descriptions, up to a size. */
function large(bytes: number): string {
	const about = 'What it is good for. '.repeat(100);
	const part = `"server":{"command":"npx","args":["-y","package"],"env":{"LOG":"\${env:LOG}"},"about":"${about}"},\n`;
	const fixed = `{"servers":{"gh":{"env":{"GITHUB_TOKEN":"${SECRET}"}},`;
	return `${fixed}${part.repeat(Math.floor((bytes - fixed.length - 10) / part.length))}"z":{}}}`;
}

describe('bad input in the editor', () => {
	let folder: string;
	let client: LspClient;
	let uri: string;
	before(async () => {
		folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-bad-')));
		uri = pathToFileURL(join(folder, '.vscode/mcp.json')).href;
		client = await LspClient.start({ mode: 'in-process', folder, initialization: { editor: 'VS Code' } });
		client.open(uri, '');
	});
	after(async () => {
		await client.stop();
		rmSync(folder, { recursive: true });
	});

	const codes = async () => (await client.diagnostics(uri)).map(({ code }) => code);

	for (const [what, text] of Object.entries(FOUND)) {
		it(`${what}: the token is found`, async () => {
			client.change(uri, expand(text));
			assert.ok((await codes()).includes('inlined-credential'));
			for (const diagnostic of await client.diagnostics(uri)) await client.actions(uri, diagnostic);
			assert.ok(!(await client.hover(uri, SECRET)).includes(SECRET));
		});
	}

	for (const [what, text] of Object.entries({ ...NOTHING, ...UNREAD })) {
		it(`${what}: an answer, and the next edit works`, async () => {
			client.change(uri, expand(text));
			await codes();
			await client.hover(uri, '');
			client.change(uri, expand(GOOD));
			assert.ok((await codes()).includes('inlined-credential'));
		});
	}

	it('10 MB: an answer', async () => {
		client.change(uri, large(10 * MEGABYTE));
		assert.ok((await codes()).includes('inlined-credential'));
		client.change(uri, '');
	});
});

describe('a fix and what may happen to its file', () => {
	async function opened(
		body: (place: {
			folder: string;
			path: string;
			client: LspClient;
			request: (uri: string) => Promise<FixRequest>;
		}) => Promise<void>,
		prepare?: (path: string) => void,
	): Promise<void> {
		const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-bad-')));
		const path = join(folder, '.vscode/mcp.json');
		mkdirSync(dirname(path));
		writeFileSync(path, expand(GOOD));
		prepare?.(path);
		const { world, remove } = temporaryWorld();
		const client = await LspClient.start({ mode: 'in-process', folder, world });
		const request = async (uri: string) =>
			(await client.list()).rows[0]!.places.find((place) => place.uri === uri)!.fix!.request;
		try {
			await body({ folder, path, client, request });
			const index = await world.readIndex();
			assert.equal(index?.items.length ?? 0, index?.bindings.length ?? 0, 'no item without a use');
		} finally {
			await client.stop();
			remove();
			rmSync(folder, { recursive: true });
		}
	}

	it('a config that disappears between offer and fix: refused, nothing stored', () =>
		opened(async ({ path, client, request }) => {
			const offered = await request(pathToFileURL(path).href);
			rmSync(path);
			const outcome = await client.fix(offered);
			assert.equal(outcome.status, 'refused');
			assert.match(outcome.message, /cannot be read any more/);
		}));

	it('a config on disk that changed between offer and fix: refused, and left as it is', () =>
		opened(async ({ path, client, request }) => {
			const offered = await request(pathToFileURL(path).href);
			const now = expand(GOOD.replace(GITHUB, '{{github-pat:2}}'));
			writeFileSync(path, now);
			const outcome = await client.fix(offered);
			assert.deepEqual([outcome.status, readFileSync(path, 'utf8')], ['refused', now]);
		}));

	it('a config that became broken between offer and fix: refused with the line', () =>
		opened(async ({ path, client, request }) => {
			const offered = await request(pathToFileURL(path).href);
			writeFileSync(path, `${expand(GOOD)}\n]`);
			const { status, message } = await client.fix(offered);
			assert.equal(status, 'refused');
			assert.match(message, /syntax error in line 2/);
		}));

	it('an editor that cannot write a read-only file: everything is put back', () =>
		opened(
			async ({ path, client, request }) => {
				const uri = pathToFileURL(path).href;
				client.open(uri, expand(GOOD));
				client.acceptEdits = false;
				const { status, message } = await client.fix(await request(uri));
				assert.equal(status, 'refused');
				assert.match(message, /read-only.*put back/);
				assert.equal(readFileSync(path, 'utf8'), expand(GOOD));
			},
			(path) => chmodSync(path, 0o444),
		));

	it('a symbolic link stays one, and its server is fixed through it', () =>
		opened(
			async ({ path, client, request }) => {
				const uri = pathToFileURL(path).href;
				client.open(uri, expand(GOOD));
				const { status, message } = await client.fix(await request(uri));
				assert.equal(status, 'done', message);
				assert.match(client.text(uri), /cred:\/\/keychain\/github\/gh/);
				assert.ok(lstatSync(path).isSymbolicLink());
			},
			(path) => {
				const real = join(dirname(path), 'real.json');
				writeFileSync(real, readFileSync(path));
				rmSync(path);
				symlinkSync(real, path);
			},
		));
});

describe('bad input on the command line', () => {
	const person = desk();
	after(() => rmSync(person.folder, { recursive: true }));

	for (const [what, text] of Object.entries(FOUND)) {
		it(`${what}: the token is reported`, async () => {
			const path = person.put('bad/mcp.json', text);
			const { code, out } = await person.run('scan', path, '--format', 'json');
			assert.equal(code, 1);
			assert.ok(JSON.parse(out).findings.length > 0);
			assert.ok(!out.includes(SECRET));
		});
	}

	for (const [what, text] of Object.entries(NOTHING)) {
		it(`${what}: nothing is reported`, async () => {
			const { code, err } = await person.run('scan', person.put('bad/mcp.json', text));
			assert.deepEqual([code, err], [0, '']);
		});
	}

	for (const [what, text] of Object.entries(UNREAD)) {
		it(`${what}: said to be unread, never passed as clean`, async () => {
			const { code, err } = await person.run('scan', person.put('bad/mcp.json', text));
			assert.equal(code, 2);
			assert.match(err, /^mcp-hygiene scan: bad\/mcp\.json.* is not read.*\n$/);
			const piped = await person.runOn(text, 'scan', '-');
			assert.equal(piped.code, 2);
			assert.match(piped.err, /^mcp-hygiene scan: Standard input is not read.*\n$/);
		});
	}

	it('10 MB are scanned, more is refused with the limit', async () => {
		const path = person.put('bad/mcp.json', large(10 * MEGABYTE));
		assert.equal((await person.run('scan', path)).code, 1);
		writeFileSync(path, Buffer.alloc(10 * MEGABYTE + 1, 32));
		const { code, err } = await person.run('scan', path);
		assert.equal(code, 2);
		assert.match(err, /larger than 10 MB/);
	});

	it('a byte order mark moves no column, and UTF-16 is read', async () => {
		const path = person.put('bad/mcp.json', `\ufeff${GOOD}`);
		const columns = async () => /mcp\.json:1:(\d+)/.exec((await person.run('scan', path)).out)?.[1];
		assert.equal(await columns(), String(GOOD.indexOf(GITHUB) + 1));
		writeFileSync(path, Buffer.from(`\ufeff${expand(GOOD)}`, 'utf16le'));
		assert.equal(await columns(), String(GOOD.indexOf(GITHUB) + 1));
	});

	it('lines are counted with CRLF, with lone CR and with LF', async () => {
		for (const newline of ['\n', '\r\n', '\r']) {
			const path = person.put('bad/mcp.json', GOOD.replace('"env"', `${newline}// note${newline}"env"`));
			assert.match((await person.run('scan', path)).out, /mcp\.json:3:/);
		}
	});

	it('a config that is a link, a circle, a folder, or gone', async () => {
		const path = person.put('bad/real.json', GOOD);
		const link = join(dirname(path), 'linked/mcp.json');
		mkdirSync(dirname(link));
		symlinkSync(path, link);
		assert.equal((await person.run('scan', link)).code, 1);
		rmSync(link);
		symlinkSync(link, link);
		const circle = await person.run('scan', link);
		assert.equal(circle.code, 2);
		assert.match(circle.err, /circle|does not exist/);
		rmSync(link);
		mkdirSync(link);
		assert.equal((await person.run('scan', link)).code, 0);
		rmSync(link, { recursive: true });
		const gone = await person.run('scan', link);
		assert.deepEqual([gone.code, /does not exist/.test(gone.err)], [2, true]);
	});
});

describe('a fix keeps what is around it', () => {
	const fingerprinter = new Fingerprinter(new Uint8Array(32));

	function moved(text: string): string {
		const document = readDocument('file:///w/mcp.json', expand(text), dialectById('vscode'), 'workspace');
		const [credential] = findCredentials(document, fingerprinter).filter(({ secret }) => secret.reveal() === SECRET);
		const plan = planMove(document, credential!);
		if (isRefusal(plan)) throw new Error(plan.refused);
		return applyChanges(document.text, plan.changes('cred://keychain/a', 'mcp-hygiene'));
	}

	const FIXED = {
		command: 'mcp-hygiene',
		args: ['run', '--server', 'gh', '--', 'node', 's.js'],
		env: { GITHUB_TOKEN: 'cred://keychain/a' },
	};

	const kept: Readonly<Record<string, readonly [text: string, others: object]>> = {
		CRLF: [GOOD.replaceAll(',', ',\r\n\t'), {}],
		'mixed indentation': [
			`{\n\t"servers": {\n  "gh": {\n\t   "command": "node",\n    "args": [\n\t\t"s.js"\n\t],\n "env": {"GITHUB_TOKEN": "${GITHUB}"}}}}`,
			{},
		],
		'a lone surrogate': [GOOD.replace('{"servers"', '{"x":"\ud800","servers"'), { x: '\ud800' }],
		'a gigantic string': [
			GOOD.replace('{"servers"', `{"x":"${'y'.repeat(2 * MEGABYTE)}","servers"`),
			{ x: 'y'.repeat(2 * MEGABYTE) },
		],
		'an escaped token': [
			GOOD.replace(GITHUB, Array.from(SECRET, (c) => `\\u00${c.charCodeAt(0).toString(16)}`).join('')),
			{},
		],
	};
	for (const [what, [text, others]] of Object.entries(kept)) {
		it(what, () => {
			const after = moved(text);
			assert.deepEqual(parse(after), { ...others, servers: { gh: FIXED } });
			assert.equal(after.includes('\r\n'), text.includes('\r\n'));
			assert.ok(!/(?<!\r)\n/.test(after) || !text.includes('\r\n'), 'line ends stay of one kind');
		});
	}

	it('comments stay where they are, also in a reader that takes none', () => {
		const text = `/* a */ {"servers": /* b */ {"gh": {"command" /* c */ : /* d */ "node", // e\n"args": [/* f */ "s.js" /* g */], "env": {/* h */"GITHUB_TOKEN": /* i */ "${GITHUB}" /* j */}}}} // k`;
		const after = moved(text);
		assert.deepEqual(after.match(/\/\* [a-z] \*\/|\/\/ [a-z]/g), text.match(/\/\* [a-z] \*\/|\/\/ [a-z]/g));
		assert.deepEqual(parse(after), { servers: { gh: FIXED } });
	});

	for (const [what, text] of Object.entries({
		'a half-typed line': `{"servers":{"x":{"comm\n},"gh":{"command":"node","env":{"GITHUB_TOKEN":"${GITHUB}"}}}}`,
		'an unclosed file': `{"servers":{"gh":{"command":"node","env":{"GITHUB_TOKEN":"${GITHUB}"`,
		'text behind the end': `${GOOD} x`,
	})) {
		it(`${what}: no edit by a guess`, () => assert.throws(() => moved(text), /syntax error in line \d+/));
	}
});
