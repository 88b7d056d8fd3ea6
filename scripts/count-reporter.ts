// A reporter for `node --test` that writes the counts of the whole run as one line of JSON.
import type { TestEvent } from 'node:test/reporters';
import type { Counts } from '../test/support/harness/extension-host.ts';

export default async function* countReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
	for await (const event of events) {
		// Each file has a summary of its own too; the one without a file is the whole run's.
		if (event.type !== 'test:summary' || event.data.file !== undefined) continue;
		const { tests, passed, skipped, todo } = event.data.counts;
		const failed = tests - passed - skipped - todo;
		// A suite whose set-up fails is no test, and still no success.
		const counts: Counts = {
			passed,
			failed: event.data.success ? failed : Math.max(failed, 1),
			skipped: skipped + todo,
		};
		yield JSON.stringify(counts);
	}
}
