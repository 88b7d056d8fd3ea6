// Whole configs of people, with each secret labelled.
import type { Finding } from '../../server/src/core/finding.ts';
import { findingsIn, kinds, type Level } from './analysis.ts';
import { type ConfigRecord, decode, options, read } from './corpus.ts';
import { loud, masked, rate } from './words.ts';

export function printConfigs(): void {
	const records = read<ConfigRecord>('real-configs.jsonl');
	let unread = 0;
	let loudWrong = 0;
	let quietWrong = 0;
	const secrets: { readonly found: Level | undefined; readonly text: string }[] = [];
	const defaults: { readonly found: Level | undefined; readonly text: string }[] = [];
	const wrong: string[] = [];
	for (const record of records) {
		const fallback = record.dialect.includes('vscode') ? 'vscode' : 'portable';
		const path = record.path.startsWith('README') ? `/w/mcp-config.${record.format}` : `/w/${record.path}`;
		const { document, findings } = findingsIn(decode(record.text_b64), path, fallback);
		if (document.servers.length === 0) unread++;
		const matched = new Set<Finding>();
		for (const label of record.labels) {
			const wanted = decode(label.secret_b64 ?? label.value_b64);
			const hits = findings.filter(({ credential }) => {
				const have = credential!.secret.reveal();
				return have.includes(wanted) || wanted.includes(have);
			});
			const level = (['error', 'warning', 'note'] as const).find((one) => hits.some((hit) => hit.level === one));
			const text = `${record.id} ${record.dialect} ${label.mechanism} ${label.key} ${masked(wanted)}`;
			if (label.kind === 'real_secret') secrets.push({ found: level, text });
			if (label.kind === 'default_credential') defaults.push({ found: level, text });
			if (label.kind === 'real_secret' || label.kind === 'default_credential') for (const hit of hits) matched.add(hit);
		}
		for (const finding of findings) {
			if (matched.has(finding)) continue;
			if (loud(finding.level)) loudWrong++;
			else quietWrong++;
			wrong.push(
				`${record.id} ${record.dialect} ${finding.credential!.part.name ?? ''} ${kinds([finding])} ${masked(finding.credential!.secret.reveal())}`,
			);
		}
	}
	console.log(
		`Real configs: ${records.length} files, ${unread} without a server that was read. Labelled secrets found at warning or error ${rate(secrets, ({ found }) => loud(found))}, any level ${rate(secrets, ({ found }) => found !== undefined)}; default credentials, any level ${rate(defaults, ({ found }) => found !== undefined)}`,
	);
	console.log(
		`  flagged though not labelled secret: ${loudWrong} at warning or error, ${quietWrong} notes: ${((100 * loudWrong) / records.length).toFixed(1)} per 100 files`,
	);
	if (options.list === 'misses') {
		for (const { found, text } of [...secrets, ...defaults])
			if (!loud(found)) console.log(`    ${found ?? 'missed'} ${text}`);
	}
	if (options.list === 'false-positives') for (const text of wrong) console.log(`    ${text}`);
}
