import { terminalText } from '../core/terminal-text.ts';
import type { Ledger } from '../coverage/ledger.ts';
import { matchingHosts, readHosts } from '../coverage/read-hosts.ts';
import { readLedger } from '../coverage/read-ledger.ts';
import { coverageCsv } from '../views/coverage-csv.ts';
import { coverageJson } from '../views/coverage-json.ts';
import { coverageText } from '../views/coverage-text.ts';
import { countOf } from '../views/quantity-text.ts';
import { CommandFailure } from './command-failure.ts';
import { openStore } from './open-store.ts';
import { type SearchRange, searchRange } from './search-range.ts';
import { writeOut } from './write-out.ts';

/** What `keizu coverage` was given. */
export interface CoverageOptions {
  readonly store?: string;
  readonly host?: string;
  readonly format: 'text' | 'json' | 'csv';
  readonly earliest?: string;
  readonly latest?: string;
  readonly timezone: string;
}

const writers: Readonly<Record<CoverageOptions['format'], (ledger: Ledger, range: SearchRange) => string>> = {
  text: (ledger, { timezone }) => coverageText(ledger, timezone),
  json: coverageJson,
  csv: coverageCsv,
};

/** Hosts that a message names; the others are counted. */
const namedHosts = 8;

/** Prints the ledger; see `keizu coverage --help`. Fails where no host is meant. */
export async function runCoverageCommand(options: CoverageOptions): Promise<void> {
  const range = searchRange(options);
  const store = await openStore(options.store, 'must-exist');
  try {
    const all = await readHosts(store);
    if (all.length === 0) throw new CommandFailure('keizu: the store has no events.');
    const hosts = options.host === undefined ? undefined : matchingHosts(all, options.host);
    if (hosts?.length === 0) throw noSuchHost(options.host ?? '', all);
    const ledger = await readLedger(store, {
      ...(hosts !== undefined && { hosts }),
      earliest: range.earliest,
      latest: range.latest,
    });
    await writeOut(process.stdout, writers[options.format](ledger, range));
  } finally {
    await store.close();
  }
}

function noSuchHost(wanted: string, all: readonly string[]): CommandFailure {
  const named = all.slice(0, namedHosts).map((host) => terminalText(host));
  const more = all.length > named.length ? ` and ${countOf(all.length - named.length, 'more')}` : '';
  return new CommandFailure(
    `keizu: no host is called ${terminalText(wanted)}.\n  The store has ${countOf(all.length, 'host')}: ${named.join(', ')}${more}.`,
  );
}
