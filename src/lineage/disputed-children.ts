import { TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import { joinSql, Parameters, type Sql, sql } from '../store/sql.ts';
import type { Column, QueryLimits, Store } from '../store/store.ts';
import { bindTime } from '../store/time-sql.ts';
import type { Bearer } from './likely-bearers.ts';
import { asOneBlock, inScope, type ObservationScope } from './observation-scope.ts';
import { processIdOf } from './observed-cell.ts';
import { put } from './pid-events.ts';

/** A child as one start event has it. */
export interface NamedChild extends Bearer {
  readonly parentPid: number | undefined;
}

const columns: readonly Column[] = [
  { name: 'pid', type: 'number' },
  { name: 'time', type: 'time' },
  { name: 'parentPid', type: 'number' },
];

const MOST_RANGES = 16;

/** A process id in a stretch of time, by its number. */
interface Near {
  readonly pid: string;
  readonly stretch: string;
}

/** The starts with some process ids about some moments, read as they are asked for. */
export class DisputedChildren {
  private readonly store: Store;
  private readonly scope: ObservationScope;
  private readonly limits: QueryLimits;
  /** How far apart starts of one process may be told. */
  private readonly margin: Ticks;
  /** Length of the stretches of time that are read. */
  private readonly stretch: Ticks;
  private readonly known = new Set<string>();
  private readonly starts = new Map<number, NamedChild[]>();

  constructor(store: Store, scope: ObservationScope, margin: Ticks, limits: QueryLimits) {
    this.store = store;
    this.scope = scope;
    this.limits = limits;
    this.margin = margin;
    this.stretch = margin < TICKS_PER_SECOND ? TICKS_PER_SECOND : margin;
  }

  /**
   * Which of the children other start events about that moment say to be another's: a spoofed parent, which one sensor sees
   * through.
   */
  async among(children: readonly NamedChild[]): Promise<readonly Bearer[]> {
    await this.load(children);
    return children.filter((child) =>
      this.starts.get(child.pid)?.some(({ at, parentPid }) => {
        const apart = at < child.at ? child.at - at : at - child.at;
        return apart <= this.margin && parentPid !== child.parentPid;
      }),
    );
  }

  /** Reads what tells of some that may be children, so that it is there once it is known which are. */
  async load(children: readonly Bearer[]): Promise<void> {
    const near = children.flatMap(({ pid, at }) => this.unread(pid, at));
    if (near.length === 0) return;
    const parameters = new Parameters();
    const pids = parameters.bind(
      near.map(({ pid }) => pid),
      'Array(String)',
    );
    const stretches = parameters.bind(
      near.map(({ stretch }) => stretch),
      'Array(String)',
    );
    const when = this.about(parameters, near);
    const stretchOf = sql`intDiv(reinterpretAsInt64(_time), ${parameters.bind(String(this.stretch), 'Int64')})`;
    const query = sql`SELECT toInt64OrNull(process_id), _time, toInt64OrNull(parent_process_id) FROM events
WHERE ${inScope(parameters, this.scope)} AND ${when} AND _event_class = 'process-start' AND process_id IN ${pids}
AND cityHash64(assumeNotNull(process_id), ${stretchOf}) IN (
SELECT cityHash64(told.1, toInt64(told.2)) FROM (SELECT arrayJoin(arrayZip(${pids}, ${stretches})) AS told)) ${asOneBlock}`;
    const statement = { sql: query, parameters: parameters.values };
    for await (const block of this.store.rows(statement, columns, this.limits))
      for (const [pidCell, at, parentCell] of block) {
        const pid = processIdOf(pidCell);
        if (pid === undefined || typeof at !== 'bigint') continue;
        put(this.starts, pid, { pid, at, parentPid: processIdOf(parentCell) });
      }
  }

  /** A condition that holds of all events in the stretches, with which the engine skips what is far from them. */
  private about(parameters: Parameters, near: readonly Near[]): Sql {
    const moments = near.map(({ stretch }) => BigInt(stretch) * this.stretch);
    const ranges = spansOf(moments, MOST_RANGES).map(
      ([from, to]) =>
        sql`_time BETWEEN ${bindTime(parameters, from)} AND ${bindTime(parameters, to + this.stretch)}`,
    );
    return sql`(${joinSql(ranges, sql` OR `)})`;
  }

  /** The stretches about a moment that are read from now on. */
  private unread(pid: number, at: Ticks): readonly Near[] {
    return [-1n, 0n, 1n].flatMap((side) => {
      const near = { pid: String(pid), stretch: String(at / this.stretch + side) };
      const key = `${near.pid} ${near.stretch}`;
      if (this.known.has(key)) return [];
      this.known.add(key);
      return [near];
    });
  }
}

/** At most so many spans that hold all of some moments, with the longest gaps between them. */
function spansOf(moments: readonly Ticks[], most: number): readonly (readonly [from: Ticks, to: Ticks])[] {
  const order = [...moments].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
  const gaps = order.slice(1).map((moment, at) => ({ at, length: moment - (order[at] as Ticks) }));
  gaps.sort((one, other) => (one.length > other.length ? -1 : one.length < other.length ? 1 : 0));
  const cuts = gaps
    .slice(0, most - 1)
    .map(({ at }) => at + 1)
    .sort((one, other) => one - other);
  return [0, ...cuts].map((from, at) => [
    order[from] as Ticks,
    order[(cuts[at] ?? order.length) - 1] as Ticks,
  ]);
}
