/**
 * Issuers and token kinds that answer no safe question about a token, with the reason, one line for people. By issuer id or,
 * where only some kinds are silent, by kind id. From the issuers' documentation as surveyed in 2026-11.
 */
export const SILENT: Readonly<Record<string, string>> = {
	asana: 'Asana’s tokens have no scopes: each may do what its person may. There is nothing to ask.',
	brave: 'The key opens one service and nothing else; the issuer tells no date.',
	exa: 'The key opens one service and nothing else; the issuer tells no date.',
	firecrawl: 'The key opens one service and nothing else; the issuer tells no date.',
	tavily: 'The key opens one service and nothing else; the issuer tells no date.',
	elevenlabs: 'ElevenLabs does not tell a key its own permissions.',
	mongodb: 'A database password is asked by logging in with a database client. That is not done here.',
	mysql: 'A database password is asked by logging in with a database client. That is not done here.',
	redis: 'A database password is asked by logging in with a database client. That is not done here.',
	netlify: 'Netlify’s tokens have no scopes: each may do what its account may. There is nothing to ask.',
	pinecone: 'A Pinecone key has its whole project; the issuer tells no date.',
	postgres:
		'A role’s rights are asked by logging in with a database client, which is not done here. Ask yourself: SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolvaliduntil FROM pg_roles WHERE rolname = current_user.',
	snowflake: 'Snowflake tells about tokens in SQL only: SHOW USER PROGRAMMATIC ACCESS TOKENS.',
	stripe: 'Stripe does not tell a key its own permissions. Its dashboard shows them.',
	telegram: 'A bot token is the whole bot, and asking would put it into a URL.',
	azure: 'Microsoft tells about these keys to administrators’ own sign-ins only.',
	'bitbucket-app-password': 'App passwords of Bitbucket stopped working on 2026-06-09.',
	'claude-oauth-access': 'This is the sign-in of one program; asking with it elsewhere is not foreseen.',
	'claude-oauth-refresh': 'Using a refresh token could end the sign-in that holds it.',
	'cloudflare-global-key': 'The global key has the whole account. There is nothing to ask.',
	'cloudflare-global-key-old': 'The global key has the whole account. There is nothing to ask.',
	'github-refresh': 'Using a refresh token could end the sign-in that holds it.',
	'gitlab-deploy': 'Deploy tokens may not use the API, so they cannot ask.',
	'gitlab-runner': 'GitLab has no question for this kind of token that changes nothing.',
	'gitlab-job': 'A job token ends with its job.',
	'google-api-key': 'Google tells about API keys to other credentials of the project only.',
	'google-refresh-token': 'Using a refresh token could end the sign-in that holds it.',
	'grafana-cloud': 'Grafana Cloud tells about access policies to other tokens only.',
	'sentry-org': 'Organization tokens tell organization and creation time in their own text.',
	'slack-app': 'App-level tokens open connections of the app; Slack has no question for them.',
	'slack-refresh': 'Using a refresh token could end the sign-in that holds it.',
	'slack-session':
		'A browser session is everything its person may do. It does not belong in a config, and is not used here.',
	'slack-session-cookie':
		'A browser session is everything its person may do. It does not belong in a config, and is not used here.',
	'supabase-secret-key':
		'A secret key passes by row-level security of its project. Its form says so; there is nothing to ask.',
	'supabase-service-role': 'The token says role, project and dates in its own text.',
	'supabase-anon': 'The token says role, project and dates in its own text.',
	'vault-hvr': 'A recovery token is for recovery only; Vault answers nothing else to it.',
};
