import type { Ticks } from '../core/ticks.ts';
import { Parameters, sql } from '../store/sql.ts';
import type { Column, QueryLimits, Store } from '../store/store.ts';
import { bindTime } from '../store/time-sql.ts';
import { type HostFigures, hostFigures, type StartCounts } from './host-figures.ts';
import { areOfOneBoot, endsOfGuids, type KeyBoot, type StartSpan } from './key-boots.ts';
import type { Observations } from './observation.ts';
import { commandLineSql } from './observation-query.ts';
import { inScope, type ObservationScope } from './observation-scope.ts';
import { processIdOf, said, textOf } from './observed-cell.ts';
import { observationsOfSample, type SampleRow } from './sample-observations.ts';
import { type SampleSize, samplePids } from './sample-pids.ts';
import { isUsableGuid, startKeyOf } from './start-key.ts';
import { defaultTolerance } from './tolerance.ts';

/** The start events of a host by themselves. */
export interface HostStarts extends StartCounts {
  readonly count: number;
  /** Those with a GUID of their own. */
  readonly withGuid: number;
  /** Whether some name themselves or their parent by a GUID alone, without the process id. */
  readonly withoutPid: boolean;
}

const startColumns: readonly Column[] = [
  { name: 'product', type: 'text' },
  { name: 'pid', type: 'number' },
  { name: 'count', type: 'number' },
  { name: 'first', type: 'time' },
  { name: 'last', type: 'time' },
  { name: 'withGuid', type: 'number' },
];

const isStart = sql`_event_class = 'process-start'`;

export async function readHostStarts(
  store: Store,
  scope: ObservationScope,
  limits: QueryLimits,
): Promise<HostStarts> {
  const parameters = new Parameters();
  const query = sql`SELECT _product, toInt64OrNull(process_id), events, earliest, latest, named FROM (
SELECT _product, process_id, count() AS events, min(_time) AS earliest, max(_time) AS latest, count(process_guid) AS named
FROM events WHERE ${inScope(parameters, scope)} AND ${isStart} GROUP BY _product, process_id)`;
  const byPid = new Map<number, number>();
  const spans = new Map<string, StartSpan>();
  let count = 0;
  let withGuid = 0;
  let withoutPid = false;
  const statement = { sql: query, parameters: parameters.values };
  for await (const block of store.rows(statement, startColumns, limits))
    for (const [productCell, pidCell, events, first, last, named] of block) {
      if (typeof first !== 'bigint' || typeof last !== 'bigint') continue;
      const product = textOf(productCell) ?? '';
      const pid = processIdOf(pidCell);
      const guids = Number(named) > 0;
      count += Number(events);
      withGuid += Number(named);
      if (pid === undefined && guids) withoutPid = true;
      if (pid !== undefined) byPid.set(pid, (byPid.get(pid) ?? 0) + Number(events));
      const known = spans.get(product) ?? { first, last, guids };
      spans.set(product, {
        first: first < known.first ? first : known.first,
        last: last > known.last ? last : known.last,
        guids: guids || known.guids,
      });
    }
  if (withGuid > 0) withoutPid ||= await hasBareParents(store, scope, limits);
  return { byPid, spans, count, withGuid, withoutPid };
}

/** Whether a start names its parent by a GUID alone. */
async function hasBareParents(store: Store, scope: ObservationScope, limits: QueryLimits): Promise<boolean> {
  const parameters = new Parameters();
  const query = sql`SELECT 1 FROM events WHERE ${inScope(parameters, scope)} AND ${isStart}
AND (isNull(parent_process_id) OR parent_process_id = '0') AND isNotNull(parent_process_guid) LIMIT 1`;
  const statement = { sql: query, parameters: parameters.values };
  for await (const block of store.rows(statement, [{ name: 'any', type: 'number' }], limits))
    if (block.length > 0) return true;
  return false;
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
  const boots = await readKeyBoots(store, scope, starts, limits);
  return hostFigures({ sample, pids, counts: starts, boots }, defaultTolerance);
}

const sampleColumns: readonly Column[] = [
  { name: 'start', type: 'number' },
  { name: 'product', type: 'text' },
  { name: 'time', type: 'time' },
  { name: 'pid', type: 'number' },
  { name: 'image', type: 'text' },
  { name: 'commandLine', type: 'text' },
  { name: 'parentPid', type: 'number' },
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
  const query = sql`SELECT ${isStart}, _product, _time, toInt64OrNull(process_id), process_path,
if(${isStart}, ${commandLineSql}, NULL), if(${isStart}, toInt64OrNull(parent_process_id), NULL),
if(${isStart}, parent_process_path, NULL)
FROM events WHERE ${inScope(parameters, scope)} AND _event_class IN ('process-start', 'process-end')
AND (process_id IN ${wanted} OR (${isStart} AND parent_process_id IN ${wanted}))`;
  const sample: SampleRow[] = [];
  const statement = { sql: query, parameters: parameters.values };
  for await (const block of store.rows(statement, sampleColumns, limits))
    for (const row of block) {
      const time = row[2];
      if (typeof time !== 'bigint') continue;
      sample.push({
        kind: Number(row[0]) === 1 ? 'start' : 'end',
        product: textOf(row[1]) ?? '',
        time,
        pid: processIdOf(row[3]),
        image: said(row[4]),
        commandLine: said(row[5]),
        parentPid: processIdOf(row[6]),
        parentImage: said(row[7]),
      });
    }
  return observationsOfSample(scope.host, sample);
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
  { spans }: HostStarts,
  limits: QueryLimits,
): Promise<readonly KeyBoot[]> {
  const ends = endsOfGuids(spans);
  if (ends === undefined) return [];
  const first = await guidOfStart(store, scope, ends.first, limits);
  if (areOfOneBoot(first, await guidOfStart(store, scope, ends.last, limits))) return [];
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

/** The first GUID in order of the starts at a moment. */
async function guidOfStart(
  store: Store,
  scope: ObservationScope,
  moment: Ticks,
  limits: QueryLimits,
): Promise<string> {
  const parameters = new Parameters();
  const query = sql`SELECT minOrNull(process_guid) FROM events
WHERE ${inScope(parameters, scope)} AND ${isStart} AND _time = ${bindTime(parameters, moment)}`;
  const statement = { sql: query, parameters: parameters.values };
  for await (const block of store.rows(statement, [{ name: 'guid', type: 'text' }], limits))
    for (const [guid] of block) return textOf(guid) ?? '';
  return '';
}
