import { terminalText } from '../core/terminal-text.ts';
import { type Ticks, ticksOfMilliseconds } from '../core/ticks.ts';
import type { Ledger } from '../coverage/ledger.ts';
import { lossEvidence } from '../coverage/loss-evidence.ts';
import { readLedger } from '../coverage/read-ledger.ts';
import { classAnswers } from '../evidence/class-answers.ts';
import { type EvidenceClass, evidenceClassNames, isEvidenceClass } from '../evidence/evidence-class.ts';
import { countEvidence, type EvidenceEvent, readEvidence } from '../evidence/read-evidence.ts';
import { hostLineage } from '../lineage/host-lineage.ts';
import { readHostScope } from '../lineage/host-scope.ts';
import type { Process } from '../lineage/process.ts';
import { lifeText } from '../lineage/process-notes.ts';
import { matchProcesses, type ProcessQuery } from '../lineage/select-family.ts';
import type { Store } from '../store/store.ts';
import { clockText } from '../views/clock-text.ts';
import { csvHeader, csvRow } from '../views/format-csv.ts';
import { countOf } from '../views/quantity-text.ts';
import { CommandFailure } from './command-failure.ts';
import { eventRecord, eventRow, evidenceColumns, evidenceRecords } from './evidence-record.ts';
import { eventLine, evidenceHead } from './evidence-text.ts';
import { exitStatus } from './exit-status.ts';
import { type CommandClock, checkTimezone, readMomentOption } from './moment-option.ts';
import { namedHost } from './named-host.ts';
import { openStore } from './open-store.ts';
import { writeOut } from './write-out.ts';

/** What `keizu evidence` was given. */
export interface EvidenceCommandOptions {
  readonly host: string;
  readonly guid?: string;
  readonly pid?: number;
  readonly at?: string;
  readonly class?: string;
  readonly asOf?: string;
  readonly format: 'text' | 'json' | 'csv';
  readonly limit?: number;
  readonly timezone: string;
  readonly store?: string;
}

const pageSize = 1_000;
const textLimit = 500;

/** Writes what a process did; see `keizu evidence --help`. */
export async function runEvidence(options: EvidenceCommandOptions): Promise<void> {
  const clock = { timezone: checkTimezone(options.timezone), now: ticksOfMilliseconds(Date.now()) };
  const query = queryOf(options, clock);
  const classes = classesOf(options.class);
  const asOf = options.asOf === undefined ? undefined : readMomentOption('as-of', options.asOf, clock);
  const store = await openStore(options.store, 'must-exist');
  try {
    const { name: host } = await namedHost(store, options.host);
    const ledger = await readLedger(store, { hosts: [host], asOf: asOf ?? null });
    const process = await processOf(store, host, query, ledger, asOf, clock);
    await writeEvidence(store, process, ledger, { ...options, classes, asOf, clock });
  } finally {
    await store.close();
  }
}

function wrongUsage(message: string): CommandFailure {
  return new CommandFailure(`keizu: ${message}.`, exitStatus.wrongUsage);
}

function queryOf(
  { guid, pid, at }: EvidenceCommandOptions,
  clock: CommandClock,
): Extract<ProcessQuery, { kind: 'guid' | 'pid' }> {
  if (at !== undefined && pid === undefined) throw wrongUsage('--at goes with --pid');
  if (guid !== undefined) return { kind: 'guid', guid };
  if (pid === undefined) throw wrongUsage('which process? Give --guid or --pid');
  return { kind: 'pid', pid, at: at === undefined ? undefined : readMomentOption('at', at, clock) };
}

function classesOf(names: string | undefined): readonly EvidenceClass[] {
  if (names === undefined) return [];
  return names.split(',').map((each) => {
    const name = each.trim();
    if (isEvidenceClass(name)) return name;
    throw wrongUsage(
      `--class: ${terminalText(name)} is no class.\n  Classes: ${evidenceClassNames.join(', ')}`,
    );
  });
}

