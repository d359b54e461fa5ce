import { type Command, Option } from 'commander';
import { logformatOption } from './logformat-option.ts';
import type { VerifyCommandOptions } from './run-verify.ts';
import { storeOption } from './store-option.ts';
import { wholeNumber } from './whole-number.ts';

/** `keizu verify`: reads stored raw texts again and proves that what is stored agrees with them. */
export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .description(
      'read the stored raw texts again and compare all fields with what is stored; fails where any event differs',
    )
    .argument(
      '[scope]',
      'which events: what stands in front of the first pipe of a search; or the folder of an export, whose files are then held against its manifest',
      'index=*',
    )
    .addOption(storeOption())
    .addOption(
      new Option('--format <form>', 'text; json (an object a line)')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--earliest <time>', 'events at or after: -24h@h, 2023-08-16T00:00:00Z, epoch seconds …')
    .option('--latest <time>', 'events before; the same forms')
    .option('--timezone <zone>', 'zone in which times are read, an IANA name', 'UTC')
    .option('--limit <number>', 'differing events that are listed', wholeNumber(0, 1_000_000_000), 100)
    .option(
      '--logformat <format>',
      "a format of Squid's access log that was given at ingest; may be given again",
      logformatOption,
    )
    .addHelpText(
      'after',
      '\nWhere a raw text does not tell all (rows under a header, clocks that other events set right), its source is read\nbeside it where it still is; else the event is not judged, and the summary says why.',
    )
    .action(async (scope: string, options: VerifyCommandOptions) => {
      const { runVerify } = await import('./run-verify.ts');
      await runVerify(scope, options);
    });
}
