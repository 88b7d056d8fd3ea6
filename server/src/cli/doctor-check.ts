/** One line of the report. `note` is something that only some people need. */
export interface Check {
	readonly state: 'ok' | 'note' | 'problem';
	readonly what: string;
	/** What was seen; for a problem with the way out. */
	readonly message: string;
}
