// What the analysis says of one token example in one placement.
import { type Entry, inServer, type Level, remote, stdio } from './analysis.ts';
import { decode, type Example, read } from './corpus.ts';

/** What a person writes by hand into a query: only what would break the URL is encoded. */
function queryValue(token: string): string {
	return token.replace(/[\s#&%"<>]/g, encodeURIComponent);
}

export const PLACEMENTS: Readonly<Record<string, (token: string, provider: string) => Entry>> = {
	env: (token, provider) => stdio({ env: { [`${envWord(provider)}_API_KEY`]: token } }),
	neutral: (token) => stdio({ env: { SETTING_1: token } }),
	header: (token) => remote({ headers: { Authorization: `Bearer ${token}` } }),
	'--token=': (token) => stdio({ args: ['-y', 'some-server', `--token=${token}`] }),
	'--api-key': (token) => stdio({ args: ['-y', 'some-server', '--api-key', token] }),
	url: (token) => remote({ url: `https://mcp.example.com/mcp?api_key=${queryValue(token)}` }),
};

function envWord(provider: string): string {
	return provider.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}

export interface Outcome {
	readonly example: Example;
	readonly token: string;
	readonly level?: Level;
	readonly exact: boolean;
	readonly issuers: readonly string[];
}

export function outcomeOf(example: Example, placement: string): Outcome {
	const token = decode(example.token_b64);
	const { findings } = inServer('demo', PLACEMENTS[placement]!(token, example.provider));
	const wanted = placement === 'url' ? queryValue(token) : token;
	const secrets = findings.map(({ credential }) => credential!.secret.reveal());
	const level = (['error', 'warning', 'note'] as const).find((one) =>
		findings.some((finding) => finding.level === one),
	);
	return {
		example,
		token,
		...(level ? { level } : {}),
		exact: secrets.includes(wanted),
		issuers: [...new Set(findings.map(({ credential }) => credential!.classification.issuer))],
	};
}

/**
 * A second, stricter reading of "realistic", made here and not by the analysis itself: no word, name or address that a
 * scanner's test calls a secret, and no value that consists of runs of neighbours (`abcd1234efgh`) for the most part.
 */
export function isPlausible(token: string): boolean {
	const body = token.replace(/[^A-Za-z0-9]/g, '');
	if (body.length < 8 || !/[0-9]/.test(body)) return false;
	if (/^[a-z0-9.-]+\.[a-z]{2,4}\/?$/i.test(token) || /^https?:\/\/[a-z0-9.-]+\/?$/i.test(token)) return false;
	if (/(.{4,12})\1{2}/.test(body.toLowerCase())) return false;
	let inRuns = 0;
	let run = 1;
	for (let i = 1; i <= body.length; i++) {
		const step =
			i < body.length ? Math.abs(body.toLowerCase().charCodeAt(i) - body.toLowerCase().charCodeAt(i - 1)) : 9;
		if (step === 1) run++;
		else {
			if (run >= 3) inRuns += run;
			run = 1;
		}
	}
	return inRuns < body.length / 2;
}

export const examples = read<Example>('token-examples.jsonl');
/** Whole command lines are no value of a config; what the corpus calls an identifier or a hash is no secret. */
export const positives = examples.filter(
	(one) => one.is_secret && one.secret_class === 'secret' && !/^curl-|-curl$/.test(`${one.rule} ${one.provider}`),
);
export const realistic = (one: { readonly example: Example }) => one.example.synthetic_look !== true;
/** What the corpus' makers leave out of their own figures too: labels in doubt, and "generic", which names no issuer. */
export const undisputed = ({ example }: { readonly example: Example }) =>
	example.suspect !== true && !example.provider.startsWith('generic');

export function identifiesItself({ example }: Outcome): boolean {
	return !example.needs_context && example.synthetic_look !== true;
}
