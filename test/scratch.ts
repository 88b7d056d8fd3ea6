import { expand, token } from './support/tokens.ts';
import { findCredentials } from '../server/src/core/credentials.ts';
import { dialectById } from '../server/src/core/dialects/index.ts';
import { readDocument } from '../server/src/core/read.ts';
import { Fingerprinter } from '../server/src/core/secret-value.ts';
import { applyChanges } from '../server/src/core/text.ts';
import { planMove } from '../server/src/core/fixes/move.ts';
const fp = new Fingerprinter(new Uint8Array(32));
export function show(dialect: any, text: string) {
	const document = readDocument('file:///w/x', expand(text), dialectById(dialect), 'user');
	const list = findCredentials(document, fp);
	if (list.length === 0) console.log('NO CREDENTIAL');
	for (const c of list) {
		const plan = planMove(document, c);
		console.log('-----', c.part.pointer);
		console.log('refused' in plan ? plan.refused : applyChanges(document.text, plan.changes('cred://keychain/a/b', '/opt/mcp-hygiene')));
	}
}
const T = '{{github-pat}}';

show('goose', `extensions:\n  gh:\n    type: stdio\n    name: gh\n    enabled: true\n    cmd: npx # c\n    args:\n      # a\n      - -y # y\n      - "srv"\n    envs:\n      GH_TOKEN: ${T} # t\n    env_keys: []\n    timeout: 300\n`);
show('goose', `extensions:\n  gh:\n    cmd: npx\n    args: [-y, srv]\n    envs: {GH_TOKEN: "${T}"}\n`);
show('goose', `extensions:\n  gh:\n    cmd: docker\n    args:\n    - run\n    - -e\n    - GH_TOKEN=${T}\n    - img\n    envs: {}\n`);
show('goose', `extensions:\n  gh:\n    cmd: docker\n    args:\n    - run\n    - -e\n    - GH_TOKEN=${T}\n    - img\n    envs:\n    timeout: 3\n`);
show('goose', `extensions:\n  gh:\n    cmd: docker\n    args:\n    - run\n    - -e\n    - GH_TOKEN=${T}\n    - img\n`);
show('goose', `extensions:\n  gh:\n    cmd: docker\n    args:\n    - run\n    - -e\n    - GH_TOKEN=${T}\n    - img\n    envs:\n        # c\n        A: |\n          x\n          y\n\n    timeout: 3\n`);
show('goose', `extensions:\n  gh:\n    cmd: docker\n    args:\n    - run\n    - -e\n    - GH_TOKEN=${T}\n    - img\n    envs:\n        # c\n        A: 'x' # d\n        # e\n\n    timeout: 3\n`);
show('goose', `extensions:\n  h:\n    type: streamable_http\n    uri: https://api.example.com/mcp # u\n    headers:\n      Authorization: Bearer ${T} # s\n      # t\n      X-Mode: ro # m\n    timeout: 300\n`);
show('goose', `extensions:\n  h: {type: streamable_http, uri: "https://api.example.com/mcp", headers: {Authorization: 'Bearer ${T}'}}\n`);
show('continue', `name: x\nmcpServers:\n  - name: gh\n    command: npx\n    env:\n      GH_TOKEN: >-\n        ${T}\n    args: ["-y"]\n  - command: docker\n    name: b\n    env:\n      T: {{gitlab-pat}}\n`);
show('continue', `mcpServers:\n  - name: gh\n    type: streamable-http\n    url: https://api.example.com/mcp\n    requestOptions:\n      headers:\n        Authorization: "Bearer ${T}"\n`);
show('librechat', `x: &e\n  T: ${T}\nmcpServers:\n  gh:\n    command: npx\n    env: *e\n  b:\n    command: npx\n    env:\n      <<: *e\n      U: {{gitlab-pat}}\n`);
show('hermes', `mcp_servers:\n  gh: &gh\n    command: npx\n    env:\n      T: ${T}\n  b:\n    <<: *gh\n`);
show('hermes', `mcp_servers:\n  gh: &gh\n    command: &c npx\n    env: &e\n      T: &t ${T}\n`);
show('hermes', `{"mcp_servers": {"gh": {"command": "npx", "env": {"T": "${T}"}}}}\n`);
show('fast-agent', `mcp:\n  servers:\n    gh:\n      transport: stdio\n      command: "npx"\n      args: ["-y", "x"]\n      env:\n        T: "${T}"\n`);
show('docker-mcp', `registry:\n  gh:\n    command: npx\n    env:\n      T: "${T}"\n`);
