import type { CredentialPlace, CredentialRow, IgnoreRequest } from '../../../server/src/protocol/index.ts';

/** One line of the tree, as plain data: `tree.ts` alone turns it into the editor's objects. */
export interface PanelNode {
	/** Stable while the credential is, so that the tree keeps what is expanded and selected. */
	readonly id: string;
	readonly label: string;
	readonly description: string;
	readonly icon: Icon;
	readonly tooltip: readonly TooltipLine[];
	/** The whole line as sentences, for a screen reader. */
	readonly spoken: string;
	/** Chooses the actions of the line; see `menus` in package.json. */
	readonly context: string;
	readonly expanded: boolean;
	readonly children: readonly PanelNode[];
	/** Where a click goes. */
	readonly place?: CredentialPlace;
	readonly fixes: readonly OfferedFix[];
	/** Accepts the finding that the line stands for. */
	readonly ignore?: IgnoreRequest;
	/** The credential that the line stands for, with what it offers besides fixes. */
	readonly row?: CredentialRow;
}

export interface Icon {
	readonly codicon: string;
	/** Id of a theme colour. */
	readonly color?: string;
}

/** `title` is ours; `texts` come from outside and must be escaped. */
export interface TooltipLine {
	readonly title: string;
	readonly texts: readonly string[];
}

export interface OfferedFix {
	/** As in the light bulb. */
	readonly title: string;
	/** ".vscode/mcp.json:7, server github" */
	readonly where: string;
	readonly place: CredentialPlace;
}
