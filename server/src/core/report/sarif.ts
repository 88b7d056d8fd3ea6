import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Level } from '../finding.ts';
import { RULES } from '../rules/index.ts';
import type { Rule } from '../rules/rule.ts';
import { citationById, citationsOf } from './citations.ts';
import { type Region, type Report, type ReportedFinding, reportedFindings } from './model.ts';

/** Where the rule pages are published; `example.invalid` until the project has a public home. */
const HOME = 'https://example.invalid/mcp-credential-hygiene';

export function rulePage(ruleId: string): string {
	return `${HOME}/docs/rules/${ruleId}.md`;
}

/** The one source root: what is not absolute lies below the folder that the scan ran in. */
const ROOT = '%SRCROOT%';

/**
 * SARIF 2.1.0 (OASIS, 2023-08-28), with what GitHub's code scanning asks for on top (docs.github.com, SARIF support for code
 * scanning, read 2026-11). Snippets are masked, and no property can be turned back into a secret.
 */
export function sarifReport(report: Report): string {
	const taxonomy = cweTaxonomy();
	const log = {
		$schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
		version: '2.1.0',
		runs: [
			{
				tool: {
					driver: {
						name: 'mcp-hygiene',
						semanticVersion: report.version,
						informationUri: HOME,
						rules: RULES.map(ruleDescriptor),
						supportedTaxonomies: [{ name: taxonomy.name, index: 0 }],
					},
				},
				columnKind: 'utf16CodeUnits',
				originalUriBaseIds: { [ROOT]: { description: { text: 'The folder that the scan ran in.' } } },
				invocations: [invocation(report)],
				taxonomies: [taxonomy],
				artifacts: report.files.map((file) => ({ location: artifactLocation(file.path) })),
				results: results(reportedFindings(report)),
			},
		],
	};
	return `${JSON.stringify(log, null, '\t')}\n`;
}

function invocation({ problems }: Report) {
	return {
		executionSuccessful: problems.length === 0,
		toolExecutionNotifications: problems.map((text) => ({ level: 'error', message: { text } })),
	};
}

function ruleDescriptor(rule: Rule) {
	const page = rulePage(rule.id);
	return {
		id: rule.id,
		shortDescription: { text: `${rule.title}.` },
		fullDescription: { text: `${rule.title}. What to use instead: ${page}` },
		helpUri: page,
		help: {
			text: `${rule.title}. Why it matters here, and what to use instead: ${page}`,
			markdown: `${rule.title}. [Why it matters here, and what to use instead](${page}).`,
		},
		defaultConfiguration: { level: rule.defaultLevel },
		properties: {
			tags: ['security', ...citationsOf(rule).map(({ id }) => tagOf(id))],
			'security-severity': SEVERITY[rule.defaultLevel],
		},
		relationships: rule.cwe.map((id) => ({ target: cwe(id), kinds: ['superset'] })),
	};
}

/** Weaknesses as code scanning knows them; the lists by their own names: "NHI5:2025". */
function tagOf(id: string): string {
	return id.startsWith('CWE-') ? `external/cwe/${id.toLowerCase()}` : id;
}

/** Scores that code scanning shows as high, medium and low. */
const SEVERITY: Readonly<Record<Level, string>> = { error: '8.0', warning: '5.0', note: '2.0' };

const CWE_IDS: readonly string[] = [...new Set(RULES.flatMap((rule) => rule.cwe))].toSorted();

/** A reference into the one taxonomy of the run. */
function cwe(id: string) {
	return { id, index: CWE_IDS.indexOf(id), toolComponent: { name: 'CWE', index: 0 } };
}

function cweTaxonomy() {
	const taxa = CWE_IDS.flatMap((id) => {
		const known = citationById(id);
		return known ? [{ id, shortDescription: { text: `${known.title}.` }, helpUri: known.source }] : [];
	});
	return { name: 'CWE', organization: 'MITRE', informationUri: 'https://cwe.mitre.org/', isComprehensive: false, taxa };
}

function results(findings: readonly ReportedFinding[]) {
	const ruleIndex = new Map(RULES.map((rule, i) => [rule.id, i]));
	const seen = new Map<string, number>();
	return findings.map((finding) => {
		const index = ruleIndex.get(finding.ruleId) ?? -1;
		const taxa = RULES[index]?.cwe ?? [];
		return {
			ruleId: finding.ruleId,
			ruleIndex: index,
			level: finding.level satisfies Level,
			message: { text: finding.message },
			locations: [{ ...location(finding.path, finding.region, finding.isSecret), ...logicalLocation(finding) }],
			...(finding.related.length > 0
				? {
						relatedLocations: finding.related.map(({ path, region, message }, id) => ({
							id,
							...location(path, region, false),
							message: { text: message },
						})),
					}
				: {}),
			...(taxa.length > 0 ? { taxa: taxa.map(cwe) } : {}),
			partialFingerprints: fingerprints(placeFingerprint(finding, seen)),
			properties: finding.properties,
		};
	});
}

/** Code scanning looks at the first name only; left to itself it would hash the line, which holds the secret. */
function fingerprints(place: string) {
	return { primaryLocationLineHash: `${place}:1`, 'place/v1': place };
}

function location(path: string, region: Region, isSecret: boolean) {
	const snippet = isSecret ? { snippet: { text: '[secret]' } } : {};
	return { physicalLocation: { artifactLocation: artifactLocation(path), region: { ...region, ...snippet } } };
}

function logicalLocation({ properties: { server, pointer } }: ReportedFinding) {
	return {
		logicalLocations: [
			{ fullyQualifiedName: pointer, kind: 'object', ...(server === undefined ? {} : { name: server }) },
		],
	};
}

/**
 * The same for the same rule at the same place in every run, whatever the lines above it do and whatever the secret is: it
 * is made of the place alone. A second secret in one string counts on.
 */
function placeFingerprint({ ruleId, path, properties }: ReportedFinding, seen: Map<string, number>): string {
	const place = `${ruleId}\n${path}\n${properties.pointer}`;
	const nth = seen.get(place) ?? 0;
	seen.set(place, nth + 1);
	return bytesToHex(sha256(utf8ToBytes(`${place}\n${nth}`))).slice(0, 32);
}

/** Relative paths stay relative, to the source root; `C:/x` becomes `file:///C:/x`. */
function artifactLocation(path: string) {
	const encoded = path.toWellFormed().split('/').map(encodeURIComponent).join('/');
	if (path.startsWith('/')) return { uri: `file://${encoded}` };
	if (/^[A-Za-z]:\//.test(path)) return { uri: `file:///${encoded.replace('%3A', ':')}` };
	return { uri: encoded, uriBaseId: ROOT };
}
