import type { Rule } from './rule.ts';
import { fileSecrets } from './whole-file.ts';

/** A file with secrets that other accounts of the machine can read. */
export const worldReadableConfig: Rule = {
	id: 'world-readable-config',
	title: 'Other accounts can read a file with a credential',
	defaultLevel: 'warning',
	cwe: ['CWE-732'],
	*check(context) {
		const { exposure } = context.knowledge;
		// Whoever has the repository has the file anyway; that is the worse news, and it is told by a rule of its own.
		if (!exposure?.readableByOthers || exposure.git?.tracked) return;
		const held = fileSecrets(context);
		if (!held) return;
		const mode = exposure.mode === undefined ? '' : ` (mode ${exposure.mode.toString(8)})`;
		yield {
			...held.found,
			level: context.document.scope === 'user' && held.certain ? 'warning' : 'note',
			message: `Every account of this machine can read this file${mode}, and it holds ${held.words}. Run "chmod 600" on it, and move ${held.plural ? 'them' : 'it'} to the OS keychain.`,
		};
	},
};
