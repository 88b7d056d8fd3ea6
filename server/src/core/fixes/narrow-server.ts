import { commandLine } from '../command-line.ts';
import type { ConfigDocument } from '../document.ts';
import { enabledTools, knownServer, type ServerNeed } from '../needs/index.ts';
import { list, settingOf } from '../needs/switches.ts';
import type { McpServer } from '../servers.ts';
import { writableEntry } from './entry-writer.ts';
import { flagEdit, type SettingEdit, settingEdit } from './setting-edit.ts';
import type { EditWay } from './way.ts';
import { writerFor } from './writers.ts';

/** Edits that leave the server with less to do: reading only, and without the tools that alone need a scope. */
export function narrowServer(document: ConfigDocument, server: McpServer, need: ServerNeed): EditWay[] {
	return [readOnlyWay(document, server, need), withoutToolsWay(document, server, need)].filter(
		(way) => way !== undefined,
	);
}

const APPROVE = ' The entry changes, so the launcher asks you to approve it once more.';

function readOnlyWay(document: ConfigDocument, server: McpServer, need: ServerNeed): EditWay | undefined {
	if (need.access === 'read') return undefined;
	const edit = readOnlyEdit(document, server);
	if (!edit) return undefined;
	return {
		id: 'read-only',
		kind: 'edit',
		title: `Let this server only read (${edit.by})`,
		detail: `The server then offers no tool that writes. The token can still do all that it could: replace it by one that only reads.${server.launcher ? APPROVE : ''}`,
		changes: edit.changes,
		isWithinEntry: true,
	};
}

function readOnlyEdit(document: ConfigDocument, server: McpServer): SettingEdit | undefined {
	const { readOnly, writes } = knownServer(server).known?.filters ?? {};
	if (writes) return withoutWrites(document, server, writes.flags ?? []);
	if (!readOnly) return undefined;
	const edit = settingEdit(document, server, readOnly, 'true', true);
	if (edit) return edit;
	const [name, value] = Object.entries(readOnly.equals ?? {}).find(([flag]) => flag.startsWith('-')) ?? [];
	return name === undefined ? undefined : flagEdit(document, server, name, value);
}

/** The flag that lets the server write goes. */
function withoutWrites(document: ConfigDocument, server: McpServer, flags: readonly string[]): SettingEdit | undefined {
	const arg = commandLine(server).args.find(({ value }) => flags.includes(value));
	const changes = arg && writerFor(document).removeArg(writableEntry(document, server), arg.node);
	return changes && { by: `without ${arg.value}`, changes };
}

/** More tools than this are no exception any more. */
const MOST_TOOLS = 2;

/** Tools that write and alone need a scope are switched off, where the server can do that. */
function withoutToolsWay(document: ConfigDocument, server: McpServer, need: ServerNeed): EditWay | undefined {
	const { known, invocation } = knownServer(server);
	const exclude = known?.filters?.exclude;
	if (!exclude) return undefined;
	const tools = enabledTools(server, document);
	for (const scope of need.scopes) {
		const alone = tools.filter(({ row }) => row.needs.split(', ').includes(scope));
		if (alone.length === 0 || alone.length > MOST_TOOLS || alone.some(({ access }) => access === 'read')) continue;
		const setting = settingOf(invocation, exclude);
		if (setting && setting.value === undefined) return undefined;
		const names = alone.map(({ name }) => name).join(', ');
		const value = [...list(setting?.value ?? ''), ...alone.map(({ name }) => name)].join(',');
		const edit = settingEdit(document, server, setting ? placeOf(exclude, setting.by) : exclude, value);
		if (!edit) return undefined;
		return {
			id: 'without-tools',
			kind: 'edit',
			title: `Switch off ${names}, the only use of ${scope}`,
			detail: `No other tool needs ${scope}, so the next token can be made without it.${server.launcher ? APPROVE : ''}`,
			changes: edit.changes,
			isWithinEntry: true,
		};
	}
	return undefined;
}

/** A setting that is there stays where it is. */
function placeOf(places: NonNullable<Parameters<typeof settingOf>[1]>, by: string): typeof places {
	if (places.flags?.includes(by)) return { flags: [by] };
	return places.headers?.includes(by) ? { headers: [by] } : { env: [by] };
}
