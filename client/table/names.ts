/** Names of files and servers as the table and the panel write them. */

/** "github", "github and 1 more". Names are counted once. */
export function firstAndMore(names: readonly string[]): string {
	const distinct = [...new Set(names)];
	const first = distinct[0] ?? '';
	return distinct.length > 1 ? `${first} and ${distinct.length - 1} more` : first;
}

/** `file:///home/me/shop/.vscode/mcp.json` -> `.vscode/mcp.json`: the name alone is the same in every project. */
export function endOfPath(uri: string): string {
	const segments = uri
		.replace(/[?#].*$/s, '')
		.split('/')
		.filter((segment) => segment !== '');
	return segments.slice(-2).map(decoded).join('/');
}

/** What is not encoded as URIs are stays as it is. */
export function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
