import { terminalText } from '../core/terminal-text.ts';
import { ticksOfMilliseconds } from '../core/ticks.ts';
import { askLedger } from '../evidence/ask-ledger.ts';
import { type FileHistory, readFileHistory } from '../evidence/file-history.ts';
import { mostFileEvents } from '../evidence/find-file-events.ts';
import { csvHeader, csvRow } from '../views/format-csv.ts';
import { countText } from '../views/quantity-text.ts';
import { CommandFailure } from './command-failure.ts';
import { exitStatus } from './exit-status.ts';
import { fileColumns, fileRecords, fileRows } from './file-record.ts';
import { fileText } from './file-text.ts';
import { checkTimezone, readMomentOption } from './moment-option.ts';
import { namedHost } from './named-host.ts';
import { openStore } from './open-store.ts';
import { scannedText } from './scanned-text.ts';
import { writeOut } from './write-out.ts';

/** What `keizu file` was given. */
export interface FileCommandOptions {
  readonly host?: string;
  readonly asOf?: string;
  readonly format: 'text' | 'json' | 'csv';
  readonly timezone: string;
  readonly store?: string;
}

/** Writes the history of a file; see `keizu file --help`. */
export async function runFile(path: string, options: FileCommandOptions): Promise<void> {
  const clock = { timezone: checkTimezone(options.timezone), now: ticksOfMilliseconds(Date.now()) };
  if (path.trim() === '')
    throw new CommandFailure('keizu: which file? Give its path.', exitStatus.wrongUsage);
  const asOf = options.asOf === undefined ? undefined : readMomentOption('as-of', options.asOf, clock);
  const store = await openStore(options.store, 'must-exist');
  try {
    const host = options.host === undefined ? undefined : (await namedHost(store, options.host)).name;
    const history = await readFileHistory(store, path, {
      ...(host === undefined ? {} : { host }),
      ...(asOf === undefined ? {} : { asOf }),
      ask: askLedger(store, asOf),
    });
    if (history.hosts.length === 0) {
      const where = host === undefined ? '' : ` on ${terminalText(host)}`;
      const scanned = scannedText(await store.scope([], null, null));
      throw new CommandFailure(
        `keizu: no event${where} tells of the file ${terminalText(path)}.\n  ${scanned}`,
      );
    }
    await writeOut(process.stdout, written(history, options.format, clock.timezone));
    if (history.cut)
      await writeOut(
        process.stderr,
        `warning: more than ${countText(mostFileEvents)} events may tell of it; the earliest were read\n`,
      );
  } finally {
    await store.close();
  }
}

function written(history: FileHistory, format: FileCommandOptions['format'], timezone: string): string {
  switch (format) {
    case 'text':
      return [...fileText(history, timezone)].map((line) => `${line}\n`).join('');
    case 'json':
      return [...fileRecords(history)].map((record) => `${JSON.stringify(record)}\n`).join('');
    case 'csv':
      return [csvHeader(fileColumns), ...fileRows(history).map((row) => csvRow(fileColumns, row))]
        .map((line) => `${line}\r\n`)
        .join('');
  }
}
