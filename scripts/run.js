// Plain JavaScript on purpose: an older Node cannot even read the TypeScript scripts, and this line is to reach people.
const NEEDED = 24;

const major = Number(process.versions.node.split('.')[0]);
if (major < NEEDED) {
	console.error(
		`The scripts need Node ${NEEDED} or newer; this is ${process.version} (${process.execPath}). Install Node ${NEEDED} and try again.`,
	);
	process.exit(1);
}

const script = new URL(`./${process.argv[2]}.ts`, import.meta.url);
process.argv.splice(1, 2, (await import('node:url')).fileURLToPath(script));
await import(script.href);
