import { envFilesOf } from '../entries/env-files.ts';
import type { Level, RelatedPlace } from '../finding.ts';
import type { Confidence } from '../issuers/issuer.ts';
import { count } from '../report/words.ts';
import type { McpServer, Part } from '../servers.ts';
import { credentialsOf, foundAt, storedHint } from './position.ts';
import type { EnvFile, RawFinding, Rule, RuleContext } from './rule.ts';
import { inner, listWords, place, serverWords, subject } from './words.ts';

/** A literal secret in a `.env` file that a server reads, told in that file and where a config names it. */
export const credentialInEnvFile: Rule = {
	id: 'credential-in-env-file',
	title: 'A credential lies in the .env file of a server',
	defaultLevel: 'warning',
	cwe: ['CWE-522', 'CWE-312', 'CWE-260'],
	*check(context) {
		for (const credential of credentialsOf('credential-in-env-file', context)) {
			yield {
				...foundAt(credential),
				level: levelOf(credential.confidence),
				message:
					`${subject(credential)} is written into ${place(credential)} of a .env file${readers(context)}, in plain text, which every program and every backup of yours can read. ` +
					`Move it to the OS keychain and leave a reference in its line.${storedHint(credential, context.knowledge)}`,
			};
		}
		const { envFiles } = context.knowledge;
		if (!envFiles || envFiles.size === 0) return;
		for (const { server, part } of envFilesOf(context.document)) {
			const file = envFiles.get(part.pointer);
			if (file && file.secrets.length > 0) yield named(part, server, file);
		}
	},
};

/** It is not in the config, and usually not in git: a step better than inlined. */
function levelOf(confidence: Confidence): Level {
	return confidence === 'weak' ? 'note' : 'warning';
}

const MOST_READERS = 3;

function readers({ knowledge }: RuleContext): string {
	const all = knowledge.readBy ?? [];
	if (all.length === 0) return '';
	return ` that ${listWords(all.slice(0, MOST_READERS))} reads`;
}

/** Places are linked, so that a long file stays readable. */
const MOST_LINKED = 10;

function named(part: Part, server: McpServer, { uri, displayPath, secrets }: EnvFile): RawFinding {
	const certain = secrets.filter(({ confidence }) => confidence !== 'weak');
	const counted = new Set((certain.length > 0 ? certain : secrets).map(({ label }) => label)).size;
	const level = secrets.some(({ confidence }) => levelOf(confidence) === 'warning') ? 'warning' : 'note';
	return {
		span: inner(part),
		pointer: part.pointer,
		server: server.name,
		level,
		message:
			`The file ${displayPath}, which ${serverWords(server)} reads, holds ${count(counted, certain.length > 0 ? 'secret' : 'possible secret')} in plain text. ` +
			`Move ${counted === 1 ? 'it to the OS keychain and leave its reference' : 'them to the OS keychain and leave their references'} in the file.`,
		related: secrets
			.slice(0, MOST_LINKED)
			.map(({ span, label }): RelatedPlace => ({ uri, span, message: `${label} in ${displayPath}` })),
	};
}
