import assert from 'node:assert/strict';
import { it } from 'node:test';
import { loaderEffect } from './loader-effect.ts';

it('of the options of Java those that load code, agents, certificates or a configuration do harm', () => {
	for (const option of [
		'-javaagent:/tmp/a.jar',
		'-agentlib:jdwp=transport=dt_socket,server=y',
		'-agentpath:/tmp/a.so',
		'-Xbootclasspath/p:/tmp/a.jar',
		'-Xrunjdwp:transport=dt_socket',
		'-Xlog:gc:file=/tmp/log',
		'-XX:OnError=/tmp/run.sh',
		'-XX:Flags=/tmp/flags',
		'-XX:VMOptionsFile=/tmp/options',
		'-Djavax.net.ssl.trustStore=/tmp/a.jks',
		'-Djava.class.path=/tmp',
		'-Djava.library.path=/tmp',
		'-Djava.ext.dirs=/tmp',
		'-Djava.security.manager=evil.Manager',
		'-Djava.security.properties=/tmp/a',
		'-Dhttps.proxyHost=10.0.0.7',
		'-Dlogback.configurationFile=/tmp/a.xml',
		'@/tmp/arguments',
		'--add-modules=evil',
		'-cp',
	]) {
		for (const name of ['JAVA_TOOL_OPTIONS', '_JAVA_OPTIONS', 'JDK_JAVA_OPTIONS'])
			assert.equal(loaderEffect({ name, value: `-Xmx1g ${option}` })?.level, 'error', option);
	}
});
