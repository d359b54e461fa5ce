import { type Command, Option } from 'commander';
import type { EvidenceCommandOptions } from './run-evidence.ts';
import { storeOption } from './store-option.ts';
import { wholeNumber } from './whole-number.ts';

/** `keizu evidence`: everything that a process did. */
export function addEvidenceCommand(program: Command): void {
  program
    .command('evidence')
    .description(
      'everything a process did, by class: files, registry, network, modules …; what was not collected is said',
    )
    .requiredOption('--host <host>', 'the host: its name, or its name without domain where only one has it')
    .addOption(new Option('--guid <guid>', 'the process with this GUID').conflicts('pid'))
    .addOption(new Option('--pid <id>', 'the process with this id').argParser(wholeNumber(0, 2 ** 32 - 1)))
    .option('--at <time>', 'with --pid: the process that bore the id then')
    .option('--class <names>', 'only these classes, with commas between: file-created,network')
    .option('--as-of <time>', 'only events that had arrived by then')
    .addOption(
      new Option('--format <form>', 'how it is written').choices(['text', 'json', 'csv']).default('text'),
    )
    .option(
      '--limit <events>',
      'most events that are written (text: 500 unless given; others: all)',
      wholeNumber(0, 1_000_000_000),
    )
    .option('--timezone <zone>', 'zone in which times are read and written, an IANA name', 'UTC')
    .addOption(storeOption())
    .addHelpText(
      'after',
      '\nJSON: an object a line, of kind "process", "class" or "event"; its times are UTC. CSV: a row an event.',
    )
    .action(async (options: EvidenceCommandOptions) => {
      const { runEvidence } = await import('./run-evidence.ts');
      await runEvidence(options);
    });
}
