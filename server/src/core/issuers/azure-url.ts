// Parameters of URLs that are secrets on the hosts of Azure only.
import { type Candidate, classification, RANK } from './candidate.ts';
import { readFacts } from './facts.ts';
import { knownKind } from './index.ts';
import type { Segment } from './segments.ts';

/** `?code=` of an Azure Functions app is its access key (general knowledge, 2026-11). */
export function isFunctionsKey(name: string | undefined, value: string): boolean {
	return name === 'code' && /\.azurewebsites\.net|\/runtime\/webhooks\//.test(value);
}

/** The signature, which many call `sig`, beside the parameters of an Azure SAS. */
export function isSas(value: string): boolean {
	return /[?&]s[vr]=/.test(value) && /[?&]se=/.test(value);
}

export function fromSas(value: string, { from, to }: Segment): Candidate[] {
	const inside = readFacts('azure-sas', value)!;
	const found = classification(knownKind('azure-sas'), from, to, 'certain', 'none');
	return [{ rank: RANK.hinted, classification: { ...found, inside } }];
}
