import type { StoreFailure } from '../../core/ports.ts';

/** What the client and the keychain program say to each other: one JSON line each. Values are base64 of UTF-8. */
export interface KeychainRequest {
	readonly op: 'get' | 'set' | 'remove';
	readonly account: string;
	readonly value?: string;
}

export type KeychainAnswer =
	| { readonly ok: true; readonly value?: string; readonly removed?: boolean }
	| { readonly ok: false; readonly failure: StoreFailure; readonly message: string };

export function toBase64(text: string): string {
	return Buffer.from(text, 'utf8').toString('base64');
}

export function fromBase64(text: string): string {
	return Buffer.from(text, 'base64').toString('utf8');
}
