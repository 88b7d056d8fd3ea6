import { isoDay } from '../../core/dates.ts';
import { type DeclaredWords, declaredGrant, knownScopes } from '../../core/grants/declared.ts';
import type { Grant } from '../../core/grants/grant.ts';
import { findIssuer } from '../../core/issuers/index.ts';
import { plainPointer } from '../../core/names-shown.ts';
import { scopeModel } from '../../core/scopes/index.ts';
import type { Fingerprint, SecretValue } from '../../core/secret-value.ts';
import type { DeclareAnswer, DeclareQuestion, DeclareSubject, FixOutcome } from '../../protocol/index.ts';
import type { Snapshot } from '../look.ts';
import type { Session } from '../session.ts';
import { told } from '../told.ts';

/** The secret that is spoken of. */
interface Subject {
	/** As it is known now, which is another than the kept one until there is an index. */
	readonly id: Fingerprint;
	readonly label: string;
	readonly issuer: string;
	readonly issuerName: string;
	readonly kind: string;
	/** Absent: it is stored, so that its fingerprint is the kept one. */
	readonly secret?: SecretValue;
}

/** mcpHygiene/declare/prepare: what there is to choose from, and what was said before. Keeps nothing. */
export async function prepareDeclaration(
	session: Session,
	snapshot: Snapshot,
	about: DeclareSubject,
): Promise<DeclareQuestion> {
	const subject = await subjectOf(session, snapshot, about);
	if ('blocked' in subject) return { label: '', issuer: '', scopes: [], ...subject };
	const { id, label, issuer, issuerName, kind } = subject;
	const model = scopeModel(issuer, { id: kind });
	const scopes = knownScopes(issuer, { id: kind }).map((scope) => {
		const access = model?.access(model.plain?.(scope) ?? scope);
		return { scope, ...(access ? { access } : {}) };
	});
	const said = session.knowledge.declared.get(id);
	return { label, issuer: issuerName, scopes, ...(said ? { said: wordsOf(said) } : {}) };
}

function wordsOf({ scopes, access, expiresAt, neverExpires, asOf }: Grant): NonNullable<DeclareQuestion['said']> {
	return {
		scopes,
		on: isoDay(asOf),
		...(access ? { access } : {}),
		...(expiresAt === undefined ? {} : { expires: isoDay(expiresAt) }),
		...(neverExpires ? { expires: 'never' } : {}),
	};
}

/** mcpHygiene/declare: keeps what a person said, or takes it back. */
export async function declareGrant(
	session: Session,
	snapshot: Snapshot,
	{ about, words }: DeclareAnswer,
): Promise<FixOutcome> {
	const subject = await subjectOf(session, snapshot, about);
	if ('blocked' in subject) return { status: 'refused', message: subject.blocked };
	const grant = words === undefined ? undefined : declaredGrant(words as DeclaredWords, session.world.now());
	if (grant && 'refused' in grant) return { status: 'refused', message: grant.refused };
	try {
		await session.world.declare(await keptFingerprint(session, subject), grant);
	} catch (error) {
		return { status: 'failed', message: told(error) };
	}
	const message = grant
		? `Kept, as declared by you on ${isoDay(grant.asOf)}. It counts as "at least"; what ${subject.issuerName} itself tells comes before it.`
		: 'Taken back: what you said of this token does not count any more.';
	return { status: 'done', message };
}

/** Under the person's own key, so that it means the same tomorrow. Makes their index where there is none. */
async function keptFingerprint({ world }: Session, { id, secret }: Subject): Promise<Fingerprint> {
	if (!secret) return id;
	const index = await world.openIndex();
	await index.establish();
	return index.fingerprinter.of(secret);
}

async function subjectOf(
	session: Session,
	snapshot: Snapshot,
	about: DeclareSubject,
): Promise<Subject | { readonly blocked: string }> {
	if (!session.trusted)
		return { blocked: 'This workspace is not trusted, so nothing is kept about its tokens. Trust it first.' };
	const subject = 'row' in about ? ofRow(snapshot, about.row) : await ofPlace(session, about);
	return subject ?? { blocked: 'The list or the config changed, or nobody has read this secret. Look at it again.' };
}

function ofRow(snapshot: Snapshot, row: string): Subject | undefined {
	const record = snapshot.records.find(({ id }) => id === row);
	if (!record || record.storage.where === 'broker') return undefined;
	const { id, label, issuer, issuerName, kind } = record;
	const written = snapshot.documents
		.flatMap(({ analysis }) => analysis.credentials)
		.find(({ fingerprint }) => fingerprint === row);
	if (!written && record.storage.where === 'config') return undefined;
	return { id, label, issuer, issuerName, kind, ...(written ? { secret: written.secret } : {}) };
}

async function ofPlace(
	session: Session,
	{ uri, pointer, fingerprint }: Exclude<DeclareSubject, { row: string }>,
): Promise<Subject | undefined> {
	const credential = (await session.current(uri))?.analysis.credentials.find(
		(one) => plainPointer(one.part.pointer) === pointer && session.stamp(one) === fingerprint,
	);
	if (!credential) return undefined;
	const { label, secret, classification } = credential;
	const { issuer, kind } = classification;
	const issuerName = findIssuer(issuer)?.name ?? classification.issuerName;
	return { id: credential.fingerprint, label, issuer, issuerName, kind: kind.id, secret };
}
