import { type Command, Option } from 'commander';
import { wholeNumber } from './whole-number.ts';

/** What `keizu search` was given. */
export interface SearchOptions {
  readonly store?: string;
  readonly format: 'table' | 'json' | 'csv';
  readonly earliest?: string;
  readonly latest?: string;
  readonly timezone: string;
  readonly maxTime?: number;
}

/** Where the store is: the same option for each command that needs one. */
export function storeOption(): Option {
  return new Option('--store <dir>', 'where the data is (default: $KEIZU_STORE, else ~/.local/share/keizu)');
}

/** `keizu search`: runs a search and writes its rows to standard output. */
export function addSearchCommand(program: Command): void {
  program
    .command('search')
    .description(
      'run an SPL search; rows go to standard output, warnings and what was scanned to standard error',
    )
    .argument('<spl>', 'the search; "-" reads it from standard input')
    .addOption(storeOption())
    .addOption(
      new Option('--format <form>', 'how rows are written')
        .choices(['table', 'json', 'csv'])
        .default('table'),
    )
    .option('--earliest <time>', 'events at or after: -24h@h, 2023-08-16T00:00:00Z, epoch seconds …')
    .option('--latest <time>', 'events before; the same forms')
    .option('--timezone <zone>', 'zone in which times are snapped and written, an IANA name', 'UTC')
    .option('--max-time <seconds>', 'stop the search after so many seconds', wholeNumber(1, 86_400))
    .addHelpText(
      'after',
      '\nCSV: a cell that a spreadsheet would run as a formula (=, +, -, @ in front) gets an apostrophe; JSON has it as it is.',
    )
    .action(async (text: string, options: SearchOptions) => {
      const { runSearchCommand } = await import('./run-search.ts');
      await runSearchCommand(text, options);
    });
}
