import type { TextChange } from '../text.ts';

/** One way to a smaller token, or to a server that needs none. Holds no secret in any string. */
export type Way = EditWay | PageWay | TextWay;

interface Named {
	/** Unique among the ways of one credential, and the same when the document is read again. */
	readonly id: string;
	/** For a menu. */
	readonly title: string;
	/** What it does and what it leaves undone, for people. */
	readonly detail: string;
}

export interface EditWay extends Named {
	readonly kind: 'edit';
	readonly changes: readonly TextChange[];
	/** Changes the server's entry and may change nothing else. */
	readonly isWithinEntry?: boolean;
}

export interface PageWay extends Named {
	readonly kind: 'open-page';
	readonly url: string;
}

export interface TextWay extends Named {
	readonly kind: 'copy-text';
	readonly text: string;
}
