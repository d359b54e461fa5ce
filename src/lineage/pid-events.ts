import type { Ticks } from '../core/ticks.ts';
import { Parameters, sql } from '../store/sql.ts';
import type { Cell, Column, QueryLimits, Store } from '../store/store.ts';
import { commandLineSql, parentCommandLineSql, parentGuidSql } from './observation-query.ts';
import { asOneBlock, inScope, isStart, type ObservationScope } from './observation-scope.ts';
import { processIdOf, said, textOf } from './observed-cell.ts';

/** A start or an end as far as it tells who is whose child; the account, hashes and the like are left out. */
export interface PidEvent {
  readonly kind: 'start' | 'end';
  readonly product: string;
  readonly time: Ticks;
  readonly pid: number | undefined;
  readonly guid: string | undefined;
  readonly image: string | undefined;
  /** Of a start, as what follows. */
  readonly commandLine: string | undefined;
  readonly parentPid: number | undefined;
  readonly parentGuid: string | undefined;
  readonly parentImage: string | undefined;
  readonly parentCommandLine: string | undefined;
}

const columns: readonly Column[] = [
  { name: 'start', type: 'number' },
  { name: 'product', type: 'text' },
  { name: 'time', type: 'time' },
  { name: 'pid', type: 'number' },
  { name: 'guid', type: 'text' },
  { name: 'image', type: 'text' },
  { name: 'commandLine', type: 'text' },
  { name: 'parentPid', type: 'number' },
  { name: 'parentGuid', type: 'text' },
  { name: 'parentImage', type: 'text' },
  { name: 'parentCommandLine', type: 'text' },
];

const select = sql`SELECT ${isStart}, _product, _time, toInt64OrNull(process_id), process_guid, process_path,
if(${isStart}, ${commandLineSql}, NULL), if(${isStart}, toInt64OrNull(parent_process_id), NULL),
if(${isStart}, ${parentGuidSql}, NULL), if(${isStart}, parent_process_path, NULL), if(${isStart}, ${parentCommandLineSql}, NULL)`;

function pidEvent(row: readonly Cell[]): PidEvent | undefined {
  const time = row[2];
  if (typeof time !== 'bigint') return undefined;
  return {
    kind: Number(row[0]) === 1 ? 'start' : 'end',
    product: textOf(row[1]) ?? '',
    time,
    pid: processIdOf(row[3]),
    guid: textOf(row[4]),
    image: said(row[5]),
    commandLine: said(row[6]),
    parentPid: processIdOf(row[7]),
    parentGuid: textOf(row[8]),
    parentImage: said(row[9]),
    parentCommandLine: said(row[10]),
  };
}

/** The starts and ends of process ids, and the starts that name one as the parent's, read as they are asked for. */
export class PidEvents {
  readonly pids = new Set<number>();
  private readonly known = new Map<string, PidEvent>();
  private readonly byPid = new Map<number, PidEvent[]>();
  private readonly byParent = new Map<number, PidEvent[]>();
  private readonly store: Store;
  private readonly scope: ObservationScope;
  private readonly limits: QueryLimits;

  constructor(store: Store, scope: ObservationScope, limits: QueryLimits) {
    this.store = store;
    this.scope = scope;
    this.limits = limits;
  }

  get size(): number {
    return this.known.size;
  }

  /** All that were read, each once. */
  all(): Iterable<PidEvent> {
    return this.known.values();
  }

  /** The starts and ends of a process id that was loaded. */
  of(pid: number): readonly PidEvent[] {
    return this.byPid.get(pid) ?? [];
  }

  /** The starts that name it as the parent's. */
  naming(pid: number): readonly PidEvent[] {
    return this.byParent.get(pid) ?? [];
  }

  /** Reads the events of process ids that were not loaded yet; whether there were any. */
  async load(pids: Iterable<number>): Promise<boolean> {
    const wanted = [...new Set(pids)].filter((pid) => !this.pids.has(pid));
    if (wanted.length === 0) return false;
    const parameters = new Parameters();
    const among = parameters.bind(wanted.map(String), 'Array(String)');
    const query = sql`${select}
FROM events WHERE ${inScope(parameters, this.scope)} AND _event_class IN ('process-start', 'process-end')
AND (process_id IN ${among} OR (${isStart} AND parent_process_id IN ${among})) ${asOneBlock}`;
    const statement = { sql: query, parameters: parameters.values };
    for await (const block of this.store.rows(statement, columns, this.limits))
      for (const row of block) {
        const event = pidEvent(row);
        if (event !== undefined) this.add(row.join('\0'), event);
      }
    for (const pid of wanted) this.pids.add(pid);
    return true;
  }

  private add(key: string, event: PidEvent): void {
    if (this.known.has(key)) return;
    this.known.set(key, event);
    put(this.byPid, event.pid, event);
    put(this.byParent, event.parentPid, event);
  }
}

/** Adds an event to those of a process id. */
export function put<Event>(map: Map<number, Event[]>, pid: number | undefined, event: Event): void {
  if (pid === undefined) return;
  const known = map.get(pid);
  if (known === undefined) map.set(pid, [event]);
  else known.push(event);
}
