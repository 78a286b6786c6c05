// The contract in this process: no wire at all.
import { inProcessHost } from './hosts.ts';
import { contractSuite } from './suite.ts';

contractSuite('the application in this process', inProcessHost);
