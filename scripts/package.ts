// `npm run package`: the VSIX for this platform. What ships is listed in .vscodeignore.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { build } from './build.ts';
import { root } from './paths.ts';
import { main, must } from './process.ts';

const vsce = `${root}/node_modules/@vscode/vsce/vsce`;

/** Packs dist/ as it is, with the native keyring module of the platform that npm installed for. */
export async function packageExtension(file: string): Promise<void> {
	mkdirSync(dirname(file), { recursive: true });
	// The README's pictures are in the package, where "Open Documentation" shows them; there is no public place to point to.
	const args = [
		vsce,
		'package',
		'--no-rewrite-relative-links',
		'--target',
		`${process.platform}-${process.arch}`,
		'--out',
		file,
	];
	await must('The extension could not be packed', process.execPath, args, { output: 'quiet' });
}

if (process.argv[1] === import.meta.filename) {
	await main(async () => {
		await build();
		const file = `${root}/mcp-credential-hygiene-${process.platform}-${process.arch}.vsix`;
		await packageExtension(file);
		console.log(file);
		return 0;
	});
}
