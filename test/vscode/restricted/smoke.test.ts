import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { EXTENSION_ID } from '../support.ts';

describe('the extension in Restricted Mode', () => {
	it('runs in a workspace that is not trusted', () => {
		assert.equal(vscode.workspace.isTrusted, false);
	});

	it('activates all the same', async () => {
		const extension = vscode.extensions.getExtension(EXTENSION_ID);
		assert.ok(extension, 'not loaded');
		await extension.activate();
		assert.ok(extension.isActive);
	});
});
