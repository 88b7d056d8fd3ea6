export { plain } from '../plain.ts';

/** "1 secret", "2 secrets" */
export function count(amount: number, what: string): string {
	return `${amount} ${what}${amount === 1 ? '' : 's'}`;
}
