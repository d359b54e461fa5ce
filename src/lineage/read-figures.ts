import type { Ticks } from '../core/ticks.ts';
import { Parameters, sql } from '../store/sql.ts';
import type { Column, QueryLimits, Store } from '../store/store.ts';
import { type HostFigures, hostFigures, type StartCounts } from './host-figures.ts';
import type { KeyBoot } from './key-boots.ts';
import { ObservationBuilder, type Observations } from './observation.ts';
import { commandLineSql, parentGuidSql } from './observation-query.ts';
import { inScope, type ObservationScope } from './observation-scope.ts';
import { processIdOf, said, textOf } from './observed-cell.ts';
import { type SampleSize, samplePids } from './sample-pids.ts';
import { isUsableGuid, startKeyOf } from './start-key.ts';
import { defaultTolerance } from './tolerance.ts';

/** The start events of a host by themselves. */
export interface HostStarts extends StartCounts {
  readonly count: number;
  /** Those that name a parent by its GUID, or are named by their own, without the process id. */
  readonly withoutPid: number;
  readonly withGuid: number;
}

const startColumns: readonly Column[] = [
  { name: 'product', type: 'text' },
  { name: 'pid', type: 'number' },
  { name: 'count', type: 'number' },
  { name: 'first', type: 'time' },
  { name: 'withGuid', type: 'number' },
  { name: 'withoutPid', type: 'number' },
];

export async function readHostStarts(
  store: Store,
  scope: ObservationScope,
  limits: QueryLimits,
): Promise<HostStarts> {
  const parameters = new Parameters();
  const query = sql`SELECT _product, toInt64OrNull(process_id), sum(events), min(earliest), sum(named), sum(bare) FROM (
SELECT _product, process_id, count() AS events, min(_time) AS earliest, count(process_guid) AS named,
countIf((ifNull(process_id, '') < '1' AND isNotNull(process_guid)) OR (ifNull(parent_process_id, '') < '1' AND isNotNull(parent_process_guid))) AS bare
FROM events WHERE ${inScope(parameters, scope)} AND _event_class = 'process-start' GROUP BY _product, process_id)
GROUP BY ALL`;
  const byPid = new Map<number, number>();
  const first = new Map<string, Ticks>();
  let count = 0;
  let withGuid = 0;
  let withoutPid = 0;
  const statement = { sql: query, parameters: parameters.values };
  for await (const block of store.rows(statement, startColumns, limits))
    for (const [productCell, pidCell, events, moment, named, bare] of block) {
      const product = textOf(productCell) ?? '';
      const pid = processIdOf(pidCell);
      count += Number(events);
      withGuid += Number(named);
      withoutPid += Number(bare);
      if (pid !== undefined) byPid.set(pid, (byPid.get(pid) ?? 0) + Number(events));
      const known = first.get(product);
      if (typeof moment === 'bigint' && (known === undefined || moment < known)) first.set(product, moment);
    }
  return { byPid, first, count, withGuid, withoutPid };
}

/** The figures of a host as of all its observations; undefined where it is so small that it is counted whole. */
export async function readFigures(
  store: Store,
  scope: ObservationScope,
  starts: HostStarts,
  size: SampleSize,
  limits: QueryLimits,
): Promise<HostFigures | undefined> {
  const pids = samplePids(starts.byPid, size);
  if (pids === undefined) return undefined;
  const sample = await readSample(store, scope, pids, limits);
  const boots = starts.withGuid > 0 ? await readKeyBoots(store, scope, limits) : [];
  return hostFigures({ sample, pids, counts: starts, boots }, defaultTolerance);
}

const isStart = sql`_event_class = 'process-start'`;

const sampleColumns: readonly Column[] = [
  { name: 'start', type: 'number' },
  { name: 'id', type: 'text' },
  { name: 'product', type: 'text' },
  { name: 'time', type: 'time' },
  { name: 'pid', type: 'number' },
  { name: 'guid', type: 'text' },
  { name: 'image', type: 'text' },
  { name: 'commandLine', type: 'text' },
  { name: 'parentPid', type: 'number' },
  { name: 'parentGuid', type: 'text' },
  { name: 'parentImage', type: 'text' },
];

/** The same as `sampleObservations` of the whole host. */
async function readSample(
  store: Store,
  scope: ObservationScope,
  pids: ReadonlySet<number>,
  limits: QueryLimits,
): Promise<Observations> {
  const parameters = new Parameters();
  const wanted = parameters.bind([...pids].map(String), 'Array(String)');
  const query = sql`SELECT ${isStart}, lower(hex(_id)), _product, _time, toInt64OrNull(process_id), process_guid, process_path,
if(${isStart}, ${commandLineSql}, NULL), if(${isStart}, toInt64OrNull(parent_process_id), NULL),
if(${isStart}, ${parentGuidSql}, NULL), if(${isStart}, parent_process_path, NULL)
FROM events WHERE ${inScope(parameters, scope)} AND _event_class IN ('process-start', 'process-end')
AND (process_id IN ${wanted} OR (${isStart} AND parent_process_id IN ${wanted}))`;
  const builder = new ObservationBuilder(scope.host.toLowerCase());
  const statement = { sql: query, parameters: parameters.values };
  for await (const block of store.rows(statement, sampleColumns, limits))
    for (const row of block) {
      const time = typeof row[3] === 'bigint' ? row[3] : 0n;
      builder.add({
        kind: Number(row[0]) === 1 ? 'start' : 'end',
        event: {
          id: textOf(row[1]) ?? '',
          product: textOf(row[2]) ?? '',
          eventCode: undefined,
          time,
          arrival: time,
        },
        pid: processIdOf(row[4]),
        guid: textOf(row[5]),
        image: said(row[6]),
        commandLine: said(row[7]),
        parentPid: processIdOf(row[8]),
        parentGuid: textOf(row[9]),
        parentImage: said(row[10]),
      });
    }
  return builder.finish();
}

const bootColumns: readonly Column[] = [
  { name: 'product', type: 'text' },
  { name: 'guid', type: 'text' },
  { name: 'first', type: 'time' },
  { name: 'last', type: 'time' },
];

/** The same as `keyBoots` of the whole host. The boot is the last two bytes of the form of GUID that has one. */
async function readKeyBoots(
  store: Store,
  scope: ObservationScope,
  limits: QueryLimits,
): Promise<readonly KeyBoot[]> {
  const parameters = new Parameters();
  const query = sql`SELECT _product, any(process_guid), minOrNullIf(_time, ${isStart}), max(_time) FROM events
WHERE ${inScope(parameters, scope)} AND _event_class IN ('process-start', 'process-end') AND isNotNull(process_guid)
GROUP BY _product, substring(assumeNotNull(process_guid), 33)`;
  const boots: KeyBoot[] = [];
  const statement = { sql: query, parameters: parameters.values };
  for await (const block of store.rows(statement, bootColumns, limits))
    for (const [product, guid, first, last] of block) {
      const name = textOf(guid) ?? '';
      const boot = isUsableGuid(name) ? (startKeyOf(name)?.boot ?? 0) : 0;
      if (boot === 0 || typeof last !== 'bigint') continue;
      boots.push({
        product: textOf(product) ?? '',
        boot,
        firstStart: typeof first === 'bigint' ? first : undefined,
        last,
      });
    }
  return boots;
}
