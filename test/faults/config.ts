// Tests that need root and a machine of one's own: `npm run test:faults`. They say plainly what they skip.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['test/faults/**/*.faults.ts'], testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false },
});
