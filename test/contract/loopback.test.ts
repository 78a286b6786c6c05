// The contract over HTTP, as the page in a browser speaks it.
import { loopbackHost } from './hosts.ts';
import { contractSuite } from './suite.ts';

contractSuite('the browser host', loopbackHost);
