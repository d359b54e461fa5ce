import type { Ticks } from '../core/ticks.ts';
import { joinSql, Parameters, type Sql, sql } from '../store/sql.ts';
import type { Cell, Column, QueryLimits, Store } from '../store/store.ts';
import { atMoments, bindTime } from '../store/time-sql.ts';
import type { ObservationKind, ObservationRow, Observations } from './observation.ts';
import { ObservationBuilder } from './observation-builder.ts';
import { addObservation, observationColumns, observationSelect, parentGuidSql } from './observation-query.ts';
import { asOneBlock, inScope, isStart, type ObservationScope } from './observation-scope.ts';
import type { Among } from './read-activities.ts';

/** By what the rows of a family are asked for. */
export interface FamilyNames {
  /** Of the family, and of those that its starts name as parents. */
  readonly pids: ReadonlySet<number>;
  readonly guids: ReadonlySet<string>;
  /** The moment of a start that is read whatever is asked for. */
  readonly first: Ticks | undefined;
}

/** A start or an end without what it says but for who it is and whose child. */
export interface BareRow {
  readonly kind: Extract<ObservationKind, 'start' | 'end'>;
  readonly product: string;
  readonly time: Ticks;
  readonly pid: number | undefined;
  readonly guid: string | undefined;
  readonly parentPid: number | undefined;
  readonly parentGuid: string | undefined;
}

const bareColumns: readonly Column[] = [
  { name: 'class', type: 'text' },
  { name: 'product', type: 'text' },
  { name: 'time', type: 'time' },
  { name: 'pid', type: 'number' },
  { name: 'guid', type: 'text' },
  { name: 'parentPid', type: 'number' },
  { name: 'parentGuid', type: 'text' },
];

const ownPid = sql`toInt64OrNull(process_id)`;
const parentPid = sql`toInt64OrNull(parent_process_id)`;

/**
 * Reads the starts and ends that have one of the process ids or GUIDs, and the starts that name one as the parent's.
 */
export async function readBareRows(
  store: Store,
  scope: ObservationScope,
  names: FamilyNames,
  limits: QueryLimits,
): Promise<readonly BareRow[]> {
  const parameters = new Parameters();
  const query = sql`SELECT _event_class, _product, _time, ${ownPid}, process_guid,
if(${isStart}, ${parentPid}, NULL), if(${isStart}, ${parentGuidSql}, NULL)
FROM events WHERE ${inScope(parameters, scope)} AND _event_class IN ('process-start', 'process-end')
AND ${named(parameters, names)} ${asOneBlock}`;
  const rows: BareRow[] = [];
  const statement = { sql: query, parameters: parameters.values };
  for await (const block of store.rows(statement, bareColumns, limits))
    for (const row of block) rows.push(bareRow(row));
  return rows;
}

function bareRow([eventClass, product, time, pid, guid, parentPid, parentGuid]: readonly Cell[]): BareRow {
  const number = (cell: Cell | undefined) => (typeof cell === 'number' && cell > 0 ? cell : undefined);
  const text = (cell: Cell | undefined) => (typeof cell === 'string' ? cell : undefined);
  return {
    kind: eventClass === 'process-start' ? 'start' : 'end',
    product: text(product) ?? '',
    time: typeof time === 'bigint' ? time : 0n,
    pid: number(pid),
    guid: text(guid),
    parentPid: number(parentPid),
    parentGuid: text(parentGuid),
  };
}

/** Ids are compared as text, which is faster. */
function named(parameters: Parameters, { pids, guids, first }: FamilyNames): Sql {
  const wantedPids = parameters.bind([...pids].map(String), 'Array(String)');
  const either: Sql[] = [
    sql`process_id IN ${wantedPids}`,
    sql`(${isStart} AND parent_process_id IN ${wantedPids})`,
  ];
  if (guids.size > 0) {
    const wantedGuids = parameters.bind([...guids], 'Array(String)');
    either.push(
      sql`process_guid IN ${wantedGuids}`,
      sql`(${isStart} AND parent_process_guid IN ${wantedGuids})`,
    );
  }
  if (first !== undefined) either.push(sql`(${isStart} AND _time = ${bindTime(parameters, first)})`);
  return sql`(${joinSql(either, sql` OR `)})`;
}

/** The condition that an activity is of one of the process ids or GUIDs. */
export function amongNames({ pids, guids }: Pick<FamilyNames, 'pids' | 'guids'>): Among {
  return (parameters) =>
    sql`(process_id IN ${parameters.bind([...pids].map(String), 'Array(String)')}
OR process_guid IN ${parameters.bind([...guids], 'Array(String)')})`;
}

/** What was read of a family. */
export interface FamilyRows {
  readonly bare: readonly BareRow[];
  readonly activities: readonly ObservationRow[];
}

/**
 * The observations of a family, some with all that they say: those with one of the GUIDs, and those that name one of the
 * `unseen` as the parent. `boots`: with those that tell of boots.
 */
export async function completeRows(
  store: Store,
  scope: ObservationScope,
  rows: FamilyRows,
  names: {
    readonly guids: ReadonlySet<string>;
    readonly unseen: ReadonlySet<string>;
    readonly boots: boolean;
  },
  limits: QueryLimits,
): Promise<Observations> {
  const builder = new ObservationBuilder(scope.host.toLowerCase());
  const { guids, unseen, boots } = names;
  const times = new Set<Ticks>();
  for (const row of rows.bare) {
    const whole = guids.has(row.guid ?? '') || (row.parentGuid !== undefined && unseen.has(row.parentGuid));
    if (whole) times.add(row.time);
    else addBare(builder, row);
  }
  for (const activity of rows.activities) builder.add(activity);
  const parameters = new Parameters();
  if (times.size > 0) {
    const wanted = parameters.bind([...guids], 'Array(String)');
    const claimed = parameters.bind([...unseen], 'Array(String)');
    await add(sql`_event_class IN ('process-start', 'process-end')
AND ${atMoments(parameters, times)}
AND (ifNull(process_guid IN ${wanted}, 0) OR (${isStart} AND ifNull(${parentGuidSql} IN ${claimed}, 0)))`);
  }
  if (boots) await add(sql`_event_class IN ('boot', 'sensor-state')`);
  return builder.finish();

  async function add(condition: Sql): Promise<void> {
    const query = sql`${observationSelect} WHERE ${inScope(parameters, scope)} AND ${condition} ${asOneBlock}`;
    const statement = { sql: query, parameters: parameters.values };
    for await (const block of store.rows(statement, observationColumns, limits))
      for (const row of block) addObservation(builder, row);
  }
}

/** The observations out of rows as they are. */
export function bareObservations(host: string, { bare, activities }: FamilyRows): Observations {
  const builder = new ObservationBuilder(host.toLowerCase());
  for (const row of bare) addBare(builder, row);
  for (const activity of activities) builder.add(activity);
  return builder.finish();
}

function addBare(builder: ObservationBuilder, { kind, product, time, ...said }: BareRow): void {
  builder.add({ kind, event: { id: '', product, eventCode: undefined, time, arrival: time }, ...said });
}
