import { filePath } from '../adapters/files.ts';
import type { Credential, Finding } from '../core/finding.ts';
import { planPrompt } from '../core/fixes/prompt.ts';
import { isRefusal } from '../core/fixes/target.ts';
import { plainPointer } from '../core/names-shown.ts';
import type { FixId, FixRequest, IgnoreRequest } from '../protocol/index.ts';
import { movable } from './movable.ts';
import type { CurrentDocument, Session } from './session.ts';
import { waysFor } from './ways.ts';

export const DECLARE_TITLE = 'Say what this token may do…';

/** A fix that can be chosen, or the reason why it cannot. Titles say what will happen. */
export interface Offer {
	readonly title: string;
	readonly request: FixRequest;
	readonly isPreferred: boolean;
	readonly refused?: string;
}

/** Every way out for one credential, best first. No I/O: what is not known yet is found out when the fix is chosen. */
export function offersFor(session: Session, current: CurrentDocument, credential: Credential, ruleId: string): Offer[] {
	const blocked = blockedBecause(session, current);
	const request = (fix: FixId, extra: Partial<FixRequest> = {}): FixRequest => ({
		fix,
		uri: current.document.uri,
		version: current.version,
		pointer: plainPointer(credential.part.pointer),
		ruleId,
		fingerprint: session.stamp(credential),
		...extra,
	});
	const { what, starts, visible, refused } = movable(session, current, credential);
	const moveRefused = blocked ?? refused;
	const known = session.knowledge.stored.get(credential.fingerprint);
	const offers: Offer[] = [];
	if (known) {
		offers.push({
			title: `Use the stored reference ${known.reference}${visible}`,
			request: request('use-stored-reference'),
			isPreferred: true,
			...(moveRefused ? { refused: moveRefused } : {}),
		});
	}
	offers.push({
		title: `Move this ${what} to the OS keychain${starts}${visible}`,
		request: request('move-to-keychain'),
		isPreferred: !known && !visible,
		...(moveRefused ? { refused: moveRefused } : {}),
	});
	for (const broker of session.knowledge.brokers) {
		offers.push({
			title: `Swap this ${what} for a ${broker.name} reference${visible}`,
			request: request('swap-for-broker', { broker: broker.id }),
			isPreferred: false,
			...(moveRefused ? { refused: moveRefused } : {}),
		});
	}
	const prompt = planPrompt(current.document, credential);
	if (!isRefusal(prompt)) {
		offers.push({
			title: 'Let VS Code ask for it once (encrypted password input)',
			request: request('prompt-for-password'),
			isPreferred: false,
			...(blocked ? { refused: blocked } : {}),
		});
	}
	for (const { id, title } of waysFor(session, current, credential)) {
		offers.push({
			title,
			request: request('way-to-less', { way: id }),
			isPreferred: false,
			...(blocked ? { refused: blocked } : {}),
		});
	}
	return offers;
}

/** What accepts a finding, but for the reason. A comment that does not count is mended, not ignored. */
export function ignoreRequest(
	session: Session,
	current: CurrentDocument,
	{ ruleId, pointer, credential }: Finding,
): IgnoreRequest | undefined {
	if (ruleId === 'unexplained-suppression' || blockedBecause(session, current)) return undefined;
	return {
		uri: current.document.uri,
		version: current.version,
		ruleId,
		pointer: plainPointer(pointer),
		fingerprint: credential ? session.stamp(credential) : '',
	};
}

/** Reasons that hold for every fix in this document. */
export function blockedBecause(session: Session, current: CurrentDocument): string | undefined {
	if (!session.trusted) {
		return 'This workspace is not trusted, so nothing is started or changed. Trust it ("Workspaces: Manage Workspace Trust"), then fix.';
	}
	if (filePath(current.document.uri) === undefined) {
		return session.options.remoteName
			? 'This file lies on the machine of your editor window, and its keychain cannot be reached from here. Open it in a local window, then fix.'
			: 'This file is not on a disk that the launcher can read. Open the folder locally, then fix.';
	}
	return undefined;
}
