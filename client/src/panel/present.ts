import type { CredentialPlace, CredentialRow } from '../../../server/src/protocol/index.ts';
import { answerWords, LEVEL_WORDS, reachWords } from '../../../server/src/protocol/words.ts';
import { firstAndMore } from '../../table/names.ts';
import type { Icon, OfferedFix, PanelNode, TooltipLine } from './node.ts';
import { counted, oneLine, ruleWords, sentence, shortPath } from './words.ts';

type Level = CredentialRow['level'];

const LEVEL_ICON: Readonly<Record<Exclude<Level, 'none'>, Icon>> = {
	error: { codicon: 'error', color: 'problemsErrorIcon.foreground' },
	warning: { codicon: 'warning', color: 'problemsWarningIcon.foreground' },
	note: { codicon: 'info', color: 'problemsInfoIcon.foreground' },
};

const UNKNOWN = 'unknown';

export function presentRows(rows: readonly CredentialRow[]): readonly PanelNode[] {
	return rows.map(presentRow);
}

/** Secrets, not copies: one token in three files is one thing to do. */
export function countOpen(rows: readonly CredentialRow[]): number {
	return rows.filter((row) => row.level === 'error' || row.level === 'warning').length;
}

function presentRow(row: CredentialRow): PanelNode {
	const fixes = row.places.flatMap(offeredFix);
	const label = oneLine(`${row.issuer} ${row.kind}`);
	return {
		id: row.id,
		label: oneLine(row.issuer),
		// What a person decides by comes first: a narrow panel shows no more.
		description: [oneLine(reachWords(row)), ageWords(row), serverWords(row), oneLine(row.kind), hostWords(row)]
			.filter((part) => part !== '')
			.join(' · '),
		icon: rowIcon(row),
		tooltip: rowTooltip(row),
		spoken: rowSpoken(row, label, fixes),
		context: contextOf(row.actions?.length ? 'credential.acts' : 'credential', fixes),
		expanded: false,
		children: [
			factNode(row, 'scope', 'Scope', 'shield', row.scope.text, [row.scope.evidence, needWords(row)]),
			factNode(row, 'age', 'Age', 'history', row.age.text, row.age.evidence),
			factNode(row, 'stored', 'Stored', row.storage.where === 'config' ? 'unlock' : 'lock', row.storage.text, []),
			factNode(row, 'expires', 'Expires', 'calendar', row.expires ?? UNKNOWN, []),
			...row.places.map((place) => placeNode(row, place)),
		],
		...(row.places[0] ? { place: row.places[0] } : {}),
		fixes,
		row,
	};
}

/** A stored secret without a finding is ticked; one in a config without a finding is only known, not good. */
function rowIcon(row: CredentialRow): Icon {
	if (row.level !== 'none') return LEVEL_ICON[row.level];
	return row.storage.where === 'config' ? { codicon: 'key' } : { codicon: 'pass', color: 'testing.iconPassed' };
}

function serverWords(row: CredentialRow): string {
	return oneLine(firstAndMore(row.places.flatMap((place) => place.server ?? [])));
}

function hostWords(row: CredentialRow): string {
	return oneLine(firstAndMore(row.places.flatMap((place) => place.host.split(', ')).filter(Boolean)));
}

function ageWords(row: CredentialRow): string {
	const text = oneLine(row.age.text);
	return text.startsWith(UNKNOWN) ? `age ${text}` : `${text} old`;
}

function needWords({ scope }: CredentialRow): string {
	return scope.need === undefined ? '' : `needed: ${scope.need}`;
}

function rowTooltip(row: CredentialRow): readonly TooltipLine[] {
	return [
		{ title: LEVEL_WORDS[row.level], texts: [oneLine(row.label)] },
		{ title: 'Scope', texts: lines(row.scope.text, row.scope.evidence, needWords(row)) },
		{ title: 'Age', texts: lines(row.age.text, ...row.age.evidence) },
		{ title: 'Expires', texts: [oneLine(row.expires ?? UNKNOWN)] },
		{ title: 'Stored', texts: [oneLine(row.storage.text)] },
		{ title: row.places.length === 1 ? 'Place' : 'Places', texts: row.places.map(placeWords) },
	];
}

