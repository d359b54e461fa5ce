import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // The embedded engine holds one data directory a process and crashes under threads.
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'stages', include: ['src/**/*.test.ts'] } },
      { extends: true, test: { name: 'page', include: ['web/src/**/*.test.{ts,tsx}'] } },
      {
        extends: true,
        test: { name: 'whole', include: ['test/**/*.test.ts'], globalSetup: ['test/built-program.mjs'] },
      },
    ],
  },
});
