import type { CredentialAction, CredentialRow } from '../../server/src/protocol/index.ts';

/** What the extension and the table in its webview say to each other. No message holds a secret. */
export type ToTable =
	| {
			readonly type: 'rows';
			readonly rows: readonly CredentialRow[];
			/** What could not be read. */
			readonly note?: string;
			/** The workspace is not trusted. */
			readonly isRestricted?: boolean;
	  }
	| { readonly type: 'failed' };

export type FromTable =
	| { readonly type: 'ready' }
	| { readonly type: 'go'; readonly row: string; readonly place: number }
	| { readonly type: 'fix'; readonly row: string; readonly place: number }
	| { readonly type: 'ignore'; readonly row: string; readonly place: number; readonly finding: number }
	| { readonly type: 'act'; readonly row: string; readonly action: CredentialAction['id'] }
	| { readonly type: 'export' }
	/** After a failure. */
	| { readonly type: 'retry' }
	| { readonly type: 'log' }
	| { readonly type: 'trust' };
