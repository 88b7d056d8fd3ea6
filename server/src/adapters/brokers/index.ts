import type { Broker } from '../../core/ports.ts';
import type { PersonalConfig } from '../state/config.ts';
import { onePassword } from './op.ts';
import { passBroker } from './pass.ts';

/** Every broker. Adding one is its file and its line here. */
export function brokersFor(config: PersonalConfig): readonly Broker[] {
	return [passBroker(config.pass), onePassword(config.op)];
}
