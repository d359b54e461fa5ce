import type { ImageAgreement } from './image-agreement.ts';
import { kindNumbers, type Observations } from './observation.ts';
import { NO_TEXT } from './string-pool.ts';

/** Fewer starts that two sensors both saw tell nothing of their clocks. */
const FEWEST_PAIRS = 3;
/** Fewer tell nothing of how much the difference varies. */
const FEWEST_FOR_SPREAD = 20;
/** Differences this near to the middle one support it: a second of rounding and drift. */
const SPREAD = 10_000_000;
/** Share of the pairs that has to support the middle difference. */
const SUPPORT = 0.6;
/** Where no start is unlike all others, starts of the same program and process id this near are compared. */
const NEAR = 6 * 10_000_000;

/** What is known of the clocks of the sensors of a host. */
export interface ClockDifferences {
  /** By product: ticks by which its clock is ahead of the reference. */
  readonly ahead: ReadonlyMap<number, number>;
  /** How far apart the clocks still are once that is taken away; infinite where too few starts tell. */
  readonly spread: number;
}

/**
 * By how many ticks the clock of each product is ahead of that of the product with GUIDs (else the one with most starts), as
 * the starts tell that both saw: those with a process id, program, command line and parent that come once in each. So a
 * clock that is seconds wrong, or in another time zone, makes no two processes of one. `givesGuids`: the products with GUIDs,
 * where those of the observations were left out.
 */
export function clockDifferences(
  observations: Observations,
  images: ImageAgreement,
  givesGuids?: ReadonlySet<string> | undefined,
): ClockDifferences {
  const { kind, product, guid, length } = observations;
  const starts = new Map<number, number[]>();
  const guids = new Map<number, number>();
  for (let at = 0; at < length; at++) {
    if (kind[at] !== kindNumbers.start) continue;
    const each = product[at] as number;
    const list = starts.get(each);
    if (list === undefined) starts.set(each, [at]);
    else list.push(at);
    if (guid[at] !== NO_TEXT) guids.set(each, (guids.get(each) ?? 0) + 1);
  }
  const ahead = new Map<number, number>();
  if (starts.size < 2) return { ahead, spread: Number.POSITIVE_INFINITY };
  const name = (number: number): string => observations.texts.text(number) ?? '';
  const [reference, ...others] = [...starts.keys()].sort(
    (one, other) =>
      Number(givesGuids?.has(name(other)) ?? false) - Number(givesGuids?.has(name(one)) ?? false) ||
      (guids.get(other) ?? 0) - (guids.get(one) ?? 0) ||
      (starts.get(other)?.length ?? 0) - (starts.get(one)?.length ?? 0) ||
      (name(one) < name(other) ? -1 : 1),
  );
  const referenceStarts = starts.get(reference ?? NO_TEXT) ?? [];
  let spread = 0;
  for (const each of others) {
    const found =
      uniqueDifference(observations, images, referenceStarts, starts.get(each) ?? []) ??
      nearDifference(observations, images, referenceStarts, starts.get(each) ?? []);
    if (found !== undefined && found.difference !== 0) ahead.set(each, found.difference);
    spread = Math.max(spread, found?.spread ?? Number.POSITIVE_INFINITY);
  }
  return { ahead, spread };
}

/** Starts by what they say; `NO_TEXT` where several say the same. */
function unlikeOthers(
  { pid, parentPid, commandLine, image }: Observations,
  images: ImageAgreement,
  starts: readonly number[],
  withCommand: boolean,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const at of starts) {
    const key = `${pid[at]} ${parentPid[at]} ${images.name(image[at] as number)} ${withCommand ? commandLine[at] : ''}`;
    found.set(key, found.has(key) ? NO_TEXT : at);
  }
  return found;
}

function uniqueDifference(
  observations: Observations,
  images: ImageAgreement,
  reference: readonly number[],
  others: readonly number[],
): Difference | undefined {
  const { commandLine, time } = observations;
  const told = (starts: readonly number[]) => starts.some((at) => commandLine[at] !== NO_TEXT);
  const withCommand = told(reference) && told(others);
  const known = unlikeOthers(observations, images, reference, withCommand);
  const differences: number[] = [];
  for (const [key, at] of unlikeOthers(observations, images, others, withCommand)) {
    const same = known.get(key) ?? NO_TEXT;
    if (at !== NO_TEXT && same !== NO_TEXT)
      differences.push(Number((time[at] as bigint) - (time[same] as bigint)));
  }
  return middle(differences);
}

function nearDifference(
  observations: Observations,
  images: ImageAgreement,
  reference: readonly number[],
  others: readonly number[],
): Difference | undefined {
  const { pid, time, image } = observations;
  const byKey = new Map<string, number[]>();
  for (const at of reference) {
    const key = `${pid[at]} ${images.name(image[at] as number)}`;
    const list = byKey.get(key);
    if (list === undefined) byKey.set(key, [at]);
    else list.push(at);
  }
  for (const list of byKey.values())
    list.sort((one, other) => Number((time[one] as bigint) - (time[other] as bigint)));
  const differences: number[] = [];
  for (const at of others) {
    const nearest = nearestOf(
      time,
      byKey.get(`${pid[at]} ${images.name(image[at] as number)}`) ?? [],
      time[at] as bigint,
    );
    if (Math.abs(nearest) <= NEAR) differences.push(nearest);
  }
  return middle(differences);
}

/** How far a moment is after the nearest of a sorted list. */
function nearestOf(time: BigInt64Array, sorted: readonly number[], moment: bigint): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const half = (low + high) >>> 1;
    if ((time[sorted[half] as number] as bigint) < moment) low = half + 1;
    else high = half;
  }
  const apart = (at: number | undefined): number =>
    at === undefined ? Number.POSITIVE_INFINITY : Number(moment - (time[at] as bigint));
  const after = apart(sorted[low]);
  const before = apart(sorted[low - 1]);
  return Math.abs(before) <= Math.abs(after) ? before : after;
}

interface Difference {
  readonly difference: number;
  readonly spread: number;
}

/** The middle of the differences, where enough of them are near it, and how far most of those are from it. */
function middle(differences: number[]): Difference | undefined {
  if (differences.length < FEWEST_PAIRS) return undefined;
  differences.sort((one, other) => one - other);
  const difference = differences[differences.length >> 1] as number;
  const near = differences.map((each) => Math.abs(each - difference)).filter((apart) => apart <= SPREAD);
  if (near.length < SUPPORT * differences.length) return undefined;
  near.sort((one, other) => one - other);
  const most = near[Math.floor(near.length * 0.99)] as number;
  return { difference, spread: near.length < FEWEST_FOR_SPREAD ? Number.POSITIVE_INFINITY : most };
}
