import type { Command } from 'commander';
import type { ExplainOptions } from './run-explain.ts';
import { storeOption } from './store-option.ts';

/** `keizu explain`: prints every form of a search without running it. */
export function addExplainCommand(program: Command): void {
  program
    .command('explain')
    .description('print every form that a search goes through: tokens, tree, plan, SQL; nothing is run')
    .argument('<spl>', 'the search; "-" reads it from standard input')
    .addOption(storeOption())
    .option('--earliest <time>', 'as for search')
    .option('--latest <time>', 'as for search')
    .option('--timezone <zone>', 'as for search', 'UTC')
    .action(async (text: string, options: ExplainOptions) => {
      const { runExplainCommand } = await import('./run-explain.ts');
      await runExplainCommand(text, options);
    });
}
