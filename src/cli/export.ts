import { type Command, Option } from 'commander';
import type { ExportCommandOptions } from './run-export.ts';
import { storeOption } from './store-option.ts';
import { wholeNumber } from './whole-number.ts';

/** `keizu export`: everything of hosts and a window, in a folder that holds up by itself. */
export function addExportCommand(program: Command): void {
  program
    .command('export')
    .description(
      'write everything of hosts and a time window to a folder: raw texts, CSV, JSON lines, Parquet, a report, a manifest with SHA-256',
    )
    .argument('<out>', 'folder to write to; it is made where it is not there')
    .requiredOption(
      '--host <host>',
      'a host: its name, or its name without domain where only one has it; may be given again',
      (host: string, before: readonly string[] | undefined) => [...(before ?? []), host],
    )
    .requiredOption('--earliest <time>', 'events at or after: -24h@h, 2023-08-16T00:00:00Z, epoch seconds …')
    .requiredOption('--latest <time>', 'events before; the same forms')
    .option('--exact', 'cells of the CSV as they are (RFC 4180), though a spreadsheet may run some')
    .option('--timezone <zone>', 'zone in which times are read, and written in the report', 'UTC')
    .addOption(
      new Option(
        '--checkpoint <events>',
        'events after which it is kept on disk how far the export is (default: 250,000, or 30 seconds)',
      ).argParser(wholeNumber(1, Number.MAX_SAFE_INTEGER)),
    )
    .addOption(new Option('--format <form>', 'what is printed').choices(['text', 'json']).default('text'))
    .addOption(storeOption())
    .addHelpText(
      'after',
      '\nAn export that was interrupted (Ctrl-C, a full disk, a crash) is gone on with by the same command, where it was at its last\ncheckpoint; what was written until then is read again first. It holds what had arrived when it was begun.\n\nRecords of proxies and networks with addresses of the hosts are in it, too, and what says whose these were (leases, lists\nof assets). "keizu verify OUT" holds the files against the manifest; "keizu ingest OUT" takes the events into another store, as they are here.',
    )
    .action(async (out: string, options: ExportCommandOptions) => {
      const { runExport } = await import('./run-export.ts');
      await runExport(out, options);
    });
}
