import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { keepCompiled } from '../adapters/compiled.ts';
import { stateDirectory } from '../adapters/state/directory.ts';

keepCompiled(dirname(realpathSync(process.argv[1]!)));
// A bundle of its own, so that it is among what is kept.
void import('./launch.ts').then(({ launch }) => launch(process.argv.slice(2), stateDirectory()));
