import { type Command, Option } from 'commander';
import type { FileCommandOptions } from './run-file.ts';
import { storeOption } from './store-option.ts';

/** `keizu file`: the history of a file across processes. */
export function addFileCommand(program: Command): void {
  program
    .command('file')
    .description('the history of a file: who created, downloaded, ran, loaded, named and deleted it')
    .argument('<path>', 'its path, or the end of one: hsuwke.dll')
    .option('--host <host>', 'only this host')
    .option('--as-of <time>', 'only events that had arrived by then')
    .addOption(
      new Option('--format <form>', 'how it is written').choices(['text', 'json', 'csv']).default('text'),
    )
    .option('--timezone <zone>', 'zone in which times are read and written, an IANA name', 'UTC')
    .addOption(storeOption())
    .addHelpText(
      'after',
      '\nLetter case, the drive or its device, and \\??\\ make no difference. JSON: an object a line, of kind "file" or "event".',
    )
    .action(async (path: string, options: FileCommandOptions) => {
      const { runFile } = await import('./run-file.ts');
      await runFile(path, options);
    });
}
