// `npm run eval -- FOLDER [--list misses|false-positives|issuers] [--placement NAME]`: how much of a corpus the analysis
// finds, and what it says of the rest. Every record goes into a real config document and through the same calls that the
// language server makes. No token is ever printed whole: four characters and the length at most.
import { printConfigs } from './eval/configs.ts';
import { printClean, printNames, printNegatives } from './eval/quiet.ts';
import { printIssuers, printRecall } from './eval/recall.ts';

printRecall();
printIssuers();
printClean();
printNegatives();
printNames();
printConfigs();
