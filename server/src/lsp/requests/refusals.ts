import { ApprovalError, proposalFor } from '../../adapters/approvals/approval.ts';
import type { Refusal } from '../../adapters/approvals/refusal.ts';
import { approveRefusal, listRefusals } from '../../adapters/approvals/refusals.ts';
import { type Binding, targetText } from '../../core/bindings/binding.ts';
import { receiverDetails, receiverText } from '../../core/bindings/receiver.ts';
import { classify } from '../../core/issuers/classify.ts';
import type { Part } from '../../core/servers.ts';
import type { FixOutcome, RefusedStart } from '../../protocol/index.ts';
import type { Session } from '../session.ts';
import { told } from '../told.ts';

/**
 * What the launcher refused to start, and the person's way to allow it. The editor shows a proposal in a modal; what is
 * approved is exactly what was shown.
 */
export class Refusals {
	readonly #session: Session;
	/** Proposals by refusal, as they were sent to the editor. */
	readonly #shown = new Map<string, Binding>();

	constructor(session: Session) {
		this.#session = session;
	}

	/** mcpHygiene/refusals/list */
	async list(): Promise<RefusedStart[]> {
		if (!this.#session.trusted) return [];
		const refusals = listRefusals(this.#session.world.stateDir);
		if (refusals.length === 0) return [];
		const index = await this.#session.world.openIndex();
		return refusals.map((refusal) => ({ ...summary(refusal), ...this.#proposal(refusal, index) }));
	}

	/** mcpHygiene/refusals/approve */
	async approve(id: string): Promise<FixOutcome> {
		const refusal = listRefusals(this.#session.world.stateDir).find((r) => r.id === id);
		const shown = this.#shown.get(id);
		if (!refusal || !shown)
			return { status: 'refused', message: 'This start is not waiting any more. Look at the list again.' };
		try {
			const index = await this.#session.world.openIndex();
			await approveRefusal({ ...this.#lift(refusal, index), stateDir: this.#session.world.stateDir, shown });
			return {
				status: 'done',
				message: `Allowed. Start ${refusal.config?.server ?? refusal.server ?? 'the server'} again.`,
			};
		} catch (error) {
			return { status: 'refused', message: told(error) };
		}
	}

	#proposal(
		refusal: Refusal,
		index: Awaited<ReturnType<Session['world']['openIndex']>>,
	): Pick<RefusedStart, 'receiver' | 'blocked'> {
		try {
			const binding = proposalFor(this.#lift(refusal, index));
			this.#shown.set(refusal.id, binding);
			return { receiver: receiver(binding) };
		} catch (error) {
			if (error instanceof ApprovalError) return { blocked: error.message };
			throw error;
		}
	}

	#lift(refusal: Refusal, index: Awaited<ReturnType<Session['world']['openIndex']>>) {
		return {
			index,
			refusal,
			isSecret: holdsSecret,
			home: this.#session.world.home,
			environment: { ...process.env },
			now: this.#session.world.now(),
		};
	}
}

function summary({
	id,
	reference,
	server,
	config,
	cwd,
	differences,
}: Refusal): Omit<RefusedStart, 'receiver' | 'blocked'> {
	return { id, reference, server: config?.server ?? server ?? '', config: config?.path ?? cwd, differences };
}

function receiver({ destination }: Binding): string {
	const to = destination.kind === 'connect' ? 'to' : 'of';
	const details = receiverDetails(destination).map(([what, names]) => `; ${what}: ${names}`);
	return `${targetText(destination)} ${to} ${receiverText(destination)}${details.join('')}`;
}

/** An argument that holds another secret is kept as a fingerprint, and not shown. */
function holdsSecret(part: Part): boolean {
	const context = { position: part.position, ...(part.name === undefined ? {} : { name: part.name }) };
	return classify(part.value, context).some((found) => !found.kind.public);
}
