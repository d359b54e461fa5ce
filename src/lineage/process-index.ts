import type { Ticks } from '../core/ticks.ts';
import type { Lineage } from './process.ts';
import { plainGuid } from './start-key.ts';
import { defaultTolerance } from './tolerance.ts';

/** Finds processes of a lineage by what names them in events. */
export class ProcessIndex {
  readonly #lineage: Lineage;
  readonly #byGuid = new Map<string, number[]>();
  readonly #byPid = new Map<number, number[]>();

  constructor(lineage: Lineage) {
    this.#lineage = lineage;
    for (let index = 0; index < lineage.size; index++) {
      const { guid, otherGuids, pid } = lineage.outline(index);
      for (const name of [guid, ...otherGuids]) add(this.#byGuid, name, index);
      add(this.#byPid, pid, index);
    }
  }

  /** In any letter case, with or without braces. */
  ofGuid(guid: string): readonly number[] {
    return this.#byGuid.get(plainGuid(guid)) ?? [];
  }

  /** All that ever bore the process id; with `at`, those that bore it then. */
  ofPid(pid: number, at: Ticks | undefined): readonly number[] {
    const all = this.#byPid.get(pid) ?? [];
    return at === undefined ? all : bearersAt(this.#lineage, all, at);
  }
}

/**
 * Which of the processes, all of one process id, were there at a moment. One whose end nobody told was gone when the next took
 * over the process id, and one that nobody saw start came after all that started before it was seen. Where none was there,
 * those that were within what clocks of two sensors may differ by.
 */
export function bearersAt(lineage: Lineage, processes: readonly number[], at: Ticks): readonly number[] {
  const lives = processes.map((index) => ({ index, ...lineage.outline(index) }));
  const within = (tolerance: Ticks) => {
    let taken: Ticks | undefined;
    let next: Ticks | undefined;
    for (const { start, startFrom } of lives) {
      if (start === undefined) continue;
      if (start <= at + tolerance) taken = taken === undefined || start > taken ? start : taken;
      else if (startFrom !== 'seen-since') next = next === undefined || start < next ? start : next;
    }
    return lives.filter(({ start, startFrom, end }) => {
      if (start === undefined || startFrom === 'seen-since') {
        const seen = start ?? end;
        const later = next !== undefined && seen !== undefined && seen > next;
        if (later) return false;
      } else if (start > at + tolerance) return false;
      if (end !== undefined) return at <= end + tolerance;
      return start === undefined || taken === undefined || taken <= start + defaultTolerance.acrossSensors;
    });
  };
  const there = within(0n);
  return (there.length > 0 ? there : within(defaultTolerance.acrossSensors)).map(({ index }) => index);
}

function add<Key>(map: Map<Key, number[]>, key: Key | undefined, index: number): void {
  if (key === undefined) return;
  const known = map.get(key);
  if (known) known.push(index);
  else map.set(key, [index]);
}
