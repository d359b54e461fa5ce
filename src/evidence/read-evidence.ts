import type { Ticks } from '../core/ticks.ts';
import type { Grade, Process } from '../lineage/process.ts';
import { integer, Parameters, type Sql, sql } from '../store/sql.ts';
import type { Cell, Column, Store } from '../store/store.ts';
import { bindTime } from '../store/time-sql.ts';
import {
  type EvidenceClass,
  type EvidenceSide,
  evidenceClassNames,
  hasSide,
  isEvidenceClass,
} from './evidence-class.ts';
import { gradeMatch, type Match, type MatchFacts } from './match-reason.ts';
import { matchedEvents } from './matched-events.ts';
import { readEventDetails } from './read-event-details.ts';
import { readSubjects, type Subject, subjectsPerStatement, subjectTable } from './subject.ts';
import { type StoredFields, summariseEvent } from './summarise-event.ts';

/** How many events of one class a process has, by grade and by what recorded them. */
export interface ClassCount {
  readonly count: number;
  readonly byGrade: Readonly<Partial<Record<Grade, number>>>;
  /** `sysmon 11` → how many. */
  readonly bySource: Readonly<Record<string, number>>;
  readonly first: Ticks;
  readonly last: Ticks;
}

/** Counts of one process; classes without events are absent. */
export type EvidenceCounts = ReadonlyMap<EvidenceClass, ClassCount>;

/** One event that speaks of a process. */
export interface EvidenceEvent {
  /** The event's `_id` in hexadecimal. */
  readonly id: string;
  /** Index in the processes that were asked for. */
  readonly process: number;
  readonly side: EvidenceSide;
  readonly evidenceClass: EvidenceClass;
  readonly time: Ticks;
  readonly arrival: Ticks;
  readonly product: string;
  readonly eventCode: string | undefined;
  readonly grade: Match['grade'];
  readonly reasons: Match['reasons'];
  /** What happened, as recorded: not made safe for a terminal. */
  readonly summary: string;
  readonly fields: StoredFields;
}

/** Where a page ends; the next one begins after it. */
export interface EvidenceCursor {
  readonly time: Ticks;
  readonly id: string;
  readonly side: EvidenceSide;
  readonly process: number;
}

export interface EvidencePage {
  readonly events: readonly EvidenceEvent[];
  /** Undefined where this was the last page. */
  readonly next: EvidenceCursor | undefined;
}

export interface EvidenceOptions {
  /** Only events that had arrived by then. */
  readonly asOf?: Ticks;
  /**
   * Also events that name the user and no process (WMI subscriptions). They are graded ambiguous; in a family of one user
   * each process gets all of them.
   */
  readonly byUser?: boolean;
}

export interface PageOptions extends EvidenceOptions {
  /** Only these classes; empty or absent: all. */
  readonly classes?: readonly EvidenceClass[];
  readonly after?: EvidenceCursor;
  /** Only the first so many of each class of each process. */
  readonly perClass?: number;
  /** Most events of a page. */
  readonly limit: number;
}

const allSides: readonly EvidenceSide[] = ['actor', 'target', 'parent'];

/** The sides from which events are matched. */
export function sidesOf(
  options: EvidenceOptions,
  classes: readonly EvidenceClass[] = [],
): readonly EvidenceSide[] {
  const sides: readonly EvidenceSide[] = options.byUser ? [...allSides, 'user'] : allSides;
  return classes.length === 0 ? sides : sides.filter((side) => classes.some((each) => hasSide(each, side)));
}

const countColumns: readonly Column[] = [
  { name: 'n', type: 'number' },
  { name: 'class', type: 'text' },
  { name: 'product', type: 'text' },
  { name: 'code', type: 'text' },
  { name: 'matched_by', type: 'text' },
  { name: 'image', type: 'text' },
  { name: 'process_id_fact', type: 'text' },
  { name: 'named', type: 'text' },
  { name: 'time_fact', type: 'text' },
  { name: 'count', type: 'number' },
  { name: 'first', type: 'time' },
  { name: 'last', type: 'time' },
];

/**
 * Counts what each process did, by class: one statement for thousands of processes. The counts are in the order of
 * `processes`.
 */
export async function countEvidence(
  store: Store,
  processes: readonly Process[],
  options: EvidenceOptions = {},
): Promise<readonly EvidenceCounts[]> {
  const subjects = await readSubjects(store, processes, options.asOf);
  const counts: Map<EvidenceClass, ClassCount>[] = [];
  for (let at = 0; at < subjects.length; at += subjectsPerStatement) {
    const some = subjects.slice(at, at + subjectsPerStatement);
    const parameters = new Parameters();
    const scope = { sides: sidesOf(options), asOf: options.asOf };
    const matched = matchedEvents(subjectTable(some, parameters), scope, parameters);
    const query = sql`SELECT n, class, _product, event_code, matched_by, image, process_id_fact, named, time_fact,
count() AS count, min(_time) AS first, max(_time) AS last
FROM (${matched}) GROUP BY n, class, _product, event_code, matched_by, image, process_id_fact, named, time_fact
ORDER BY n, class, _product, event_code, matched_by, image, process_id_fact, named, time_fact`;
    for (const _ of some) counts.push(new Map());
    for await (const block of store.rows({ sql: query, parameters: parameters.values }, countColumns))
      for (const row of block) addCount(counts, at, some, row);
  }
  return counts.map(inClassOrder);
}

