import { isUserLevel, readWorkloadConfig, serverNamed } from '../adapters/workload/config-entry.ts';
import {
	commandLine,
	describeDestination,
	envFileEntries,
	environmentEntries,
	hostValues,
	type Surroundings,
} from '../adapters/workload/destination.ts';
import { couldBe, type HostValues, resolveVariables } from '../adapters/workload/host-variables.ts';
import { isInside } from '../adapters/workload/local-code.ts';
import { type Binding, entryOf } from '../core/bindings/binding.ts';
import { differences } from '../core/bindings/differences.ts';
import type { Fingerprinter } from '../core/secret-value.ts';
import type { McpServer } from '../core/servers.ts';
import type { Asked, AskedReference } from './asked.ts';

/** The approved entry as it is now, and what is not as approved. */
export interface Judgement {
	readonly binding: Binding;
	readonly server?: McpServer;
	readonly surroundings: Surroundings;
	/** One line each; empty = release. */
	readonly differences: readonly string[];
}

/**
 * Compares three things: what was approved, what the config says now, and what the host handed us. All must agree, because
 * either of the other two can be changed without the person.
 */
export function judge(
	binding: Binding,
	asked: Asked,
	wanted: AskedReference,
	home: string,
	fingerprinter: Fingerprinter,
): Judgement {
	const { workload, destination } = binding;
	const surroundings = surroundingsOf(binding, asked, home);
	const verdict = (lines: readonly string[], server?: McpServer): Judgement => ({
		binding,
		surroundings,
		differences: lines,
		...(server ? { server } : {}),
	});
	const document = readWorkloadConfig(workload.config, workload.dialect, isUserLevel(workload));
	if (!document) return verdict([`the config ${workload.config} cannot be read any more`]);
	const server = serverNamed(document, entryOf(workload));
	if (!server) return verdict([`${workload.config} has no server "${workload.server}" any more`]);
	if (server.launcher?.mode !== 'run')
		return verdict([`"${workload.server}" in ${workload.config} does not start through mcp-hygiene run any more`]);
	const seen = describeDestination(server, wanted.target, surroundings);
	const config = [...differences(destination, seen, fingerprinter), ...misplaced(server, wanted, surroundings)];
	return verdict(config.length > 0 ? config : handedDifferences(server, asked, hostValues(surroundings)), server);
}

function surroundingsOf({ workload }: Binding, asked: Asked, home: string): Surroundings {
	const { roots } = workload;
	const workspaceFolder = roots.find((root) => isInside(asked.cwd, root)) ?? roots[0];
	return {
		roots,
		home,
		cwd: asked.cwd,
		environment: asked.environment,
		...(workspaceFolder ? { workspaceFolder } : {}),
	};
}

/** The config must name this very reference at this very place; an envFile may name it instead of `env`. */
function misplaced(server: McpServer, { reference, target }: AskedReference, surroundings: Surroundings): string[] {
	const text = 'env' in target ? entryValue(server, target.env, surroundings) : commandLine(server)[target.arg]?.value;
	return text === reference.text ? [] : ['the config does not name this reference at this place'];
}

function entryValue(server: McpServer, name: string, surroundings: Surroundings): string | undefined {
	const named = ([other]: [string, string]) => other === name;
	const own = environmentEntries(server).findLast(named) ?? envFileEntries(server, surroundings).findLast(named);
	return own?.[1];
}

/** Did the host start what the config says? Its own variables may stand for anything in arguments, but not in the command. */
function handedDifferences(server: McpServer, asked: Asked, values: HostValues): string[] {
	return [...handedCommandLine(server, asked, values), ...handedEnvironment(server, asked, values)];
}

function handedOver(amount: number): string {
	return amount === 1 ? '1 argument was' : `${amount} arguments were`;
}

function handedCommandLine(server: McpServer, { commandLine: handed }: Asked, values: HostValues): string[] {
	const texts = commandLine(server).map((part) => part.value);
	if (texts.length !== handed.length)
		return [`${handedOver(handed.length - 1)} handed over, the config has ${texts.length - 1}`];
	return texts.flatMap((text, index) => {
		const now = handed[index]!;
		if (index > 0)
			return couldBe(text, now, values)
				? []
				: [`argument ${index} was handed over with another text than the config has`];
		return text === now || resolveVariables(text, values) === now
			? []
			: ['another command was handed over than the config has'];
	});
}

function handedEnvironment(server: McpServer, { environment }: Asked, values: HostValues): string[] {
	return environmentEntries(server).flatMap(([name, text]) => {
		const now = environment[name];
		if (now === undefined)
			return resolveVariables(text, values) === undefined ? [] : [`environment variable ${name} was not handed over`];
		return couldBe(text, now, values)
			? []
			: [`environment variable ${name} was handed over with another value than the config has`];
	});
}
