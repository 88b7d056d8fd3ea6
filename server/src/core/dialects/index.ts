export { type DialectMatch, dialectFor, hasKnownName } from './places.ts';
export { dialectForContent } from './sniff.ts';
export { DIALECTS, dialectById } from './table.ts';
