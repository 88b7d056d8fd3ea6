/** A command cannot go on; the message is one line for people with the way out. */
export class CommandError extends Error {
	override readonly name = 'CommandError';
}