function addCount(
  counts: readonly Map<EvidenceClass, ClassCount>[],
  offset: number,
  subjects: readonly Subject[],
  row: readonly Cell[],
): void {
  const [n, evidenceClass, product, code] = row;
  const [count, first, last] = row.slice(9);
  const subject = subjects[Number(n)];
  const into = counts[offset + Number(n)];
  if (!subject || !into || typeof first !== 'bigint' || typeof last !== 'bigint') return;
  if (typeof evidenceClass !== 'string' || !isEvidenceClass(evidenceClass)) return;
  const { grade } = gradeMatch(factsOf(row, 4, subject));
  const known = into.get(evidenceClass);
  const source = `${product} ${code}`.trim();
  const size = Number(count);
  into.set(evidenceClass, {
    count: (known?.count ?? 0) + size,
    byGrade: { ...known?.byGrade, [grade]: (known?.byGrade[grade] ?? 0) + size },
    bySource: { ...known?.bySource, [source]: (known?.bySource[source] ?? 0) + size },
    first: known && known.first < first ? known.first : first,
    last: known && known.last > last ? known.last : last,
  });
}

function inClassOrder(counts: ReadonlyMap<EvidenceClass, ClassCount>): EvidenceCounts {
  const ordered = new Map<EvidenceClass, ClassCount>();
  for (const each of evidenceClassNames) {
    const found = counts.get(each);
    if (found) ordered.set(each, found);
  }
  return ordered;
}

/** Reads the facts out of a row, where they stand from `at` on: matched_by, image, process_id, named, time. */
function factsOf(row: readonly Cell[], at: number, { process, startKnown }: Subject): MatchFacts {
  return {
    by: row[at] as MatchFacts['by'],
    image: row[at + 1] as MatchFacts['image'],
    processId: row[at + 2] as MatchFacts['processId'],
    named: row[at + 3] as MatchFacts['named'],
    time: row[at + 4] as MatchFacts['time'],
    startKnown,
    endKnown: process.end !== undefined,
  };
}

const pageColumns: readonly Column[] = [
  { name: 'n', type: 'number' },
  { name: 'time', type: 'time' },
  { name: 'id', type: 'text' },
  { name: 'side', type: 'text' },
  { name: 'class', type: 'text' },
  { name: 'matched_by', type: 'text' },
  { name: 'image', type: 'text' },
  { name: 'process_id_fact', type: 'text' },
  { name: 'named', type: 'text' },
  { name: 'time_fact', type: 'text' },
];

/**
 * A page of the events that speak of the processes, in order of time. Takes no more than `subjectsPerStatement` processes:
 * more are a bug of the caller.
 */
export async function readEvidence(
  store: Store,
  processes: readonly Process[],
  options: PageOptions,
): Promise<EvidencePage> {
  if (processes.length > subjectsPerStatement)
    throw new Error(`${processes.length} processes are more than a page of evidence is read for`);
  const { classes = [], after, perClass, limit } = options;
  const subjects = await readSubjects(store, processes, options.asOf);
  const sides = sidesOf(options, classes);
  if (subjects.length === 0 || sides.length === 0) return { events: [], next: undefined };
  const parameters = new Parameters();
  const matched = matchedEvents(
    subjectTable(subjects, parameters),
    { sides, asOf: options.asOf },
    parameters,
  );
  const wanted =
    classes.length === 0 ? sql`1` : sql`class IN ${parameters.bind([...classes], 'Array(String)')}`;
  const query = sql`SELECT n, _time, lower(hex(_id)) AS id, side, class, matched_by, image, process_id_fact, named, time_fact
FROM (${matched}) WHERE ${wanted} AND ${after === undefined ? sql`1` : cursorSql(after, parameters)}
ORDER BY _time, id, side, n ${perClass === undefined ? sql`` : sql`LIMIT ${integer(perClass)} BY n, class`} LIMIT ${integer(limit + 1)}`;
  const rows: (readonly Cell[])[] = [];
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, pageColumns))
    rows.push(...block);
  const shown = rows.slice(0, limit);
  const details = await readEventDetails(store, shown.map(referenceOf));
  const events = shown.flatMap((row) => {
    const event = eventOf(row, subjects, details);
    return event ? [event] : [];
  });
  const last = rows.length > limit ? events.at(-1) : undefined;
  return { events, next: last && cursorOf(last) };
}

function cursorOf({ time, id, side, process }: EvidenceEvent): EvidenceCursor {
  return { time, id, side, process };
}

function cursorSql({ time, id, side, process }: EvidenceCursor, parameters: Parameters): Sql {
  const at = sql`(${bindTime(parameters, time)}, ${parameters.bind(id, 'String')}, ${parameters.bind(side, 'String')}, ${integer(process)})`;
  return sql`(_time, lower(hex(_id)), side, n) > ${at}`;
}

function referenceOf(row: readonly Cell[]): { readonly id: string; readonly time: Ticks } {
  return { id: String(row[2]), time: row[1] as Ticks };
}

function eventOf(
  row: readonly Cell[],
  subjects: readonly Subject[],
  details: Awaited<ReturnType<typeof readEventDetails>>,
): EvidenceEvent | undefined {
  const [n, , , side, evidenceClass] = row;
  const { id, time } = referenceOf(row);
  const subject = subjects[Number(n)];
  const detail = details.get(id);
  if (!subject || !detail || typeof evidenceClass !== 'string' || !isEvidenceClass(evidenceClass))
    return undefined;
  const { arrival, product, fields } = detail;
  return {
    id,
    process: Number(n),
    side: side as EvidenceSide,
    evidenceClass,
    time,
    arrival,
    product,
    eventCode: typeof fields.EventCode === 'string' ? fields.EventCode : undefined,
    ...gradeMatch(factsOf(row, 5, subject)),
    summary: summariseEvent(evidenceClass, fields),
    fields,
  };
}
