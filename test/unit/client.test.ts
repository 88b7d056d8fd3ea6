import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { pathWith, remoteElsewhere, userDataFolder } from '../../client/src/environment.ts';
import { effectiveSettings, type Inspected } from '../../client/src/setting-values.ts';
import { StartedWatch } from '../../client/src/started-watch.ts';
import { RULES } from '../../server/src/core/rules/index.ts';

describe('settings', () => {
	const effective = (settings: Record<string, Inspected>) => effectiveSettings((name) => settings[name]);

	it('let a workspace call a token old sooner, never later', () => {
		assert.equal(effective({ oldAfterDays: { defaultValue: 90, workspaceValue: 30 } }).oldAfterDays, 30);
		assert.equal(effective({ oldAfterDays: { defaultValue: 90, workspaceValue: 900 } }).oldAfterDays, 90);
		assert.equal(effective({ oldAfterDays: { globalValue: 'soon', defaultValue: 90 } }).oldAfterDays, 90);
	});

	it('let only the person turn a rule off or stop looking at user files', () => {
		const { rules, userConfigs } = effective({
			rules: { globalValue: { 'old-token': 'off' }, workspaceValue: { 'inlined-credential': 'off' } },
			userConfigs: { defaultValue: true, workspaceValue: false },
		});
		assert.deepEqual(rules, { 'old-token': 'off' });
		assert.equal(userConfigs, true);
	});

	it('let only the person hide files', () => {
		const ignore = { defaultValue: [], globalValue: ['fixtures/**', 1], workspaceValue: ['**'] };
		assert.deepEqual(effective({ ignore }).ignore, ['fixtures/**']);
		assert.deepEqual(effective({ ignore: { globalValue: 'x', defaultValue: [] } }).ignore, []);
	});
});

describe('the environment', () => {
	it('gets the launcher at the end of PATH, where it shadows nothing', () => {
		assert.equal(pathWith('/usr/bin', '/home/me/bin'), `/usr/bin${delimiter}/home/me/bin`);
		assert.equal(pathWith(`/usr/bin${delimiter}/home/me/bin`, '/home/me/bin'), `/usr/bin${delimiter}/home/me/bin`);
		assert.equal(pathWith('/usr/bin', 'relative'), '/usr/bin');
		assert.equal(pathWith('/usr/bin', `/a${delimiter}/b`), '/usr/bin');
	});

	it('is remote only where the user files lie elsewhere', () => {
		assert.equal(remoteElsewhere('wsl'), 'wsl');
		assert.equal(remoteElsewhere('127.0.0.1:8080'), undefined);
		assert.equal(remoteElsewhere(undefined), undefined);
		assert.equal(
			userDataFolder({ scheme: 'file', fsPath: '/home/me/.config/Code/User/globalStorage/x.y' }),
			'/home/me/.config/Code/User',
		);
		assert.equal(userDataFolder({ scheme: 'vscode-userdata', fsPath: '/x' }), undefined);
	});
});

describe('a kept secret is forgotten when its server started', () => {
	const watch = (server: string, ...looks: string[][]) => {
		const started = new StartedWatch(server);
		return looks.map((tools) => started.sees(tools));
	};

	it('that is, when its tools come', () => {
		assert.deepEqual(watch('GitHub', [], ['mcp_other_x'], ['mcp_other_x', 'mcp_github_list']), [false, false, true]);
	});

	it('not by the tools of the server as it ran before, because then the prompt is still to be answered', () => {
		assert.deepEqual(watch('gh', ['mcp_gh_list'], ['mcp_gh_list'], [], ['mcp_gh_list']), [false, false, false, true]);
	});

	it('not by a server of a longer name', () => {
		assert.deepEqual(watch('gh', [], ['mcp_gh-enterprise_list']), [false, false]);
	});
});

describe('the manifest', () => {
	const manifest = JSON.parse(readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8'));
	const { contributes } = manifest;
	const commands: string[] = contributes.commands.map((c: { command: string }) => c.command);
	const sources = ['commands.ts'].map((name) =>
		readFileSync(fileURLToPath(new URL(`../../client/src/${name}`, import.meta.url)), 'utf8'),
	);

	it('declares exactly the commands that are registered', () => {
		const registered = sources.flatMap((text) => [...text.matchAll(/registerCommand\('([^']+)'/g)].map((m) => m[1]));
		assert.deepEqual(commands.toSorted(), registered.toSorted());
	});

	it('hides from the palette what needs a row of the panel', () => {
		const hidden = contributes.menus.commandPalette
			.filter((item: { when: string }) => item.when === 'false')
			.map((item: { command: string }) => item.command);
		assert.deepEqual(
			hidden.toSorted(),
			['actOnCredential', 'declareGrant', 'fixPlace', 'goToPlace', 'ignorePlace', 'revealConfig'].map(
				(name) => `mcpHygiene.${name}`,
			),
		);
	});

	it('refers in its menus and texts to commands that exist', () => {
		const used = JSON.stringify([contributes.menus, contributes.viewsWelcome]).match(/mcpHygiene\.[a-zA-Z]+/g) ?? [];
		const known = new Set([...commands, 'mcpHygiene.credentials', 'mcpHygiene.panel', 'mcpHygiene.refusals']);
		for (const name of used) assert.ok(known.has(name), name);
	});

	it('gives the person, and no workspace, a level for each rule', () => {
		const rules = contributes.configuration.properties['mcpHygiene.rules'];
		assert.equal(rules.scope, 'application');
		assert.deepEqual(
			Object.keys(rules.properties),
			RULES.map((rule) => rule.id),
		);
	});

	it('says what Restricted Mode leaves out', () => {
		assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
		assert.match(manifest.capabilities.untrustedWorkspaces.description, /no fix/);
	});
});
