import { probeFor, revokeFor, rotateFor } from '../../core/probes/index.ts';
import type { IssuerProbe, RevokeAct, RotateAct } from '../../core/probes/probe.ts';
import type { ActId } from './session.ts';

/** How an issuer is asked for one act, with what only this act has. */
export type Way =
	| { readonly act: 'probe'; readonly probe: IssuerProbe }
	| { readonly act: 'revoke'; readonly probe: IssuerProbe; readonly revoke: RevokeAct }
	| { readonly act: 'rotate'; readonly probe: IssuerProbe; readonly rotate: RotateAct };

export type WayFor = typeof wayFor;

/** Undefined: this issuer offers no such thing for this kind of token. */
export function wayFor(act: ActId, kind: string): Way | undefined {
	if (act === 'probe') {
		const probe = probeFor(kind);
		return probe && { act, probe };
	}
	if (act === 'revoke') {
		const found = revokeFor(kind);
		return found && { act, ...found };
	}
	const found = rotateFor(kind);
	return found && { act, ...found };
}
