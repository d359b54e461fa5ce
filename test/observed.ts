import { parseIsoTicks, TICKS_PER_MILLISECOND, type Ticks } from '../src/core/ticks.ts';
import { buildLineage, type LineageOptions } from '../src/lineage/build-lineage.ts';
import type { ObservationKind, ObservationRow } from '../src/lineage/observation.ts';
import { ObservationBuilder } from '../src/lineage/observation-builder.ts';
import type { Lineage, ParentEdge, Process } from '../src/lineage/process.ts';

const BASE = parseIsoTicks('2024-05-14T09:00:00Z') ?? 0n;

/** The moment so many seconds after nine o'clock. */
export function at(seconds: number): Ticks {
  return BASE + BigInt(Math.round(seconds * 1000)) * TICKS_PER_MILLISECOND;
}

type Said = Partial<Omit<ObservationRow, 'kind' | 'event'>> & {
  readonly id?: string;
  readonly product?: string;
  readonly arrival?: number;
};

let count = 0;

/** An observation that so many seconds after nine o'clock a process id started, ended … as the rest says. */
export function observed(
  kind: ObservationKind,
  seconds: number,
  pid: number,
  said: Said = {},
): ObservationRow {
  const { id, product = 'sysmon', arrival, ...row } = said;
  count += 1;
  return {
    kind,
    event: {
      id: id ?? `event-${String(count).padStart(5, '0')}`,
      product,
      eventCode: undefined,
      time: at(seconds),
      arrival: at(arrival ?? seconds + 1),
    },
    pid,
    ...row,
  };
}

export const start = (seconds: number, pid: number, image: string, said: Said = {}) =>
  observed('start', seconds, pid, { image, ...said });
export const end = (seconds: number, pid: number, image: string, said: Said = {}) =>
  observed('end', seconds, pid, { image, ...said });

/** What a child says of its parent. */
export const from = (parentPid: number, parentImage: string, more: Said = {}): Said => ({
  parentPid,
  parentImage,
  ...more,
});

/** A Sysmon GUID of a process that started so many seconds after nine o'clock, in a boot, with a sequence number. */
export function guid(seconds: number, sequence: number, boot = 7): string {
  const second = Number(at(seconds) / 10_000_000n)
    .toString(16)
    .padStart(8, '0');
  const bytes = (number: number, length: number) =>
    number
      .toString(16)
      .padStart(length * 2, '0')
      .match(/../g)
      ?.reverse()
      .join('') ?? '';
  const tail = bytes(sequence, 6) + bytes(boot, 2);
  return `0badcafe-${second.slice(4)}-${second.slice(0, 4)}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}

export function lineageOf(rows: readonly ObservationRow[], options?: LineageOptions): Lineage {
  const builder = new ObservationBuilder('ws01.example');
  for (const row of rows) builder.add(row);
  return buildLineage(builder.finish(), options);
}

/** The process that an event tells of, by the event's id, which has to be there. */
export function processOf(
  lineage: Lineage,
  id: string,
): { readonly index: number; readonly process: Process; readonly edge: ParentEdge } {
  for (const basis of ['started', 'seen'])
    for (let index = 0; index < lineage.size; index++) {
      const process = lineage.process(index);
      if (process.basis === basis && process.seenBy.some((event) => event.id === id))
        return { index, process, edge: lineage.edge(index) };
    }
  throw new Error(`no process of event ${id}`);
}

/** `grade parent's image (pid)` of the process of an event. */
export function parentText(lineage: Lineage, id: string): string {
  const { edge } = processOf(lineage, id);
  const parent = edge.parent === undefined ? undefined : lineage.process(edge.parent);
  return parent === undefined ? edge.grade : `${edge.grade} ${parent.basis} ${parent.image} (${parent.pid})`;
}

export function reasonsOf(lineage: Lineage, id: string): readonly string[] {
  return processOf(lineage, id).edge.reasons.map(({ code }) => code);
}
