import type { BrokerItems } from '../../protocol/index.ts';
import type { Session } from '../session.ts';
import { isForPeople } from '../told.ts';

/** mcpHygiene/broker/items: names only; no value is read. */
export async function brokerItems(session: Session, id: string): Promise<BrokerItems> {
	const broker = session.trusted ? session.world.brokers.find((b) => b.id === id) : undefined;
	if (!broker) return { items: [], problem: 'This secret manager cannot be asked here.' };
	try {
		const status = await broker.status();
		return status.ready ? { items: await broker.list() } : { items: [], problem: status.message };
	} catch (error) {
		if (isForPeople(error)) return { items: [], problem: error.message };
		throw error;
	}
}
