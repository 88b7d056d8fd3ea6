import { text, texts } from './answers.ts';
import { selfHosted } from './bases.ts';
import { readObject } from './identity.ts';
import type { IssuerProbe } from './probe.ts';

export const grafana: IssuerProbe = {
	issuer: 'grafana',
	name: 'Grafana',
	kinds: ['grafana-service-account'],
	tells: 'permissions (RBAC actions)',
	limits: 'no dates, not the role',
	source: 'grafana/grafana, pkg/services/accesscontrol/api/api.go (user/permissions); read 2026-11',
	bases: (_, around) => selfHosted(around, ['GRAFANA_URL', 'GRAFANA_BASE_URL', 'GRAFANA_HOST'], undefined),
	noBase: 'The entry does not write out where this Grafana is (GRAFANA_URL).',
	request: ({ base }) => ({
		method: 'GET',
		base,
		path: '/api/access-control/user/permissions',
		auth: { how: 'bearer' },
		expects: 'json',
	}),
	read: readObject('Grafana', (answer) => {
		const actions = Object.entries(answer).slice(0, 1000);
		// Every member is a list of resource scopes, or null where the action has none.
		if (!actions.every(([, scopes]) => scopes === null || texts(scopes))) return undefined;
		return { scopes: actions.flatMap(([action]) => text(action) ?? []) };
	}),
};
