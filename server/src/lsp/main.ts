import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { realWorld } from './real-world.ts';
import { serve } from './server.ts';

const connection = createConnection(ProposedFeatures.all);
serve(connection, realWorld(__dirname));
connection.listen();
