import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { EXTENSION_ID } from '../support.ts';

describe('the extension', () => {
	it('is there and activates', async () => {
		const extension = vscode.extensions.getExtension(EXTENSION_ID);
		assert.ok(extension, 'not installed');
		await extension.activate();
		assert.ok(extension.isActive);
	});

	it('runs in a trusted workspace', () => {
		assert.equal(vscode.workspace.isTrusted, true);
	});
});
