import type { ProbeOutcome } from '../grants/grant.ts';
import { byStatus, invalid, isoTime, malformed, past, rateLimited, text, told, untold } from './answers.ts';
import type { IssuerProbe, ProbeContext, ProbeRequest, ProbeResponse } from './probe.ts';
import { type Surroundings, variable } from './surroundings.ts';

const KEY_ID = 'AWS_ACCESS_KEY_ID';
const SESSION = 'AWS_SESSION_TOKEN';
const IAM = 'https://iam.amazonaws.com';

export const aws: IssuerProbe = {
	issuer: 'aws',
	name: 'AWS',
	kinds: ['aws-secret-access-key', 'aws-access-key-id', 'aws-temporary-key-id'],
	tells: 'account, user or role; creation of the access key where its user may list its own keys',
	limits: 'not what the policies allow; CloudTrail records both questions',
	source: 'docs.aws.amazon.com, STS GetCallerIdentity, IAM ListAccessKeys, signature version 4; read 2026-11',
	companions: [KEY_ID, SESSION],
	alsoAsks: [IAM],
	bases: (_, around) => [{ url: stsOf(regionOf(around)), from: 'issuer' }],
	request: (context) => {
		if (context.kind !== 'aws-secret-access-key')
			return { missing: 'An access key id alone cannot ask. Ask about the secret access key beside it.' };
		if (!context.companions.has(KEY_ID))
			return {
				missing: `AWS asks for the access key id beside the secret, and the entry does not hold it (${KEY_ID}).`,
			};
		return signed(
			context,
			context.base,
			'/?Action=GetCallerIdentity&Version=2011-06-15',
			'sts',
			regionOf(context.around),
		);
	},
	next: (answers, context) => {
		const [identity] = answers;
		const isLongLived =
			!context.companions.has(SESSION) && identity !== undefined && /:user\//.test(element(identity, 'Arn') ?? '');
		if (answers.length > 1 || !isLongLived || context.base !== stsOf('us-east-1')) return undefined;
		return signed(context, IAM, '/?Action=ListAccessKeys&Version=2010-05-08', 'iam', 'us-east-1');
	},
	read,
};

function signed(context: ProbeContext, base: string, path: string, service: string, region: string): ProbeRequest {
	const session = context.companions.has(SESSION) ? { sessionToken: SESSION } : {};
	return {
		method: 'GET',
		base,
		path,
		auth: { how: 'sigv4', keyId: KEY_ID, ...session, service, region },
		expects: 'xml',
	};
}

function regionOf(around: Surroundings): string {
	const region = variable(around, 'AWS_REGION', 'AWS_DEFAULT_REGION')?.value ?? '';
	if (/^cn-[a-z]{2,10}-\d$/.test(region) || /^us-gov-[a-z]{2,10}-\d$/.test(region)) return region;
	return 'us-east-1';
}

/** The partitions for China and the US government have hosts of their own; everywhere else the global one answers. */
function stsOf(region: string): string {
	if (region.startsWith('cn-')) return `https://sts.${region}.amazonaws.com.cn`;
	return region.startsWith('us-gov-') ? `https://sts.${region}.amazonaws.com` : 'https://sts.amazonaws.com';
}

/** The text of the first element of this name. AWS answers small, flat XML; entities do not occur in what is read here. */
function element({ text: xml }: ProbeResponse, name: string): string | undefined {
	return text(new RegExp(`<${name}>([^<]{1,2048})</${name}>`).exec(xml)?.[1]);
}

const DEAD = new Set([
	'InvalidClientTokenId',
	'SignatureDoesNotMatch',
	'ExpiredToken',
	'InvalidToken',
	'UnrecognizedClientException',
]);

function read(response: ProbeResponse, context: ProbeContext, earlier: readonly ProbeResponse[]): ProbeOutcome {
	const [identity = response] = earlier;
	if (identity.status !== 200) return failure(identity, context);
	const [arn, account] = [element(identity, 'Arn'), element(identity, 'Account')];
	if (arn === undefined || account === undefined) return malformed('AWS', context);
	const created = earlier.length > 0 && response.status === 200 ? creation(response, context) : undefined;
	return told(context, {
		account: arn,
		access: arn.endsWith(':root') ? 'admin' : undefined,
		resources: [`account ${account}`],
		createdAt: created,
		notes: [
			arn.endsWith(':root')
				? 'the root user: nothing limits it'
				: 'AWS does not tell in one question what its policies allow',
		],
	});
}

function failure(response: ProbeResponse, context: ProbeContext): ProbeOutcome {
	const code = element(response, 'Code');
	if (code !== undefined && DEAD.has(code)) return invalid('AWS', context);
	if (code === 'Throttling' || code === 'ThrottlingException') return rateLimited('AWS', context);
	if (code === 'RequestTimeTooSkewed' || code === 'RequestExpired')
		return untold(
			'refused',
			context,
			'AWS refuses the question because this computer’s clock is wrong. Set the clock and ask again.',
		);
	return byStatus('AWS', response, context) ?? malformed('AWS', context);
}

/** Of the listed keys only the one in hand counts. */
function creation(response: ProbeResponse, context: ProbeContext): number | undefined {
	const members = response.text.split('<member>', 20).slice(1);
	const own = members.find((xml) => context.isToken(element({ ...response, text: xml }, 'AccessKeyId') ?? '', KEY_ID));
	return own === undefined ? undefined : past(isoTime(element({ ...response, text: own }, 'CreateDate')), context);
}
