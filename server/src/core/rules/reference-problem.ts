import type { Span } from '../text.ts';

/** What is wrong with a reference, or with text that means to be one. */
export interface ReferenceProblem {
	readonly span: Span;
	readonly message: string;
	/** Absent: certain. */
	readonly level?: 'warning';
}
