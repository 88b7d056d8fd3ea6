// The tables of docs/issuers.md, from the probes.
import { ISSUERS } from '../server/src/core/issuers/index.ts';
import { PROBES } from '../server/src/core/probes/index.ts';
import type { IssuerProbe } from '../server/src/core/probes/probe.ts';
import { SILENT } from '../server/src/core/probes/silent.ts';

const BEGIN = '<!-- issuers: begin, written by scripts/generate.ts -->\n';
const END = '<!-- issuers: end -->';

/** @throws Error if the markers are gone. */
export function withIssuerTables(text: string): string {
	const from = text.indexOf(BEGIN);
	const to = text.indexOf(END, from);
	if (from < 0 || to < 0) throw new Error('docs/issuers.md has lost the lines between which the tables stand');
	return `${text.slice(0, from + BEGIN.length)}\n${tables()}\n${text.slice(to)}`;
}

function tables(): string {
	const asked = PROBES.toSorted((a, b) => a.name.localeCompare(b.name)).map(
		({ name, kinds, tells, limits, source }) =>
			`| ${name} | ${kindNames(kinds)} | ${tells} | ${limits ?? ''} | ${source} |`,
	);
	const acts = PROBES.flatMap((probe) => [...revocations(probe), ...rotations(probe)]).toSorted();
	const silent = Object.entries(SILENT).map(([id, { why, source = '' }]) => `| ${nameOf(id)} | ${why} | ${source} |`);
	return [
		'| issuer | kinds of token | one safe question tells | what it does not | source |',
		'|---|---|---|---|---|',
		...asked,
		'',
		'## What can be ended or renewed with the token alone',
		'',
		'| issuer | act | kinds of token | what else happens | source |',
		'|---|---|---|---|---|',
		...acts,
		'',
		'## Who is not asked, and why',
		'',
		'| issuer or kind | why | source |',
		'|---|---|---|',
		...silent,
	].join('\n');
}

function revocations({ name, revoke }: IssuerProbe): string[] {
	return revoke
		? [`| ${name} | revoke | ${kindNames(revoke.kinds)} | ${revoke.alsoEnds ?? ''} | ${revoke.source} |`]
		: [];
}

function rotations({ name, rotate }: IssuerProbe): string[] {
	return rotate ? [`| ${name} | rotate | ${kindNames(rotate.kinds)} | ${rotate.aboutOld} | ${rotate.source} |`] : [];
}

const KINDS = new Map(ISSUERS.flatMap(({ kinds }) => kinds.map(({ id, name }) => [id, name])));

function kindNames(ids: readonly string[]): string {
	return [...new Set(ids.map(kindName))].join('; ');
}

function kindName(id: string): string {
	return KINDS.get(id) ?? id;
}

function nameOf(id: string): string {
	const issuer = ISSUERS.find((one) => one.id === id || one.kinds.some((kind) => kind.id === id));
	return issuer?.id === id ? issuer.name : `${issuer?.name}, ${kindName(id)}`;
}
