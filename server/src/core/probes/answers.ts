import { DAY } from '../dates.ts';
import type { Grant, ProbeOutcome } from '../grants/grant.ts';
import type { ProbeContext, ProbeResponse } from './probe.ts';

/** What an answer told, before source and date are added. Members that are undefined were not told. */
export interface Told {
	/** Absent = the answer says nothing about scopes. */
	readonly scopes?: readonly string[];
	/** `known`: the answer lists all of them. */
	readonly precision?: Grant['precision'];
	readonly access?: Grant['access'] | undefined;
	readonly resources?: readonly string[] | undefined;
	readonly account?: string | undefined;
	readonly createdAt?: number | undefined;
	readonly expiresAt?: number | undefined;
	readonly neverExpires?: boolean | undefined;
	readonly lastUsedAt?: number | undefined;
	readonly notes?: readonly (string | undefined)[];
}

/** Without scopes the precision is `unknown`, whatever else was told. */
export function told({ now }: ProbeContext, { scopes, precision, notes = [], ...rest }: Told): ProbeOutcome {
	const lines = notes.filter((note) => note !== undefined);
	const grant: Grant = {
		source: 'issuer',
		asOf: now,
		precision: scopes ? (precision ?? 'known') : 'unknown',
		scopes: scopes ?? [],
		...(Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Omit<
			Told,
			'scopes' | 'notes'
		>),
		...(lines.length > 0 ? { notes: lines } : {}),
	} as Grant;
	return { state: 'told', grant };
}

type Untold = Exclude<ProbeOutcome, { state: 'told' }>['state'];

export function untold(state: Untold, { now }: ProbeContext, message: string): ProbeOutcome {
	return { state, at: now, message };
}

/**
 * What a status says that no parser has to look into; undefined for 2xx. Redirects never get here: the transport stops at them.
 */
export function byStatus(name: string, { status }: ProbeResponse, context: ProbeContext): ProbeOutcome | undefined {
	if (status >= 200 && status < 300) return undefined;
	if (status === 401) return invalid(name, context);
	if (status === 403)
		return untold(
			'refused',
			context,
			`${name} knows this token but refuses the question (403): it lacks the permission to look at itself.`,
		);
	if (status === 404)
		return untold(
			'not-told',
			context,
			`${name} has no such address here (404): this version or plan does not tell about tokens.`,
		);
	if (status === 429) return rateLimited(name, context);
	if (status >= 500)
		return untold('unavailable', context, `${name} has a problem of its own (${status}). Ask again later.`);
	return untold(
		'malformed',
		context,
		`${name} did not understand the question (${status}), so nothing is known of this token.`,
	);
}

export function invalid(name: string, context: ProbeContext): ProbeOutcome {
	return untold(
		'invalid',
		context,
		`${name} says that this token is not valid: it was revoked, has expired, or was never one.`,
	);
}

export function rateLimited(name: string, context: ProbeContext): ProbeOutcome {
	return untold('rate-limited', context, `${name} asks to wait before the next question. Ask again later.`);
}

export function malformed(name: string, context: ProbeContext): ProbeOutcome {
	return untold(
		'malformed',
		context,
		`${name} answered in a form that its documentation does not describe, so nothing is taken from it.`,
	);
}

export type Fields = Readonly<Record<string, unknown>>;

/** The answer's JSON object; undefined if it is none. */
export function jsonObject(response: ProbeResponse): Fields | undefined {
	return object(parsed(response));
}

export function jsonList(response: ProbeResponse): readonly unknown[] | undefined {
	const value = parsed(response);
	return Array.isArray(value) ? value : undefined;
}

function parsed({ text }: ProbeResponse): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

export function object(value: unknown): Fields | undefined {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

const LONGEST_TEXT = 200;
const MOST_SCOPES = 500;

/** One short printable line, because it will stand in the panel: an issuer may send anything. Undefined for empty and other types. */
export function text(value: unknown): string | undefined {
	if (typeof value === 'number') return String(value);
	if (typeof value !== 'string') return undefined;
	const line = value
		.slice(0, LONGEST_TEXT)
		.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
		.trim();
	return line || undefined;
}

/** Undefined if it is no list. */
export function texts(value: unknown): readonly string[] | undefined {
	if (!Array.isArray(value)) return undefined;
	return [
		...new Set(
			value
				.slice(0, MOST_SCOPES)
				.map(text)
				.filter((line) => line !== undefined),
		),
	];
}

/** `repo, read:org` and `repo read:org`. Undefined if there is no such text; an empty text is an empty list. */
export function words(value: unknown): readonly string[] | undefined {
	return typeof value === 'string'
		? texts(
				value
					.slice(0, 50_000)
					.split(/[\s,]+/, MOST_SCOPES + 1)
					.filter(Boolean),
			)
		: undefined;
}

const EARLIEST = Date.UTC(2005, 0);
const LATEST = Date.UTC(2200, 0);

/** ISO text to epoch milliseconds; undefined for what is no time of this age. */
export function isoTime(value: unknown): number | undefined {
	return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value)
		? plausible(Date.parse(value.slice(0, 40)))
		: undefined;
}

export function seconds(value: unknown): number | undefined {
	return typeof value === 'number' ? plausible(value * 1000) : undefined;
}

export function milliseconds(value: unknown): number | undefined {
	return typeof value === 'number' ? plausible(value) : undefined;
}

/** A number of seconds from now on; a lifetime of nothing or less counts from now too. */
export function secondsFromNow(value: unknown, { now }: ProbeContext): number | undefined {
	const count = typeof value === 'string' && /^\d{1,12}$/.test(value) ? Number(value) : value;
	return typeof count === 'number' ? plausible(now + count * 1000) : undefined;
}

function plausible(time: number): number | undefined {
	return time >= EARLIEST && time < LATEST ? Math.round(time) : undefined;
}

/** A date that cannot be in the past of the token: what an issuer claims was made tomorrow is not believed. A day of difference is a clock. */
export function past(time: number | undefined, { now }: ProbeContext): number | undefined {
	return time !== undefined && time <= now + DAY ? time : undefined;
}
