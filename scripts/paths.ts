// Where things are in the checkout. Everything that a script makes lies in git-ignored folders.
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
export const cache = `${root}/.cache`;
export const vsixFile = `${cache}/mcp-credential-hygiene.vsix`;
