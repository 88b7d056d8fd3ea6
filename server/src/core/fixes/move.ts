import type { ConfigDocument } from '../document.ts';
import type { Credential } from '../finding.ts';
import { isLoaderVariable } from '../loader-variables.ts';
import type { McpServer } from '../servers.ts';
import { child } from '../syntax/tree.ts';
import type { TextChange } from '../text.ts';
import { type WritableEntry, writableEntry } from './entry-writer.ts';
import { type ConnectTarget, planConnect } from './move-connect.ts';
import { type MovePlan, planned } from './planned.ts';
import { isRefusal, type Refusal, type Target } from './target.ts';
import { targetOf } from './target-of.ts';
import { plainEntry, type Wanted } from './trial.ts';
import { brokenBecause, unwritableBecause } from './writable.ts';
import { WRITTEN_FORMATS, writerFor } from './writers.ts';

/** How a credential can be moved out of the config, or why it cannot. Pure: nothing is stored, nothing is edited. */
export function planMove(document: ConfigDocument, credential: Credential): MovePlan | Refusal {
	const broken = brokenBecause(document) ?? unwritableBecause(document, credential, WRITTEN_FORMATS);
	if (broken) return broken;
	const target = targetOf(credential);
	if (isRefusal(target)) return target;
	const entry = writableEntry(document, credential.server!);
	return target.kind === 'header' || target.kind === 'url' ? planConnect(entry, target) : planRun(entry, target);
}

type RunTarget = Exclude<Target, ConnectTarget>;

function planRun(entry: WritableEntry, target: RunTarget): MovePlan | Refusal {
	const { server } = entry;
	if (!server.command && !server.launcher?.command)
		return { refused: 'The entry has no `command`, so there is nothing that the launcher could start.' };
	const loader = [...server.env.map(({ name }) => name), ...server.passed].find(isLoaderVariable);
	if (loader) return { refused: besideLoader(loader) };
	const { names } = entry;
	const env = target.kind === 'arg-to-env' ? child(server.node, names.env) : undefined;
	const touched = [target.part.node, child(server.node, names.command), child(server.node, names.args), env];
	const caveat =
		'The server takes this secret as an argument, so it stays visible in the process list while the server runs.';
	return planned(entry, target, touched, {
		build: (reference, launcher) => [...targetChanges(entry, target, reference), ...wrapChanges(entry, launcher)],
		wanted: (reference, launcher) => wantedRun(entry, target, reference, launcher),
		...(target.kind === 'arg' ? { caveat } : {}),
	});
}

/** The launcher would refuse such an entry later; better said before anything is moved. */
export function besideLoader(name: string): string {
	return `The entry sets \`${name}\`, which can make the server run other code or trust another machine, so the launcher hands no secret to it. Remove it; if you need it, name it under "passEnvironment" in the launcher’s own config.json and set it outside of this file.`;
}

function targetChanges(entry: WritableEntry, target: RunTarget, reference: string): (TextChange | undefined)[] {
	const writer = writerFor(entry.document);
	if (target.kind === 'arg-to-env')
		return [writer.replace(entry, target.part.node, target.newArg), writer.setEnv(entry, target.name, reference)];
	const text = target.kind === 'connect-header' ? target.before + reference : reference;
	return [writer.replace(entry, target.part.node, text)];
}

/** `command` becomes the launcher, the old command line follows after `--`. Nothing to do where it is there already. */
export function wrapChanges(entry: WritableEntry, launcher: string): (TextChange | undefined)[] {
	const { document, server } = entry;
	if (server.launcher || !server.command) return [];
	const writer = writerFor(document);
	return [writer.replace(entry, server.command.node, launcher), writer.prependArgs(entry, prefixOf(server))];
}

function prefixOf({ name, command }: McpServer): string[] {
	return ['run', '--server', name, '--', command!.value];
}

function wantedRun({ server, names }: WritableEntry, target: RunTarget, reference: string, launcher: string): Wanted {
	const now = plainEntry(server);
	const list = now[names.args];
	const args = Array.isArray(list) ? [...list] : [];
	if (target.kind !== 'env') args[target.part.index!] = argumentOf(target, reference);
	const isInEnv = target.kind === 'env' || target.kind === 'arg-to-env';
	const env = isInEnv ? { [names.env]: { ...(now[names.env] as object), [target.name]: reference } } : {};
	if (server.launcher) return { ...now, ...env, [names.args]: args };
	return { ...now, ...env, [names.command]: launcher, [names.args]: [...prefixOf(server), ...args] };
}

function argumentOf(target: Exclude<RunTarget, { kind: 'env' }>, reference: string): string {
	if (target.kind === 'arg-to-env') return target.newArg;
	return target.kind === 'arg' ? reference : target.before + reference;
}
