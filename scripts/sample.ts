// Makes the sample workspace that `npm start` opens, for the debugger.
import { randomInt } from 'node:crypto';
import { generateSample } from '../test/sample/generate.ts';
import { cache } from './paths.ts';
import { findProgram } from './process.ts';

export const sample = `${cache}/sample`;

export function makeSample(): void {
	generateSample(sample, { seed: randomInt(1, 1_000_000), history: findProgram('git') !== undefined });
}

if (process.argv[1] === import.meta.filename) makeSample();
