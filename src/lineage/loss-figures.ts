import type { Ticks } from '../core/ticks.ts';
import type { Holders } from './holders.ts';
import type { LinkContext } from './link-context.ts';
import { kindNumbers } from './observation.ts';
import { CLAIMED, NONE, STARTED } from './process-table.ts';
import { NO_TEXT } from './string-pool.ts';

/** Lifetimes are counted by powers of two of milliseconds. */
export const LIFE_BUCKETS = 40;

/**
 * What is counted of losses, programs and lives over the processes of a host, or over those of some process ids of it.
 *
 * - starts lost: of the holders of a process id that came after another one and left any trace besides their start, those
 *   whose start was not seen;
 * - ends lost: of the started processes whose id was borne by another one later, those whose end was not seen; all where
 *   no end is among the observations.
 */
export interface LossFigures {
  /** Shares, above 0 and below 1; 1 for ends of which there are none. */
  readonly startsLost: number;
  readonly endsLost: number;
  /** Process ids of the host. */
  readonly pids: number;
  /** Started processes of the host for each one that was counted. */
  readonly scale: number;
  /** Starts of the counted, rising, in ticks from `base`. */
  readonly base: Ticks;
  readonly startTimes: Float64Array;
  /** Counted processes by normalised path of the program, by command line. */
  readonly images: ReadonlyMap<string, number>;
  readonly commandLines: ReadonlyMap<string, number>;
  /** By normalised path of the program: how many lived how long. */
  readonly lives: ReadonlyMap<string, Int32Array>;
}

/** What the processes of some ids stand for. */
export interface Sampled {
  readonly pids: ReadonlySet<number>;
  readonly pidsOfHost: number;
  /** Start events of the host for each of the sample's. */
  readonly scale: number;
}

/** Counts the processes of a lineage whose edges are made, all of them or those of the sampled process ids. */
export function lossFigures(context: LinkContext, holders: Holders, sampled?: Sampled): LossFigures {
  const { table, observations, times, images: paths } = context;
  const images = new Map<number, number>();
  const commandLines = new Map<number, number>();
  const lives = new Map<number, Int32Array>();
  const starts: number[] = [];
  for (let process = 0; process < table.size; process++) {
    if (table.basis[process] !== STARTED) continue;
    if (sampled !== undefined && !sampled.pids.has(table.pid[process] as number)) continue;
    const begin = table.start[process] as number;
    starts.push(begin);
    const path = paths.path(table.image[process] as number);
    count(images, path);
    count(commandLines, table.commandLine[process] as number);
    const end = table.end[process] as number;
    if (!Number.isNaN(end)) countLife(lives, path, end - begin);
  }
  const shares = countLosses(context, holders, sampled);
  const ends = observations.kind.subarray(0, observations.length).includes(kindNumbers.end);
  const pathText = (path: number) => paths.pathText(path);
  return {
    startsLost: shares.starts,
    endsLost: ends ? shares.ends : 1,
    pids: Math.max(1, sampled?.pidsOfHost ?? holders.lists.length),
    scale: sampled?.scale ?? 1,
    base: times.base,
    startTimes: Float64Array.from(starts).sort(),
    images: named(images, pathText),
    commandLines: named(commandLines, (number) => observations.texts.text(number) ?? ''),
    lives: named(lives, pathText),
  };
}

function count(counts: Map<number, number>, key: number): void {
  if (key !== NO_TEXT) counts.set(key, (counts.get(key) ?? 0) + 1);
}

function named<Value>(
  counts: ReadonlyMap<number, Value>,
  textOf: (key: number) => string,
): ReadonlyMap<string, Value> {
  return new Map([...counts].map(([key, value]) => [textOf(key), value]));
}

function countLife(lives: Map<number, Int32Array>, path: number, life: number): void {
  let counted = lives.get(path);
  if (counted === undefined) {
    counted = new Int32Array(LIFE_BUCKETS);
    lives.set(path, counted);
  }
  const bucket = lifeBucket(life);
  counted[bucket] = (counted[bucket] as number) + 1;
}

/** The number of the power of two of milliseconds of a life in ticks. */
export function lifeBucket(life: number): number {
  return life <= 10_000 ? 0 : Math.min(LIFE_BUCKETS - 1, Math.floor(Math.log2(life / 10_000)) + 1);
}

function countLosses(
  { table }: LinkContext,
  holders: Holders,
  sampled: Sampled | undefined,
): { readonly starts: number; readonly ends: number } {
  const hasChild = new Uint8Array(table.size);
  for (let process = 0; process < table.size; process++) {
    const parent = table.parent[process] as number;
    if (parent !== NONE) hasChild[parent] = 1;
  }
  let seen = 0;
  let unseen = 0;
  let ended = 0;
  let endless = 0;
  for (const list of holders.lists) {
    const [first] = list;
    if (sampled !== undefined && first !== undefined && !sampled.pids.has(table.pid[first] as number))
      continue;
    for (let at = 0; at < list.length; at++) {
      const process = list[at] as number;
      const started = table.basis[process] === STARTED;
      const hasEnd = !Number.isNaN(table.end[process] as number);
      if (at > 0 && (hasEnd || hasChild[process] === 1 || table.basis[process] === CLAIMED)) {
        if (started) seen++;
        else unseen++;
      }
      if (started && at + 1 < list.length) {
        if (hasEnd) ended++;
        else endless++;
      }
    }
  }
  return { starts: (unseen + 0.01) / (seen + unseen + 1), ends: (endless + 0.01) / (ended + endless + 1) };
}
