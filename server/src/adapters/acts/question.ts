import type { CredentialRecord } from '../../core/inventory/model.ts';
import { inSentence } from '../../core/names-shown.ts';
import { hostOf } from '../../core/probes/bases.ts';
import { hasUnreadEnvFile } from './around.ts';
import type { ActId, ActSession } from './session.ts';
import type { Subject } from './subject.ts';
import type { Way } from './way.ts';

/**
 * Everything that a person has to know before saying yes. Names come from files: whoever shows them keeps each on its line. The protocol's
 * `ActQuestion` says these fields again, because it imports nothing; where the language server makes one of the other, types are compared.
 */
export interface Asked {
	/** "GitHub personal access token (classic) #a1b2c3" */
	readonly label: string;
	/** As people say it: "GitHub". */
	readonly issuer: string;
	/** Whose it is, where the issuer told. */
	readonly owner?: string;
	/** Where the secret would be sent: "api.github.com", and who names that address. */
	readonly hosts: readonly { readonly host: string; readonly from: string }[];
	/** One line each. */
	readonly warnings: readonly string[];
	/** Every use of the secret that is known. */
	readonly usedBy: readonly string[];
	/** Servers that run with it now, of those that the launcher started; absent where that is not known. */
	readonly running?: readonly string[];
}

/** What a person sees before anything is sent. */
export function questionFor(
	session: ActSession,
	record: CredentialRecord,
	way: Way,
	subject: Subject,
	running: readonly string[] | undefined,
): Asked {
	const { current, server } = subject.use;
	const unread = hasUnreadEnvFile(session, current, server)
		? ['Its entry reads a file of variables that was not looked into; that could name another host.']
		: [];
	const warnings = [...unread, ...warningsFor(record, way, subject, running)];
	return { ...about(record, way), hosts: hostsOf(way, subject), warnings, ...(running && { running }) };
}

function aboutRunning(running: Asked['running']): string {
	if (!running) return 'Stop every server that runs on the old value before you go on.';
	return running.length === 0
		? 'No server runs that mcp-hygiene started with the old value.'
		: 'What runs on the old value is stopped before anything is sent.';
}

/** What can be said of a question that is not asked. */
export function about(record: CredentialRecord, { probe }: Way): Asked {
	const usedBy = record.places.map(({ displayPath, server, position }) =>
		server === undefined ? `${displayPath}, ${position}` : `server ${server} in ${displayPath}, ${position}`,
	);
	const owner = record.owner === undefined ? {} : { owner: record.owner };
	return { label: record.label, issuer: inSentence(probe.name), ...owner, hosts: [], warnings: [], usedBy };
}

const COST: Readonly<Record<ActId, string>> = {
	probe: 'Nothing is changed by it.',
	revoke: 'Everything that runs on it stops working. This cannot be undone.',
	rotate: 'The old value stops working and the keychain gets the new one. This cannot be undone.',
};

function hostsOf({ probe }: Way, { base }: Subject): Asked['hosts'] {
	const from = base.from === 'issuer' ? 'its own address' : `named by ${base.from.name} in the entry`;
	const others = (probe.alsoAsks ?? []).map((url) => ({ host: hostOf(url), from: 'its own address, for details' }));
	return [{ host: hostOf(base.url), from }, ...others];
}

function warningsFor(
	{ kind }: CredentialRecord,
	way: Way,
	{ uses, use, base }: Subject,
	running: Asked['running'],
): string[] {
	const warnings: string[] = [];
	const credential = use.current.analysis.credentials.find(({ part }) => part.pointer === use.pointer);
	if (use.secret.at === 'written' && credential?.confidence !== 'certain')
		warnings.push(`Its form alone does not prove that it belongs to ${inSentence(way.probe.name)}.`);
	const elsewhere = uses.flatMap(({ around }) => way.probe.bases(kind, around).filter(({ url }) => url !== base.url));
	if (elsewhere.length > 0) warnings.push(`Another entry uses it at ${hostOf(elsewhere[0]!.url)}, which is not asked.`);
	if (base.warning !== undefined) warnings.push(base.warning);
	if (way.act === 'probe') {
		const { name, tells, limits } = way.probe;
		warnings.push(`${name} tells: ${tells}${limits ? `; ${limits}` : ''}.`);
	}
	if (way.act === 'revoke' && way.revoke.alsoEnds) warnings.push(way.revoke.alsoEnds);
	if (way.act === 'rotate') warnings.push(way.rotate.aboutOld, aboutRunning(running));
	if (way.act !== 'probe') warnings.push('Uses outside of the configs that are known here are not listed.');
	return [...warnings, COST[way.act]];
}
