import type { Ticks } from '../core/ticks.ts';
import { kindNumbers, type Observations } from './observation.ts';
import { ObservationBuilder } from './observation-builder.ts';

/** A start or an end as far as it is counted. */
export interface SampleRow {
  readonly kind: 'start' | 'end';
  readonly product: string;
  readonly time: Ticks;
  readonly pid: number | undefined;
  readonly image: string | undefined;
  /** Of a start, as all that follows. */
  readonly commandLine: string | undefined;
  readonly parentPid: number | undefined;
  readonly parentImage: string | undefined;
}

/** Observations out of sample rows, one of those that say the same: they have no ids, by which others are told apart and sorted. */
export function observationsOfSample(host: string, rows: readonly SampleRow[]): Observations {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  const builder = new ObservationBuilder(host.toLowerCase());
  for (const [number, key] of [...byKey.keys()].sort().entries()) {
    const { kind, product, time, pid, image, commandLine, parentPid, parentImage } = byKey.get(
      key,
    ) as SampleRow;
    const id = String(number).padStart(8, '0');
    const event = { id, product, eventCode: undefined, time, arrival: time };
    builder.add({ kind, event, pid, image, commandLine, parentPid, parentImage });
  }
  return builder.finish();
}

function keyOf({ kind, product, time, pid, image, commandLine, parentPid, parentImage }: SampleRow): string {
  return [time, kind, product, pid, parentPid, image, parentImage, commandLine].join(' ');
}

/** The starts and ends of some process ids, and the starts that name one as the parent's. */
export function sampleObservations(observations: Observations, pids: ReadonlySet<number>): Observations {
  const { length, kind, time, product, pid, parentPid, texts } = observations;
  const { image, commandLine, parentImage } = observations;
  const rows: SampleRow[] = [];
  for (let at = 0; at < length; at++) {
    const start = kind[at] === kindNumbers.start;
    if (!start && kind[at] !== kindNumbers.end) continue;
    if (!pids.has(pid[at] as number) && !(start && pids.has(parentPid[at] as number))) continue;
    const text = (column: Int32Array) => texts.text(column[at] as number);
    const id = (column: Float64Array) => ((column[at] as number) < 0 ? undefined : column[at]);
    rows.push({
      kind: start ? 'start' : 'end',
      product: text(product) ?? '',
      time: time[at] as Ticks,
      pid: id(pid),
      image: text(image),
      commandLine: start ? text(commandLine) : undefined,
      parentPid: start ? id(parentPid) : undefined,
      parentImage: start ? text(parentImage) : undefined,
    });
  }
  return observationsOfSample(observations.host, rows);
}