async function processOf(
  store: Store,
  host: string,
  query: Extract<ProcessQuery, { kind: 'guid' | 'pid' }>,
  ledger: Ledger,
  asOf: Ticks | undefined,
  { timezone }: CommandClock,
): Promise<Process> {
  const hostLedger = ledger.hosts.find((each) => each.host === host);
  const loss = hostLedger && lossEvidence(hostLedger, asOf);
  const lineage = await hostLineage(store, host, { asOf, loss });
  const found = matchProcesses(lineage, query).map((index) => lineage.process(index));
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  const named = query.kind === 'pid' ? `the id ${query.pid}` : `the GUID ${terminalText(query.guid)}`;
  if (only === undefined) {
    const { events, starts, first, last } = await readHostScope(store, host, asOf);
    const span =
      first === null || last === null
        ? ''
        : `, ${clockText(first, timezone)} to ${clockText(last, timezone)} ${timezone}`;
    const then = query.kind === 'pid' && query.at !== undefined ? ' at that time' : '';
    throw new CommandFailure(
      `keizu: on ${terminalText(host)} no process had ${named}${then}.\n  scanned ${countOf(starts, 'process start')} among ${countOf(events, 'event')}${span}`,
    );
  }
  const lives = found.map((process) =>
    terminalText(lifeText(process, (moment) => clockText(moment, timezone))),
  );
  throw new CommandFailure(
    `keizu: on ${terminalText(host)} ${countOf(found.length, 'process', 'processes')} had ${named}; --at says which.\n  ${lives.join('\n  ')}`,
  );
}

interface Wanted {
  readonly classes: readonly EvidenceClass[];
  readonly asOf: Ticks | undefined;
  readonly format: 'text' | 'json' | 'csv';
  readonly limit?: number;
  readonly clock: CommandClock;
}

async function writeEvidence(store: Store, process: Process, ledger: Ledger, wanted: Wanted): Promise<void> {
  const { asOf, format, classes, clock } = wanted;
  const out = globalThis.process.stdout;
  const options = { byUser: true, ...(asOf === undefined ? {} : { asOf }) };
  const [counts = new Map()] = await countEvidence(store, [process], options);
  const shown = classes.length === 0 ? evidenceClassNames : classes;
  const total = shown.reduce((sum, each) => sum + (counts.get(each)?.count ?? 0), 0);
  const limit = Math.min(total, wanted.limit ?? (format === 'text' ? textLimit : total));
  const answers = classAnswers(ledger, process, counts, shown, asOf);
  const view = { process, counts, classes: shown, asOf, answers, timezone: clock.timezone };
  if (format === 'text') await writeOut(out, `${[...evidenceHead(view)].join('\n')}\n`);
  if (format === 'json') await writeOut(out, jsonLines([...evidenceRecords(view)]));
  if (format === 'csv') await writeOut(out, `${csvHeader(evidenceColumns)}\r\n`);
  for await (const events of pagesOf(store, process, { ...options, classes }, limit)) {
    if (format === 'text')
      await writeOut(out, events.map((event) => `${eventLine(event, clock.timezone)}\n`).join(''));
    if (format === 'json') await writeOut(out, jsonLines(events.map(eventRecord)));
    if (format === 'csv')
      await writeOut(out, events.map((event) => `${csvRow(evidenceColumns, eventRow(event))}\r\n`).join(''));
  }
  if (limit < total)
    await writeOut(
      globalThis.process.stderr,
      `note: ${countOf(total - limit, 'more event')}; --limit ${total} shows all, --class chooses\n`,
    );
}

function jsonLines(records: readonly object[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

async function* pagesOf(
  store: Store,
  process: Process,
  options: { readonly byUser: boolean; readonly asOf?: Ticks; readonly classes: readonly EvidenceClass[] },
  limit: number,
): AsyncGenerator<readonly EvidenceEvent[]> {
  let left = limit;
  let after: Awaited<ReturnType<typeof readEvidence>>['next'];
  while (left > 0) {
    const page = await readEvidence(store, [process], {
      ...options,
      limit: Math.min(pageSize, left),
      ...(after === undefined ? {} : { after }),
    });
    yield page.events;
    left -= page.events.length;
    after = page.next;
    if (after === undefined) return;
  }
}
