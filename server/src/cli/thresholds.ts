import { type Knowledge, NO_KNOWLEDGE } from '../core/rules/rule.ts';
import { UsageError } from './usage.ts';

/** The limits of the rules on age and expiry, as options: what `mcpHygiene.oldAfterDays` and its like are in an editor. */
export const THRESHOLD_OPTIONS = {
	'old-after': { type: 'string' },
	'expires-soon': { type: 'string' },
	'long-lived': { type: 'string' },
} as const;

export type Thresholds = Pick<Knowledge, 'oldAfterDays' | 'expiresSoonDays' | 'longLivedDays'>;

const MOST_DAYS = 36_500;

/** @throws UsageError for anything but whole days that the editor's settings accept as well */
export function thresholdsOf(
	values: {
		readonly [option in keyof typeof THRESHOLD_OPTIONS]?: string | undefined;
	},
): Thresholds {
	const soon = days(values, 'expires-soon', 0);
	const long = days(values, 'long-lived', 1);
	return {
		oldAfterDays: days(values, 'old-after', 1) ?? NO_KNOWLEDGE.oldAfterDays,
		...(soon === undefined ? {} : { expiresSoonDays: soon }),
		...(long === undefined ? {} : { longLivedDays: long }),
	};
}

function days<Option extends keyof typeof THRESHOLD_OPTIONS>(
	values: { readonly [option in Option]?: string | undefined },
	option: Option,
	least: number,
): number | undefined {
	const text = values[option];
	if (text === undefined) return undefined;
	const number = /^[0-9]{1,5}$/.test(text) ? Number(text) : Number.NaN;
	if (number >= least && number <= MOST_DAYS) return number;
	throw new UsageError(`--${option} takes a whole number of days, from ${least} to ${MOST_DAYS}.`);
}
