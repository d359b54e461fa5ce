import type { Command } from 'commander';
import { indexName } from './index-name.ts';
import type { IngestOptions } from './run-ingest.ts';
import { storeOption } from './store-option.ts';

/** `keizu ingest`: reads files, folders and archives into the store. */
export function addIngestCommand(program: Command): void {
  program
    .command('ingest')
    .description(
      'read event logs into the store: EVTX, event XML, JSON, CSV, text; folders, zip, tar, gz, zst',
    )
    .argument('<path...>', 'files and folders')
    .addOption(storeOption())
    .option(
      '--index <name>',
      'index for all events (default: the one that an export names, else main)',
      indexName,
    )
    .option('--json', 'print the summary as one line of JSON')
    .option('--faults <file>', 'write each fault as a line of JSON: file, offset, code, reason')
    .action(async (paths: string[], options: IngestOptions) => {
      const { runIngestCommand } = await import('./run-ingest.ts');
      await runIngestCommand(paths, options);
    });
}
