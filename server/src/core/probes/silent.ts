import type { Silence } from '../grants/grant.ts';

/**
 * Issuers and token kinds that answer no safe question about a token, with the reason, one line for people. By issuer id or,
 * where only some kinds are silent, by kind id. With a source where the issuer's own documentation says so; the others were found
 * to have none in a survey of 2026-11, or are not asked by choice.
 */
export const SILENT: Readonly<Record<string, Silence>> = {
	asana: {
		why: 'Asana’s tokens have no scopes: each may do what its person may. There is nothing to ask.',
		source: 'developers.asana.com/docs/authentication, personal access token; read 2026-11',
	},
	brave: { why: 'The key opens one service and nothing else; the issuer tells no date.' },
	exa: { why: 'The key opens one service and nothing else; the issuer tells no date.' },
	firecrawl: { why: 'The key opens one service and nothing else; the issuer tells no date.' },
	tavily: { why: 'The key opens one service and nothing else; the issuer tells no date.' },
	elevenlabs: { why: 'ElevenLabs does not tell a key its own permissions.' },
	mongodb: { why: 'A database password is asked by logging in with a database client. That is not done here.' },
	mysql: { why: 'A database password is asked by logging in with a database client. That is not done here.' },
	redis: { why: 'A database password is asked by logging in with a database client. That is not done here.' },
	netlify: { why: 'Netlify’s tokens have no scopes: each may do what its account may. There is nothing to ask.' },
	pinecone: {
		why: 'Pinecone tells the roles of a key to an admin’s access token only.',
		source: 'docs.pinecone.io/reference/api, admin, get API key details; read 2026-11',
	},
	snowflake: { why: 'Snowflake tells about tokens in SQL only: SHOW USER PROGRAMMATIC ACCESS TOKENS.' },
	stripe: {
		why: 'Stripe does not tell a key its own permissions. Its dashboard shows them.',
		source: 'docs.stripe.com/stripe-cli/keys and docs.stripe.com/keys; read 2026-11',
	},
	telegram: { why: 'A bot token is the whole bot, and asking would put it into a URL.' },
	azure: { why: 'Microsoft tells about these keys to administrators’ own sign-ins only.' },
	'bitbucket-app-password': {
		why: 'App passwords of Bitbucket stopped working on 2026-06-09.',
		source: 'Atlassian’s announcement of the end of app passwords; read 2026-11',
	},
	'claude-oauth-access': { why: 'This is the sign-in of one program; asking with it elsewhere is not foreseen.' },
	'claude-oauth-refresh': { why: 'Using a refresh token could end the sign-in that holds it.' },
	'cloudflare-global-key': {
		why: 'The global key has the whole account. There is nothing to ask.',
		source: 'developers.cloudflare.com, token formats; read 2026-11',
	},
	'cloudflare-global-key-old': {
		why: 'The global key has the whole account. There is nothing to ask.',
		source: 'developers.cloudflare.com, token formats; read 2026-11',
	},
	'github-refresh': {
		why: 'Using a refresh token could end the sign-in that holds it.',
		source: 'docs.github.com, token expiration and revocation; read 2026-11',
	},
	'gitlab-deploy': {
		why: 'Deploy tokens open git and registries, and not the API that could be asked.',
		source: 'docs.gitlab.com/user/project/deploy_tokens; read 2026-11',
	},
	'gitlab-runner': { why: 'GitLab has no question for this kind of token that changes nothing.' },
	'gitlab-job': {
		why: 'A job token ends with its job, and tells nothing of itself before.',
		source: 'docs.gitlab.com/ci/jobs/ci_job_token; read 2026-11',
	},
	'google-api-key': { why: 'Google tells about API keys to other credentials of the project only.' },
	'google-refresh-token': { why: 'Using a refresh token could end the sign-in that holds it.' },
	'grafana-cloud': { why: 'Grafana Cloud tells about access policies to other tokens only.' },
	'sentry-org': {
		why: 'Organization tokens tell organization and creation time in their own text.',
		source: 'getsentry/sentry-docs, token-formats.mdx; read 2026-11',
	},
	'slack-app': { why: 'App-level tokens open connections of the app; Slack has no question for them.' },
	'slack-refresh': {
		why: 'Using a refresh token could end the sign-in that holds it.',
		source: 'docs.slack.dev, using token rotation; read 2026-11',
	},
	'slack-session': {
		why: 'A browser session is everything its person may do. It does not belong in a config, and is not used here.',
	},
	'slack-session-cookie': {
		why: 'A browser session is everything its person may do. It does not belong in a config, and is not used here.',
	},
	'supabase-secret-key': {
		why: 'A secret key bypasses the row-level security of its project. Its form says so; there is nothing to ask.',
		source: 'supabase.com/docs, API keys; read 2026-11',
	},
	'supabase-service-role': {
		why: 'The token says role, project and dates in its own text.',
		source: 'supabase.com/docs, API keys; read 2026-11',
	},
	'supabase-anon': {
		why: 'The token says role, project and dates in its own text.',
		source: 'supabase.com/docs, API keys; read 2026-11',
	},
	'vault-hvr': { why: 'A recovery token is for recovery only; Vault answers nothing else to it.' },
};
