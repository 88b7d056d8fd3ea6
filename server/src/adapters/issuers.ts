/** What is known of asking issuers, and the way to them. No keystroke needs it: import it dynamically, where it is used. */
export { PROBES, probeFor, silenceOf } from '../core/probes/index.ts';
export { rotateStored } from './acts/rotate.ts';
export { runningWith } from './acts/running.ts';
export { wayFor } from './acts/way.ts';
export { Consent, issuerHttp } from './issuer-http/index.ts';
