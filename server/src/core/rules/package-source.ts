import { commandLine, programName } from '../command-line.ts';
import type { McpServer, Part } from '../servers.ts';

/** The argument that names what a runner downloads and starts. */
export interface PackageSource {
	readonly part: Part;
	/** What it is called there: "npm package", "container image". */
	readonly noun: string;
	/** The name without its version. */
	readonly name: string;
	/** The version, tag or digest as written. */
	readonly version?: string;
	/** Whoever publishes under this name decides what runs: no version, a moving tag, or a range. */
	readonly isMoving: boolean;
}

type Runner = (args: readonly Part[]) => PackageSource | undefined;

/** A flag of npx and its like that names the package, and flags that take a value. */
const NPM_PACKAGE = /^(?:-p|--package)$/;
const NPM_VALUES = /^(?:-c|--call|--registry|--cache|--userconfig|--prefix|-w|--workspace|--node-options)$/;

const RUNNERS: ReadonlyMap<string, Runner> = new Map<string, Runner>([
	['npx', npm],
	['bunx', npm],
	['pnpx', npm],
	['npm', after(/^(?:exec|x)$/, npm)],
	['pnpm', after(/^dlx$/, npm)],
	['yarn', after(/^dlx$/, npm)],
	['bun', after(/^x$/, npm)],
	['uvx', uvx],
	['uv', after(/^tool$/, after(/^run$/, uvx))],
	['pipx', after(/^run$/, uvx)],
	['docker', after(/^run$/, image)],
	['podman', after(/^run$/, image)],
	['nerdctl', after(/^run$/, image)],
]);

/** Shells and launchers stand before the runner: `cmd /c npx`, `wsl npx`, `env npx`. */
const MOST_BEFORE = 4;
const MOST_ARGS = 200;

export function packageSourceOf(server: McpServer): PackageSource | undefined {
	const { command, args } = commandLine(server);
	const words = [...(command ? [command] : []), ...args.slice(0, MOST_ARGS)];
	for (let i = 0; i < Math.min(words.length, MOST_BEFORE); i++) {
		const run = RUNNERS.get(programName(words[i]!.value));
		if (run) return run(words.slice(i + 1));
	}
	return undefined;
}

/** The runner is a subcommand, after options at most. */
function after(word: RegExp, runner: Runner): Runner {
	return (args) => {
		const at = args.findIndex((arg) => !arg.value.startsWith('-'));
		return at >= 0 && word.test(args[at]!.value) ? runner(args.slice(at + 1)) : undefined;
	};
}

function npm(args: readonly Part[]): PackageSource | undefined {
	const named = args.findIndex((arg) => NPM_PACKAGE.test(arg.value));
	const joined = args.find((arg) => /^--package=/.test(arg.value));
	const part = named >= 0 ? args[named + 1] : (joined ?? firstWord(args, NPM_VALUES));
	if (!part) return undefined;
	const spec = part.value.replace(/^--package=/, '');
	const [, name, version] = /^((?:@[\w.~-]{1,100}\/)?[\w.~-]{1,214})(?:@(.{0,100}))?$/.exec(spec) ?? [];
	// A path, a tarball or a git address is another matter.
	if (name === undefined || name.startsWith('.')) return undefined;
	return source(part, 'npm package', name, version, /^[0-9]{1,6}\.[0-9]{1,9}\.[0-9]/);
}

const UVX_VALUES =
	/^(?:--python|-p|--with|--with-editable|--index-url|-i|--extra-index-url|--index|--default-index|--directory|--project|--env-file|--refresh-package|--spec)$/;

function uvx(args: readonly Part[]): PackageSource | undefined {
	const from = args.findIndex((arg) => arg.value === '--from' || arg.value === '--spec');
	const part = from >= 0 ? args[from + 1] : firstWord(args, UVX_VALUES);
	if (!part) return undefined;
	const [, name, version] =
		/^([\w.-]{1,200})(?:\[[\w,.-]{0,100}\])?(?:(?:@|===?)(.{0,100})|[<>~!]=?.{0,100})?$/.exec(part.value) ?? [];
	if (name === undefined || name.startsWith('.')) return undefined;
	return source(part, 'Python package', name, version, /^[0-9]{1,6}(?:\.[0-9]{1,9}){1,4}(?!\.?\*)/);
}

/** Options of `docker run` without a value; every other one takes the next word unless it is joined by `=`. */
const DOCKER_SWITCH =
	/^(?:-[itdPq]{1,5}|--(?:rm|interactive|tty|detach|init|privileged|read-only|publish-all|no-healthcheck|oom-kill-disable|quiet|sig-proxy|help)|--[a-z-]{1,40}=.{0,4096})$/s;

function image(args: readonly Part[]): PackageSource | undefined {
	let at = 0;
	while (at < args.length && args[at]!.value.startsWith('-')) {
		const option = args[at]!.value;
		at += DOCKER_SWITCH.test(option) || /^-[evplwuhmc].{1,4096}$/s.test(option) ? 1 : 2;
	}
	const part = args[at];
	if (!part) return undefined;
	const [, name, tag, digest] =
		/^((?:[\w.-]{1,253}(?::[0-9]{1,5})?\/)?[a-z0-9._/-]{1,255})(?::([\w.-]{1,128}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(
			part.value,
		) ?? [];
	if (name === undefined) return undefined;
	return source(part, 'container image', name, digest ?? tag, /[0-9]/);
}

function firstWord(args: readonly Part[], takesValue: RegExp): Part | undefined {
	for (let i = 0; i < args.length; i++) {
		const { value } = args[i]!;
		if (value === '--') continue;
		if (!value.startsWith('-')) return args[i];
		if (takesValue.test(value)) i++;
	}
	return undefined;
}

function source(part: Part, noun: string, name: string, version: string | undefined, fixed: RegExp): PackageSource {
	const isFixed = version !== undefined && fixed.test(version) && !/[*^~<>|]/.test(version);
	return { part, noun, name, ...(version ? { version } : {}), isMoving: !isFixed };
}
