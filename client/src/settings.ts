import * as vscode from 'vscode';
import { SETTINGS_SECTION, type Settings } from '../../server/src/protocol/index.ts';
import { effectiveSettings } from './setting-values.ts';

/** The only place that reads settings. */
export function readSettings(scope?: vscode.Uri): Settings {
	const configuration = vscode.workspace.getConfiguration(SETTINGS_SECTION, scope ?? null);
	return effectiveSettings((name) => configuration.inspect(name));
}

export function onSettingsChange(listener: () => void): vscode.Disposable {
	return vscode.workspace.onDidChangeConfiguration((event) => {
		if (event.affectsConfiguration(SETTINGS_SECTION)) listener();
	});
}
