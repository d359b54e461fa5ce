import { type Command, Option } from 'commander';
import type { EgressCommandOptions } from './run-egress.ts';
import { storeOption } from './store-option.ts';
import { wholeNumber } from './whole-number.ts';

/** `keizu egress`: connections in the logs of proxies, what each proves, and the processes that made them. */
export function addEgressCommand(program: Command): void {
  program
    .command('egress')
    .description(
      'connections in proxy and network logs with what each proves (blocked, tried, bytes both ways, delivered …), joined to processes',
    )
    .option('--host <host>', 'only of this host: its name, or its name without domain where only one has it')
    .option('--process <process>', 'only what may be of this process: a file name, a process id or a GUID')
    .option('--dest <text>', 'only destinations and addresses with this text in them')
    .option('--earliest <time>', 'records at or after: -24h@h, 2023-08-16T00:00:00Z, epoch seconds …')
    .option('--latest <time>', 'records before; the same forms')
    .option(
      '--assets <file>',
      'a list of who has which address: CSV, "address,host" a line; with a head line "address,host,from,to", from when to when',
    )
    .addOption(
      new Option('--format <form>', 'how it is written').choices(['text', 'json', 'csv']).default('text'),
    )
    .option(
      '--limit <number>',
      'text: most destinations, and connections, that are listed',
      wholeNumber(0, 1_000_000_000),
      100,
    )
    .option('--timezone <zone>', 'zone in which times are read and written, an IANA name', 'UTC')
    .addOption(storeOption())
    .addHelpText(
      'after',
      '\nText: destinations, those first that no process explains; with --process or --dest each connection, too.\nJSON: an object a line, of kind "destination", "unrecorded" or "connection"; its times are UTC. CSV: a row a connection.',
    )
    .action(async (options: EgressCommandOptions) => {
      const { runEgress } = await import('./run-egress.ts');
      await runEgress(options);
    });
}
