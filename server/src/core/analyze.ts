import { baselineKey } from './accepted/baseline.ts';
import { type Accepted, type SuppressedFinding, suppress } from './accepted/suppressions.ts';
import { findCredentials } from './credentials/find.ts';
import type { ConfigDocument } from './document.ts';
import type { Credential, Finding, Level } from './finding.ts';
import { withCopies } from './rules/copies.ts';
import { RULES } from './rules/index.ts';
import { secretsByServer } from './rules/position.ts';
import { referencesIn } from './rules/references-in.ts';
import { type Knowledge, NO_KNOWLEDGE, type RuleContext } from './rules/rule.ts';
import type { Fingerprinter } from './secret-value.ts';

export interface AnalysisSettings {
	readonly fingerprinter: Fingerprinter;
	readonly knowledge: Knowledge;
	/** Rule id to a level, or `off`. */
	readonly levels: ReadonlyMap<string, Level | 'off'>;
	/** What a baseline accepts in this document; absent = nothing. */
	readonly accepted?: Accepted;
}

export interface Analysis {
	readonly findings: readonly Finding[];
	/** What a person accepted, in a comment or in the baseline. */
	readonly suppressed: readonly SuppressedFinding[];
	/** Every literal secret, whether or not a rule reports it: what the panel counts. */
	readonly credentials: readonly Credential[];
}

/** The single entry of the core. Never throws on input; linear in the text. */
export function analyze(document: ConfigDocument, settings: AnalysisSettings): Analysis {
	const { levels, fingerprinter } = settings;
	const credentials = findCredentials(document, fingerprinter);
	const held = secretsByServer(credentials);
	const references = referencesIn(document);
	const context: RuleContext = { document, credentials, held, references, knowledge: knowledgeFor(settings) };
	const findings: Finding[] = [];
	for (const rule of RULES) {
		const chosen = levels.get(rule.id);
		if (chosen === 'off') continue;
		for (const raw of rule.check(context)) {
			const level = raw.level ?? rule.defaultLevel;
			findings.push({ ...raw, ruleId: rule.id, level: chosen ? adjusted(level, rule.defaultLevel, chosen) : level });
		}
	}
	const ordered = withCopies(findings.toSorted(byPlace), context);
	return { ...suppress(ordered, document, settings.accepted ?? NOTHING, baselineKey), credentials };
}

const NOTHING: Accepted = new Map();

/** At one place, what has to be done first; then in the order of the rules. */
function byPlace(a: Finding, b: Finding): number {
	return a.span.start - b.span.start || RANKED.indexOf(a.level) - RANKED.indexOf(b.level);
}

/** Without the rule for values that came back, such a value is an ordinary inlined credential; it must not vanish. */
function knowledgeFor({ levels, knowledge }: AnalysisSettings): Knowledge {
	return levels.get('reinlined-credential') === 'off' ? { ...knowledge, stored: NO_KNOWLEDGE.stored } : knowledge;
}

const RANKED: readonly Level[] = ['error', 'warning', 'note'];

/** The chosen level is for what the rule is sure of; a weaker finding stays as many steps below it as it was before. */
function adjusted(level: Level, usual: Level, chosen: Level): Level {
	const below = Math.max(0, RANKED.indexOf(level) - RANKED.indexOf(usual));
	return RANKED[Math.min(RANKED.indexOf(chosen) + below, RANKED.length - 1)]!;
}
