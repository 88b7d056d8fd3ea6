import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Fingerprinter } from '../secret-value.ts';
import { type Binding, type RunDestination, type SeenConnect, type SeenRun, samePlace } from './binding.ts';
import { differences } from './differences.ts';
import { sealDestination } from './seal.ts';

const fingerprinter = new Fingerprinter(new Uint8Array(32));
const REFERENCE = 'cred://keychain/github';

const SEEN: SeenRun = {
	kind: 'run',
	executable: '/usr/bin/npx',
	commandLine: ['npx', '-y', 'server', '--dsn', 'value-of-another-secret'],
	target: { env: 'TOKEN' },
	env: { HOST: 'example.com', OTHER: 'value-of-a-third-secret' },
	localCode: [{ path: '/repo/a.js', sha256: '1' }],
};

const SEALING = { fingerprinter, reference: REFERENCE, secretArguments: new Set([4]) };

function seal(seen: SeenRun): RunDestination {
	return sealDestination(seen, SEALING) as RunDestination;
}

describe('a sealed destination', () => {
	it('holds no text that is or may be a secret', () => {
		const text = JSON.stringify(seal(SEEN));
		assert.ok(!text.includes('value-of') && !text.includes('example.com'), text);
		assert.deepEqual(seal(SEEN).commandLine.slice(0, 4), ['npx', '-y', 'server', '--dsn']);
	});

	it('agrees with what it was made from', () => {
		assert.deepEqual(differences(seal(SEEN), SEEN, fingerprinter), []);
	});

	it('agrees when another secret of the entry was moved out of the config since', () => {
		const moved = {
			...SEEN,
			commandLine: SEEN.commandLine.with(4, 'cred://keychain/dsn'),
			env: { ...SEEN.env, OTHER: 'op://vault/item/field' },
		};
		assert.deepEqual(differences(seal(SEEN), moved, fingerprinter), []);
	});

	it('puts the reference where the secret itself stands as an argument', () => {
		const seen: SeenRun = { ...SEEN, commandLine: ['server', 'the-secret'], target: { arg: 1 } };
		assert.deepEqual(sealDestination(seen, { ...SEALING, secretArguments: new Set() }), {
			...seal(seen),
			commandLine: ['server', REFERENCE],
		});
	});

	it('does not exist for a command that is not found, or a URL without a host', () => {
		const { executable: _, ...without } = SEEN;
		assert.equal(sealDestination(without, SEALING), undefined);
		assert.equal(
			sealDestination({ kind: 'connect', url: '${input:url}', header: 'authorization', headers: {} }, SEALING),
			undefined,
		);
	});
});

