import { lspSuite } from '../support/lsp-suite.ts';

lspSuite('in-process');
