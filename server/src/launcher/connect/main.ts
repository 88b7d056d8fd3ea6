import type { LauncherWorld } from '../world.ts';
export async function connect(_args: readonly string[], _world: LauncherWorld, _watch: unknown): Promise<void> {}