function rowSpoken(row: CredentialRow, label: string, fixes: readonly OfferedFix[]): string {
	const server = serverWords(row);
	const host = hostWords(row);
	return [
		LEVEL_WORDS[row.level],
		label,
		server && `Server ${server}`,
		host && `Read by ${host}`,
		`Scope: ${row.scope.text}`,
		answerWords(row) ?? '',
		`Age: ${row.age.text}`,
		`Stored ${row.storage.text}`,
		`In ${counted(row.places.length, 'place')}`,
		fixes.length > 0 ? `${counted(fixes.length, 'fix', 'fixes')} offered` : 'No fix offered',
	]
		.map(sentence)
		.filter((part) => part !== '')
		.join(' ');
}

function factNode(
	row: CredentialRow,
	key: string,
	label: string,
	codicon: string,
	text: string,
	evidence: readonly string[],
): PanelNode {
	const value = oneLine(text);
	const said = lines(...evidence);
	return {
		id: `${row.id}/${key}`,
		label,
		description: value,
		icon: { codicon },
		tooltip: [{ title: label, texts: [value, ...said] }],
		spoken: `${label}: ${[value, ...said].map(sentence).join(' ')}`,
		context: 'fact',
		expanded: false,
		children: said.map((line, index) => evidenceNode(`${row.id}/${key}/${index}`, line)),
		fixes: [],
	};
}

function evidenceNode(id: string, line: string): PanelNode {
	return {
		id,
		label: line,
		description: '',
		icon: { codicon: 'note' },
		tooltip: [{ title: 'Evidence', texts: [line] }],
		spoken: sentence(`Evidence: ${line}`),
		context: 'fact',
		expanded: false,
		children: [],
		fixes: [],
	};
}

function placeNode(row: CredentialRow, place: CredentialPlace): PanelNode {
	const id = `${row.id}/place/${place.uri}#${place.pointer}`;
	const fixes = offeredFix(place);
	return {
		id,
		label: lineOf(place),
		description: [place.server ?? '', place.position, place.host].map(oneLine).filter(Boolean).join(' · '),
		icon: { codicon: 'go-to-file' },
		tooltip: [
			{ title: lineOf(place), texts: lines(place.server ? `server ${place.server}` : '', place.position) },
			...(place.host === '' ? [] : [{ title: 'Read by', texts: [oneLine(place.host)] }]),
		],
		spoken: [
			`Place: ${lineOf(place)}`,
			place.server ? `Server ${place.server}` : '',
			place.position,
			place.host && `Read by ${place.host}`,
		]
			.map(sentence)
			.filter((part) => part !== '')
			.join(' '),
		context: contextOf('place', fixes),
		expanded: place.findings.length > 0,
		children: place.findings.map((finding, index) => findingNode(`${id}/${finding.ruleId}/${index}`, place, finding)),
		place,
		fixes,
	};
}

function findingNode(id: string, place: CredentialPlace, finding: CredentialPlace['findings'][number]): PanelNode {
	const message = oneLine(finding.message);
	return {
		id,
		label: ruleWords(finding.ruleId),
		description: message,
		icon: LEVEL_ICON[finding.level],
		tooltip: [{ title: `${LEVEL_WORDS[finding.level]}: ${finding.ruleId}`, texts: [finding.message.slice(0, 2000)] }],
		spoken: `${LEVEL_WORDS[finding.level]}. ${sentence(ruleWords(finding.ruleId))} ${sentence(message)}`,
		context: finding.ignore ? 'finding.ignorable' : 'finding',
		expanded: false,
		children: [],
		place,
		fixes: [],
		...(finding.ignore ? { ignore: finding.ignore } : {}),
	};
}

function offeredFix(place: CredentialPlace): readonly OfferedFix[] {
	if (!place.fix) return [];
	return [{ title: oneLine(place.fix.title), where: placeWords(place), place }];
}

function contextOf(kind: string, fixes: readonly OfferedFix[]): string {
	return fixes.length > 0 ? `${kind}.fixable` : kind;
}

/** ".vscode/mcp.json:7, server github": lines as people count them. */
function placeWords(place: CredentialPlace): string {
	return oneLine(place.server ? `${lineOf(place)}, server ${place.server}` : lineOf(place));
}

function lineOf(place: CredentialPlace): string {
	return `${shortPath(place.uri)}:${place.range.start.line + 1}`;
}

function lines(...texts: readonly string[]): readonly string[] {
	return texts.map(oneLine).filter((text) => text !== '');
}
