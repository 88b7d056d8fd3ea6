import { readFileSync, realpathSync } from 'node:fs';
import { readWorkloadConfig, serverNamed } from '../../adapters/config-entry.ts';
import { describeDestination } from '../../adapters/destination.ts';
import { couldBe } from '../../adapters/host-variables.ts';
import { type Binding, differences } from '../../core/binding.ts';
import { SecretValue } from '../../core/secret-value.ts';
import { approvals } from '../approvals.ts';
import { Refused } from '../refuse.ts';
import { readSecret, refuse, unknownClaim } from '../release.ts';
import type { Watch } from '../run.ts';
import { type Claim, candidates } from '../workload.ts';
import type { LauncherWorld } from '../world.ts';
import { type AskedConnection, type AskedHeader, readConnectArguments } from './asked.ts';
import { bridge } from './main.ts';

/** What the bridge needs: nothing of it was decided by the config alone. */
export interface Connection {
	readonly url: URL;
	/** Lower-case names; sent to the URL's origin only. */
	readonly headers: readonly { readonly name: string; readonly value: SecretValue }[];
	/** The references that stand for secrets, for messages. */
	readonly references: readonly string[];
	/** `http://host:port` from the person's configuration. */
	readonly proxy?: URL;
	/** PEM text with the person's further certificate authorities. */
	readonly ca?: string;
}

/** `mcp-hygiene connect URL [--bearer REF] [--header NAME=REF]...`: checks, resolves, then bridges stdio to HTTP. */
export async function connectServer(args: readonly string[], world: LauncherWorld, watch: Watch): Promise<void> {
	const asked = readConnectArguments(args);
	const cwd = realpathSync(process.cwd());
	const headers = await watch(() => resolveHeaders(asked, cwd, world));
	const { proxy, ca } = world.config;
	const connection: Connection = {
		url: asked.url,
		headers,
		references: asked.headers.flatMap(({ reference }) => (reference ? [reference.text] : [])),
		...(proxy ? { proxy: proxyUrl(proxy) } : {}),
		...(ca ? { ca: readAuthorities(ca) } : {}),
	};
	await bridge(connection);
}

async function resolveHeaders(
	asked: AskedConnection,
	cwd: string,
	world: LauncherWorld,
): Promise<Connection['headers']> {
	const wanted = asked.headers.filter((header) => header.reference);
	const bindings = wanted.length > 0 ? await approve(asked, wanted, cwd, world) : new Map<AskedHeader, Binding>();
	return Promise.all(
		asked.headers.map(async (header) => {
			const { name, reference, isBearer, text } = header;
			if (!reference) return { name, value: SecretValue.of(text) };
			const secret = await readSecret(world, reference, bindings.get(header)!);
			return { name, value: headerValue(name, isBearer ? `Bearer ${secret.reveal()}` : secret.reveal()) };
		}),
	);
}

/** A line break in a header value would start another header. */
function headerValue(name: string, text: string): SecretValue {
	if (/[^\t\x20-\x7e\x80-\xff]/.test(text))
		throw new Refused(`the secret for the header ${name} holds a character that no header can carry. Store it again.`);
	return SecretValue.of(text);
}

async function approve(
	asked: AskedConnection,
	wanted: readonly AskedHeader[],
	cwd: string,
	world: LauncherWorld,
): Promise<Map<AskedHeader, Binding>> {
	const index = await approvals(
		world,
		wanted.map(({ reference }) => reference!),
	);
	const approved = new Map<AskedHeader, Binding>();
	for (const header of wanted) {
		const claim: Claim = { reference: header.reference!.text, cwd };
		const judged = candidates(index.bindings, claim, world.home)
			.map((binding) => ({
				binding,
				lines: judge(binding, asked, header, world.home, (seen) =>
					differences(binding.destination, seen, index.fingerprinter),
				),
			}))
			.toSorted((a, b) => a.lines.length - b.lines.length || b.binding.approvedAt - a.binding.approvedAt);
		const [best] = judged;
		if (!best) throw await refuse(world, claim, { header: header.name }, [unknownClaim(index, claim)]);
		if (best.lines.length > 0) throw await refuse(world, claim, { header: header.name }, best.lines, best.binding);
		approved.set(header, best.binding);
	}
	return approved;
}

type Compare = (seen: ReturnType<typeof describeDestination>) => string[];

/** As for `run`: what was approved, what the config says, and what was handed over must agree. */
function judge(
	{ workload, destination }: Binding,
	asked: AskedConnection,
	header: AskedHeader,
	home: string,
	compare: Compare,
): string[] {
	const document = readWorkloadConfig(workload.config, workload.dialect, workload.roots.length === 0);
	if (!document) return [`the config ${workload.config} cannot be read any more`];
	const server = serverNamed(document, workload.server);
	if (server?.launcher?.mode !== 'connect')
		return [`"${workload.server}" in ${workload.config} does not connect through mcp-hygiene any more`];
	const lines = compare(
		describeDestination(server, { header: header.name }, { roots: workload.roots, environment: {}, home }),
	);
	if (lines.length > 0) return lines;
	if (destination.kind === 'connect' && asked.url.origin !== destination.origin) {
		return [`the URL is now at ${asked.url.origin}, approved was ${destination.origin}`];
	}
	const texts = server.args.slice(1).map((part) => part.value);
	const values = { userHome: home, ...(workload.roots[0] ? { workspaceFolder: workload.roots[0] } : {}) };
	const agrees = texts.length === asked.args.length && texts.every((text, i) => couldBe(text, asked.args[i]!, values));
	return agrees ? [] : ['other arguments were handed over than the config has'];
}

function proxyUrl(text: string): URL {
	if (URL.canParse(text) && new URL(text).protocol === 'http:') return new URL(text);
	throw new Refused('"proxy" in your config.json must be a URL such as http://host:3128.');
}

function readAuthorities(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		throw new Refused(`the certificate file ${path} named in your config.json cannot be read.`);
	}
}
