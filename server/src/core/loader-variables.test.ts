import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isLoaderVariable } from './loader-variables.ts';

it('loader variables are those that choose code, certificates or the way of the network', () => {
	for (const name of [
		'NODE_OPTIONS',
		'LD_PRELOAD',
		'LD_LIBRARY_PATH_64',
		'DYLD_INSERT_LIBRARIES',
		'https_proxy',
		'npm_config_registry',
		'UV_INDEX_URL',
		'PYTHONPATH',
	]) {
		assert.equal(isLoaderVariable(name), true, name);
	}
});

it('a server’s own settings are none of them', () => {
	for (const name of [
		'GITHUB_TOKEN',
		'LD_SDK_KEY',
		'NODE_ENV',
		'ENV',
		'MY_PROXY',
		'UV_THREADPOOL_SIZE',
		'PATH',
		'LOG_LEVEL',
		'NODE_DEBUG',
	]) {
		assert.equal(isLoaderVariable(name), false, name);
	}
});
