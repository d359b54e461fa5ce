import { kindNumbers, type Observations } from './observation.ts';

/**
 * The boots of a host, each known to lie between two moments: what started before the first is of an older boot, what
 * started after the second of this one or a newer. No process outlives a boot.
 */
export interface Boots {
  readonly count: number;
  /** Rising. */
  readonly notBefore: Float64Array;
  readonly notAfter: Float64Array;
}

interface Sign {
  readonly from: number;
  readonly to: number;
}

/** Windows writes its first boot events within this time of starting; all signs within it are of one boot. */
const MARGIN = 120 * 10_000_000;

/**
 * Finds boots from the events that tell them. `order` is of all observations in time. A boot event is written some time after
 * the first processes started, so the boot lies between the last sign of the older one (a shutdown, an end) within the
 * margin before the event, or the margin, and the event.
 */
export function bootsOfEvents(
  observations: Observations,
  at: Float64Array,
  order: ArrayLike<number>,
): Sign[] {
  const { kind } = observations;
  const signs: { from: number; to: number }[] = [];
  let shutdown = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < order.length; index++) {
    const observation = order[index] as number;
    const time = at[observation] as number;
    if (kind[observation] === kindNumbers.shutdown) shutdown = time;
    if (kind[observation] !== kindNumbers.boot) continue;
    const last = signs.at(-1);
    if (last !== undefined && time - last.to <= MARGIN && shutdown <= last.to) continue;
    signs.push({ from: Math.max(shutdown, time - MARGIN), to: time });
  }
  return signs;
}

/** Boots from signs of several kinds: signs that overlap or touch are one boot, which lies where all of them allow. */
export function combineBoots(signs: readonly Sign[]): Boots {
  const sorted = [...signs].sort((one, other) => one.to - other.to || one.from - other.from);
  const combined: { from: number; to: number }[] = [];
  for (const sign of sorted) {
    const last = combined.at(-1);
    if (last !== undefined && sign.from <= last.to)
      last.from = Math.max(last.from, Math.min(sign.from, last.to));
    else combined.push({ ...sign });
  }
  return {
    count: combined.length,
    notBefore: Float64Array.from(combined, ({ from }) => from),
    notAfter: Float64Array.from(combined, ({ to }) => to),
  };
}

/** How many of the rising numbers are at most the limit. */
export function countUpTo(rising: Float64Array, limit: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rising[middle] as number) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether the host was surely started anew between two moments. */
export function bootBetween(boots: Boots, earlier: number, later: number): boolean {
  if (boots.count === 0) return false;
  return countUpTo(boots.notBefore, earlier) < countUpTo(boots.notAfter, later);
}

/**
 * Boots as the GUIDs of processes tell them: where the boot number changes from one start to the next, a boot lies between
 * the last moment known of the older one and the start.
 */
export function bootsOfKeys(
  size: number,
  boot: Int32Array,
  start: Float64Array,
  end: Float64Array,
): readonly { readonly from: number; readonly to: number }[] {
  const numbered: number[] = [];
  let several = false;
  for (let process = 0; process < size; process++) {
    if ((boot[process] as number) < 0 || Number.isNaN(start[process] as number)) continue;
    if (numbered.length > 0 && boot[process] !== boot[numbered[0] as number]) several = true;
    numbered.push(process);
  }
  if (!several) return [];
  numbered.sort((one, other) => (start[one] as number) - (start[other] as number) || one - other);
  const signs: { from: number; to: number }[] = [];
  let current = -1;
  let last = Number.NEGATIVE_INFINITY;
  for (const process of numbered) {
    const begin = start[process] as number;
    if (current >= 0 && boot[process] !== current) {
      signs.push({ from: Math.min(last, begin), to: begin });
      last = Number.NEGATIVE_INFINITY;
    }
    current = boot[process] as number;
    const ended = end[process] as number;
    last = Math.max(last, Number.isNaN(ended) ? begin : ended);
  }
  return signs;
}
