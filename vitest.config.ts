// Tests run on the project's own Node (npm scripts put it first on the path), three at a time on two processors: those that
// drive a browser or start the program spend much of their time waiting.
// The bound of a test is generous: it ends what hangs and measures nothing, and a busy machine is slow.
import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** Tests of functions that keep nothing: they share a process, which then loads the program once and not for each file. */
const FUNCTIONS = ['figures', 'form', 'package', 'quality', 'revision', 'site'].map(
  (name) => `test/${name}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    environment: 'node',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 3,
    // The program is started hundreds of times: what Node has compiled once it need not compile again.
    env: { NODE_COMPILE_CACHE: path.resolve('node_modules/.cache/compiled') },
    projects: [
      { extends: true, test: { name: 'functions', include: FUNCTIONS, isolate: false } },
      {
        extends: true,
        test: { name: 'program', include: ['test/**/*.test.ts', 'test/**/*.test.tsx'], exclude: FUNCTIONS },
      },
    ],
  },
});
