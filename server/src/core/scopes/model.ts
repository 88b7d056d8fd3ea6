export type Access = 'read' | 'write' | 'admin';

/** How one issuer's scopes contain each other. Only scopes that the model knows can be called excess. */
export interface ScopeModel {
	/** The scheme has this scope, so something can be said about it. */
	knows(scope: string): boolean;
	/** Scopes that a scope includes, directly. */
	readonly includes?: Readonly<Record<string, readonly string[]>>;
	/** What is included by the way scopes are spelled, beyond the table. */
	covers?(granted: string, needed: string): boolean;
	/** The most that a scope allows. */
	access(scope: string): Access;
	/** Scopes that open nothing that matters: who the person is, staying signed in. */
	readonly harmless?: readonly string[];
	/** The same scope may be written in two ways. */
	plain?(scope: string): string;
	/** Where the facts come from, with the date they were read. */
	readonly source: string;
}

const RANK: Record<Access, number> = { read: 0, write: 1, admin: 2 };

export function isMore(a: Access, b: Access): boolean {
	return RANK[a] > RANK[b];
}

export function highest(accesses: readonly Access[]): Access | undefined {
	return accesses.toSorted((a, b) => RANK[b] - RANK[a])[0];
}

/** Everything that these scopes include, themselves among it, in plain spelling. */
export function closure(model: ScopeModel, scopes: readonly string[]): ReadonlySet<string> {
	const all = new Set<string>();
	const open = scopes.map((scope) => plain(model, scope));
	for (let scope = open.pop(); scope !== undefined; scope = open.pop()) {
		if (all.has(scope)) continue;
		all.add(scope);
		if (model.includes && Object.hasOwn(model.includes, scope)) open.push(...model.includes[scope]!);
	}
	return all;
}

/** Does a granted scope allow what a needed one asks for? */
export function covers(model: ScopeModel, granted: string, needed: string): boolean {
	const [a, b] = [plain(model, granted), plain(model, needed)];
	return closure(model, [a]).has(b) || model.covers?.(a, b) === true;
}

/** Granted scopes that allow something which no needed scope asks for. */
export function beyond(model: ScopeModel, granted: readonly string[], needed: readonly string[]): string[] {
	const enough = closure(model, needed);
	return granted.filter((written) => {
		const scope = plain(model, written);
		if (!model.knows(scope) || model.harmless?.includes(scope) || enough.has(scope)) return false;
		return model.covers === undefined || ![...enough].some((one) => model.covers!(one, scope));
	});
}

/** The most that any of these scopes allows; undefined where the model knows none of them. */
export function accessOf(model: ScopeModel, scopes: readonly string[]): Access | undefined {
	const known = scopes
		.map((scope) => plain(model, scope))
		.filter((scope) => model.knows(scope) && !model.harmless?.includes(scope));
	return highest(known.map((scope) => model.access(scope)));
}

function plain(model: ScopeModel, scope: string): string {
	return model.plain?.(scope) ?? scope;
}

const LEVEL = /^([^\s]{1,120}):(read|write|admin)$/;

/** `event:write` includes `event:read`, `event:admin` both. */
export function levelCovers(granted: string, needed: string): boolean {
	const [a, b] = [LEVEL.exec(granted), LEVEL.exec(needed)];
	return a !== null && b !== null && a[1] === b[1] && !isMore(b[2] as Access, a[2] as Access);
}

export function levelAccess(scope: string): Access {
	return (LEVEL.exec(scope)?.[2] as Access | undefined) ?? 'write';
}

export function isLevel(scope: string): boolean {
	return LEVEL.test(scope);
}
