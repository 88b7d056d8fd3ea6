import { isoDay } from '../dates.ts';
import { decodeBase64Json, decodeBase64Text } from './base64.ts';
import { BASE32 } from './checksums.ts';
import type { FactsId, TokenFacts } from './issuer.ts';
import { jwtFacts } from './jwt.ts';
import { azureSas, discordWebhook, presignedBedrock, snowflakeTime, ulidFacts } from './times.ts';

/** What the token's own bytes tell besides its kind. Notes hold no character of a secret part. */
export function readFacts(id: FactsId, token: string): TokenFacts | undefined {
	return READERS[id](token);
}

const READERS: Record<FactsId, (token: string) => TokenFacts | undefined> = {
	jwt: jwtFacts,
	'aws-account': awsAccount,
	'azure-cask': azureCask,
	'discord-bot': discordBot,
	'grafana-cloud': grafanaCloud,
	onepassword: onePassword,
	postman,
	'sentry-org': sentryOrganization,
	slack,
	snyk,
	ulid: ulidFacts,
	'discord-webhook': discordWebhook,
	'presigned-bedrock': presignedBedrock,
	'azure-sas': azureSas,
};

/** Key ids of the present generation hold the account number in their first bits (published by awsteele.com; read 2026-11). */
function awsAccount(token: string): TokenFacts | undefined {
	let bits = 0n;
	for (const character of token.slice(4, 14)) {
		const value = BASE32.indexOf(character);
		if (value < 0) return undefined;
		bits = (bits << 5n) | BigInt(value);
	}
	const account = ((bits >> 2n) & 0x7fffffffff80n) >> 7n;
	return { notes: [`AWS account ${account.toString().padStart(12, '0')}`] };
}

/** Azure keys in the common format hold the year and month of creation (microsoft/security-utilities; read 2026-11). */
function azureCask(token: string): TokenFacts | undefined {
	const at = token.indexOf('JQQJ9');
	const year = 2024 + token.charCodeAt(at + 6) - 65;
	const month = token.charCodeAt(at + 7) - 65;
	if (at < 0 || month < 0 || month > 11 || year < 2024 || year > 2049) return undefined;
	return { issuedAt: Date.UTC(year, month, 1), notes: ['the key holds its month of creation'] };
}

/** The first part is the bot's id, and ids hold their time of creation: a bound for the bot, not for the token. */
function discordBot(token: string): TokenFacts | undefined {
	const id = decodeBase64Text(token.split('.', 1)[0]!);
	if (!id || !/^[0-9]{17,20}$/.test(id)) return undefined;
	const created = snowflakeTime(id);
	return { notes: [`bot ${id}, which was created on ${isoDay(created)}`] };
}

function grafanaCloud(token: string): TokenFacts | undefined {
	const inside = decodeBase64Json(token.slice('glc_'.length));
	return notes(['organization', inside?.o], ['token name', inside?.n]);
}

function onePassword(token: string): TokenFacts | undefined {
	const inside = decodeBase64Json(token.slice('ops_'.length));
	return notes(['sign-in address', inside?.signInAddress]);
}

/** The first part is a MongoDB ObjectId, which starts with its time of creation in seconds. */
function postman(token: string): TokenFacts | undefined {
	const created = Number.parseInt(token.slice('PMAK-'.length, 'PMAK-'.length + 8), 16) * 1000;
	return { notes: [`its id dates from ${isoDay(created)}`] };
}

/** JSON with the exact time of creation (getsentry/sentry-docs, token-formats; read 2026-11). */
function sentryOrganization(token: string): TokenFacts | undefined {
	const inside = decodeBase64Json(token.slice('sntrys_'.length, token.lastIndexOf('_')));
	if (!inside) return undefined;
	const iat = Number(inside.iat);
	return {
		...(iat > 0 && iat < 1e11 ? { issuedAt: Math.round(iat * 1000) } : {}),
		...notes(['organization', inside.org], ['server', inside.url]),
	};
}

function slack(token: string): TokenFacts | undefined {
	const ids = token
		.split('-')
		.slice(1, -1)
		.filter((part) => /^[0-9]+$/.test(part));
	return notes(['workspace number', ids[0]], ['user number', ids[1]]);
}

/** Between two dots JSON with the end and the host (snyk/go-application-framework; read 2026-11). */
function snyk(token: string): TokenFacts | undefined {
	const inside = decodeBase64Json(token.split('.')[2] ?? '');
	const end = Number(inside?.e);
	return { ...(end > 1e9 && end < 1e11 ? { expiresAt: end * 1000 } : {}), ...notes(['host', inside?.h]) };
}

function notes(...pairs: readonly (readonly [string, unknown])[]): TokenFacts {
	const shown = pairs.filter(
		([, value]) => (typeof value === 'string' || typeof value === 'number') && `${value}`.length < 120,
	);
	return { notes: shown.map(([name, value]) => `${name} ${value}`) };
}
