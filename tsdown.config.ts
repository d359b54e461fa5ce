import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: {
    main: 'src/cli/main.ts',
    'decode-worker': 'src/ingest/decode-worker.ts',
    'export-writer': 'src/export/export-writer.ts',
  },
  format: 'esm',
  platform: 'node',
  target: 'node20',
  outDir: 'dist',
  dts: false,
  sourcemap: true,
  // The page is built beside the program.
  clean: ['dist/*.mjs', 'dist/*.map'],
  logLevel: 'warn',
});
