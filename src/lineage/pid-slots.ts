import type { Observations } from './observation.ts';

/** Observations by process id, each list in order of time. */
export interface PidSlots {
  readonly slotOfPid: ReadonlyMap<number, number>;
  readonly count: number;
  /** List of slot `s`: `items[offsets[s]]` up to before `items[offsets[s + 1]]`. */
  readonly offsets: Int32Array;
  readonly items: Int32Array;
}

/** Sorts observations that have a process id by it; `order` is of all observations in time. */
export function pidSlots(observations: Observations, order: ArrayLike<number>): PidSlots {
  const { pid, length } = observations;
  const slotOfPid = new Map<number, number>();
  const slotOf = new Int32Array(length);
  for (let index = 0; index < length; index++) {
    const observation = order[index] as number;
    const each = pid[observation] as number;
    let slot = -1;
    if (each >= 0) {
      const known = slotOfPid.get(each);
      slot = known ?? slotOfPid.size;
      if (known === undefined) slotOfPid.set(each, slot);
    }
    slotOf[observation] = slot;
  }
  const offsets = new Int32Array(slotOfPid.size + 1);
  for (let at = 0; at < length; at++) {
    const slot = slotOf[at] as number;
    if (slot >= 0) offsets[slot + 1] = (offsets[slot + 1] as number) + 1;
  }
  for (let slot = 0; slot < slotOfPid.size; slot++)
    offsets[slot + 1] = (offsets[slot + 1] as number) + (offsets[slot] as number);
  const items = new Int32Array(offsets[slotOfPid.size] as number);
  const next = offsets.slice();
  for (let index = 0; index < length; index++) {
    const observation = order[index] as number;
    const slot = slotOf[observation] as number;
    if (slot < 0) continue;
    const place = next[slot] as number;
    items[place] = observation;
    next[slot] = place + 1;
  }
  return { slotOfPid, count: slotOfPid.size, offsets, items };
}
