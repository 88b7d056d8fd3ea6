import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { viewStateOf } from '../../client/src/panel/view-state.ts';
import { readNeeds } from '../../server/src/core/needs/override.ts';
import { SCOPE_MODELS } from '../../server/src/core/scopes/index.ts';

const root = new URL('../../', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
const { contributes } = manifest;

interface Command {
	readonly command: string;
	readonly title: string;
	readonly category?: string;
	readonly icon?: string;
}
interface MenuItem {
	readonly command: string;
	readonly when?: string;
	readonly group: string;
}

const commands = new Map<string, Command>(contributes.commands.map((command: Command) => [command.command, command]));
const menu = (name: string): readonly MenuItem[] => contributes.menus[name];

it('the icon of a tab, which no theme colours, is the same drawing for dark themes', () => {
	const drawing = (name: string) => readFileSync(new URL(`media/${name}`, root), 'utf8');
	assert.equal(drawing('icon-dark.svg').replace('#d4d4d4', 'currentColor'), drawing('icon.svg'));
});

describe('commands', () => {
	it('are told in the README where a person can type them', () => {
		const readme = readFileSync(new URL('README.md', root), 'utf8');
		const hidden = new Set(
			menu('commandPalette')
				.filter(({ when }) => when === 'false')
				.map(({ command }) => command),
		);
		const typed = [...commands.values()].filter(({ command }) => !hidden.has(command));
		assert.ok(typed.length > 0);
		assert.deepEqual(
			typed.filter(({ title }) => !readme.includes(`| ${title} |`)).map(({ title }) => title),
			[],
		);
	});

	it('have a title and stand in one category', () => {
		for (const { command, title, category } of commands.values()) {
			assert.ok(title.length > 2, command);
			assert.equal(category, 'MCP Credential Hygiene', command);
		}
	});

	it('have an icon where they are shown as one', () => {
		const shown = [...menu('view/title'), ...menu('view/item/context')].filter(({ group }) =>
			/^(?:inline|navigation)/.test(group),
		);
		assert.ok(shown.length > 0);
		for (const { command } of shown) assert.match(commands.get(command)?.icon ?? '', /^\$\([a-z-]+\)$/, command);
	});

	it('show at most three on a line of the panel', () => {
		const inline = menu('view/item/context').filter(({ group }) => group.startsWith('inline'));
		assert.ok(inline.length <= 3);
	});

	it('offer a fix only where the line says that there is one', () => {
		for (const { command, when } of menu('view/item/context')) {
			if (command === 'mcpHygiene.fixPlace') assert.match(when ?? '', /fixable/);
		}
	});
});

describe('settings', () => {
	const properties: Record<string, { scope?: string; markdownDescription?: string; description?: string }> =
		contributes.configuration.properties;
	/** A workspace may set these, because the client lets it make them stricter only (`setting-values.ts`). */
	const TIGHTENED = new Set(['mcpHygiene.oldAfterDays']);

	it('are the person’s own, so that no workspace can loosen them', () => {
		for (const [name, { scope }] of Object.entries(properties)) {
			if (TIGHTENED.has(name)) continue;
			assert.ok(scope === 'application' || scope === 'machine', `${name} has scope ${scope ?? 'window'}`);
		}
	});

	it('say what they do', () => {
		for (const [name, { markdownDescription, description }] of Object.entries(properties)) {
			assert.ok((markdownDescription ?? description ?? '').length > 20, name);
		}
	});

	it('take as a need what the server takes, and refuse the rest', () => {
		const schema = (properties as Record<string, { items?: { properties: { issuer: { examples: string[] } } } }>)[
			'mcpHygiene.needs'
		]!;
		const isValid = new Ajv({ allowUnionTypes: true, strict: false }).compile(schema);
		const need = { match: 'server:gh', issuer: 'github', scopes: ['repo'], access: 'read' };
		const entries: unknown[] = [
			need,
			{ ...need, scopes: [] },
			{ ...need, access: 'all' },
			{ ...need, scopes: 'repo' },
			{ ...need, match: '' },
			{ match: 'server:gh' },
			3,
		];
		for (const entry of entries)
			assert.equal(isValid([entry]), readNeeds([entry]).problems.length === 0, JSON.stringify(entry));
		assert.deepEqual(schema.items!.properties.issuer.examples, Object.keys(SCOPE_MODELS));
	});

	it('offer no trace: it would print whole documents', () => {
		assert.deepEqual(
			Object.keys(properties).filter((name) => /trace/i.test(name)),
			[],
		);
	});
});

describe('the panel', () => {
	const [view] = contributes.views.mcpHygiene;
	const welcomes: readonly { view: string; when: string; contents: string }[] = contributes.viewsWelcome;
	const welcome = (panel: string) => welcomes.filter(({ when }) => when === `mcpHygiene.panel == ${panel}`);

	it('has a welcome text for each of its states without rows, and no other', () => {
		const empty = { state: 'ok', rows: [], problems: [] } as const;
		const states = [
			viewStateOf({ kind: 'loading' }),
			viewStateOf({ kind: 'failed' }),
			viewStateOf({ kind: 'listed', list: empty }),
			viewStateOf({ kind: 'listed', list: { ...empty, state: 'restricted' } }),
		];
		for (const { panel, message } of states) {
			assert.equal(welcome(panel).length, 1, panel);
			assert.equal(message, undefined, 'a message hides the welcome text');
		}
		assert.equal(welcomes.length, states.length);
		for (const text of welcomes) assert.equal(text.view, view.id);
	});

	it('leads out of Restricted Mode and out of a failure', () => {
		assert.match(welcome('restricted')[0]!.contents, /not trusted.*\(command:workbench\.trust\.manage\)/s);
		assert.match(welcome('failed')[0]!.contents, /\(command:mcpHygiene\.refresh\).*\(command:mcpHygiene\.showLog\)/s);
	});
});

describe('files that the manifest names', () => {
	it('exist', () => {
		const [container] = contributes.viewsContainers.activitybar;
		for (const path of [manifest.icon, container.icon, ...contributes.grammars.map((g: { path: string }) => g.path)]) {
			assert.ok(existsSync(new URL(path, root)), path);
		}
	});

	it('have an icon of the size that galleries ask for', () => {
		const png = readFileSync(new URL(manifest.icon, root));
		assert.equal(png.toString('latin1', 1, 4), 'PNG');
		assert.ok(png.readUInt32BE(16) >= 128 && png.readUInt32BE(20) >= 128);
	});

	it('have a glyph that takes the colour of the theme', () => {
		const svg = readFileSync(new URL(contributes.viewsContainers.activitybar[0].icon, root), 'utf8');
		assert.match(svg, /currentColor/);
		assert.doesNotMatch(svg, /#[0-9a-f]{3,8}\b|rgb|<script|href/i);
	});

	it('have the grammar that the manifest says', () => {
		for (const { path, scopeName, injectTo } of contributes.grammars) {
			const grammar = JSON.parse(readFileSync(new URL(path, root), 'utf8'));
			assert.equal(grammar.scopeName, scopeName);
			assert.deepEqual(injectTo.slice(0, 2), ['source.json', 'source.json.comments']);
			for (const [name, { match }] of Object.entries<{ match: string }>(grammar.repository)) {
				assert.doesNotMatch(
					match.replaceAll(/\[(?:\\.|[^\]\\])*\]/g, '[]'),
					/[^\\][+*]/,
					`${name} repeats without a bound`,
				);
			}
		}
	});
});
