import { type Command, Option } from 'commander';
import type { CoverageOptions } from './run-coverage.ts';
import { storeOption } from './store-option.ts';

/** `keizu coverage`: prints what was collected of each host, and what is missing. */
export function addCoverageCommand(program: Command): void {
  program
    .command('coverage')
    .description(
      'print what was collected of each host and log, and what is missing: gaps, drops, cleared logs, late events, faults',
    )
    .addOption(storeOption())
    .option('--host <host>', 'only this host: its name, its name before the first dot, or a pattern with *')
    .addOption(
      new Option('--format <form>', 'text; json (a host a line); csv (an entry a line)')
        .choices(['text', 'json', 'csv'])
        .default('text'),
    )
    .option('--earliest <time>', 'count events at or after: -24h@h, 2023-08-16T00:00:00Z, epoch seconds …')
    .option('--latest <time>', 'count events before; the same forms')
    .option('--timezone <zone>', 'zone in which times are read and shown, an IANA name', 'UTC')
    .action(async (options: CoverageOptions) => {
      const { runCoverageCommand } = await import('./run-coverage.ts');
      await runCoverageCommand(options);
    });
}
