import type { EventClass } from '../events/event-class.ts';
import { fieldText } from '../store/field-place.ts';
import { type Parameters, type Sql, sql } from '../store/sql.ts';
import type { Cell, Column } from '../store/store.ts';
import type { ObservationRow } from './observation.ts';
import { isStart } from './observation-scope.ts';
import { processIdOf, said, textOf, unmeantTexts } from './observed-cell.ts';

/** Whether `process_id`, `process_guid` and `process_path` of an event are of a process that was running then. */
const namesActing: Readonly<Record<EventClass, boolean>> = {
  'process-start': false,
  'process-end': false,
  'process-access': true,
  'process-tampering': true,
  'remote-thread': true,
  'module-load': true,
  'driver-load': true,
  'file-create': true,
  'file-delete': true,
  'file-time-change': true,
  'file-stream': true,
  'file-access': true,
  'raw-access': true,
  registry: true,
  network: true,
  dns: true,
  pipe: true,
  wmi: true,
  clipboard: true,
  script: true,
  service: true,
  'scheduled-task': true,
  logon: true,
  account: true,
  web: false,
  'sensor-state': false,
  'sensor-drop': false,
  'log-cleared': false,
  boot: false,
  'clock-change': false,
  other: true,
};

/** The classes of activities. */
export const activityClasses: readonly string[] = Object.entries(namesActing)
  .filter(([, names]) => names)
  .map(([name]) => name);

const ownPid = sql`toInt64OrNull(process_id)`;

const columns = [
  ['id', 'text'],
  ['product', 'text'],
  ['eventCode', 'text'],
  ['time', 'time'],
  ['until', 'time'],
  ['arrival', 'time'],
  ['pid', 'number'],
  ['guid', 'text'],
  ['image', 'text'],
  ['user', 'text'],
] as const;

/** Columns of the rows of activities. */
export const activityColumns: readonly Column[] = columns.map(([name, type]) => ({ name, type }));

/** Which events are looked at. */
export interface ActivityScope {
  /** Of the host, and arrived. */
  readonly inScope: Sql;
  /** Of the processes that are asked for. */
  readonly among: Sql;
}

/**
 * Of a group of activities: the first event, and until when there were more. The account is only what the event calls the
 * user of the process itself: the subject of Security's may be whom a service acts for.
 */
const ofGroup = sql`lower(hex(first.1)), _product, first.2, moment, last, first.3`;
const grouped = sql`argMin(tuple(_id, EventCode, _indextime), tuple(_time, _id)) AS first,
min(_time) AS moment, max(_time) AS last, argMin(${fieldText('User')}, tuple(_time, _id)) AS account`;

/** A row where there is any activity at all, which costs least to find out. */
export function anyActivity(parameters: Parameters, inScope: Sql): Sql {
  return sql`SELECT 1 FROM events WHERE ${inScope} AND ${ofActivity(parameters)} LIMIT 1`;
}

/**
 * Whether there are activities with a GUID, and without one: a row 1, and a row 0. Reads no further than to the first of each.
 * They are parts of one query, since the engine keeps the caller waiting while it plans, for which it runs scalar subqueries.
 */
export function whichActivities(parameters: Parameters, { inScope, among }: ActivityScope): Sql {
  const condition = sql`${inScope} AND ${ofActivity(parameters)} AND ${among}`;
  return sql`SELECT 1 FROM (SELECT 1 FROM events WHERE ${condition} AND isNotNull(process_guid) LIMIT 1)
UNION ALL SELECT 0 FROM (SELECT 1 FROM events WHERE ${condition} AND ${withoutGuid(parameters)} LIMIT 1)`;
}

/**
 * Activities whose GUID and process id no start has: one row for each GUID, process id, program and product. Starts are
 * compared as 16 bytes each, so that a million of them take little memory. What is looked at first is said, since the engine
 * would else read the starts while it plans.
 */
export function unstartedByGuid(parameters: Parameters, { inScope, among }: ActivityScope): Sql {
  const key = sql`sipHash128(assumeNotNull(process_guid), ifNull(${ownPid}, 0))`;
  return sql`SELECT ${ofGroup}, pid, process_guid, process_path, account FROM (
SELECT _product, ${ownPid} AS pid, process_guid, process_path, ${grouped} FROM events
PREWHERE ${inScope} AND ${ofActivity(parameters)} WHERE isNotNull(process_guid) AND ${among}
AND ${key} NOT IN (SELECT ${key} FROM events WHERE ${inScope} AND ${isStart} AND isNotNull(process_guid) AND ${among})
GROUP BY _product, pid, process_guid, process_path)`;
}

/**
 * Activities without a GUID that tell their program, but for those before which the last that is known of the process id is
 * the start of a program of this name. One row for each process id, program and product between two starts or ends.
 */
export function unstartedByPid(parameters: Parameters, { inScope, among }: ActivityScope): Sql {
  const path = sql`replaceAll(ifNull(process_path, ''), '/', '\\\\')`;
  const program = sql`lower(arrayElement(splitByChar('\\\\', ${path}), -1))`;
  return sql`SELECT ${ofGroup}, pid, NULL, process_path, account FROM (
SELECT _product, acting.pid AS pid, process_path, known.at, ${grouped} FROM (
SELECT _id, _time, _indextime, _product, EventCode, ${fieldText('User')}, process_path, ${program} AS program,
assumeNotNull(${ownPid}) AS pid
FROM events WHERE ${inScope} AND ${ofActivity(parameters)} AND ${withoutGuid(parameters)} AND ${among}) AS acting
ASOF LEFT JOIN (
SELECT assumeNotNull(${ownPid}) AS pid, _time AS at, max(tuple(${isStart}, ${program})) AS told
FROM events WHERE ${inScope} AND _event_class IN ('process-start', 'process-end') AND ${ownPid} > 0 AND ${among}
GROUP BY pid, at) AS known ON acting.pid = known.pid AND acting._time >= known.at
WHERE NOT (known.told.1 AND known.told.2 = acting.program)
GROUP BY _product, pid, process_path, known.at)`;
}

function ofActivity(parameters: Parameters): Sql {
  return sql`_event_class IN ${parameters.bind(activityClasses, 'Array(String)')}`;
}

function withoutGuid(parameters: Parameters): Sql {
  const unmeant = parameters.bind(['', ...unmeantTexts], 'Array(String)');
  return sql`isNull(process_guid) AND ${ownPid} > 0 AND lower(ifNull(process_path, '')) NOT IN ${unmeant}`;
}

/** The observation of a row of activities; undefined where it has no time. */
export function activityOf(row: readonly Cell[]): ObservationRow | undefined {
  const [id, product, eventCode, time, until, arrival, pid, guid, image, user] = row;
  if (typeof time !== 'bigint' || typeof arrival !== 'bigint') return undefined;
  return {
    kind: 'activity',
    event: {
      id: textOf(id) ?? '',
      product: textOf(product) ?? '',
      eventCode: textOf(eventCode),
      time,
      arrival,
    },
    until: typeof until === 'bigint' ? until : time,
    pid: processIdOf(pid),
    guid: textOf(guid),
    image: said(image),
    user: said(user),
  };
}
