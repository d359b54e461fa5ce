import type { Command } from 'commander';
import { arrivalSource } from './arrival-source.ts';
import { indexName } from './index-name.ts';
import { logformatOption } from './logformat-option.ts';
import type { IngestOptions } from './run-ingest.ts';
import { storeOption } from './store-option.ts';
import { zoneOption } from './zone-option.ts';

/** `keizu ingest`: reads files, folders and archives into the store. */
export function addIngestCommand(program: Command): void {
  program
    .command('ingest')
    .description(
      'read event and proxy logs into the store: EVTX, event XML, JSON, CSV, Zeek, W3C, text; folders, zip, tar, gz, zst',
    )
    .argument('<path...>', 'files and folders')
    .addOption(storeOption())
    .option(
      '--index <name>',
      'index for all events (default: the one that an export names, else main)',
      indexName,
    )
    .option(
      '--arrival <field|file-time>',
      'replay a past arrival: a field of the event that holds a time (_indextime of a Splunk export, _time), or the time ' +
        'of the file, one for all of its events (default: events arrive now)',
      arrivalSource,
    )
    .option(
      '--logformat <line|file>',
      "a format of Squid's access log: the logformat line of squid.conf, or a file that holds it; may be given again",
      logformatOption,
    )
    .option(
      '--map <file>',
      'what the columns of a CSV or the members of JSON objects mean, as JSON (docs/sources.md); told what it did at the end',
    )
    .option(
      '--local-zone <zone>',
      'zone of times that do not say theirs (DHCP and DNS logs of Windows, syslog dates, PAN-OS, NPS …): an IANA name or ' +
        '+09:00 (default: they are read as UTC, and _time_source says so)',
      zoneOption,
    )
    .option('--json', 'print the summary as one line of JSON')
    .option('--faults <file>', 'write each fault as a line of JSON: file, offset, code, reason')
    .action(async (paths: string[], options: IngestOptions) => {
      const { runIngestCommand } = await import('./run-ingest.ts');
      await runIngestCommand(paths, options);
    });
}
