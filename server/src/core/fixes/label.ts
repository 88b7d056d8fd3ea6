import type { ConfigDocument } from '../document.ts';
import type { Credential } from '../finding.ts';
import { keychainReference, parseReference, pathSegment } from '../references.ts';

/**
 * The label under which a secret is stored: issuer and server, as a person would file it. A label is local to its config
 * file, so it only has to differ from the labels that these files already use.
 */
export function proposeLabel(documents: readonly ConfigDocument[], credential: Credential, server: string): string {
	const taken = new Set(documents.flatMap(labelsIn));
	const issuer = pathSegment(credential.classification.issuer);
	const base = `${issuer}/${pathSegment(server)}`;
	const target = pathSegment(credential.part.name ?? credential.part.position);
	const candidates = [base, `${base}-${target}`];
	for (let n = 2; ; n++) {
		const free = candidates.find((candidate) => !taken.has(keychainReference(candidate)));
		if (free) return free;
		candidates.splice(0, candidates.length, `${base}-${n}`);
	}
}

/** Every reference that the document's servers already hold. */
function labelsIn(document: ConfigDocument): string[] {
	const labels = document.variables.map(({ value }) => value);
	for (const server of document.servers) {
		for (const part of [...server.env, ...server.args, ...server.headers]) {
			labels.push(part.value);
		}
		const { headers = [], inUrl = [] } = server.launcher ?? {};
		for (const { reference } of [...headers, ...inUrl]) labels.push(reference);
	}
	return labels.filter((text) => parseReference(text));
}
