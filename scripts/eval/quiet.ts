// What is said of values that are no secrets.
import { secretName } from '../../server/src/core/issuers/names.ts';
import { type Entry, inServer, kinds, remote, stdio } from './analysis.ts';
import { type CleanRecord, decode, type NameRecord, options, read } from './corpus.ts';
import { examples } from './outcome.ts';
import { loud, masked, rate } from './words.ts';

export function printNegatives(): void {
	const bare = examples.filter((one) => !one.is_secret || one.secret_class !== 'secret');
	const results = bare
		.map((example) => ({ example, text: decode(example.text_b64) }))
		.filter(({ text }) => text.length <= 300)
		.map((one) => ({ ...one, findings: inServer('demo', stdio({ env: { SETTING_1: one.text } })).findings }));
	console.log(
		`Lookalikes, placeholders and ids of other scanners, bare: warning or error ${rate(results, ({ findings }) => findings.some((one) => loud(one.level)))}`,
	);
	if (options.list !== 'false-positives') return;
	for (const { example, text, findings } of results) {
		if (findings.some(({ level }) => loud(level))) {
			console.log(
				`    ${example.neg_kind ?? example.secret_class} ${example.provider} ${kinds(findings)} ${masked(text)}`,
			);
		}
	}
}

const CLEAN: Readonly<Record<CleanRecord['kind'], (one: CleanRecord) => Entry>> = {
	arg: ({ value }) => stdio({ args: [value] }),
	env: ({ key, value }) => stdio({ env: { [key]: value } }),
	header: ({ key, value }) => remote({ headers: { [key]: value } }),
	url: ({ value }) => ({ type: 'http', url: value }),
};

export function printClean(): void {
	const clean = read<CleanRecord>('clean-values.jsonl').map((one) => ({
		what: `${one.server} ${one.key}`,
		value: one.value,
		...inServer(one.server, CLEAN[one.kind](one)),
	}));
	const registry = read<NameRecord>('env-names.jsonl').map((one) => ({
		what: `${one.server} ${one.env}`,
		value: one.example ?? '',
		...inServer(one.server, stdio({ env: { [one.env]: one.example ?? '' } })),
	}));
	for (const [title, rows] of [
		['Clean README values', clean],
		['Registry examples', registry],
	] as const) {
		console.log(
			`${title}: warning or error ${rate(rows, ({ findings }) => findings.some((one) => loud(one.level)))}, any level ${rate(rows, ({ findings }) => findings.length > 0)}`,
		);
		if (options.list !== 'false-positives') continue;
		for (const { what, value, findings } of rows) {
			if (findings.length > 0) console.log(`    ${what} ${kinds(findings)} ${masked(value)}`);
		}
	}
}

export function printNames(): void {
	const rows = read<NameRecord>('env-names.jsonl').map((one) => ({ ...one, says: secretName(one.env) === 'secret' }));
	const secret = rows.filter(({ cls }) => cls === 'secret');
	const plain = rows.filter(({ cls }) => cls === 'plain');
	console.log(
		`Env names: secret ones seen ${rate(secret, ({ says }) => says)}, plain ones taken for secret ${rate(plain, ({ says }) => says)}`,
	);
	if (options.list !== undefined) {
		for (const { env, cls, says } of rows) if ((cls === 'secret') !== says) console.log(`    ${cls} ${env}`);
	}
}
