// Tests run on the project's own Node (npm scripts put it first on the path), two at a time: they write real files.
// The bound of a test is generous: it ends what hangs and measures nothing, and a busy machine is slow.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
