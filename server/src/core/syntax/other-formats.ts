/** The readers of what is neither JSON nor `.env`: most configs are, so programs load these at the first text that needs them. */
export { parseJson5 } from './json5.ts';
export { parseToml } from './toml.ts';
export { parseYaml } from './yaml.ts';
