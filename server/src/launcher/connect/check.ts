import { realpathSync } from 'node:fs';
import { routeOf } from '../../adapters/route.ts';
import type { ReadOnlyIndex } from '../../adapters/state/index.ts';
import { isUserLevel, readWorkloadConfig, serverNamed } from '../../adapters/workload/config-entry.ts';
import { describeDestination } from '../../adapters/workload/destination.ts';
import { couldBe } from '../../adapters/workload/host-variables.ts';
import { type Binding, type ConnectTarget, entryOf, targetWords } from '../../core/bindings/binding.ts';
import { fillUrl, fitsPlace, type UrlPlace } from '../../core/bindings/connect-url.ts';
import { differences } from '../../core/bindings/differences.ts';
import { SecretValue } from '../../core/secret-value.ts';
import { approvals } from '../approvals.ts';
import { Refused } from '../refuse.ts';
import { readSecret, refuse, unknownClaim } from '../release.ts';
import type { Watch } from '../run.ts';
import { type Claim, candidates } from '../workload.ts';
import type { LauncherWorld } from '../world.ts';
import { type AskedConnection, type AskedPart, readConnectArguments } from './asked.ts';
import type { Connection } from './connection.ts';
import { bridge } from './main.ts';

/** `mcp-hygiene connect URL [OPTION VALUE]...`: checks, resolves, then bridges stdio to HTTP. */
export async function connectServer(args: readonly string[], world: LauncherWorld, watch: Watch): Promise<void> {
	const asked = readConnectArguments(args);
	const cwd = realpathSync(process.cwd());
	const values = await watch(() => resolveParts(asked, cwd, world));
	const connection: Connection = {
		url: asked.url,
		address: composed(asked, values),
		headers: asked.parts.flatMap(({ target, scheme }, i) =>
			'header' in target ? [{ name: target.header, value: headerValue(target.header, scheme, values[i]!) }] : [],
		),
		references: asked.parts.flatMap(({ reference }) => (reference ? [reference.text] : [])),
		...routeOf(world.config),
	};
	await bridge(connection);
}

/**
 * The value of each part, in order. A locked keychain waits for a person, and the config can change meanwhile, so it is looked at
 * once more when the secrets are there.
 */
async function resolveParts(asked: AskedConnection, cwd: string, world: LauncherWorld): Promise<SecretValue[]> {
	const wanted = asked.parts.filter((part) => part.reference);
	if (wanted.length === 0) return asked.parts.map(({ text }) => SecretValue.of(text));
	const index = await approvals(
		world,
		wanted.map(({ reference }) => reference!),
	);
	const approved = await approve(asked, wanted, cwd, index, world);
	const values = await Promise.all(
		asked.parts.map(async (part) =>
			part.reference ? readSecret(world, part.reference, approved.get(part)!) : SecretValue.of(part.text),
		),
	);
	for (const [part, binding] of approved) await approve(asked, [part], cwd, { ...index, bindings: [binding] }, world);
	return values;
}

function composed({ url, args: [text], parts }: AskedConnection, values: readonly SecretValue[]): SecretValue {
	const filled = parts.reduce(
		(address, { target }, i) => ('header' in target ? address : filledWith(address, target, values[i]!)),
		text,
	);
	if (new URL(filled).origin !== url.origin) throw new Refused('the secret would change where the URL leads.');
	return SecretValue.of(filled);
}

function filledWith(address: string, place: UrlPlace, secret: SecretValue): string {
	const value = secret.reveal();
	const filled = fitsPlace(place, value) ? fillUrl(address, place, value) : undefined;
	if (filled !== undefined) return filled;
	throw new Refused(
		`the secret for the ${targetWords(place)} holds a character that cannot stand there. Store it as the URL writes it, percent-encoded.`,
	);
}

function headerValue(name: string, scheme: AskedPart['scheme'], secret: SecretValue): SecretValue {
	const text = secret.reveal();
	if (scheme !== 'Basic') return plainHeader(name, scheme === 'Bearer' ? `Bearer ${text}` : text);
	if (!text.includes(':'))
		throw new Refused('--basic needs a secret of the form user:password. Store it like that, or with an empty part.');
	return SecretValue.of(`Basic ${Buffer.from(text).toString('base64')}`);
}

/** A line break in a header value would start another header. */
function plainHeader(name: string, text: string): SecretValue {
	if (/[^\t\x20-\x7e\x80-\xff]/.test(text))
		throw new Refused(`the secret for the header ${name} holds a character that no header can carry. Store it again.`);
	return SecretValue.of(text);
}

async function approve(
	asked: AskedConnection,
	wanted: readonly AskedPart[],
	cwd: string,
	index: ReadOnlyIndex,
	world: LauncherWorld,
): Promise<Map<AskedPart, Binding>> {
	const approved = new Map<AskedPart, Binding>();
	for (const part of wanted) {
		const { target } = part;
		const claim: Claim = { reference: part.reference!.text, cwd };
		const judged = candidates(index.bindings, claim, world.home)
			.map((binding) => ({
				binding,
				lines: judge(binding, asked, target, world.home, (seen) =>
					differences(binding.destination, seen, index.fingerprinter),
				),
			}))
			.toSorted((a, b) => a.lines.length - b.lines.length || b.binding.approvedAt - a.binding.approvedAt);
		const [best] = judged;
		if (!best) throw await refuse(world, claim, target, [unknownClaim(index, claim)]);
		if (best.lines.length > 0) throw await refuse(world, claim, target, best.lines, best.binding);
		approved.set(part, best.binding);
	}
	return approved;
}

type Compare = (seen: ReturnType<typeof describeDestination>) => string[];

/** As for `run`: what was approved, what the config says, and what was handed over must agree. */
function judge(
	{ workload, destination }: Binding,
	asked: AskedConnection,
	target: ConnectTarget,
	home: string,
	compare: Compare,
): string[] {
	const document = readWorkloadConfig(workload.config, workload.dialect, isUserLevel(workload));
	if (!document) return [`the config ${workload.config} cannot be read any more`];
	const server = serverNamed(document, entryOf(workload));
	if (server?.launcher?.mode !== 'connect')
		return [`"${workload.server}" in ${workload.config} does not connect through mcp-hygiene any more`];
	const lines = compare(describeDestination(server, target, { roots: workload.roots, environment: {}, home }));
	if (lines.length > 0) return lines;
	if (destination.kind === 'connect' && asked.url.origin !== destination.origin) {
		return [`the URL is now at ${asked.url.origin}, approved was ${destination.origin}`];
	}
	const texts = server.args.slice(1).map((part) => part.value);
	const values = { userHome: home, ...(workload.roots[0] ? { workspaceFolder: workload.roots[0] } : {}) };
	const agrees = texts.length === asked.args.length && texts.every((text, i) => couldBe(text, asked.args[i]!, values));
	return agrees ? [] : ['other arguments were handed over than the config has'];
}
