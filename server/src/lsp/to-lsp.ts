import {
	type Diagnostic,
	type DiagnosticRelatedInformation,
	DiagnosticSeverity,
	type Range,
	type TextEdit,
} from 'vscode-languageserver/node';
import type { ConfigDocument } from '../core/document.ts';
import type { Finding, Level, RelatedPlace } from '../core/finding.ts';
import { plainPointer } from '../core/names-shown.ts';
import { LineIndex, type Span, type TextChange } from '../core/text.ts';

/** The only place that builds LSP types from the core's plain data. */
export class Converter {
	readonly #lines: LineIndex;
	readonly #uri: string;

	constructor(document: Pick<ConfigDocument, 'uri' | 'text'>) {
		this.#lines = new LineIndex(document.text);
		this.#uri = document.uri;
	}

	range(span: Span): Range {
		return { start: this.#lines.position(span.start), end: this.#lines.position(span.end) };
	}

	edits(changes: readonly TextChange[]): TextEdit[] {
		return changes.map((change) => ({ range: this.range(change.span), newText: change.newText }));
	}

	/** `data` is what a code action needs to find the place again. It never holds a secret or an edit. */
	diagnostic(finding: Finding, version: number, { rulePages, lines }: DiagnosticParts): Diagnostic {
		const related = (finding.related ?? []).flatMap((place) => this.#related(place, lines));
		return {
			range: this.range(finding.span),
			severity: SEVERITY[finding.level],
			source: 'mcp-hygiene',
			code: finding.ruleId,
			...(rulePages ? { codeDescription: { href: `${rulePages}/${finding.ruleId}.md` } } : {}),
			message: finding.message,
			data: {
				ruleId: finding.ruleId,
				pointer: plainPointer(finding.pointer),
				version,
				fingerprint: finding.credential?.fingerprint ?? '',
			},
			...(related.length > 0 ? { relatedInformation: related } : {}),
		};
	}

	#related({ uri, span, message }: RelatedPlace, others: DiagnosticParts['lines']): DiagnosticRelatedInformation[] {
		const isHere = uri === undefined || uri === this.#uri;
		const lines = isHere ? this.#lines : others.get(uri);
		if (!lines) return [];
		const range = { start: lines.position(span.start), end: lines.position(span.end) };
		return [{ location: { uri: isHere ? this.#uri : uri, range }, message }];
	}
}

/** What a diagnostic needs besides its finding. */
export interface DiagnosticParts {
	/** Where the pages of the rules lie; absent = nowhere. */
	readonly rulePages: string | undefined;
	/** The lines of other documents, so that their places can be linked. */
	readonly lines: ReadonlyMap<string, LineIndex>;
}

const SEVERITY: Record<Level, DiagnosticSeverity> = {
	error: DiagnosticSeverity.Error,
	warning: DiagnosticSeverity.Warning,
	note: DiagnosticSeverity.Information,
};
