import type { ReferenceForm } from '../dialects/dialect.ts';
import { INPUT } from '../dialects/forms.ts';
import type { ConfigDocument } from '../document.ts';
import type { McpServer, Part } from '../servers.ts';

/** A `${...}` as written, and where. */
interface Placed {
	readonly server: McpServer;
	readonly part: Part;
	readonly text: string;
}

/** The form by which a reader of this file resolves what stands here; undefined if none does. */
export function resolvedBy(use: Placed, document: ConfigDocument): ReferenceForm | undefined {
	return formsFor(use, document).find((form) => form.positions.includes(use.part.position) && isWhole(form, use.text));
}

/** Does a form of this file's dialect take this stretch of a part? */
export function isResolved({ position, value }: Part, from: number, to: number, { dialect }: ConfigDocument): boolean {
	return dialect.references.some(
		({ positions, pattern }) =>
			positions.includes(position) &&
			Array.from(value.matchAll(pattern)).some(({ index, 0: text }) => index <= from && index + text.length >= to),
	);
}

function formsFor(use: Placed, document: ConfigDocument): readonly ReferenceForm[] {
	if (!isForVisualStudio(use, document)) return document.dialect.references;
	return [...document.dialect.references, INPUT];
}

/** In `.mcp.json` the key `servers` is read by Visual Studio alone, which asks for inputs. */
export function isForVisualStudio(use: Placed, document: ConfigDocument): boolean {
	return document.dialect.id === 'portable' && use.server.pointer.startsWith('/servers/');
}

/** The host that asks for this input. */
export function inputReader(use: Placed, document: ConfigDocument): string {
	return isForVisualStudio(use, document) ? 'Visual Studio' : (document.dialect.readers[0] ?? document.dialect.name);
}

export function isWhole(form: ReferenceForm, text: string): boolean {
	const { pattern } = form;
	pattern.lastIndex = 0;
	const match = pattern.exec(text);
	pattern.lastIndex = 0;
	return match?.[0].length === text.length;
}