describe('differences', () => {
	const cases: readonly (readonly [string, Partial<SeenRun>, string])[] = [
		['executable', { executable: '/x/evil' }, 'the command is now /x/evil, approved was /usr/bin/npx'],
		[
			'target',
			{ target: { env: 'LOG' } },
			'the secret now goes to environment variable LOG, approved was environment variable TOKEN',
		],
		[
			'argument',
			{ commandLine: SEEN.commandLine.with(2, 'evil') },
			'argument 2 is another than was approved (approved was "server")',
		],
		['fewer arguments', { commandLine: ['npx', '-y'] }, 'the command has 1 argument, approved were 4'],
		['secret argument', { commandLine: SEEN.commandLine.with(4, 'x') }, 'argument 4 is another than was approved'],
		[
			'environment',
			{ env: { ...SEEN.env, HOST: 'evil' } },
			'environment variable HOST has another value than was approved',
		],
		['cwd', { cwd: '/evil' }, 'the working folder (cwd) is now /evil, approved was not set'],
		['code', { localCode: [{ path: '/repo/a.js', sha256: '2' }] }, '/repo/a.js has changed since it was approved'],
		[
			'more code',
			{ localCode: [...SEEN.localCode, { path: '/repo/b.js', sha256: '2' }] },
			'/repo/b.js decides what runs and was not there when this was approved',
		],
		['less code', { localCode: [] }, '/repo/a.js is gone'],
		['envFile', { envFile: { path: '/repo/.env', sha256: '1' } }, 'an envFile was added: /repo/.env'],
	];
	for (const [name, change, line] of cases) {
		it(`names the ${name}`, () =>
			assert.deepEqual(differences(seal(SEEN), { ...SEEN, ...change }, fingerprinter), [line]));
	}

	it('never quotes a text that was not approved before', () => {
		const pasted = {
			...SEEN,
			commandLine: SEEN.commandLine.with(2, 'a-pasted-secret'),
			env: { HOST: 'a-pasted-secret', NEW: 'a-pasted-secret' },
		};
		assert.ok(!differences(seal(SEEN), pasted, fingerprinter).join().includes('a-pasted-secret'));
	});

	it('treats names of the object prototype as plain names', () => {
		const odd = { ...SEEN, env: JSON.parse('{"__proto__":"1","constructor":"2"}') as Record<string, string> };
		assert.deepEqual(differences(seal(odd), odd, fingerprinter), []);
		assert.match(differences(seal(SEEN), odd, fingerprinter).join(), /__proto__ was added.*constructor was added/);
	});

	it('of URLs: origin, path, header, other headers, and a change of kind', () => {
		const seen: SeenConnect = {
			kind: 'connect',
			origin: 'https://a.example',
			url: 'https://a.example/mcp?key=x',
			header: 'authorization',
			headers: { 'x-mode': '1' },
		};
		const bound = sealDestination(seen, SEALING)!;
		assert.ok(!JSON.stringify(bound).includes('key=x'));
		assert.deepEqual(differences(bound, seen, fingerprinter), []);
		assert.deepEqual(differences(bound, { ...seen, origin: 'https://b.example' }, fingerprinter), [
			'the URL is now at https://b.example, approved was https://a.example',
		]);
		assert.deepEqual(differences(bound, { ...seen, url: 'https://a.example/' }, fingerprinter), [
			'the URL has another path or query than was approved',
		]);
		assert.deepEqual(differences(bound, { ...seen, headers: {} }, fingerprinter), ['header x-mode was removed']);
		assert.match(differences(bound, SEEN, fingerprinter)[0]!, /now gives the secret to a local command/);
		assert.match(differences(seal(SEEN), seen, fingerprinter)[0]!, /now sends the secret to a URL/);
	});
});

const text = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('a', 'b', '__proto__', '${env:X}', ''));
const seenRun: fc.Arbitrary<SeenRun> = fc.record({
	kind: fc.constant('run' as const),
	executable: fc.constantFrom('/bin/a', '/bin/b'),
	commandLine: fc.array(text, { minLength: 1, maxLength: 4 }),
	target: fc.constantFrom({ env: 'T' }, { env: 'U' }),
	env: fc.dictionary(text, text, { maxKeys: 3 }),
	localCode: fc.uniqueArray(fc.record({ path: fc.constantFrom('/a', '/b'), sha256: fc.constantFrom('1', '2') }), {
		selector: ({ path }) => path,
	}),
});

it('no difference is found exactly when nothing differs', () => {
	fc.assert(
		fc.property(seenRun, seenRun, fc.boolean(), (approved, other, isSame) => {
			const now = isSame ? approved : other;
			const equal = canonical(approved) === canonical(now);
			assert.equal(differences(seal(approved), now, fingerprinter).length === 0, equal);
		}),
		{ numRuns: 500 },
	);
});

/** Equal texts for destinations that mean the same: the order of names and files does not count. */
function canonical(seen: SeenRun): string {
	const env = Object.entries(seen.env).toSorted();
	const localCode = seen.localCode.map(({ path, sha256 }) => [path, sha256]).toSorted();
	return JSON.stringify([seen.executable, seen.commandLine, seen.target, env, localCode]);
}

it('two bindings speak of the same place when config, server, reference and target agree', () => {
	const binding: Binding = {
		reference: REFERENCE,
		workload: { config: '/repo/.mcp.json', server: 'github', roots: ['/repo'], dialect: 'portable' },
		destination: seal(SEEN),
		approvedAt: 1,
	};
	assert.equal(samePlace(binding, { ...binding, approvedAt: 2, itemId: 'x' }), true);
	assert.equal(samePlace(binding, { ...binding, destination: seal({ ...SEEN, target: { env: 'SECOND' } }) }), false);
	assert.equal(
		samePlace(binding, { ...binding, workload: { ...binding.workload, config: '/other/.mcp.json' } }),
		false,
	);
});
