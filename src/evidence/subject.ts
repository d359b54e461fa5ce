import { TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import type { Process } from '../lineage/process.ts';
import { readStartKey } from '../lineage/start-key.ts';
import { defaultTolerance } from '../lineage/tolerance.ts';
import { Parameters, type Sql, sql } from '../store/sql.ts';
import type { Cell, Store } from '../store/store.ts';
import { bindTime } from '../store/time-sql.ts';

/** How far an event's time may lie outside the lifetime of a process that another sensor told of. */
export const CLOCK_TOLERANCE: Ticks = defaultTolerance.acrossSensors;

/**
 * A process as events are matched with it. Between `from` and `until` (half open) no other process of the host is known to
 * have had its process id; absent bounds are open.
 */
export interface Subject {
  readonly process: Process;
  /** When it started or, where that is unknown, when it was first seen. */
  readonly since: Ticks | undefined;
  readonly startKnown: boolean;
  readonly from: Ticks | undefined;
  readonly until: Ticks | undefined;
  /** When the next process with its process id started. */
  readonly next: Ticks | undefined;
}

/** The part of a subject that events are joined with, as a table of its own. */
export interface SubjectTable {
  readonly sql: Sql;
  readonly hosts: Sql;
  readonly guids: Sql;
  readonly pids: Sql;
  readonly earliest: Sql | undefined;
  readonly latest: Sql | undefined;
}

/** Subjects that go into one statement: their values are bound, and a statement has its limits. */
export const subjectsPerStatement = 4_000;

/**
 * Looks up between which other holders of its process id each process stands, and so bounds the time in which its id was
 * its own. One query. `asOf`: only events that had arrived by then.
 */
export async function readSubjects(
  store: Store,
  processes: readonly Process[],
  asOf: Ticks | undefined,
): Promise<readonly Subject[]> {
  const bare = processes.map((process) => {
    const startKnown = process.startFrom === 'start-event' || process.startFrom === 'guid';
    const since = process.start ?? firstSeen(process);
    return { process, since, startKnown, from: undefined, until: undefined, next: undefined };
  });
  const holders = await readHolders(store, bare, asOf);
  return bare.map((subject) => bounded(subject, holders.get(holderKey(subject.process)) ?? []));
}

function firstSeen({ seenBy }: Process): Ticks | undefined {
  return seenBy.reduce<Ticks | undefined>(
    (least, { time }) => (least === undefined || time < least ? time : least),
    undefined,
  );
}

/** A start or an exit of some process with the same process id. */
interface Holder {
  readonly kind: 'start' | 'end';
  readonly time: Ticks;
  readonly id: string;
  readonly guid: string | undefined;
}

function holderKey({ host, pid }: Process): string {
  return `${pid ?? ''}|${host}`;
}

async function readHolders(
  store: Store,
  subjects: readonly Subject[],
  asOf: Ticks | undefined,
): Promise<ReadonlyMap<string, readonly Holder[]>> {
  const known = subjects.filter(({ process }) => process.pid !== undefined);
  const holders = new Map<string, Holder[]>();
  for (let at = 0; at < known.length; at += subjectsPerStatement) {
    const some = known.slice(at, at + subjectsPerStatement).map(({ process }) => process);
    const parameters = new Parameters();
    const hosts = parameters.bind([...new Set(some.map(({ host }) => host))], 'Array(String)');
    const pids = parameters.bind([...new Set(some.map(({ pid }) => String(pid)))], 'Array(String)');
    const arrived = asOf === undefined ? sql`1` : sql`_indextime <= ${bindTime(parameters, asOf)}`;
    const query = sql`SELECT host, process_id, _event_class, _time, lower(hex(_id)), process_guid FROM events
WHERE host IN ${hosts} AND _event_class IN ('process-start', 'process-end') AND process_id IN ${pids} AND ${arrived}
ORDER BY _time, _id`;
    for await (const block of store.rows({ sql: query, parameters: parameters.values }, holderColumns))
      for (const row of block) addHolder(holders, row);
  }
  return holders;
}

const holderColumns = [
  { name: 'host', type: 'text' },
  { name: 'pid', type: 'text' },
  { name: 'class', type: 'text' },
  { name: 'time', type: 'time' },
  { name: 'id', type: 'text' },
  { name: 'guid', type: 'text' },
] as const;

function addHolder(holders: Map<string, Holder[]>, row: readonly Cell[]): void {
  const [host, pid, eventClass, time, id, guid] = row;
  if (typeof time !== 'bigint' || typeof id !== 'string') return;
  const key = `${pid}|${host}`;
  const known = holders.get(key) ?? [];
  if (known.length === 0) holders.set(key, known);
  known.push({
    kind: eventClass === 'process-start' ? 'start' : 'end',
    time,
    id,
    guid: typeof guid === 'string' ? guid : undefined,
  });
}

function bounded(subject: Subject, holders: readonly Holder[]): Subject {
  const { process, since } = subject;
  const own = new Set(process.seenBy.map(({ id }) => id));
  const guids = guidsOf(process);
  const others = holders.filter(
    ({ id, guid }) => !own.has(id) && (guid === undefined || !guids.includes(guid)),
  );
  // Reports of the same start by two sensors lie within the tolerance of each other.
  const next =
    since === undefined
      ? undefined
      : others.find(({ kind, time }) => kind === 'start' && time > since + CLOCK_TOLERANCE)?.time;
  const ended = process.end === undefined ? undefined : process.end + CLOCK_TOLERANCE;
  return { ...subject, from: lowerBound(subject, others), until: least(ended, next), next };
}

/** Its id was not its own before the last other holder ended; where the start is known, nor long before that. */
function lowerBound({ since, startKnown }: Subject, others: readonly Holder[]): Ticks | undefined {
  if (since === undefined) return undefined;
  const earlier = others.findLast(({ kind, time }) =>
    kind === 'end' ? time <= since : time < since - CLOCK_TOLERANCE,
  )?.time;
  if (!startKnown) return earlier;
  const from = since - CLOCK_TOLERANCE;
  return earlier !== undefined && earlier > from ? earlier : from;
}

function least(a: Ticks | undefined, b: Ticks | undefined): Ticks | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}

