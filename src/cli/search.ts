import { type Command, Option } from 'commander';
import type { SearchOptions } from './run-search.ts';
import { storeOption } from './store-option.ts';
import { wholeNumber } from './whole-number.ts';

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
    .option(
      '--explain-zero',
      'instead of the rows: why there are none, or few: what each condition matches, other spellings, other fields, what was not collected',
    )
    .addHelpText(
      'after',
      '\nCSV: a cell that a spreadsheet would run as a formula (=, +, -, @ in front) gets an apostrophe; JSON has it as it is.',
    )
    .action(async (text: string, options: SearchOptions & { readonly explainZero?: true }) => {
      if (options.explainZero) {
        const { runExplainZero } = await import('./run-explain-zero.ts');
        await runExplainZero(text, options);
        return;
      }
      const { runSearchCommand } = await import('./run-search.ts');
      await runSearchCommand(text, options);
    });
}
