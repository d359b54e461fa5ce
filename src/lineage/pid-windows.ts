import type { Ticks } from '../core/ticks.ts';
import { Parameters, sql } from '../store/sql.ts';
import type { Column, QueryLimits, Store } from '../store/store.ts';
import { inScope, type ObservationScope } from './observation-scope.ts';
import { processIdOf } from './observed-cell.ts';

/** A start or an end by process ids alone. */
export interface PidEvent {
  readonly start: boolean;
  readonly time: Ticks;
  readonly pid: number | undefined;
  /** Of a start. */
  readonly parentPid: number | undefined;
}

/** A stretch of time in which all that a process id did matters; open where nothing bounds it. */
interface Window {
  readonly from: Ticks | undefined;
  readonly to: Ticks | undefined;
}

const columns: readonly Column[] = [
  { name: 'start', type: 'number' },
  { name: 'time', type: 'time' },
  { name: 'pid', type: 'number' },
  { name: 'parentPid', type: 'number' },
];

/**
 * Which events decide who some processes are and whose children: those with a process's id, as their own or the parent's,
 * between the last start with that id surely before it and the first surely after it. Events are read by their process ids first,
 * and grow in number as relatives are found.
 */
export class PidWindows {
  readonly pids = new Set<number>();
  private readonly events = new Map<string, PidEvent>();
  private readonly byPid = new Map<number, PidEvent[]>();
  private readonly byParent = new Map<number, PidEvent[]>();
  /** By process id: moments of starts, rising. */
  private readonly starts = new Map<number, readonly Ticks[]>();
  private readonly windows = new Map<number, Window[]>();
  private readonly store: Store;
  private readonly scope: ObservationScope;
  private readonly limits: QueryLimits;
  /** Moments of two events nearer than this may be of one moment. */
  private readonly margin: Ticks;

  constructor(store: Store, scope: ObservationScope, margin: Ticks, limits: QueryLimits) {
    this.store = store;
    this.scope = scope;
    this.margin = margin;
    this.limits = limits;
  }

  /** How many events are known. */
  get size(): number {
    return this.events.size;
  }

  /** Reads the events of process ids that are not known yet. */
  async load(pids: Iterable<number>): Promise<void> {
    const wanted = [...new Set(pids)].filter((pid) => !this.pids.has(pid));
    if (wanted.length === 0) return;
    const parameters = new Parameters();
    const among = parameters.bind(wanted.map(String), 'Array(String)');
    const query = sql`SELECT _event_class = 'process-start', _time, toInt64OrNull(process_id), toInt64OrNull(parent_process_id)
FROM events WHERE ${inScope(parameters, this.scope)} AND _event_class IN ('process-start', 'process-end')
AND (process_id IN ${among} OR (_event_class = 'process-start' AND parent_process_id IN ${among}))`;
    const statement = { sql: query, parameters: parameters.values };
    for await (const block of this.store.rows(statement, columns, this.limits))
      for (const [startCell, time, pidCell, parentCell] of block) {
        if (typeof time !== 'bigint') continue;
        const start = Number(startCell) === 1;
        const pid = processIdOf(pidCell);
        const parentPid = start ? processIdOf(parentCell) : undefined;
        const key = `${start} ${time} ${pid} ${parentPid}`;
        if (this.events.has(key)) continue;
        const event = { start, time, pid, parentPid };
        this.events.set(key, event);
        put(this.byPid, pid, event);
        put(this.byParent, parentPid, event);
      }
    for (const pid of wanted) {
      this.pids.add(pid);
      const starts = (this.byPid.get(pid) ?? []).filter(({ start }) => start).map(({ time }) => time);
      this.starts.set(
        pid,
        starts.sort((one, other) => (one < other ? -1 : one > other ? 1 : 0)),
      );
    }
  }

  /** The starts that name a process id as the parent's about a moment. */
  children(pid: number, at: Ticks): readonly PidEvent[] {
    const window = this.windowOf(pid, at);
    return (this.byParent.get(pid) ?? []).filter(({ time }) => within(window, time));
  }

  /** What starts with a process id at a moment name as the parent's. */
  parentPids(pid: number, at: Ticks): readonly number[] {
    const found: number[] = [];
    for (const { start, time, parentPid } of this.byPid.get(pid) ?? []) {
      const near = time >= at - this.margin && time <= at + this.margin;
      if (start && near && parentPid !== undefined) found.push(parentPid);
    }
    return found;
  }

  /** Adds what matters for who bore a process id at a moment; false where it is there already. */
  add(pid: number, at: Ticks): boolean {
    return this.addWindow(pid, this.windowOf(pid, at));
  }

  /** Adds all of a process id. */
  addAll(pid: number): void {
    this.addWindow(pid, { from: undefined, to: undefined });
  }

  /** The events that matter, as they are known. */
  chosen(): readonly PidEvent[] {
    const inWindow = (pid: number | undefined, time: Ticks) =>
      pid !== undefined && this.windows.get(pid)?.some((window) => within(window, time)) === true;
    return [...this.events.values()].filter(
      ({ pid, parentPid, time }) => inWindow(pid, time) || inWindow(parentPid, time),
    );
  }

  private addWindow(pid: number, window: Window): boolean {
    const known = this.windows.get(pid) ?? [];
    if (known.some((each) => covers(each, window))) return false;
    this.windows.set(pid, [...known.filter((each) => !covers(window, each)), window]);
    return true;
  }

  private windowOf(pid: number, at: Ticks): Window {
    const starts = this.starts.get(pid) ?? [];
    const before = starts.findLast((time) => time < at - this.margin);
    const after = starts.find((time) => time > at + this.margin);
    return {
      from: before === undefined ? undefined : before - this.margin,
      to: after === undefined ? undefined : after + this.margin,
    };
  }
}

function within({ from, to }: Window, time: Ticks): boolean {
  return (from === undefined || time >= from) && (to === undefined || time <= to);
}

function covers(large: Window, small: Window): boolean {
  return (
    (large.from === undefined || (small.from !== undefined && large.from <= small.from)) &&
    (large.to === undefined || (small.to !== undefined && large.to >= small.to))
  );
}

function put(map: Map<number, PidEvent[]>, pid: number | undefined, event: PidEvent): void {
  if (pid === undefined) return;
  const known = map.get(pid);
  if (known === undefined) map.set(pid, [event]);
  else known.push(event);
}
