import type { Ticks } from '../core/ticks.ts';
import { lossReader } from '../coverage/host-loss.ts';
import { lossEvidence } from '../coverage/loss-evidence.ts';
import { readLedger } from '../coverage/read-ledger.ts';
import { hostLineage } from '../lineage/host-lineage.ts';
import { readHostScope } from '../lineage/host-scope.ts';
import type { Lineage } from '../lineage/process.ts';
import { familyLineage, wholeLineage } from '../lineage/read-family.ts';
import { matchProcesses } from '../lineage/select-family.ts';
import type { Store } from '../store/store.ts';
import { clockText } from '../views/clock-text.ts';
import { differenceColumns, differenceRecords, differenceRow } from '../views/difference-record.ts';
import { differenceText } from '../views/difference-text.ts';
import { differencesIn } from '../views/difference-view.ts';
import { familyOf, naiveViewOf } from '../views/family-view.ts';
import { csvHeader, csvRow } from '../views/format-csv.ts';
import { csvLines, jsonLines } from '../views/record-lines.ts';
import { settlingOf } from '../views/settling.ts';
import { coverageLines } from '../views/tree-coverage.ts';
import { treeTable } from '../views/tree-csv.ts';
import { notCollectedLine, readFacts } from '../views/tree-facts.ts';
import { treeRecords } from '../views/tree-record.ts';
import { treeText } from '../views/tree-text.ts';
import type { TreeView } from '../views/tree-view.ts';
import { type NamedHost, namedHost } from './named-host.ts';
import { openStore } from './open-store.ts';
import { nothingFound } from './tree-not-found.ts';
import { readTreeRequest, type TreeOptions, type TreeRequest } from './tree-request.ts';
import { writeLines } from './write-lines.ts';

/** Draws the tree of a host; see `keizu tree --help`. */
export async function runTree(options: TreeOptions): Promise<void> {
  const request = readTreeRequest(options);
  const store = await openStore(options.store, 'must-exist');
  try {
    const host = await namedHost(store, request.host);
    const lines = request.difference
      ? await differenceLines(store, host, request, options.format)
      : await treeLines(store, host, request, options.format);
    await writeLines(lines, options.format === 'csv' ? '\r\n' : '\n');
  } finally {
    await store.close();
  }
}

async function treeLines(
  store: Store,
  host: NamedHost,
  request: TreeRequest,
  format: TreeOptions['format'],
): Promise<Iterable<string>> {
  const { asOf, query, compare } = request;
  const { timezone } = request.clock;
  const ledger = await readLedger(store, { hosts: [host.name], asOf: asOf ?? null });
  const hostLedger = ledger.hosts.find((each) => each.host === host.name);
  const loss = hostLedger && lossEvidence(hostLedger, asOf);
  const read = compare === undefined ? familyLineage : wholeLineage;
  const { lineage, whole } = await read(store, host.name, query, { asOf, loss });
  const scope = await readHostScope(store, host.name, asOf);
  const matched = matchProcesses(lineage, query);
  if (matched.length === 0) throw await nothingFound(store, host.name, request, [asOf]);
  const naive = compare && naiveViewOf(lineage, compare, matched, query);
  const family = familyOf(lineage, query, matched, whole);
  const clock = (moment: Ticks) => clockText(moment, timezone);
  const notCollected = request.evidence ? notCollectedLine(ledger, host.name) : undefined;
  const view: TreeView = {
    family,
    scope,
    calledBy: host.calledBy,
    asOf,
    naive,
    facts: request.evidence ? await readFacts(store, family, ledger, { asOf, clock }) : undefined,
    coverage: [
      ...host.alike.map(
        (other) => `note: ${other} may be the same computer; its events are not in this tree`,
      ),
      ...coverageLines(hostLedger, clock),
      ...(notCollected === undefined ? [] : [notCollected]),
      ...settlingOf(hostLedger, family, asOf ?? request.clock.now, clock).reasons.map(({ text }) => text),
    ],
    timezone,
  };
  switch (format) {
    case 'text':
      return treeText(view);
    case 'json':
      return jsonLines(treeRecords(view));
    case 'csv': {
      const { columns, row } = treeTable({ evidence: request.evidence, naive: naive !== undefined });
      return csvLines(csvHeader(columns), treeRecords(view), (record) => csvRow(columns, row(record)));
    }
  }
}

async function differenceLines(
  store: Store,
  host: NamedHost,
  request: TreeRequest,
  format: TreeOptions['format'],
): Promise<Iterable<string>> {
  const { from, to } = request.difference ?? { from: 0n, to: 0n };
  const earlier = await lineageAt(store, host.name, from);
  const later = await lineageAt(store, host.name, to);
  const found = differencesIn(earlier, later, request.query);
  if (found === undefined || (earlier.size === 0 && later.size === 0))
    throw await nothingFound(store, host.name, request, [from, to]);
  const { timezone } = request.clock;
  const view = { earlier, later, from, to, ...found, calledBy: host.calledBy, timezone };
  switch (format) {
    case 'text':
      return differenceText(view);
    case 'json':
      return jsonLines(differenceRecords(view));
    case 'csv':
      return csvLines(csvHeader(differenceColumns), differenceRecords(view), (record) =>
        csvRow(differenceColumns, differenceRow(record)),
      );
  }
}

async function lineageAt(store: Store, host: string, asOf: Ticks): Promise<Lineage> {
  return hostLineage(store, host, { asOf, loss: await lossReader(store)(host, asOf) });
}
