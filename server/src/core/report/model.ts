import type { Analysis } from '../analyze.ts';
import { distinctValues } from '../credentials/counts-as.ts';
import type { ConfigDocument } from '../document.ts';
import type { Finding, Level } from '../finding.ts';
import { plainName, plainPointer } from '../names-shown.ts';
import type { Position } from '../servers.ts';
import { LineIndex, type Span } from '../text.ts';

/** One analysed file, as a report names it. */
export interface ReportFile {
	/** Relative to where the command ran, with `/`; absolute where it lies elsewhere. */
	readonly path: string;
	readonly document: ConfigDocument;
	readonly analysis: Analysis;
}

export interface Report {
	readonly version: string;
	readonly files: readonly ReportFile[];
	/** What was to be looked at and could not be, one line each: what is missing from a report is no clean bill. */
	readonly problems: readonly string[];
}

/** One-based lines and UTF-16 columns; the end column is the one after the last character. SARIF counts so. */
export interface Region {
	readonly startLine: number;
	readonly startColumn: number;
	readonly endLine: number;
	readonly endColumn: number;
}

/** A finding as every format prints it. Holds no secret. */
export interface ReportedFinding {
	readonly ruleId: string;
	readonly level: Level;
	readonly message: string;
	readonly path: string;
	readonly region: Region;
	readonly related: readonly { readonly path: string; readonly region: Region; readonly message: string }[];
	/** True where the region is a secret: a report masks it. */
	readonly isSecret: boolean;
	readonly properties: FindingProperties;
}

/** Names and pointers as `names-shown.ts` shows them: a token that stands where a name belongs is not repeated. */
export interface FindingProperties {
	/** The hosts that read the file; absent where none is known, as for a `.env` file by itself. */
	readonly host?: string;
	readonly server?: string;
	readonly position?: Position;
	readonly pointer: string;
	readonly issuer?: string;
	readonly tokenKind?: string;
	readonly confidence?: string;
	/** Equal for copies of one secret within one run, and meaningless outside of it: its key is made for the run. */
	readonly secretId?: string;
}

export function reportedFindings({ files }: Report): ReportedFinding[] {
	const places = new Map(files.map((file) => [file.document.uri, new Places(file)]));
	return files.flatMap((file) => file.analysis.findings.map((finding) => reported(finding, file, places)));
}

function reported(finding: Finding, file: ReportFile, places: ReadonlyMap<string, Places>): ReportedFinding {
	const here = places.get(file.document.uri)!;
	const related = (finding.related ?? []).flatMap((other) => {
		const there = other.uri === undefined ? here : places.get(other.uri);
		return there ? [{ path: there.path, region: there.region(other.span), message: other.message }] : [];
	});
	let told: FindingProperties | undefined;
	return {
		ruleId: finding.ruleId,
		level: finding.level,
		message: finding.message,
		path: file.path,
		region: here.region(finding.span),
		related,
		isSecret: finding.credential !== undefined,
		// Only the formats that programs read ask for them.
		get properties() {
			told ??= properties(finding, file.document);
			return told;
		},
	};
}

function properties({ server, pointer, credential }: Finding, document: ConfigDocument): FindingProperties {
	const host = document.dialect.readers.join(', ');
	return {
		...(host === '' ? {} : { host }),
		...(server === undefined ? {} : { server: plainName(server) }),
		...(credential ? { position: credential.part.position } : {}),
		pointer: plainPointer(pointer),
		...(credential
			? {
					issuer: credential.classification.issuer,
					tokenKind: credential.classification.kind.id,
					confidence: credential.confidence,
					secretId: credential.fingerprint,
				}
			: {}),
	};
}

/** The places of one file; its line table is made when it is first asked for. */
class Places {
	readonly path: string;
	readonly #text: string;
	#lines: LineIndex | undefined;

	constructor(file: ReportFile) {
		this.path = file.path;
		this.#text = file.document.text;
	}

	region(span: Span): Region {
		this.#lines ??= new LineIndex(this.#text);
		const start = this.#lines.position(span.start);
		const end = this.#lines.position(span.end);
		return {
			startLine: start.line + 1,
			startColumn: start.character + 1,
			endLine: end.line + 1,
			endColumn: end.character + 1,
		};
	}
}

/** The worst first. */
export const LEVELS = ['error', 'warning', 'note'] as const satisfies readonly Level[];

export interface Summary {
	/** How many of each level, without those that a person accepted. */
	readonly findings: Readonly<Record<Level, number>>;
	/** Distinct secrets, however often each is written. */
	readonly secrets: number;
	/** Where they are written. */
	readonly places: number;
	/** Distinct values that may be secrets; neither they nor well-known default passwords are counted as one. */
	readonly possible: number;
	readonly files: number;
	/** Findings that a person accepted, in a comment or in the baseline. */
	readonly accepted: number;
}

/** Counts what was found, whether or not a rule reports it. */
export function summary({ files }: Report): Summary {
	const credentials = files.flatMap((file) => file.analysis.credentials);
	const values = distinctValues(credentials);
	const counting = [...values.values()];
	const levels = files.flatMap((file) => file.analysis.findings.map(({ level }) => level));
	const of = (level: Level) => levels.filter((one) => one === level).length;
	return {
		findings: { error: of('error'), warning: of('warning'), note: of('note') },
		secrets: counting.filter((one) => one === 'secret').length,
		places: credentials.filter(({ fingerprint }) => values.get(fingerprint) === 'secret').length,
		possible: counting.filter((one) => one === 'possible').length,
		files: files.length,
		accepted: files.reduce((sum, file) => sum + file.analysis.suppressed.length, 0),
	};
}
