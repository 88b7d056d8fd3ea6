#!/usr/bin/env node
import { realpathSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { keepCompiled } from '../adapters/compiled.ts';
import { stateDirectory } from '../adapters/state/directory.ts';
import { EXIT } from './context.ts';
import { nodeProblem } from './node-version.ts';
import { processContext } from './process.ts';
import { runCli } from './program.ts';

const { homedir } = userInfo();
const distFolder = dirname(realpathSync(process.argv[1]!));
keepCompiled(distFolder);
const context = processContext({ home: homedir, stateDir: stateDirectory(homedir), distFolder });
const problem = nodeProblem(process.versions.node);
if (problem) context.err(`mcp-hygiene: ${problem}\n`);
const ended = problem ? Promise.resolve(EXIT.failure) : runCli(process.argv.slice(2), context);
ended.then((code) => {
	// Neither `process.exit` nor a zero: what `run` started may still be running, and the launcher ends with its code.
	if (code !== 0) process.exitCode = code;
});
