import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // The embedded engine holds one data directory a process and crashes under threads.
    pool: 'forks',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
