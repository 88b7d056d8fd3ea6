import type { CredentialRecord } from '../../core/inventory.ts';
import { inSentence } from '../../core/names-shown.ts';
import { hostOf } from '../../core/probes/surroundings.ts';
import type { ActQuestion } from '../../protocol/index.ts';
import type { Session } from '../session.ts';
import { hasUnreadEnvFile } from './around.ts';
import type { Subject, Way } from './subject.ts';

type Asked = Pick<ActQuestion, 'label' | 'issuer' | 'hosts' | 'warnings' | 'usedBy'>;

/** What a person sees before anything is sent. */
export function questionFor(session: Session, record: CredentialRecord, way: Way, subject: Subject): Asked {
	const { current, server } = subject.use;
	const unread = hasUnreadEnvFile(session, current, server)
		? ['Its entry reads a file of variables that was not looked into; that could name another host.']
		: [];
	const warnings = [...unread, ...warningsFor(record, way, subject)];
	return { ...about(record, way), hosts: hostsOf(way, subject), warnings };
}

/** What can be said of a question that is not asked. */
export function about(record: CredentialRecord, { probe }: Way): Asked {
	const usedBy = record.places.map(({ displayPath, server, position }) =>
		server === undefined ? `${displayPath}, ${position}` : `server ${server} in ${displayPath}, ${position}`,
	);
	return { label: record.label, issuer: inSentence(probe.name), hosts: [], warnings: [], usedBy };
}

function hostsOf({ probe }: Way, { base }: Subject): Asked['hosts'] {
	const from = base.from === 'issuer' ? 'its own address' : `named by ${base.from.name} in the entry`;
	const others = (probe.alsoAsks ?? []).map((url) => ({ host: hostOf(url), from: 'its own address, for details' }));
	return [{ host: hostOf(base.url), from }, ...others];
}

function warningsFor({ kind }: CredentialRecord, way: Way, { uses, use, base }: Subject): string[] {
	const warnings: string[] = [];
	const credential = use.current.analysis.credentials.find(({ part }) => part.pointer === use.pointer);
	if (use.secret.at === 'written' && credential?.confidence !== 'certain')
		warnings.push(`Its form alone does not prove that it belongs to ${inSentence(way.probe.name)}.`);
	const elsewhere = uses.flatMap(({ around }) => way.probe.bases(kind, around).filter(({ url }) => url !== base.url));
	if (elsewhere.length > 0) warnings.push(`Another entry uses it at ${hostOf(elsewhere[0]!.url)}, which is not asked.`);
	if (way.act === 'probe') {
		const { name, tells, limits } = way.probe;
		warnings.push(`${name} tells: ${tells}${limits ? `; ${limits}` : ''}.`);
	}
	if (way.act === 'revoke' && way.revoke.alsoEnds) warnings.push(way.revoke.alsoEnds);
	if (way.act === 'rotate')
		warnings.push(way.rotate.aboutOld, 'Stop every server that runs on the old value before you go on.');
	if (way.act !== 'probe') warnings.push('Uses outside of the configs that are known here are not listed.');
	return warnings;
}
