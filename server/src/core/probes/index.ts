import type { Silence } from '../grants/grant.ts';
import { airtable } from './airtable.ts';
import { anthropic } from './anthropic.ts';
import { atlassian } from './atlassian.ts';
import { aws } from './aws.ts';
import { bitbucket } from './bitbucket.ts';
import { buildkite } from './buildkite.ts';
import { cloudflare } from './cloudflare.ts';
import { datadog } from './datadog.ts';
import { digitalocean } from './digitalocean.ts';
import { figma } from './figma.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { google } from './google.ts';
import { grafana } from './grafana.ts';
import { heroku } from './heroku.ts';
import { hubspot } from './hubspot.ts';
import { huggingface } from './huggingface.ts';
import { linear } from './linear.ts';
import { notion } from './notion.ts';
import { npm } from './npm.ts';
import { oauth } from './oauth.ts';
import { openai } from './openai.ts';
import { postgres } from './postgres.ts';
import { posthog } from './posthog.ts';
import type { IssuerProbe, RevokeAct, RotateAct } from './probe.ts';
import { sendgrid } from './sendgrid.ts';
import { sentry } from './sentry.ts';
import { shopify } from './shopify.ts';
import { SILENT } from './silent.ts';
import { slack } from './slack.ts';
import { supabase } from './supabase.ts';
import { vault } from './vault.ts';
import { vercel } from './vercel.ts';

/** Every issuer that can be asked, one file each. The order means nothing. */
export const PROBES: readonly IssuerProbe[] = [
	airtable,
	anthropic,
	atlassian,
	aws,
	bitbucket,
	buildkite,
	cloudflare,
	datadog,
	digitalocean,
	figma,
	github,
	gitlab,
	google,
	grafana,
	heroku,
	hubspot,
	huggingface,
	linear,
	notion,
	npm,
	oauth,
	openai,
	postgres,
	posthog,
	sendgrid,
	sentry,
	shopify,
	slack,
	supabase,
	vault,
	vercel,
];

const BY_KIND = new Map(PROBES.flatMap((probe) => probe.kinds.map((kind) => [kind, probe])));

/** How to ask about a token of this kind. Undefined: nobody tells, and {@link silenceOf} says so. */
export function probeFor(kind: string): IssuerProbe | undefined {
	return BY_KIND.get(kind);
}

/** Why a token of this kind cannot be asked about; undefined where it can. */
export function silenceOf(kind: string, issuer: string): Silence | undefined {
	return probeFor(kind) ? undefined : (SILENT[kind] ?? SILENT[issuer] ?? NO_QUESTION);
}

const NO_QUESTION: Silence = { why: 'No safe question is known that this issuer answers about its own token.' };

export function revokeFor(kind: string): { readonly probe: IssuerProbe; readonly revoke: RevokeAct } | undefined {
	const probe = PROBES.find(({ revoke }) => revoke?.kinds.includes(kind));
	return probe?.revoke && { probe, revoke: probe.revoke };
}

export function rotateFor(kind: string): { readonly probe: IssuerProbe; readonly rotate: RotateAct } | undefined {
	const probe = PROBES.find(({ rotate }) => rotate?.kinds.includes(kind));
	return probe?.rotate && { probe, rotate: probe.rotate };
}
