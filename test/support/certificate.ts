import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** A certificate for `localhost` that nobody vouches for, and its key, as PEM files in this folder. */
export function selfSigned(folder: string): { readonly key: string; readonly certificate: string } {
	const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
	const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
	const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', certificate];
	execFileSync('openssl', [...request, ...subject], { stdio: 'ignore' });
	return { key, certificate };
}
