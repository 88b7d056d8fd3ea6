import type { Credential } from '../finding.ts';
import { SecretValue } from '../secret-value.ts';
import type { McpServer, Part } from '../servers.ts';
import { argTarget } from './arg-target.ts';
import { HOST_REFERENCE, type Refusal, type Target } from './target.ts';
import { urlTarget } from './url-target.ts';
import { isBearerField } from './writable.ts';

const UNBOUND =
	'The URL holds a ${...} that only the host fills in, so the destination cannot be bound. Write the URL out first.';

export function targetOf(credential: Credential): Target | Refusal {
	const { server, part } = credential;
	if (!server) return { refused: 'It stands outside of a server entry, so no launcher can hand it over.' };
	if (HOST_REFERENCE.test(part.value) && part.position === 'url') return { refused: UNBOUND };
	if (HOST_REFERENCE.test(part.value) && part.position !== 'arg') {
		return {
			refused:
				'The value also holds a ${...} that only the host fills in; a stored secret has to be the whole value. Split it first.',
		};
	}
	if (part.position === 'env') return { kind: 'env', name: part.name ?? '', part, stored: SecretValue.of(part.value) };
	if (part.position === 'header') return headerTarget(server, part, credential);
	if (part.position === 'url') return urlTarget(server, part, credential);
	if (server.launcher?.mode === 'connect') return connectTarget(server, part, credential);
	if (part.position === 'arg') return argTarget(server, part, credential);
	return { refused: `It stands in \`${part.name ?? part.position}\`, a field that the launcher does not hand over.` };
}

function headerTarget(server: McpServer, part: Part, credential: Credential): Target | Refusal {
	if (server.transport !== 'http' || !server.url)
		return { refused: 'Headers of a server without a URL are not sent anywhere.' };
	if (HOST_REFERENCE.test(server.url.value)) return { refused: UNBOUND };
	if (isBearerField(part, server))
		return { kind: 'header', name: 'Authorization', bearer: true, part, stored: SecretValue.of(part.value) };
	const name = part.name ?? '';
	const isBearer = name.toLowerCase() === 'authorization' && /^bearer +\S+$/i.test(part.value);
	const stored = isBearer ? credential.secret : SecretValue.of(part.value);
	return { kind: 'header', name, bearer: isBearer, part, stored };
}

/** What `connect` was given as a literal. */
function connectTarget(server: McpServer, part: Part, credential: Credential): Target | Refusal {
	if (part.node === server.launcher?.url?.node)
		return HOST_REFERENCE.test(part.value) ? { refused: UNBOUND } : urlTarget(server, part, credential);
	const header = server.launcher?.headers.find((one) => one.part.node === part.node);
	if (!header) return { refused: 'The launcher does not know this option of `connect`, so it hands nothing over.' };
	const before = part.value.slice(0, part.value.length - header.reference.length);
	return { kind: 'connect-header', before, part, stored: SecretValue.of(header.reference) };
}
