/**
 * Which documents the server is told about. By ending, because a config can have any name, and the server tells from the
 * path or the text whether it is one; what is none costs it one look for a few words.
 */
const ENDINGS = ['**/*.{json,jsonc,json5,toml,yaml,yml,code-workspace}', '**/.env', '**/.env.*', '**/*.env'] as const;

export const CONFIG_DOCUMENTS: readonly { readonly pattern: string }[] = ENDINGS.map((pattern) => ({ pattern }));
