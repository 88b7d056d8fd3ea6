import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isPasswordName, nameWords, secretName } from './names.ts';

const NAMES = {
	secret:
		'API_KEY GITHUB_TOKEN GITHUB_PERSONAL_ACCESS_TOKEN AWS_SECRET_ACCESS_KEY DB_PASSWORD REDIS_PWD CDATA_PAT Authorization X-Api-Key x-auth-token Cookie --api-key apiKey tavilyApiKey access_token clientSecret PROXMOX_TOKEN_VALUE OPENAI_API_KEY_PROD API_KEY_2 SUPABASE_SERVICE_ROLE_KEY CONNECTION_STRING DATABASE_DSN PGPASSWORD SAS_TOKEN1 token_v2 SECRET_KEY_BASE CREDENTIALS_JSON SEED_PHRASE CONN_STR NOTION_APIKEY PRIVATE_KEY key sig SLACK_MCP_XOXB_TOKEN TELEGRAM_API_HASH TELEGRAM_SESSION_STRING API_TOKENS DB_PASSWORDS appkey masterkey VOLC_SK GITHUB_TOKENS AWS_BEARER_TOKEN_BEDROCK BW_SESSION OP_SESSION_my_team OP_SESSION_ABCDEFGHIJ LI_AT LINKEDIN_LI_AT li_at INSTAGRAM_SESSIONID JSESSIONID PHPSESSID SECURE_1PSID GITHUB_USER_SESSION',
	id: 'CLIENT_ID AWS_ACCESS_KEY_ID PROJECT_ID USERNAME DB_USER EMAIL SLACK_TEAM_ID PUBLIC_KEY PROJECT_KEY TAG_KEY ROLE_ARN project_ref nonce SESSION_ID Mcp-Session-Id',
	plain:
		'URL BASE_URL MODEL PATH KEY_PATH TOKEN_PATH TOKEN_LIMIT MAX_TOKENS TOKEN_URL AUTH_MODE PASSWORD_FILE SECRET_NAME LOG_LEVEL NODE_ENV SSL_CERTFILE API_KEY_HEADER_NAME ENABLE_AUTH maxOutputTokens CREDENTIALS_FILE KEYBOARD MONKEY X-CSRF-Token nextPageToken EOS_TOKEN publicToken CONTENT_HASH QUERY_STRING --session SESSION TMUX_SESSION DESKTOP_SESSION SESSION_NAME SESSION_TIMEOUT LOOK_AT STARTED_AT',
} as const;

for (const [expected, names] of Object.entries(NAMES)) {
	it(`${expected} names`, () => {
		for (const name of names.split(' ')) assert.equal(secretName(name), expected, name);
	});
}

it('splits names as people write them', () => {
	assert.deepEqual(nameWords('githubPersonalAccessToken'), ['github', 'personal', 'access', 'token']);
	assert.deepEqual(nameWords('X-APIKey'), ['x', 'api', 'key']);
	assert.deepEqual(nameWords('--api-key'), ['api', 'key']);
	assert.deepEqual(nameWords('API_KEY_2'), ['api', 'key']);
});

it('knows passwords', () => {
	assert.ok(isPasswordName('POSTGRES_PASSWORD'));
	assert.ok(!isPasswordName('API_KEY'));
});
