import type { Command } from 'commander';
import type { DemoOptions } from './run-demo.ts';
import { wholeNumber } from './whole-number.ts';

/** `keizu demo`: writes the demonstration case as raw logs, with its truth beside them. */
export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description(
      'write the demonstration case: raw logs of a made-up company, and the truth about them (truth.json)',
    )
    .requiredOption('--out <dir>', 'folder to write to; it is made where it does not exist')
    .option(
      '--seed <n>',
      'another seed gives other noise around the same story',
      wholeNumber(0, 2 ** 32 - 1),
      1,
    )
    .option('--hosts <n>', 'number of hosts', wholeNumber(2, 10_000), 4)
    .option('--days <n>', 'number of days', wholeNumber(1, 366), 1)
    .option('--events <n>', 'about how many events in all', wholeNumber(1_000, 1_000_000_000))
    .action(async (options: DemoOptions) => {
      const { runDemo } = await import('./run-demo.ts');
      await runDemo(options);
    });
}
