import { lazy } from '../lazy.ts';
import atlassian from './data/atlassian.json' with { type: 'json' };
import aws from './data/aws.json' with { type: 'json' };
import azure from './data/azure.json' with { type: 'json' };
import cloudflare from './data/cloudflare.json' with { type: 'json' };
import databases from './data/databases.json' with { type: 'json' };
import github from './data/github.json' with { type: 'json' };
import gitlab from './data/gitlab.json' with { type: 'json' };
import google from './data/google.json' with { type: 'json' };
import grafana from './data/grafana.json' with { type: 'json' };
import notion from './data/notion.json' with { type: 'json' };
import others from './data/others.json' with { type: 'json' };
import posthog from './data/posthog.json' with { type: 'json' };
import sentry from './data/sentry.json' with { type: 'json' };
import slack from './data/slack.json' with { type: 'json' };
import type { Invocation, Target } from './invocation.ts';
import type { KnownServer } from './need.ts';

/** Every server whose need is known, by family. */
export const KNOWN_SERVERS = [
	...github,
	...gitlab,
	...atlassian,
	...slack,
	...notion,
	...sentry,
	...grafana,
	...posthog,
	...cloudflare,
	...google,
	...aws,
	...databases,
	...azure,
	...others,
] as readonly KnownServer[];

interface Table {
	readonly byName: ReadonlyMap<string, KnownServer>;
	readonly byUrl: readonly (readonly [Place, KnownServer])[];
}

const table = lazy((): Table => {
	const byName = new Map<string, KnownServer>();
	const byUrl: (readonly [Place, KnownServer])[] = [];
	for (const known of KNOWN_SERVERS) {
		for (const match of known.match) {
			const place = placeOf(match);
			if (place) byUrl.push([place, known]);
			else byName.set(match.toLowerCase(), known);
		}
	}
	return { byName, byUrl };
});

/** A host, with one `*` for a piece of it, and the start of a path. */
interface Place {
	readonly before: string;
	/** Absent = the host is `before`. */
	readonly after?: string;
	readonly path: string;
}

function placeOf(match: string): Place | undefined {
	const found = /^https:\/\/([^/]{1,200})(\/.{0,200})?$/.exec(match);
	if (!found) return undefined;
	const [before, after] = found[1]!.split('*');
	const path = (found[2] ?? '').replace(/\/$/, '');
	return { before: before!, path, ...(after === undefined ? {} : { after }) };
}

function isAt({ before, after, path }: Place, { host, path: seen }: Pick<Target, 'host' | 'path'>): boolean {
	const isHost =
		after === undefined
			? host === before
			: host.startsWith(before) && host.endsWith(after) && host.length > before.length + after.length;
	return isHost && (seen === path || seen.startsWith(`${path}/`));
}

/** The known server that is started or connected to. A URL says it better than a name. */
export function knownServerOf(invocation: Invocation): KnownServer | undefined {
	const { url } = invocation;
	const remote = url && table().byUrl.find(([place]) => isAt(place, url))?.[1];
	if (remote) return remote;
	for (const name of namesIn(invocation)) {
		const found = table().byName.get(name);
		if (found) return found;
	}
	return undefined;
}

/** Is there data on what a person wrote in an override? */
export function isKnownMatch(match: string): boolean {
	const place = placeOf(match);
	if (!place) return table().byName.has(match.toLowerCase());
	return table().byUrl.some(([known]) => isAt(known, { host: place.before, path: place.path }));
}

/** Does what a person wrote in an override mean this entry? */
export function matchesName(match: string, serverName: string, invocation: Invocation): boolean {
	if (match.startsWith('server:')) return match.slice('server:'.length) === serverName;
	const place = placeOf(match);
	if (place) return invocation.url !== undefined && isAt(place, invocation.url);
	return namesIn(invocation).includes(match.toLowerCase());
}

/** Every word that could be the name of a program, a package or an image. */
function namesIn({ program, args }: Invocation): string[] {
	return [...(program === undefined ? [] : [program]), ...args].flatMap((word) =>
		word.length > 300 || word.startsWith('-') || word.includes('://') ? [] : [bareName(word)],
	);
}

/** `@scope/name@1.2.3`, `image:tag`, `image@sha256:...`, `name==1.0`, `name[extra]` */
export function bareName(word: string): string {
	const end = word.search(/(?<=.)(?:@|:(?!\/)|==|\[)/s);
	return (end < 0 ? word : word.slice(0, end)).toLowerCase();
}
