import { RESTRICTED } from '../panel/words.ts';

/** The page of the table. Nothing in it comes from a config; the rows arrive as messages. */
export interface PageParts {
	readonly nonce: string;
	readonly cspSource: string;
	readonly script: string;
	readonly styles: readonly string[];
}

export function tablePage({ nonce, cspSource, script, styles }: PageParts): string {
	const policy = `default-src 'none'; style-src ${cspSource}; font-src ${cspSource}; script-src 'nonce-${nonce}'`;
	return `<!DOCTYPE html>
<html lang="en">
<head>
	<meta charset="utf-8">
	<meta http-equiv="Content-Security-Policy" content="${policy}">
	<meta name="viewport" content="width=device-width, initial-scale=1">
	${styles.map((style) => `<link rel="stylesheet" href="${style}">`).join('\n\t')}
	<title>MCP Credentials</title>
</head>
<body>
	<header role="search">
		<input id="search" type="search" placeholder="Search" aria-label="Search credentials">
		<select id="filter" aria-label="Show">
			<option value="all">All</option>
			<option value="open">With errors or warnings</option>
			<option value="config">In plain text</option>
			<option value="old">Too old</option>
			<option value="excess">With more than is needed</option>
		</select>
		<select id="group" aria-label="Group by">
			<option value="none">Not grouped</option>
			<option value="issuer">By issuer</option>
			<option value="host">By host</option>
			<option value="server">By server</option>
		</select>
		<span id="sorting">
			<select id="sort" aria-label="Sort by"></select>
			<button id="reverse" class="icon" type="button"></button>
		</span>
		<button id="export" class="primary" type="button">Export…</button>
		<span id="status" role="status">Reading your MCP configs…</span>
		<span id="sorted" class="spoken" role="status"></span>
	</header>
	<p id="restricted" class="notice" hidden>${RESTRICTED} <button id="trust" class="link" type="button">Manage Workspace Trust</button></p>
	<p id="note" class="notice" hidden></p>
	<section id="failed" class="message" role="alert" hidden>
		<p>The credentials could not be listed: the language server does not answer.</p>
		<button id="retry" class="primary" type="button">Try Again</button>
		<button id="log" class="primary" type="button">Show Log</button>
	</section>
	<section id="empty" class="message" hidden>
		<p>No credential found in your MCP configs.</p>
		<p class="muted">The configs of every MCP host that is known here are looked at, in this workspace and in your home folder.</p>
	</section>
	<section id="none-left" class="message" hidden>
		<p>No secret matches the search and the filter.</p>
		<button id="show-all" class="primary" type="button">Show All</button>
	</section>
	<table id="table" role="treegrid" aria-label="Credentials in MCP configs" aria-busy="true"></table>
	<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
