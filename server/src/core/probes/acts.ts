import type { ActOutcome, ProbeContext, ProbeResponse } from './probe.ts';

export function confirmed({ now }: ProbeContext, message: string): ActOutcome & { state: 'confirmed' } {
	return { state: 'confirmed', at: now, message };
}

export function refused({ now }: ProbeContext, message: string): ActOutcome & { state: 'refused' } {
	return { state: 'refused', at: now, message };
}

export function unknown({ now }: ProbeContext, message: string): ActOutcome & { state: 'unknown' } {
	return { state: 'unknown', at: now, message };
}

/** What every status but a success says of an act. A 401 says that the token is dead already or never lived, and no more. */
export function actByStatus(
	name: string,
	what: 'revoked' | 'rotated',
	{ status }: ProbeResponse,
	context: ProbeContext,
): ActOutcome & { state: 'refused' | 'unknown' } {
	if (status === 401)
		return refused(
			context,
			`${name} does not accept this token (401), so nothing was ${what}: it was dead before, or belongs elsewhere.`,
		);
	if (status === 403)
		return refused(
			context,
			`${name} does not let this token do that (403). Nothing was ${what}; use the settings page.`,
		);
	if (status === 429) return refused(context, `${name} asks to wait (429). Nothing was ${what}; try again later.`);
	if (status >= 400 && status < 500)
		return refused(context, `${name} refused the request (${status}). Nothing was ${what}; use the settings page.`);
	return unknown(
		context,
		`${name} answered ${status}, so it is not known whether the token was ${what}. Ask about it, or look at the settings page.`,
	);
}
