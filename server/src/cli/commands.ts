/** Every command but `scan`: a bundle of its own, because a short `scan` should not wait for the keychain, the shim and the network. */
export { revoke, rotate } from './act.ts';
export { approve } from './approve.ts';
export { bindings } from './bindings.ts';
export { declare } from './declare.ts';
export { doctor } from './doctor.ts';
export { list } from './list.ts';
export { rules } from './rules.ts';
export { store } from './store.ts';
