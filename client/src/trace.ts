/**
 * A trace of the protocol would print whole documents, and with them the very tokens that this extension guards. Only
 * what kind of message went by may be logged.
 */
const HEADLINE = /^(?:Sending|Received) (?:request|notification|response) '[\w$/.-]{1,80}(?: - \(\w{1,20}\))?'/;

/** The part of a trace entry that holds no content, or undefined when no such part is recognised. */
export function traceHeadline(entry: string): string | undefined {
	return HEADLINE.exec(entry)?.[0];
}

/** The channel, with every trace entry cut down to its headline. */
export function redactingTrace<Channel extends { trace(message: string, ...args: unknown[]): void }>(
	log: Channel,
): Channel {
	const trace = (entry: string): void => {
		const headline = traceHeadline(entry);
		if (headline) log.trace(headline);
	};
	// The proxy stands over an empty object: a frozen channel would forbid another `trace`.
	return new Proxy({} as Channel, {
		get(_, name) {
			if (name === 'trace') return trace;
			const value: unknown = Reflect.get(log, name);
			return typeof value === 'function' ? value.bind(log) : value;
		},
	});
}
