import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { it } from 'node:test';
import { ISSUERS } from '../issuers/index.ts';
import { PROBES } from './index.ts';
import type { IssuerProbe } from './probe.ts';
import { SILENT } from './silent.ts';

const PAGE = new URL('../../../../docs/issuers.md', import.meta.url);

/** The tables of docs/issuers.md, from the probes themselves. */
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

it('docs/issuers.md shows the probes as they are (UPDATE_PAGES=1 writes it)', () => {
	const [head = ''] = readFileSync(PAGE, 'utf8').split('<!-- generated -->');
	const wanted = `${head}<!-- generated -->\n\n${tables()}\n`;
	if (process.env.UPDATE_PAGES) writeFileSync(PAGE, wanted);
	assert.equal(readFileSync(PAGE, 'utf8'), wanted);
});
