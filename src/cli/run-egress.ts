import { readFileSync } from 'node:fs';
import { jsonText, terminalText } from '../core/terminal-text.ts';
import type { AddressSighting } from '../egress/address-sighting.ts';
import { readAssetList } from '../egress/asset-list.ts';
import { egressColumns, egressRecords, egressRow } from '../egress/egress-record.ts';
import { egressText } from '../egress/egress-text.ts';
import { egressView } from '../egress/egress-view.ts';
import { readEgress } from '../egress/read-egress.ts';
import { readHostNames } from '../lineage/find-host.ts';
import type { Store } from '../store/store.ts';
import { clockText } from '../views/clock-text.ts';
import { csvHeader, csvRow } from '../views/format-csv.ts';
import { countOf } from '../views/quantity-text.ts';
import { CommandFailure } from './command-failure.ts';
import { namedHost } from './named-host.ts';
import { openStore } from './open-store.ts';
import { searchRange } from './search-range.ts';
import { writeOut } from './write-out.ts';

/** What `keizu egress` was given. */
export interface EgressCommandOptions {
  readonly host?: string;
  readonly process?: string;
  readonly dest?: string;
  readonly earliest?: string;
  readonly latest?: string;
  readonly assets?: string;
  readonly format: 'text' | 'json' | 'csv';
  readonly limit: number;
  readonly timezone: string;
  readonly store?: string;
}

const piece = 1_000;

/** Writes connections with their verdicts and processes; see `keizu egress --help`. */
export async function runEgress(options: EgressCommandOptions): Promise<void> {
  const { earliest, latest, timezone } = searchRange(options);
  const store = await openStore(options.store, 'must-exist');
  try {
    const host = options.host === undefined ? undefined : (await namedHost(store, options.host)).name;
    const assets = options.assets === undefined ? [] : await readAssets(store, options.assets);
    const egress = await readEgress(store, { host, earliest, latest, assets });
    const view = egressView(egress, { process: options.process, destination: options.dest });
    const out = process.stdout;
    if (options.format === 'text') {
      const text = {
        clock: (time: bigint) => clockText(time, timezone),
        zone: timezone,
        limit: options.limit,
      };
      await writeInPieces(egressText(view, text), '\n');
    } else if (options.format === 'json') {
      await writeInPieces(jsonLines(egressRecords(view)), '\n');
    } else {
      await writeOut(out, `${csvHeader(egressColumns)}\r\n`);
      const rows = view.connections.map((each) =>
        csvRow(egressColumns, egressRow(each, egress.events.processes)),
      );
      await writeInPieces(rows, '\r\n');
    }
  } finally {
    await store.close();
  }
}

function* jsonLines(records: Iterable<object>): Generator<string> {
  for (const record of records) yield jsonText(record);
}

async function writeInPieces(lines: Iterable<string>, lineEnd: string): Promise<void> {
  let pending: string[] = [];
  const flush = async () => {
    if (pending.length > 0) await writeOut(process.stdout, pending.join(lineEnd) + lineEnd);
    pending = [];
  };
  for (const line of lines) {
    pending.push(line);
    if (pending.length >= piece) await flush();
  }
  await flush();
}

async function readAssets(store: Store, path: string): Promise<readonly AddressSighting[]> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandFailure(`keizu: the list of assets cannot be read: ${terminalText(why)}`);
  }
  const { sightings, unread } = readAssetList(text, await readHostNames(store));
  if (unread.length > 0)
    await writeOut(
      process.stderr,
      `note: ${countOf(unread.length, 'line')} of the list of assets (first: ${unread[0]}) ${unread.length === 1 ? 'is' : 'are'} not "address,host", or times are not ISO 8601\n`,
    );
  return sightings;
}
