/** Node 22 switches V8's quick optimizing compiler off, and without it the slow one is needed. */
const OLDEST_WITH_QUICK_ONE = 24;
/** Where V8 has one. */
const MACHINES: readonly string[] = ['x64', 'arm64'];
/** Before shorter texts it takes longer to load what sets a flag than it saves. */
const BIG = 64_000;

/**
 * A command ends before the code of V8's slow optimizing compiler has paid for itself: of the processor's time for 1 MB it
 * takes a quarter, and 10 MB are read as fast without it.
 */
export function leaveOutSlowCompiler(text: string): void {
	if (text.length < BIG || !hasQuickCompiler(process.versions.node, process.arch)) return;
	process.getBuiltinModule('node:v8').setFlagsFromString('--no-turbofan');
}

export function hasQuickCompiler(node: string, machine: string): boolean {
	return Number.parseInt(node, 10) >= OLDEST_WITH_QUICK_ONE && MACHINES.includes(machine);
}
