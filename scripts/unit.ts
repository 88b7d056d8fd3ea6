// `npm run test:unit`: what needs nothing but Node.
import { runNodeTests, UNIT_TESTS } from './node-tests.ts';
import { main } from './process.ts';

await main(async () => {
	const { passed, failed } = await runNodeTests(UNIT_TESTS);
	console.log(`${passed} passed, ${failed} failed`);
	return failed === 0 && passed > 0 ? 0 : 1;
});
