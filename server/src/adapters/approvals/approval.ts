import { type Binding, entryOf } from '../../core/bindings/binding.ts';
import { sealDestination } from '../../core/bindings/seal.ts';
import type { ConfigDocument } from '../../core/document.ts';
import type { Fingerprinter } from '../../core/secret-value.ts';
import type { EntryName, Part } from '../../core/servers.ts';
import type { ReadOnlyIndex, StateIndex } from '../state/index.ts';
import { readWorkloadConfig, realOrSame, rootsOf, serverNamed } from '../workload/config-entry.ts';
import { commandLine, describeDestination, type Target } from '../workload/destination.ts';
import type { Refusal } from './refusal.ts';

/** What a person approves: this reference, at this place of this entry. */
export interface ApprovalRequest {
	/** Path of the config file. */
	readonly config: string;
	/** The config as it will be when the server starts, so after the edit of a fix. */
	readonly document: ConfigDocument;
	readonly entry: EntryName;
	readonly reference: string;
	readonly target: Target;
	/** The stored item; absent for a broker's reference. */
	readonly itemId?: string;
	/** Does this argument hold another secret? Then the index keeps its fingerprint only. */
	readonly isSecret: (part: Part) => boolean;
	/** The account's home. */
	readonly home: string;
	/** Whose PATH finds the command. */
	readonly environment: NodeJS.ProcessEnv;
	/** As {@link Surroundings.written}. */
	readonly written?: ReadonlyMap<string, string>;
	readonly fingerprinter: Fingerprinter;
	/** Epoch milliseconds. */
	readonly now: number;
}

/** One line for people. */
export class ApprovalError extends Error {
	override readonly name = 'ApprovalError';
}

/** The binding to keep. Nothing is written. @throws ApprovalError when there is nothing that could be approved. */
export function approvalFor(request: ApprovalRequest): Binding {
	const { document, config, fingerprinter, reference, target } = request;
	const { name, folder } = request.entry;
	const server = serverNamed(document, request.entry);
	if (!server) throw new ApprovalError(`There is no server "${name}" in ${config} any more.`);
	const roots = rootsOf(config, document, server);
	const { environment, home, written } = request;
	const surroundings = { roots, environment, home, ...(written ? { written } : {}) };
	const seen = describeDestination(server, target, surroundings);
	const secretArguments = new Set(
		commandLine(server).flatMap((part, index) => (request.isSecret(part) ? [index] : [])),
	);
	const destination = sealDestination(seen, { fingerprinter, reference, secretArguments });
	if (!destination) {
		throw new ApprovalError(
			seen.kind === 'run'
				? `The command of "${name}" is not found on PATH, so nobody can say what would receive the secret. Install it or correct the entry, then try again.`
				: `The URL of "${name}" does not name its host, so nobody can say who would receive the secret.`,
		);
	}
	return {
		reference,
		workload: {
			config: realOrSame(config),
			server: name,
			...(folder === undefined ? {} : { folder }),
			roots,
			dialect: document.dialect.id,
		},
		destination,
		...(request.itemId ? { itemId: request.itemId } : {}),
		approvedAt: request.now,
	};
}

export interface LiftRequest {
	readonly stateDir: string;
	readonly index: StateIndex;
	readonly refusal: Refusal;
	/** Which stored item the label means, where `itemsFor` found several. */
	readonly itemId?: string;
	readonly isSecret: (part: Part) => boolean;
	readonly home: string;
	readonly environment: NodeJS.ProcessEnv;
	readonly now: number;
}

/** The binding that would lift a refusal, from the config as it is now: what a person looks at before approving. */
export function proposalFor(request: Omit<LiftRequest, 'stateDir'>): Binding {
	const { refusal, index } = request;
	if (!refusal.config) {
		throw new ApprovalError(
			`No config file around ${refusal.cwd} names ${refusal.reference} for "${refusal.server ?? '?'}". Open the config in the editor and approve it there.`,
		);
	}
	const document = readWorkloadConfig(refusal.config.path, refusal.config.dialect, refusal.config.isUserLevel);
	if (!document) throw new ApprovalError(`${refusal.config.path} cannot be read.`);
	const itemId = request.itemId ?? onlyItem(index, refusal);
	return approvalFor({
		...request,
		document,
		config: refusal.config.path,
		entry: entryOf(refusal.config),
		reference: refusal.reference,
		target: refusal.target,
		fingerprinter: index.fingerprinter,
		...(itemId ? { itemId } : {}),
	});
}

/** The stored items that a keychain reference can mean: those once stored under its path. */
export function itemsFor(index: ReadOnlyIndex, reference: string): readonly string[] {
	const path = reference.startsWith('cred://keychain/') ? reference.slice('cred://keychain/'.length) : undefined;
	return index.items.filter((item) => item.path === path).map((item) => item.id);
}

function onlyItem(index: StateIndex, refusal: Refusal): string | undefined {
	if (!refusal.reference.startsWith('cred://keychain/')) return undefined;
	if (refusal.itemId && index.items.some((item) => item.id === refusal.itemId)) return refusal.itemId;
	const items = itemsFor(index, refusal.reference);
	if (items.length === 1) return items[0];
	throw new ApprovalError(
		items.length === 0
			? `Nothing is stored under ${refusal.reference} on this machine. Run "mcp-hygiene store put" first.`
			: `Several stored secrets carry the label ${refusal.reference}. Say which one with --item.`,
	);
}
