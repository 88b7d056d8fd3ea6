import { stateDirectory } from '../adapters/state/directory.ts';
import { launch } from './launch.ts';

void launch(process.argv.slice(2), stateDirectory());
