// How many of the secrets are found in each placement, and whether their issuer is named right.
import { options } from './corpus.ts';
import { isNameable, isNamedRight } from './issuers.ts';
import {
	identifiesItself,
	isPlausible,
	type Outcome,
	outcomeOf,
	PLACEMENTS,
	positives,
	realistic,
	undisputed,
} from './outcome.ts';
import { loud, masked, rate } from './words.ts';

export function printRecall(): void {
	console.log(`Token examples: ${positives.length} secrets, one config each`);
	for (const placement of Object.keys(PLACEMENTS)) {
		const all = positives.map((example) => outcomeOf(example, placement));
		console.log(`  ${placement.padEnd(10)} whole corpus: ${recallOf(all)}`);
		console.log(`  ${' '.repeat(10)} without labels in doubt or generic: ${recallOf(all.filter(undisputed))}`);
		const found = all.filter(realistic).filter(({ level }) => level);
		console.log(
			`  ${' '.repeat(10)} of found: exact span ${rate(found, (one) => one.exact)} | issuer ${rate(found, isNamedRight)}`,
		);
		if (placement !== options.placement) continue;
		if (options.list === 'misses') listMisses(placement === 'neutral' ? all.filter(identifiesItself) : all);
		if (options.list === 'issuers') listIssuers(all);
	}
}

function recallOf(all: readonly Outcome[]): string {
	const real = all.filter(realistic);
	const self = real.filter(identifiesItself);
	const strict = ({ token }: Outcome) => isPlausible(token);
	const isLoud = (one: Outcome) => loud(one.level);
	const isFound = (one: Outcome) => one.level !== undefined;
	return [
		`realistic, warning or error ${rate(real, isLoud)}`,
		`not typed or words either ${rate(real.filter(strict), isLoud)}`,
		`any level ${rate(real, isFound)}`,
		`all, any level ${rate(all, isFound)}`,
		`self-identifying, any level ${rate(self, isFound)}`,
		`not typed or words either ${rate(self.filter(strict), isFound)}`,
	].join(' | ');
}

function listMisses(outcomes: readonly Outcome[]): void {
	for (const { example, token, level } of outcomes) {
		if (loud(level)) continue;
		const kind = `${realistic({ example }) ? 'realistic' : 'synthetic'}${isPlausible(token) ? '' : ', typed or words'}`;
		console.log(`    ${(level ?? 'missed').padEnd(7)} ${example.provider} (${kind}) ${masked(token)}`);
	}
}

function listIssuers(outcomes: readonly Outcome[]): void {
	for (const outcome of outcomes) {
		if (!outcome.level || !isNameable(outcome.example) || isNamedRight(outcome)) continue;
		console.log(`    ${outcome.example.provider} -> ${outcome.issuers.join(', ')} ${masked(outcome.token)}`);
	}
}

export function printIssuers(): void {
	const nameable = positives.filter(isNameable).map((example) => outcomeOf(example, 'env'));
	const found = nameable.filter(({ level }) => level);
	console.log(
		`Issuer named right, env: of found ${rate(found, isNamedRight)}, realistic ${rate(found.filter(realistic), isNamedRight)}`,
	);
}
