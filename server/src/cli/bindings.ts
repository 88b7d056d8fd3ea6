import { type Binding, targetText } from '../core/bindings/binding.ts';
import { receiverText } from '../core/bindings/receiver.ts';
import { plainName } from '../core/names-shown.ts';
import { plain } from '../core/report/words.ts';
import { type Command, EXIT } from './context.ts';
import { readState } from './state.ts';
import { noPositionals, oneOf, parse } from './usage.ts';

/** `bindings`: which server may use which stored secret, and for what. */
export const bindings: Command = async (args, context) => {
	const { values, positionals } = parse(args, { format: { type: 'string', default: 'text' } });
	noPositionals(positionals, 'bindings');
	const format = oneOf(values.format, ['text', 'json'], '--format');
	const all = (await readState(context))?.bindings ?? [];
	if (format === 'json') context.out(`${JSON.stringify(all.map(row), null, '\t')}\n`);
	else if (all.length === 0) context.out('No server is allowed to use a stored secret yet.\n');
	else
		context.out(
			all.map((binding) => `${bindingText(binding)}\n  approved  ${row(binding).approved.slice(0, 10)}\n`).join('\n'),
		);
	return EXIT.ok;
};

/** What a person needs to know of a binding; the fingerprints inside it are left out. */
function row({ reference, workload, destination, approvedAt }: Binding) {
	return {
		reference,
		config: workload.config,
		server: plainName(workload.server),
		...(workload.folder === undefined ? {} : { folder: workload.folder }),
		target: targetText(destination),
		receiver: receiverText(destination),
		approved: new Date(approvedAt).toISOString(),
	};
}

/** Several lines, without a line end. */
export function bindingText(binding: Binding): string {
	const { reference, config, server, folder, target, receiver } = row(binding);
	const only = folder === undefined ? '' : `, for ${folder}`;
	return [
		plain(reference),
		`  server    ${plain(server)} in ${plain(config)}${plain(only)}`,
		`  given to  ${plain(target)} of ${plain(receiver)}`,
	].join('\n');
}
