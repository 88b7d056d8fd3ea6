import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasQuickCompiler } from './compilers.ts';

test('the slow compiler is left out only where there is a quick one', () => {
	assert.ok(hasQuickCompiler('24.0.0', 'x64'));
	assert.ok(hasQuickCompiler('26.1.0', 'arm64'));
	assert.ok(!hasQuickCompiler('22.21.0', 'x64'));
	assert.ok(!hasQuickCompiler('24.0.0', 'riscv64'));
});
