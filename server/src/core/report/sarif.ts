import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Level } from '../finding.ts';
import { RULES } from '../rules/index.ts';
import type { Rule } from '../rules/rule.ts';
import { type Region, type Report, type ReportedFinding, reportedFindings } from './model.ts';

/** Where the rule pages are published; `example.invalid` until the project has a public home. */
const HOME = 'https://example.invalid/mcp-credential-hygiene';

export function rulePage(ruleId: string): string {
	return `${HOME}/docs/rules/${ruleId}.md`;
}

/** SARIF 2.1.0 (OASIS, 2023-08-28). Snippets are masked, and no property can be turned back into a secret. */
export function sarifReport(report: Report): string {
	const findings = reportedFindings(report);
	const log = {
		$schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
		version: '2.1.0',
		runs: [
			{
				tool: {
					driver: {
						name: 'mcp-hygiene',
						version: report.version,
						informationUri: HOME,
						rules: RULES.map(ruleDescriptor),
					},
				},
				columnKind: 'utf16CodeUnits',
				taxonomies: [cweTaxonomy()],
				artifacts: report.files.map((file) => ({ location: { uri: uriOf(file.path) } })),
				results: results(findings),
			},
		],
	};
	return `${JSON.stringify(log, null, '\t')}\n`;
}

function ruleDescriptor(rule: Rule) {
	return {
		id: rule.id,
		shortDescription: { text: `${rule.title}.` },
		helpUri: rulePage(rule.id),
		defaultConfiguration: { level: rule.defaultLevel },
		relationships: rule.cwe.map((id) => ({ target: { id, toolComponent: { name: 'CWE' } }, kinds: ['superset'] })),
	};
}

function cweTaxonomy() {
	const ids = [...new Set(RULES.flatMap((rule) => rule.cwe))].toSorted();
	const taxa = ids.map((id) => ({
		id,
		helpUri: `https://cwe.mitre.org/data/definitions/${id.replace('CWE-', '')}.html`,
	}));
	return { name: 'CWE', organization: 'MITRE', informationUri: 'https://cwe.mitre.org/', taxa };
}

function results(findings: readonly ReportedFinding[]) {
	const ruleIndex = new Map(RULES.map((rule, i) => [rule.id, i]));
	const seen = new Map<string, number>();
	return findings.map((finding) => ({
		ruleId: finding.ruleId,
		ruleIndex: ruleIndex.get(finding.ruleId) ?? -1,
		level: finding.level satisfies Level,
		message: { text: finding.message },
		locations: [{ ...location(finding.path, finding.region, finding.isSecret), ...logicalLocation(finding) }],
		...(finding.related.length > 0
			? {
					relatedLocations: finding.related.map(({ path, region, message }) => ({
						...location(path, region, false),
						message: { text: message },
					})),
				}
			: {}),
		partialFingerprints: { 'place/v1': placeFingerprint(finding, seen) },
		properties: finding.properties,
	}));
}

function location(path: string, region: Region, isSecret: boolean) {
	const snippet = isSecret ? { snippet: { text: '[secret]' } } : {};
	return { physicalLocation: { artifactLocation: { uri: uriOf(path) }, region: { ...region, ...snippet } } };
}

function logicalLocation({ properties: { server, pointer } }: ReportedFinding) {
	return { logicalLocations: [{ fullyQualifiedName: pointer, ...(server === undefined ? {} : { name: server }) }] };
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

/** A path as a URI reference: relative stays relative, `C:/x` becomes `file:///C:/x`. */
function uriOf(path: string): string {
	const encoded = path.split('/').map(encodeURIComponent).join('/');
	if (path.startsWith('/')) return `file://${encoded}`;
	return /^[A-Za-z]:\//.test(path) ? `file:///${encoded.replace('%3A', ':')}` : encoded;
}
