import type { EgressProcess } from './join-input.ts';

/** Clocks of the sensor that tells of starts and ends, and of the proxy, differ by so much. */
export const LIFE_TOLERANCE = 2_000;

/** The processes of one host in order of their start; those not seen to start come first. */
export class HostProcesses {
  readonly indexes: Int32Array;
  readonly starts: Float64Array;
  readonly ends: Float64Array;

  constructor(processes: readonly EgressProcess[], indexes: readonly number[]) {
    const startOf = (index: number) => processes[index]?.start ?? Number.NEGATIVE_INFINITY;
    const sorted = [...indexes].sort((one, other) => {
      const first = startOf(one);
      const second = startOf(other);
      return first < second ? -1 : first > second ? 1 : one - other;
    });
    this.indexes = Int32Array.from(sorted);
    this.starts = Float64Array.from(sorted, startOf);
    this.ends = Float64Array.from(sorted, (index) => processes[index]?.end ?? Number.POSITIVE_INFINITY);
  }

  /** How many had started up to a moment. */
  startedBy(moment: number): number {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.starts[middle] as number) <= moment) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export function isAlive(process: EgressProcess, moment: number): boolean {
  return (
    (process.start === undefined || process.start <= moment + LIFE_TOLERANCE) &&
    (process.end === undefined || process.end >= moment - LIFE_TOLERANCE)
  );
}
