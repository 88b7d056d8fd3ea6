import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import { parseDocument } from 'yaml';
import { findCredentials } from '../../server/src/core/credentials/find.ts';
import { dialectById } from '../../server/src/core/dialects/index.ts';
import type { ConfigDocument } from '../../server/src/core/document.ts';
import type { Credential } from '../../server/src/core/finding.ts';
import { planMove } from '../../server/src/core/fixes/move.ts';
import type { MovePlan } from '../../server/src/core/fixes/planned.ts';
import { isRefusal, type Refusal, type Target } from '../../server/src/core/fixes/target.ts';
import { readDocument } from '../../server/src/core/read.ts';
import { Fingerprinter } from '../../server/src/core/secret-value.ts';
import { applyChanges } from '../../server/src/core/text.ts';
import type { GeneratedConfig } from '../support/generated-config.ts';
import { generatedToml, generatedYaml } from '../support/generated-formats.ts';

const RUNS = 300;
const fingerprinter = new Fingerprinter(new Uint8Array(32).fill(3));
const REFERENCE = 'cred://keychain/fuzz/moved';
const LAUNCHER = '/opt/bin/mcp-hygiene';

type Read = (text: string) => unknown;
// biome-ignore lint/suspicious/noExplicitAny: what another parser reads is changed at paths that are known at run time only
type Loose = any;

const asToml: Read = (text) => JSON.parse(JSON.stringify(getStaticTOMLValue(parseTOML(text, { tomlVersion: '1.0' }))));
const asYaml: Read = (text) => {
	const document = parseDocument(text);
	assert.deepEqual([...document.errors, ...document.warnings], [], text);
	return JSON.parse(JSON.stringify(document.toJS()));
};

/** What the host calls the parts, from its documents. */
const NAMES: Readonly<Record<string, { command: string; args: string; env: string; url: string; headers: string }>> = {
	codex: { command: 'command', args: 'args', env: 'env', url: 'url', headers: 'http_headers' },
	goose: { command: 'cmd', args: 'args', env: 'envs', url: 'uri', headers: 'headers' },
};
const USUAL = { command: 'command', args: 'args', env: 'env', url: 'url', headers: 'headers' };

/** The planned change, made on what the other parser read before. */
function planned(before: Loose, { dialect }: ConfigDocument, { server, part }: Credential, target: Target): Loose {
	const after = structuredClone(before);
	const names = NAMES[dialect.id] ?? USUAL;
	const entry = at(after, server!.pointer);
	const args = entry[names.args] ?? [];
	if (target.kind === 'header' || (target.kind === 'url' && !server!.launcher))
		return connected(after, entry, names, server!, target);
	if (target.kind === 'url') {
		args[part.index!] = target.url;
		args.push(...option(target));
	}
	if (target.kind === 'connect-header') args[part.index!] = target.before + REFERENCE;
	if (target.kind === 'env') entry[names.env][target.name] = REFERENCE;
	if (target.kind === 'arg') args[part.index!] = REFERENCE;
	if (target.kind === 'arg-to-env') {
		args[part.index!] = target.newArg;
		entry[names.env] = { ...entry[names.env], [target.name]: REFERENCE };
	}
	if (server!.launcher) return after;
	entry[names.args] = ['run', '--server', server!.name, '--', entry[names.command], ...args];
	entry[names.command] = LAUNCHER;
	return after;
}

function connected(
	after: Loose,
	entry: Loose,
	names: typeof USUAL,
	{ type }: NonNullable<Credential['server']>,
	target: Extract<Target, { kind: 'header' | 'url' }>,
): Loose {
	// A member of `headers`, or a key of the entry that the host sends as a bearer token.
	const carrier = entry[names.headers] || target.kind === 'url' ? names.headers : target.part.name!;
	const isMoved = (name: string) => target.kind === 'header' && name === target.name;
	const others = Object.entries(entry[names.headers] ?? {}).filter(([name]) => !isMoved(name));
	entry[names.args] = [
		'connect',
		target.kind === 'url' ? target.url : entry[names.url],
		...option(target),
		...others.flatMap(([name, value]) => ['--header', `${name}=${value}`]),
	];
	entry[names.command] = LAUNCHER;
	delete entry[names.url];
	delete entry[carrier];
	for (const key of ['type', 'transport']) if (type && key in entry) entry[key] = 'stdio';
	return after;
}

function option(target: Extract<Target, { kind: 'header' | 'url' }>): string[] {
	if (target.kind === 'url')
		return [target.option, target.name === undefined ? REFERENCE : `${target.name}=${REFERENCE}`];
	return target.bearer ? ['--bearer', REFERENCE] : ['--header', `${target.name}=${REFERENCE}`];
}

function at(root: Loose, pointer: string): Loose {
	const keys = pointer.split('/').slice(1);
	return keys.reduce((node, key) => node[key.replaceAll('~1', '/').replaceAll('~0', '~')], root);
}

function commentsOf({ tree, text }: ConfigDocument): string[] {
	return tree.comments.map(({ start, end }) => text.slice(start, end).trimEnd());
}

/** As when the fix is chosen. */
function triedMove(document: ConfigDocument, credential: Credential): MovePlan | Refusal {
	const plan = planMove(document, credential);
	return isRefusal(plan) ? plan : (plan.tried() ?? plan);
}

function moveAll(configs: fc.Arbitrary<GeneratedConfig>, readOther: Read): { moved: number; unfollowed: number } {
	const count = { moved: 0, unfollowed: 0 };
	const property = fc.property(configs, ({ text, dialect }) => {
		const read = (now: string) => readDocument('file:///w/x', now, dialectById(dialect), 'workspace');
		let document = read(text);
		assert.deepEqual(document.tree.problems, [], text);
		for (let round = 0; round < 12; round++) {
			const plans = findCredentials(document, fingerprinter).map((credential) => ({
				credential,
				plan: triedMove(document, credential),
			}));
			count.unfollowed += plans.filter(({ plan }) => isRefusal(plan) && /spelled in a way/.test(plan.refused)).length;
			const next = plans.find(({ plan }) => !isRefusal(plan));
			if (!next) return;
			const { credential } = next;
			const plan = next.plan as MovePlan;
			const after = read(applyChanges(document.text, plan.changes(REFERENCE, LAUNCHER)));
			const wanted = planned(readOther(document.text), document, credential, plan.target);
			assert.deepEqual(readOther(after.text), wanted, `${document.text}\n-----\n${after.text}`);
			const kept = commentsOf(after);
			for (const comment of commentsOf(document)) assert.ok(kept.includes(comment), `lost ${comment}\n${after.text}`);
			document = after;
			count.moved++;
		}
	});
	fc.assert(property, { numRuns: RUNS });
	return count;
}

describe('another parser sees the planned change of a moved secret and no other', () => {
	for (const [format, configs, readOther] of [
		['TOML', generatedToml, asToml],
		['YAML', generatedYaml, asYaml],
	] as const) {
		it(format, () => {
			const { moved, unfollowed } = moveAll(configs, readOther);
			assert.ok(moved > RUNS / 2, `only ${moved} were moved`);
			assert.ok(unfollowed < moved / 5, `${unfollowed} were spelled in a way that was not followed`);
		});
	}
});
