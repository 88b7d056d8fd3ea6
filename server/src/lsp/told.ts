import { ApprovalError } from '../adapters/approval.ts';
import { ConfigError } from '../adapters/state/config.ts';
import { IndexError } from '../adapters/state/index.ts';
import { StoreError } from '../core/ports.ts';

const OURS = [ApprovalError, StoreError, IndexError, ConfigError];

/** What a person is told of an error. The message of an unforeseen one may quote anything, so only its name is told. */
export function told(error: unknown): string {
	if (error instanceof Error && OURS.some((kind) => error instanceof kind)) return error.message;
	return `It failed (${error instanceof Error ? error.name : 'unknown error'}). Run "mcp-hygiene doctor".`;
}
