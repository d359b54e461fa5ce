/** How much of a host is counted. */
export interface SampleSize {
  /** Hosts with at most so many start events are counted whole. */
  readonly wholeUpTo: number;
  /** Of others, process ids are taken until they have so many. */
  readonly starts: number;
}

export const defaultSampleSize: SampleSize = { wholeUpTo: 20_000, starts: 1_024 };

/**
 * The process ids whose processes stand for all of a large host where something is counted over it: the same ones whoever
 * asks, and all events of each, so that who bore an id after whom is known. Undefined where the host is counted whole.
 */
export function samplePids(
  startsOf: ReadonlyMap<number, number>,
  { wholeUpTo, starts }: SampleSize = defaultSampleSize,
): ReadonlySet<number> | undefined {
  let all = 0;
  for (const count of startsOf.values()) all += count;
  if (all <= wholeUpTo) return undefined;
  const order = [...startsOf].sort(([one], [other]) => scrambled(one) - scrambled(other) || one - other);
  const sample = new Set<number>();
  let taken = 0;
  for (const [pid, count] of order) {
    if (taken >= starts) break;
    sample.add(pid);
    taken += count;
  }
  return sample;
}

/** A number that has nothing to do with when and for what an id is given: the finalizer of MurmurHash3. */
function scrambled(pid: number): number {
  let mixed = pid | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
