import { TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import type { Process } from '../lineage/process.ts';
import { integer, Parameters, sql } from '../store/sql.ts';
import type { Column, Store } from '../store/store.ts';
import { type EvidenceClass, isEvidenceClass } from './evidence-class.ts';
import { matchedEvents } from './matched-events.ts';
import type { EvidenceOptions } from './read-evidence.ts';
import { sidesOf } from './read-evidence.ts';
import { readSubjects, subjectTable } from './subject.ts';

/** Equal parts of time: part n begins at `from + n * width` ticks. */
export interface EvidenceAxis {
  readonly from: Ticks;
  readonly width: bigint;
  readonly parts: number;
}

const columns: readonly Column[] = [
  { name: 'class', type: 'text' },
  { name: 'part', type: 'number' },
  { name: 'count', type: 'number' },
];

/** The axis from one moment to another; it is at least a second long. */
export function evidenceAxis(from: Ticks, to: Ticks, parts: number): EvidenceAxis {
  const length = to - from < TICKS_PER_SECOND ? TICKS_PER_SECOND : to - from;
  return { from, width: length / BigInt(parts) + 1n, parts };
}

/** Counts what one process did by class and part of an axis; what lies outside counts for the nearest part. */
export async function countEvidenceParts(
  store: Store,
  process: Process,
  axis: EvidenceAxis,
  options: EvidenceOptions = {},
): Promise<ReadonlyMap<EvidenceClass, number[]>> {
  const subjects = await readSubjects(store, [process], options.asOf);
  const parameters = new Parameters();
  const matched = matchedEvents(
    subjectTable(subjects, parameters),
    { sides: sidesOf(options), asOf: options.asOf },
    parameters,
  );
  const from = parameters.bind(axis.from, 'Int64');
  const width = parameters.bind(axis.width, 'Int64');
  const query = sql`SELECT class, least(greatest(intDiv(reinterpret(_time, 'Int64') - ${from}, ${width}), 0), ${integer(axis.parts - 1)}) AS part,
count() FROM (${matched}) GROUP BY class, part`;
  const found = new Map<EvidenceClass, number[]>();
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, columns))
    for (const [name, part, count] of block) {
      if (typeof name !== 'string' || !isEvidenceClass(name)) continue;
      const counts = found.get(name) ?? new Array<number>(axis.parts).fill(0);
      found.set(name, counts);
      counts[Number(part)] = Number(count);
    }
  return found;
}
