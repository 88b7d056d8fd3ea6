import type * as vscode from 'vscode';
import { type Session, startSession } from './session.ts';

let session: Session | undefined;

export function activate(context: vscode.ExtensionContext): void {
	session = startSession(context);
}

export async function deactivate(): Promise<void> {
	await session?.stop();
}
