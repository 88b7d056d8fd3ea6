import { publishes } from '../catalog/publishers.ts';
import type { Credential, Level } from '../finding.ts';
import type { McpServer } from '../servers.ts';
import { breadthOf } from './breadth.ts';
import { type PackageSource, packageSourceOf } from './package-source.ts';
import { getsReference } from './references-in.ts';
import type { RawFinding, Rule } from './rule.ts';
import { inner, plainName, serverWords } from './words.ts';

/** A server that is downloaded without a fixed version and gets a secret: the next publisher gets it too. */
export const unpinnedServerWithCredential: Rule = {
	id: 'unpinned-server-with-credential',
	title: 'A server without a fixed version gets a credential',
	defaultLevel: 'note',
	cwe: ['CWE-829', 'CWE-494', 'CWE-1357'],
	*check(context) {
		for (const server of context.document.servers) {
			const held = context.held.get(server.pointer)?.filter(({ confidence }) => confidence !== 'weak') ?? NONE;
			if (held.length === 0 && !getsReference(server, context.references)) continue;
			const source = packageSourceOf(server);
			if (source?.isMoving && !isIssuersOwn(source, held)) yield finding(source, server, levelOf(held));
		}
	},
};

const NONE: readonly Credential[] = [];

/** `@notionhq/...` with a Notion token: the publisher has the other end of the token anyway. */
function isIssuersOwn({ name }: PackageSource, held: readonly Credential[]): boolean {
	const owner = /^(?:@|(?:ghcr\.io|docker\.io|quay\.io)\/)?([\w.-]{1,100})\//.exec(name)?.[1];
	return owner !== undefined && held.every(({ classification }) => publishes(owner, classification.issuer));
}

/** What acts as the person, or as an administrator, is worth more to a thief. */
function levelOf(held: readonly Credential[]): Level {
	const wide = held.some(
		(credential) => credential.confidence === 'certain' && /^(?:admin|user)$/.test(breadthOf(credential)),
	);
	return wide ? 'warning' : 'note';
}

function finding({ part, noun, version }: PackageSource, server: McpServer, level: Level): RawFinding {
	const how = version === undefined ? 'without a version' : `by "${plainName(version)}"`;
	return {
		span: inner(part),
		pointer: part.pointer,
		server: server.name,
		level,
		message: `Whoever publishes the next version of this ${noun} gets the credential of ${serverWords(server)}: it is named ${how}. ${advice(noun)}`,
	};
}

function advice(noun: string): string {
	return noun === 'container image'
		? 'Name a digest (image@sha256:...), or at least a tag with a version.'
		: 'Name the exact version that you looked at, and raise it when you have looked at the next.';
}
