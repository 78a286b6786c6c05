// The contract behind the command line's host; the commands themselves are told in test/cli.
import { commandHost } from './hosts.ts';
import { contractSuite } from './suite.ts';

contractSuite('the command line', commandHost);
