/** Milliseconds. */
export const DAY = 86_400_000;

/** Beyond this no date can be written; a token, an issuer or a commit may claim anything. ECMA-262, time values. */
const LAST_TIME = 8.64e15;

/** `2026-11-30`, in UTC; never an exception. */
export function isoDay(time: number): string {
	return Math.abs(time) <= LAST_TIME ? new Date(time).toISOString().slice(0, 10) : 'an impossible date';
}
