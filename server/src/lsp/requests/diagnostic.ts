import {
	type Diagnostic,
	type DocumentDiagnosticReport,
	DocumentDiagnosticReportKind,
} from 'vscode-languageserver/node';
import type { CurrentDocument, Session } from '../session.ts';
import { Converter } from '../to-lsp.ts';

/** textDocument/diagnostic */
export async function pullDiagnostics(session: Session, uri: string): Promise<DocumentDiagnosticReport> {
	const current = await session.current(uri);
	return { kind: DocumentDiagnosticReportKind.Full, items: current ? diagnosticsOf(session, current) : [] };
}

export function diagnosticsOf(session: Session, current: CurrentDocument): Diagnostic[] {
	const converter = new Converter(current.document);
	const parts = { rulePages: session.world.rulePages, lines: session.knowledge.lines };
	return current.analysis.findings.map((finding) => converter.diagnostic(finding, current.version ?? 0, parts));
}
