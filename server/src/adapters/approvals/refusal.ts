import type { Target } from '../workload/destination.ts';

/** What the launcher refused, so that a person can look at it and lift it. Holds no secret and no text of the config. */
export interface Refusal {
	readonly id: string;
	/** Epoch milliseconds. */
	readonly at: number;
	readonly reference: string;
	/** As asked with `--server`. */
	readonly server?: string;
	readonly target: Target;
	readonly cwd: string;
	/** The config that names the reference, where one was found. */
	readonly config?: {
		readonly path: string;
		readonly server: string;
		/** As `Workload.folder`. */
		readonly folder?: string;
		readonly dialect: string;
		readonly isUserLevel: boolean;
	};
	/** The item of the approval that no longer fits. */
	readonly itemId?: string;
	/** One line each. */
	readonly differences: readonly string[];
}
