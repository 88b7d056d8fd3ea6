import type { ProbeOutcome } from '../grants/grant.ts';
import { byStatus, type Fields, jsonObject, malformed, type Told, told } from './answers.ts';
import type { ProbeContext, ProbeResponse } from './probe.ts';

/** For issuers that answer 200 with one object: whose token it is, and little else. `pick` is undefined for another form. */
export function readObject(name: string, pick: (answer: Fields, context: ProbeContext) => Told | undefined) {
	return (response: ProbeResponse, context: ProbeContext): ProbeOutcome => {
		const failed = byStatus(name, response, context);
		if (failed) return failed;
		const answer = jsonObject(response);
		const found = answer && pick(answer, context);
		return found ? told(context, found) : malformed(name, context);
	};
}
