import { realpathSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { stateDirectory } from '../adapters/state/directory.ts';
import { processContext } from './process.ts';
import { runCli } from './program.ts';

const { homedir } = userInfo();
const distFolder = dirname(realpathSync(process.argv[1]!));
runCli(process.argv.slice(2), processContext({ home: homedir, stateDir: stateDirectory(homedir), distFolder })).then(
	(code) => {
		// Not `process.exit`: a report that goes to a pipe may still be on its way.
		process.exitCode = code;
	},
);
