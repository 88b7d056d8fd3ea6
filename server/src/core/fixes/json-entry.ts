import { member } from '../syntax/tree.ts';
import type { EntryWriter } from './entry-writer.ts';
import {
	innerComments,
	insertFirstMember,
	insertMemberAfter,
	prependItems,
	replaceWith,
	setMember,
} from './json-edit.ts';

/** An entry in JSON. */
export const jsonWriter: EntryWriter = {
	replace: (_, node, value) => replaceWith(node.span, value),

	prependArgs({ document: { text }, server, names }, values) {
		const items = values.map((value) => JSON.stringify(value));
		const args = member(server.node, names.args);
		if (args?.value?.kind === 'array') return prependItems(text, args.value, items);
		const command = member(server.node, names.command);
		return args || !command ? undefined : insertMemberAfter(text, command, names.args, `[${items.join(', ')}]`);
	},

	setEnv({ document: { text }, server, names }, name, value) {
		const env = member(server.node, names.env);
		if (env?.value?.kind === 'object') return setMember(text, env.value, name, JSON.stringify(value));
		if (env) return undefined;
		const after = member(server.node, names.args) ?? member(server.node, names.command);
		const json = `{ ${JSON.stringify(name)}: ${JSON.stringify(value)} }`;
		return after
			? insertMemberAfter(text, after, names.env, json)
			: insertFirstMember(text, server.node, names.env, json);
	},

	toCommand({ document, server, names }, headers, command, args) {
		const url = server.node.members.find(({ value }) => value === server.url?.node);
		if (!url) return undefined;
		return [
			{
				span: url.span,
				newText: `${innerComments(document, url.span)}${JSON.stringify(names.command)}: ${JSON.stringify(command)}`,
			},
			{
				span: headers.span,
				newText: `${innerComments(document, headers.span)}${JSON.stringify(names.args)}: [${args.map((arg) => JSON.stringify(arg)).join(', ')}]`,
			},
		];
	},
};
