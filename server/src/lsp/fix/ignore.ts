import { relative, sep } from 'node:path';
import { BaselineError, BaselineReader, newBaseline, readBaseline, writeBaseline } from '../../adapters/baseline.ts';
import { filePath } from '../../adapters/files.ts';
import { BASELINE_NAME } from '../../core/accepted/baseline.ts';
import { isReason, REASON_TO_WRITE } from '../../core/accepted/suppressions.ts';
import type { Finding } from '../../core/finding.ts';
import { ignoreComment } from '../../core/fixes/ignore.ts';
import { plainPointer } from '../../core/names-shown.ts';
import type { FixOutcome, IgnoreRequest } from '../../protocol/index.ts';
import { blockedBecause } from '../offers.ts';
import type { CurrentDocument, Session } from '../session.ts';
import { applyEdit } from './edit.ts';
import { FixRefused } from './place.ts';

/** Accepts one finding: by a comment above it where the format allows one, else in the baseline of the folder. */
export async function ignoreFinding(session: Session, request: IgnoreRequest): Promise<FixOutcome> {
	try {
		const { current, finding } = await findFinding(session, request);
		const reason = request.reason ?? REASON_TO_WRITE;
		if (request.reason !== undefined && !isReason(reason)) throw new FixRefused('Say in a few words why this is fine.');
		const change = current.version === null ? undefined : ignoreComment(current.document, finding, reason);
		if (!change) return { status: 'done', message: await intoBaseline(session, current, finding, reason) };
		const outcome = await applyEdit(session, current, [change], 'Ignore this finding');
		if (outcome !== 'applied') throw new FixRefused('The editor did not take the comment, so the finding stays.');
		return { status: 'done', message: ended('A comment above the line says why.', reason) };
	} catch (error) {
		if (error instanceof FixRefused || error instanceof BaselineError)
			return { status: 'refused', message: error.message };
		return { status: 'failed', message: `The finding could not be ignored (${(error as Error).name}).` };
	}
}

interface FoundFinding {
	readonly current: CurrentDocument;
	readonly finding: Finding;
}

async function findFinding(session: Session, request: IgnoreRequest): Promise<FoundFinding> {
	const current = await session.current(request.uri);
	const finding = current?.analysis.findings.find((one) => isSame(session, one, request));
	if (!current || !finding || (request.version !== null && current.version !== request.version))
		throw new FixRefused('The config changed since this was offered, so nothing was done. Open the light bulb again.');
	const blocked = blockedBecause(session, current);
	if (blocked) throw new FixRefused(blocked);
	return { current, finding };
}

function isSame(session: Session, finding: Finding, request: IgnoreRequest): boolean {
	const fingerprint = finding.credential ? session.stamp(finding.credential) : '';
	return (
		finding.ruleId === request.ruleId &&
		plainPointer(finding.pointer) === request.pointer &&
		fingerprint === request.fingerprint
	);
}

async function intoBaseline(
	session: Session,
	{ document }: CurrentDocument,
	finding: Finding,
	reason: string,
): Promise<string> {
	const path = filePath(document.uri)!;
	const folder = session.folderOf(path);
	if (folder === undefined)
		throw new FixRefused(
			'This file takes no comments and lies in no folder of the workspace, so there is no place for a reason. Name it in the setting mcpHygiene.ignore, or turn the rule down in mcpHygiene.rules.',
		);
	const file = `${folder}${sep}${BASELINE_NAME}`;
	const baseline = (await readBaseline(file)) ?? newBaseline();
	const placed = { path: relative(folder, path).replaceAll(sep, '/'), finding };
	const entry = await new BaselineReader().entry(placed, baseline, reason);
	await writeBaseline(file, { ...baseline, findings: [...baseline.findings, entry] });
	return ended(`${BASELINE_NAME} says why; commit it to share that.`, reason);
}

/** Another editor has no box to type a reason into. */
function ended(done: string, reason: string): string {
	return reason === REASON_TO_WRITE ? `Write the reason in place of "${reason}"; until then the finding stays.` : done;
}
