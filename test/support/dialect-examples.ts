import type { DialectId } from '../../server/src/core/dialects/dialect.ts';

/** A file of each host, cut down to what matters, with placeholders that tests expand to tokens. */
export interface Example {
	readonly id: DialectId;
	/** With `/home/me` as the home folder. */
	readonly path: string;
	readonly text: string;
	/** `name transport` of each server. */
	readonly servers: readonly string[];
	/** A placeholder, and where it stands: `server position name`. */
	readonly found: readonly (readonly string[])[];
}

/** Names of a map: one stdio server with a token in `env`, one http server with a token in a header. */
const BOTH =
	'{"gh":{"command":"npx","args":["-y","srv"],"env":{"GH_TOKEN":"{{github-pat}}"}},"api":{"url":"https://x.internal/mcp","headers":{"Authorization":"Bearer {{generic}}"}}}';
const BOTH_FOUND = [
	['github-pat', 'gh env GH_TOKEN'],
	['generic', 'api header Authorization'],
];
const BOTH_SERVERS = ['gh stdio', 'api http'];

function usual(id: DialectId, path: string): Example {
	return { id, path, text: `{"mcpServers":${BOTH}}`, servers: BOTH_SERVERS, found: BOTH_FOUND };
}

export const EXAMPLES: readonly Example[] = [
	{
		id: 'vscode',
		path: '/w/.vscode/mcp.json',
		text: `{ // c\n"servers":${BOTH},}`,
		servers: BOTH_SERVERS,
		found: BOTH_FOUND,
	},
	{
		id: 'vscode-settings',
		path: '/home/me/.config/VSCodium/User/profiles/a1/settings.json',
		text: `{"editor.fontSize":12,"mcp":{"inputs":[{"id":"t","type":"promptString","default":"{{gitlab-pat}}"}],"servers":${BOTH}}}`,
		servers: BOTH_SERVERS,
		found: [...BOTH_FOUND, ['gitlab-pat', 't input-default t']],
	},
	{
		id: 'code-workspace',
		path: '/w/team.code-workspace',
		text: `{"folders":[],"settings":{"mcp":{"servers":${BOTH}}}}`,
		servers: BOTH_SERVERS,
		found: BOTH_FOUND,
	},
	usual('portable', '/w/.mcp.json'),
	{ id: 'portable', path: '/w/plugins/x/.mcp.json', text: BOTH, servers: BOTH_SERVERS, found: BOTH_FOUND },
	usual('cursor', '/home/me/.cursor/mcp.json'),
	usual('claude-desktop', '/home/me/.config/Claude/claude_desktop_config.json'),
	{
		id: 'claude-code',
		path: '/home/me/.claude.json',
		text: '{"numStartups":3,"mcpServers":{"u":{"type":"stdio","command":"npx","env":{"T":"{{github-pat}}"}}},"projects":{"/home/me/a/b":{"history":[],"mcpServers":{"l":{"type":"http","url":"https://x/","headers":{"X-Key":"{{generic}}"}}}}}}',
		servers: ['u stdio', 'l http'],
		found: [
			['github-pat', 'u env T'],
			['generic', 'l header X-Key'],
		],
	},
	{
		id: 'claude-settings',
		path: '/w/.claude/settings.local.json',
		text: '{"permissions":{"allow":[]},"env":{"JIRA_TOKEN":"{{atlassian}}"}}',
		servers: [],
		found: [['atlassian', ' env JIRA_TOKEN']],
	},
	{
		id: 'claude-extension-settings',
		path: '/home/me/.config/Claude/Claude Extensions Settings/ant.dir.gh.x.json',
		text: '{"isEnabled":true,"userConfig":{"api_key":"{{generic}}"}}',
		servers: [],
		found: [['generic', ' env api_key']],
	},
	{
		id: 'mcpb',
		path: '/home/me/.config/Claude/Claude Extensions/ant.dir.gh.x/manifest.json',
		text: '{"manifest_version":"0.2","name":"gh","server":{"type":"node","entry_point":"i.js","mcp_config":{"command":"node","args":["${__dirname}/i.js"],"env":{"T":"{{github-pat}}"}}},"user_config":{"api_key":{"type":"string","default":"{{generic}}"}}}',
		servers: ['gh stdio'],
		found: [
			['github-pat', 'gh env T'],
			['generic', 'gh other default'],
		],
	},
	usual('plugin', '/w/.claude-plugin/plugin.json'),
	{
		id: 'windsurf',
		path: '/home/me/.codeium/windsurf/mcp_config.json',
		text: '{"mcpServers":{"a":{"serverUrl":"https://x/mcp","headers":{"Authorization":"Bearer {{generic}}"},"disabled":false}}}',
		servers: ['a http'],
		found: [['generic', 'a header Authorization']],
	},
	{
		id: 'cline',
		path: '/home/me/.config/Code - Insiders/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json',
		text: '{"mcpServers":{"a":{"type":"streamableHttp","url":"https://x/","headers":{"K":"{{generic}}"}},"b":{"transport":{"type":"stdio","command":"npx","args":["--key","{{generic:2}}"],"env":{"T":"{{github-pat}}"}},"oauth":{"tokens":{"access_token":"{{google-access}}"}}}}}',
		servers: ['a http', 'b stdio'],
		found: [
			['generic', 'a header K'],
			['generic:2', 'b arg --key'],
			['github-pat', 'b env T'],
			['google-access', 'b other access_token'],
		],
	},
	usual('roo', '/w/.roo/mcp.json'),
	{
		id: 'opencode',
		path: '/home/me/.config/opencode/opencode.jsonc',
		text: '{ // c\n"provider":{"p":{"options":{"apiKey":"{{generic}}"}}},"mcp":{"a":{"type":"local","command":["npx","-y","--pat={{gitlab-pat}}"],"environment":{"T":"{{github-pat}}"}},"b":{"type":"remote","url":"https://x/","headers":{"K":"{{generic:2}}"},"oauth":{"clientSecret":"{{generic:3}}"}},},}',
		servers: ['a stdio', 'b http'],
		found: [
			['gitlab-pat', 'a arg -'],
			['github-pat', 'a env T'],
			['generic:2', 'b header K'],
			['generic:3', 'b other clientSecret'],
			['generic', ' other apiKey'],
		],
	},
	{
		id: 'opencode',
		path: '/w/opencode.json',
		text: '{"mcp":{"servers":{"a":{"type":"local","command":["npx"],"environment":{"T":"{{github-pat}}"}}}}}',
		servers: ['a stdio'],
		found: [['github-pat', 'a env T']],
	},
	{
		id: 'kilo',
		path: '/w/.kilo/kilo.json',
		text: '{"mcp":{"a":{"type":"local","command":["npx","srv"],"environment":{"T":"{{github-pat}}"}}}}',
		servers: ['a stdio'],
		found: [['github-pat', 'a env T']],
	},
	{
		id: 'continue',
		path: '/home/me/.continue/config.yaml',
		text: 'name: mine\nmodels:\n  - name: m\n    provider: openai\n    apiKey: {{openai-project}}\nmcpServers:\n  - name: gh\n    command: npx\n    args:\n      - -y\n      - "--token={{gitlab-pat}}"\n    env:\n      T: {{github-pat}}\n  - name: api\n    type: streamable-http\n    url: https://x/mcp\n    apiKey: {{generic}}\n    requestOptions:\n      headers:\n        X-Key: \'{{generic:2}}\'\n',
		servers: ['gh stdio', 'api http'],
		found: [
			['openai-project', ' other apiKey'],
			['gitlab-pat', 'gh arg -'],
			['github-pat', 'gh env T'],
			['generic', 'api header apiKey'],
			['generic:2', 'api header X-Key'],
		],
	},
	{
		id: 'continue-json',
		path: '/home/me/.continue/config.json',
		text: '{"experimental":{"modelContextProtocolServers":[{"transport":{"type":"stdio","command":"npx","args":["-y"],"env":{"T":"{{github-pat}}"}}}]}}',
		servers: ['0 stdio'],
		found: [['github-pat', '0 env T']],
	},
	{
		id: 'continue-json',
		path: '/w/.continue/mcpServers/generic.json',
		text: '{"command":"npx","args":["srv"],"env":{"T":"{{github-pat}}"}}',
		servers: ['generic stdio'],
		found: [['github-pat', 'generic env T']],
	},
	{
		id: 'zed',
		path: '/home/me/.config/zed/settings.json',
		text: `{"theme":"x","context_servers":{"old":{"command":{"path":"npx","args":["--t","{{gitlab-pat}}"],"env":{"K":"{{generic:2}}"}}},"ext":{"settings":{"github_personal_access_token":"{{github-pat:2}}"}},${BOTH.slice(1)},}`,
		servers: ['old stdio', 'ext unknown', ...BOTH_SERVERS],
		found: [
			...BOTH_FOUND,
			['gitlab-pat', 'old arg --t'],
			['generic:2', 'old env K'],
			['github-pat:2', 'ext other github_personal_access_token'],
		],
	},
	{
		id: 'gemini',
		path: '/w/.gemini/settings.json',
		text: '{/* c */"mcpServers":{"a":{"httpUrl":"https://x/","headers":{"K":"{{generic}}"},"oauth":{"clientSecret":"{{generic:2}}"}}}}',
		servers: ['a http'],
		found: [
			['generic', 'a header K'],
			['generic:2', 'a other clientSecret'],
		],
	},
	usual('gemini-extension', '/w/gemini-extension.json'),
	usual('qwen', '/home/me/.qwen/settings.json'),
	usual('tabnine', '/w/.tabnine/agent/settings.json'),
	{
		id: 'codex',
		path: '/home/me/.codex/config.toml',
		text: 'model = "m"\n\n[mcp_servers.gh] # c\ncommand = "npx"\nargs = [\n  "-y",\n  "--token", "{{gitlab-pat}}",\n]\nenv = { "GH_TOKEN" = \'{{github-pat}}\' }\n\n[mcp_servers."my api"]\nurl = "https://x/mcp"\nbearer_token_env_var = "API_TOKEN"\nhttp_headers = { "X-Key" = "{{generic}}" }\n\n[model_providers.p]\nexperimental_bearer_token = "{{generic:2}}"\n\n[shell_environment_policy]\ninherit = "core"\nset = { GL_TOKEN = "{{gitlab-pat:2}}" }\n',
		servers: ['gh stdio', 'my api http'],
		found: [
			['gitlab-pat', 'gh arg --token'],
			['github-pat', 'gh env GH_TOKEN'],
			['generic', 'my api header X-Key'],
			['generic:2', ' other experimental_bearer_token'],
			['gitlab-pat:2', ' env GL_TOKEN'],
		],
	},
	{
		id: 'copilot-jetbrains',
		path: '/home/me/.config/github-copilot/intellij/mcp.json',
		text: '{"servers":{"a":{"url":"https://x/","requestInit":{"headers":{"Authorization":"Bearer {{github-pat}}"}}}}}',
		servers: ['a http'],
		found: [['github-pat', 'a header Authorization']],
	},
	usual('junie', '/w/.junie/mcp/mcp.json'),
	usual('amazon-q', '/w/.amazonq/cli-agents/dev.json'),
	usual('kiro', '/home/me/.kiro/settings/mcp.json'),
	usual('lm-studio', '/home/me/.lmstudio/mcp.json'),
	{
		id: 'goose',
		path: '/home/me/.config/goose/config.yaml',
		text: 'GOOSE_MODEL: m\nextensions:\n  gh:\n    type: stdio\n    name: gh\n    cmd: npx\n    args: [-y, "--pat={{gitlab-pat}}"]\n    envs:\n      GH_TOKEN: {{github-pat}}\n    env_keys:\n      - OTHER_TOKEN\n  api:\n    type: streamable_http\n    uri: https://x/mcp\n    headers:\n      Authorization: Bearer {{generic}}\n  developer:\n    type: builtin\n',
		servers: ['gh stdio', 'api http', 'developer unknown'],
		found: [
			['gitlab-pat', 'gh arg -'],
			['github-pat', 'gh env GH_TOKEN'],
			['generic', 'api header Authorization'],
		],
	},
	{
		id: 'goose-secrets',
		path: '/home/me/.config/goose/secrets.yaml',
		text: 'GITHUB_PERSONAL_ACCESS_TOKEN: {{github-pat}}\n',
		servers: [],
		found: [['github-pat', ' env GITHUB_PERSONAL_ACCESS_TOKEN']],
	},
	{
		id: 'docker-mcp',
		path: '/home/me/.docker/mcp/catalogs/mine.yaml',
		text: 'registry:\n  gh:\n    image: mcp/gh\n    env:\n      - name: GH_TOKEN\n        value: "{{github-pat}}"\n    remote:\n      url: https://x/\n      headers:\n        K: {{generic}}\n',
		servers: ['gh http'],
		found: [
			['github-pat', 'gh env GH_TOKEN'],
			['generic', 'gh header K'],
		],
	},
	{
		id: 'librechat',
		path: '/w/librechat.yaml',
		text: 'version: 1.2.1\nmcpServers:\n  gh:\n    type: stdio\n    command: npx\n    args: [-y, srv]\n    env:\n      GH_TOKEN: "{{github-pat}}"\n  api:\n    type: streamable-http\n    url: https://x/mcp\n    headers:\n      Authorization: >-\n        Bearer\n        {{generic}}\n    apiKey:\n      source: admin\n      key: {{generic:2}}\n',
		servers: ['gh stdio', 'api http'],
		found: [
			['github-pat', 'gh env GH_TOKEN'],
			['generic', 'api header Authorization'],
			['generic:2', 'api header key'],
		],
	},
	{
		id: 'crush',
		path: '/home/me/.config/crush/crush.json',
		text: `{"providers":{"p":{"api_key":"{{generic:2}}"}},"mcp":${BOTH}}`,
		servers: BOTH_SERVERS,
		found: [...BOTH_FOUND, ['generic:2', ' other api_key']],
	},
	{
		id: 'antigravity',
		path: '/home/me/.gemini/antigravity/mcp_config.json',
		text: '{"mcpServers":{"a":{"serverUrl":"https://x/mcp","headers":{"K":"{{generic}}"}}}}',
		servers: ['a http'],
		found: [['generic', 'a header K']],
	},
	usual('trae', '/home/me/.config/Trae CN/User/mcp.json'),
	usual('augment', '/home/me/.augment/settings.json'),
	usual('boltai', '/home/me/.boltai/mcp.json'),
	{
		id: '5ire',
		path: '/home/me/.config/5ire/mcp.json',
		text: '{"servers":[{"key":"gh","command":"npx","args":["-y"],"env":{"T":"{{github-pat}}"},"isActive":true}]}',
		servers: ['gh stdio'],
		found: [['github-pat', 'gh env T']],
	},
	{
		id: 'devcontainer',
		path: '/w/.devcontainer/devcontainer.json',
		text: `{"image":"x","containerEnv":{"T":"{{gitlab-pat:2}}"},"remoteEnv":{"PATH":"/x","U":"{{gitlab-pat:3}}"},"runArgs":["-e","V={{gitlab-pat:4}}"],"customizations":{"vscode":{"extensions":[],"mcp":{"servers":${BOTH}}}}, /* c */ }`,
		servers: BOTH_SERVERS,
		found: [...BOTH_FOUND, ['gitlab-pat:2', ' env T'], ['gitlab-pat:3', ' env U'], ['gitlab-pat:4', ' other runArgs']],
	},
	{
		id: 'amp',
		path: '/home/me/.config/amp/settings.json',
		text: `{"amp.mcpServers":${BOTH},}`,
		servers: BOTH_SERVERS,
		found: BOTH_FOUND,
	},
	usual('factory-droid', '/w/.factory/mcp.json'),
	usual('kimi', '/home/me/.kimi/mcp.json'),
	{
		id: 'mistral-vibe',
		path: '/home/me/.vibe/config.toml',
		text: '[[mcp_servers]]\nname = "gh"\ntransport = "stdio"\ncommand = "npx"\n[mcp_servers.env]\nT = "{{github-pat}}"\n\n[[mcp_servers]]\nname = "api"\ntransport = "streamable-http"\nurl = "https://x/mcp"\napi_key_env = "API_KEY"\nheaders = { K = "{{generic}}" }\n',
		servers: ['gh stdio', 'api http'],
		found: [
			['github-pat', 'gh env T'],
			['generic', 'api header K'],
		],
	},
	{
		id: 'hermes',
		path: '/home/me/.hermes/config.yaml',
		text: 'mcp_servers:\n  gh:\n    command: npx\n    args: ["-y", "srv"]\n    env: {GH_TOKEN: "{{github-pat}}"}\n',
		servers: ['gh stdio'],
		found: [['github-pat', 'gh env GH_TOKEN']],
	},
	{
		id: 'openclaw',
		path: '/home/me/.openclaw/openclaw.json',
		text: "{ // c\n  env: { vars: { OPENAI_API_KEY: '{{openai-project}}' } },\n  mcp: { servers: { gh: { command: 'npx', args: ['-y'], env: { T: '{{github-pat}}' }, }, }, },\n}",
		servers: ['gh stdio'],
		found: [
			['openai-project', ' env OPENAI_API_KEY'],
			['github-pat', 'gh env T'],
		],
	},
	usual('qoder', '/home/me/.qoder/mcp.json'),
	usual('rovo-dev', '/home/me/.rovodev/mcp.json'),
	{
		id: 'mcporter',
		path: '/w/config/mcporter.json',
		text: '{"imports":[],"mcpServers":{"a":{"baseUrl":"https://x/mcp","bearerToken":"{{generic}}","bearerTokenEnv":"X_TOKEN"},}}',
		servers: ['a http'],
		found: [['generic', 'a header bearerToken']],
	},
	{
		id: 'fast-agent',
		path: '/w/fastagent.secrets.yaml',
		text:
			'anthropic:\n  api_key: "{{anthropic}}"\nopenai: { api_key: {{openai-project}}, default_headers: { X-Proxy-Key: {{generic:2}} } }\n' +
			'mcp:\n  servers:\n    gh:\n      env:\n        GH_TOKEN: "{{github-pat}}"\n    api:\n      transport: http\n      url: https://x.internal/mcp\n      access_token: {{generic}}\n',
		servers: ['gh unknown', 'api http'],
		found: [
			['anthropic', ' other api_key'],
			['openai-project', ' other api_key'],
			['generic:2', ' other X-Proxy-Key'],
			['github-pat', 'gh env GH_TOKEN'],
			['generic', 'api header access_token'],
		],
	},
	{
		id: 'mcp-agent',
		path: '/home/me/.mcp-agent/mcp_agent.secrets.yaml',
		text:
			'openai:\n  api_key: {{openai-project}}\nbedrock:\n  aws_secret_access_key: {{aws-secret}}\nenv:\n  - OPENAI_API_KEY\n  - JIRA_TOKEN: {{atlassian}}\n' +
			'mcp:\n  servers:\n    gh:\n      command: npx\n      env: { GH_TOKEN: "{{github-pat}}" }\n      auth:\n        oauth:\n          client_secret: {{generic}}\n',
		servers: ['gh stdio'],
		found: [
			['openai-project', ' other api_key'],
			['aws-secret', ' other aws_secret_access_key'],
			['atlassian', ' env JIRA_TOKEN'],
			['github-pat', 'gh env GH_TOKEN'],
			['generic', 'gh other client_secret'],
		],
	},
	{
		id: 'dotenv',
		path: '/home/me/.gemini/.env',
		text: '# c\nexport GITHUB_TOKEN={{github-pat}} # mine\nB="{{generic}}"\n',
		servers: [],
		found: [
			['github-pat', ' env GITHUB_TOKEN'],
			['generic', ' env B'],
		],
	},
	usual('generic', '/w/generic/example.json'),
	{
		id: 'generic-yaml',
		path: '/w/generic/example.yaml',
		text: 'tests:\n  mcpServers:\n    gh:\n      command: npx\n      env:\n        T: {{github-pat}}\n',
		servers: ['gh stdio'],
		found: [['github-pat', 'gh env T']],
	},
	{
		id: 'generic-toml',
		path: '/w/generic/example.toml',
		text: '[mcp_servers.gh]\ncommand = "npx"\n[mcp_servers.gh.env]\nT = "{{github-pat}}"\n',
		servers: ['gh stdio'],
		found: [['github-pat', 'gh env T']],
	},
];
