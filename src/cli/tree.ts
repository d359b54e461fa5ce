import { type Command, Option } from 'commander';
import { storeOption } from './store-option.ts';
import type { TreeOptions } from './tree-request.ts';
import { wholeNumber } from './whole-number.ts';

/** `keizu tree`: the graded process tree of a host. */
export function addTreeCommand(program: Command): void {
  program
    .command('tree')
    .description('draw the process tree of a host; every edge says how sure it is, and why')
    .requiredOption('--host <host>', 'the host: its name, or its name without domain where only one has it')
    .addOption(
      new Option(
        '--match <text>',
        'whole families of the processes with this text in program or command line',
      ).conflicts(['pid', 'guid']),
    )
    .addOption(
      new Option('--pid <id>', 'the family of the process with this id')
        .argParser(wholeNumber(0, 2 ** 32 - 1))
        .conflicts('guid'),
    )
    .option('--at <time>', 'with --pid: the process that bore the id then')
    .option('--guid <guid>', 'the family of the process with this GUID')
    .addOption(
      new Option('--as-of <time>', 'the tree as it was known then: only events that had arrived').conflicts([
        'diff',
      ]),
    )
    .addOption(
      new Option(
        '--diff <t1..t2>',
        'what changed between two moments: added, changed, other parent, other grade',
      ).conflicts(['compare', 'evidence']),
    )
    .addOption(
      new Option(
        '--compare <tree>',
        'beside it, the tree of a simple join on the process id: "naive" takes the first process that had the id, "latest-start" the last one that started before',
      ).choices(['naive', 'latest-start']),
    )
    .option('--evidence', 'what each process did, counted by class, and what was not collected')
    .addOption(
      new Option('--format <form>', 'how the tree is written')
        .choices(['text', 'json', 'csv'])
        .default('text'),
    )
    .option('--timezone <zone>', 'zone in which times are read and written, an IANA name', 'UTC')
    .addOption(storeOption())
    .addHelpText(
      'after',
      '\nTimes: 2024-05-14T10:30:00Z, "-30m", epoch seconds. JSON is one object a process; its times are UTC.',
    )
    .action(async (options: TreeOptions) => {
      const { runTree } = await import('./run-tree.ts');
      await runTree(options);
    });
}
