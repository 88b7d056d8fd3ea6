// What a screen reader gets of a page: Chromium's own accessibility tree, over the DevTools protocol.
import type { Page } from 'playwright-core';

export interface AccessibleNode {
	readonly role: string;
	readonly name: string;
	readonly properties: Readonly<Record<string, unknown>>;
	readonly children: readonly AccessibleNode[];
}

interface RawNode {
	readonly nodeId: string;
	readonly ignored: boolean;
	readonly role?: { readonly value?: unknown };
	readonly name?: { readonly value?: unknown };
	readonly properties?: readonly { readonly name: string; readonly value: { readonly value?: unknown } }[];
	readonly childIds?: readonly string[];
}

interface FrameTree {
	readonly frame: { readonly id: string; readonly name?: string };
	readonly childFrames?: readonly FrameTree[];
}

/** The tree of a page, or of the frame in it that has this name, without the nodes that no reader sees. */
export async function accessibilityTree(page: Page, frameName?: string): Promise<AccessibleNode> {
	const session = await page.context().newCDPSession(page);
	try {
		const { frameTree } = await session.send('Page.getFrameTree');
		const frameId = frameName === undefined ? frameTree.frame.id : frameNamed(frameTree, frameName);
		if (frameId === undefined) throw new Error(`The page has no frame "${frameName}"`);
		const { nodes } = (await session.send('Accessibility.getFullAXTree', { frameId })) as { nodes: readonly RawNode[] };
		return treeOf(nodes[0]!, new Map(nodes.map((node) => [node.nodeId, node])))[0]!;
	} finally {
		await session.detach();
	}
}

function frameNamed({ frame, childFrames = [] }: FrameTree, name: string): string | undefined {
	if (frame.name === name) return frame.id;
	return childFrames.map((child) => frameNamed(child, name)).find((id) => id !== undefined);
}

function treeOf(node: RawNode, byId: ReadonlyMap<string, RawNode>): readonly AccessibleNode[] {
	const children = (node.childIds ?? []).flatMap((id) => {
		const child = byId.get(id);
		return child ? treeOf(child, byId) : [];
	});
	if (node.ignored) return children;
	const properties = Object.fromEntries((node.properties ?? []).map(({ name, value }) => [name, value.value]));
	return [{ role: String(node.role?.value), name: String(node.name?.value ?? ''), properties, children }];
}

/** Every node of this role, in the order in which it is read. */
export function allOf(node: AccessibleNode, role: string): readonly AccessibleNode[] {
	return [...(node.role === role ? [node] : []), ...node.children.flatMap((child) => allOf(child, role))];
}

/** What is read of a node and all that is in it. */
export function textOf(node: AccessibleNode): string {
	if (node.role === 'StaticText' || node.children.length === 0) return node.name;
	return node.children.map(textOf).filter(Boolean).join(' ');
}
