/**
 * What the client and the language server say to each other beyond LSP. Method names and plain types only: the two sides
 * use different versions of the JSON-RPC library, so no request objects are shared. No message holds a secret.
 */

export * from './acts.ts';
export * from './brokers.ts';
export * from './credentials.ts';
export * from './declare.ts';
export * from './fixes.ts';
export * from './ignore.ts';
export * from './kept.ts';
export * from './refusals.ts';
export * from './session.ts';
