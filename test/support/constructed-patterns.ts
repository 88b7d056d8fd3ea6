// Run as a program: prints every regular expression that the core builds at run time, as JSON lines.
const Original = RegExp;
const seen = new Set<string>();

globalThis.RegExp = new Proxy(Original, {
	construct(target, args: [string | RegExp, string?], newTarget) {
		const made = Reflect.construct(target, args, newTarget) as RegExp;
		// A copy of a literal is found in the source.
		if (typeof args[0] === 'string') seen.add(JSON.stringify({ source: made.source, flags: made.flags }));
		return made;
	},
});

await import('../../server/src/core/analyze.ts');
await import('../../server/src/core/dialects/index.ts');
// Those of token kinds are built when a value first asks for them.
const { KINDS } = await import('../../server/src/core/issuers/index.ts');
const { matchHinted, matchShape, scanFormats } = await import('../../server/src/core/issuers/formats.ts');
for (const { prefix, marker } of KINDS) scanFormats(prefix ?? marker ?? '', () => true);
matchHinted('-');
matchShape('-'.repeat(40));
for (const line of seen) console.log(line);

export {};
