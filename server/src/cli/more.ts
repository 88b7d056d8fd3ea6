/** The parts of `scan` that only some runs need: a bundle of its own, to be imported dynamically. */
export { exposureOf } from '../adapters/exposure.ts';
export { jsonReport } from '../core/report/json.ts';
export { sarifReport } from '../core/report/sarif.ts';
export { applyBaseline } from './baseline.ts';
export { envFilesOf, readEnvFiles, readersOf } from './env-files.ts';
export { stagedSources } from './staged.ts';
export { userPlaces } from './user-places.ts';
