import { type Diagnostic, DiagnosticSeverity, type Range, type TextEdit } from 'vscode-languageserver/node';
import type { ConfigDocument } from '../core/document.ts';
import type { Finding, Level } from '../core/finding.ts';
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
	diagnostic(finding: Finding, version: number, rulePages: string | undefined): Diagnostic {
		const related = finding.related?.filter((place) => place.uri === undefined || place.uri === this.#uri);
		return {
			range: this.range(finding.span),
			severity: SEVERITY[finding.level],
			source: 'mcp-hygiene',
			code: finding.ruleId,
			...(rulePages ? { codeDescription: { href: `${rulePages}/${finding.ruleId}.md` } } : {}),
			message: finding.message,
			data: {
				ruleId: finding.ruleId,
				pointer: finding.pointer,
				version,
				fingerprint: finding.credential?.fingerprint ?? '',
			},
			...(related && related.length > 0
				? {
						relatedInformation: related.map((place) => ({
							location: { uri: this.#uri, range: this.range(place.span) },
							message: place.message,
						})),
					}
				: {}),
		};
	}
}

const SEVERITY: Record<Level, DiagnosticSeverity> = {
	error: DiagnosticSeverity.Error,
	warning: DiagnosticSeverity.Warning,
	note: DiagnosticSeverity.Information,
};
