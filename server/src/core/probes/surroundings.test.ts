import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { around } from '../../../../test/support/probes.ts';
import { probeFor } from './index.ts';

describe('where an issuer is asked', () => {
	const urls = (kind: string, env: Record<string, string | undefined> = {}) =>
		probeFor(kind)!
			.bases(kind, around(env))
			.map(({ url }) => url);

	it('at its own host', () => {
		assert.deepEqual(urls('github-pat-classic'), ['https://api.github.com']);
		assert.deepEqual(urls('gitlab-pat'), ['https://gitlab.com/api/v4']);
	});

	it('at the host that the entry names', () => {
		assert.deepEqual(urls('github-pat-classic', { GITHUB_HOST: 'https://github.acme.example' }), [
			'https://github.acme.example/api/v3',
		]);
		assert.deepEqual(urls('github-pat-classic', { GITHUB_HOST: 'https://acme.ghe.com' }), ['https://api.acme.ghe.com']);
		assert.deepEqual(urls('github-pat-classic', { GITHUB_HOST: 'github.com' }), ['https://api.github.com']);
		assert.deepEqual(urls('gitlab-pat', { GITLAB_API_URL: 'https://git.acme.example/api/v4/' }), [
			'https://git.acme.example/api/v4',
		]);
		assert.deepEqual(urls('gitlab-pat', { GITLAB_API_URL: 'http://127.0.0.1:3000' }), ['http://127.0.0.1:3000/api/v4']);
		assert.deepEqual(urls('shopify-shpat', { MYSHOPIFY_DOMAIN: 'acme.myshopify.com' }), ['https://acme.myshopify.com']);
		assert.deepEqual(urls('atlassian-api-token', { ATLASSIAN_SITE_NAME: 'acme' }), ['https://acme.atlassian.net']);
		assert.deepEqual(urls('datadog-api-key', { DD_SITE: 'datadoghq.eu' }), ['https://api.datadoghq.eu']);
		assert.deepEqual(urls('vault-hvs', { VAULT_ADDR: 'https://vault.acme.example:8200' }), [
			'https://vault.acme.example:8200',
		]);
	});

	it('nowhere, rather than at the public host, where the entry names a host that cannot be read or used', () => {
		for (const value of [
			undefined,
			'http://git.acme.example',
			'ftp://x',
			'https://user:x@git.example',
			'https://git.example/../x',
			'https://git.example/?x=1',
			'',
		])
			assert.deepEqual(urls('gitlab-pat', { GITLAB_API_URL: value || undefined }), []);
		assert.deepEqual(urls('shopify-shpat', { MYSHOPIFY_DOMAIN: 'evil.example' }), []);
		assert.deepEqual(urls('datadog-api-key', { DD_SITE: 'evil.example' }), []);
	});

	it('npm: at the registry of the entry or of npm’s own configuration, and at no other', () => {
		const bases = (env: Record<string, string | undefined>, npmRegistry?: string) =>
			probeFor('npm-granular')!.bases('npm-granular', { ...around(env), ...(npmRegistry ? { npmRegistry } : {}) });
		assert.deepEqual(bases({}), []);
		assert.deepEqual(bases({}, 'https://registry.acme.example/'), [
			{ url: 'https://registry.acme.example', from: { name: 'npm config get registry' } },
		]);
		assert.deepEqual(bases({ NPM_CONFIG_REGISTRY: undefined }, 'https://registry.acme.example/'), []);
	});
});