const EARLIEST: Ticks = -(2n ** 62n);
const LATEST: Ticks = 2n ** 62n;

/** Between the fields of a subject, and between subjects, in the one text that carries them all: quickest to bind. */
const FIELD_END = '\x1f';
const SUBJECT_END = '\x1e';

/** What an event is compared with, as text; a separator in it can come from hostile data only and then matches nothing. */
function subjectText(subject: Subject, n: number, hosts: readonly string[]): string {
  const { process, since, from, until, next } = subject;
  const ticks = (value: Ticks | undefined, otherwise: Ticks) => String(value ?? otherwise);
  const fields = [
    String(n),
    String(hosts.indexOf(process.host) + 1),
    guidsOf(process).join('/'),
    pidText(subject),
    ticks(since, EARLIEST),
    ticks(process.end ?? until, LATEST),
    ticks(from, EARLIEST),
    ticks(until, LATEST),
    ticks(next, LATEST),
    imageNames(process).join('/'),
    startKeyOfGuid(process.guid) ?? '',
    String(startSecond(subject)),
    process.user === undefined ? '' : userName(process.user),
  ];
  return fields.map((field) => field.replaceAll(separators, '\ufffd')).join(FIELD_END);
}

const separators = /[\x1e\x1f]/g;

/**
 * Binds subjects as a table `n, matched_by, host, key, guid, guids, pid, since, ending, open, until, next, names, start_key, second`
 * with a row for each way by which events name a process; times are ticks.
 */
export function subjectTable(subjects: readonly Subject[], parameters: Parameters): SubjectTable {
  const distinct = (values: readonly string[]) => [...new Set(values.filter((value) => value !== ''))];
  const hostNames = distinct(subjects.map(({ process }) => process.host));
  const hosts = parameters.bind(hostNames, 'Array(String)');
  const text = parameters.bind(
    subjects.map((subject, n) => subjectText(subject, n, hostNames)).join(SUBJECT_END),
    'String',
  );
  const bound = (values: readonly (Ticks | undefined)[], pick: 'least' | 'most') => {
    if (values.some((value) => value === undefined)) return undefined;
    const known = values as readonly Ticks[];
    const found = known.reduce((a, b) => ((pick === 'least' ? a < b : a > b) ? a : b), known[0] ?? 0n);
    return bindTime(parameters, found);
  };
  return {
    sql: sql`(SELECT toUInt32(t[1]) AS n, way.1 AS matched_by, ${hosts}[toUInt32(t[2])] AS host, way.2 AS key, t[3] AS guid, splitByChar('/', t[3]) AS guids, t[4] AS pid,
  toInt64(t[5]) AS since, toInt64(t[6]) AS ending, toInt64(t[7]) AS open, toInt64(t[8]) AS until, toInt64(t[9]) AS next,
  splitByChar('/', t[10]) AS names, t[11] AS start_key, toInt64(t[12]) AS second
FROM (SELECT t, arrayJoin(arrayFilter(x -> x.3 != '', arrayConcat(arrayMap(each -> ('guid', concat('guid ', each), each), splitByChar('/', t[3])),
    [('process-id', concat('pid ', t[4]), t[4]), ('user', concat('user ', t[13]), t[13])]))) AS way
  FROM (SELECT splitByChar('\x1f', arrayJoin(splitByChar('\x1e', materialize(${text})))) AS t)))`,
    hosts,
    guids: parameters.bind(distinct(subjects.flatMap(({ process }) => guidsOf(process))), 'Array(String)'),
    pids: parameters.bind(distinct(subjects.map(pidText)), 'Array(String)'),
    earliest: bound(
      subjects.map(({ from }) => from),
      'least',
    ),
    latest: bound(
      subjects.map(({ until }) => until),
      'most',
    ),
  };
}

/** All by which sensors name it. */
function guidsOf({ guid, otherGuids }: Process): readonly string[] {
  return guid === undefined ? [] : [guid, ...otherGuids];
}

/** Without any time a process id says nothing: it may have been anybody's. */
function pidText({ process, since }: Subject): string {
  return process.pid === undefined || since === undefined ? '' : String(process.pid);
}

/** Unix second of the start; 0 where the start is not known. */
function startSecond({ since, startKnown }: Subject): bigint {
  return startKnown && since !== undefined ? since / TICKS_PER_SECOND : 0n;
}

/** File names of its programs, in lower case; no file name has a `/` in it. */
function imageNames({ image, earlierImages }: Process): readonly string[] {
  return [image, ...earlierImages]
    .filter((path) => path !== undefined)
    .map((path) => path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1).toLowerCase())
    .filter((name) => name !== '');
}

function userName(user: string): string {
  return user.slice(user.lastIndexOf('\\') + 1).toLowerCase();
}

/**
 * The process start key of a Sysmon GUID as Security events write it, a decimal: boot number in the upper 16 bits. Undefined
 * where the GUID has none (older sensors).
 */
export function startKeyOfGuid(guid: string | undefined): string | undefined {
  const key = guid === undefined ? undefined : readStartKey(guid);
  if (key?.boot === undefined || key.sequence === undefined || key.sequence === 0) return undefined;
  return ((BigInt(key.boot) << 48n) | BigInt(key.sequence)).toString();
}
