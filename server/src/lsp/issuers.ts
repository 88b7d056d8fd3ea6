/**
 * What is known of asking issuers, and the way to them. No keystroke needs it, so it is a bundle of its own: import it
 * dynamically. A class of it is another one than the server's of the same name: tell errors by name, and secrets by what they reveal.
 */
export { Consent, issuerHttp } from '../adapters/issuer-http/index.ts';
export { wayFor } from './acts/way.ts';
