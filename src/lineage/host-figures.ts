import { finish } from '../core/steps.ts';
import type { Ticks } from '../core/ticks.ts';
import type { ClockDifferences } from './clock-difference.ts';
import { clockResolutions } from './clock-resolution.ts';
import { type KeyBoot, keyBoots, type StartSpan, signsOfBoots } from './key-boots.ts';
import { type KnownOfHost, linkSteps } from './link-observations.ts';
import { type LossFigures, lossFigures } from './loss-figures.ts';
import { kindNumbers, type Observations } from './observation.ts';
import { sampleObservations } from './sample-observations.ts';
import { type SampleSize, samplePids } from './sample-pids.ts';
import { NO_TEXT } from './string-pool.ts';
import type { Tolerance } from './tolerance.ts';

/**
 * What the edges of a host's processes depend on besides the observations of their relatives, as the processes of some process
 * ids tell it. A family by itself and the whole host are linked with the same figures, so that both have the same edges.
 */
export interface HostFigures {
  /** By product: ticks by which its clock is ahead. */
  readonly ahead: ReadonlyMap<string, number>;
  /** How far apart the clocks still are once that is taken away. */
  readonly spread: number;
  /** Products whose times were cut, with the ticks to which they were. */
  readonly resolutions: ReadonlyMap<string, number>;
  readonly boots: readonly KeyBoot[];
  readonly firstStart: Ticks | undefined;
  readonly losses: LossFigures;
}

/** What has to be known of a host for its figures. */
export interface FiguresInput {
  /** See `sampleObservations`. */
  readonly sample: Observations;
  readonly pids: ReadonlySet<number>;
  readonly counts: StartCounts;
  readonly boots: readonly KeyBoot[];
}

/** Start events of a host. */
export interface StartCounts {
  readonly byPid: ReadonlyMap<number, number>;
  /** By product. */
  readonly spans: ReadonlyMap<string, StartSpan>;
}

export function hostFigures(
  { sample, pids, counts, boots }: FiguresInput,
  tolerance: Tolerance,
): HostFigures {
  const { context, clocks, holders } = finish(
    linkSteps(sample, tolerance, { givesGuids: giversOfGuids(counts) }),
  );
  const ahead = named(sample, clocks.ahead);
  const sum = (values: Iterable<number>) => [...values].reduce((total, each) => total + each, 0);
  const inSample = sum([...pids].map((pid) => counts.byPid.get(pid) ?? 0));
  const sampled = {
    pids,
    pidsOfHost: counts.byPid.size,
    scale: sum(counts.byPid.values()) / Math.max(1, inSample),
  };
  let firstStart: Ticks | undefined;
  for (const [product, { first }] of counts.spans) {
    const corrected = first - BigInt(ahead.get(product) ?? 0);
    if (firstStart === undefined || corrected < firstStart) firstStart = corrected;
  }
  return {
    ahead,
    spread: clocks.spread,
    resolutions: named(sample, clockResolutions(sample)),
    boots,
    firstStart,
    losses: lossFigures(context, holders, sampled),
  };
}

function giversOfGuids({ spans }: StartCounts): ReadonlySet<string> {
  return new Set([...spans].filter(([, { guids }]) => guids).map(([product]) => product));
}

/** The figures of observations of a whole host; undefined where there are so few that all is counted as it is linked. */
export function figuresOf(
  observations: Observations,
  tolerance: Tolerance,
  size?: SampleSize,
): HostFigures | undefined {
  const counts = startCounts(observations);
  const pids = samplePids(counts.byPid, size);
  if (pids === undefined) return undefined;
  const sample = sampleObservations(observations, pids);
  return hostFigures({ sample, pids, counts, boots: keyBoots(observations, counts.spans) }, tolerance);
}

function startCounts({ length, kind, pid, product, guid, time, texts }: Observations): StartCounts {
  const byPid = new Map<number, number>();
  const spans = new Map<number, { first: Ticks; last: Ticks; guids: boolean }>();
  for (let at = 0; at < length; at++) {
    if (kind[at] !== kindNumbers.start) continue;
    const each = pid[at] as number;
    if (each >= 0) byPid.set(each, (byPid.get(each) ?? 0) + 1);
    const moment = time[at] as Ticks;
    const guids = guid[at] !== NO_TEXT;
    const span = spans.get(product[at] as number);
    if (span === undefined) spans.set(product[at] as number, { first: moment, last: moment, guids });
    else {
      if (moment < span.first) span.first = moment;
      if (moment > span.last) span.last = moment;
      if (guids) span.guids = true;
    }
  }
  return { byPid, spans: new Map([...spans].map(([number, span]) => [texts.text(number) ?? '', span])) };
}

/** What linking observations of the host takes from its figures. */
export function knownOfHost(
  { ahead, spread, resolutions, boots }: HostFigures,
  observations: Observations,
): KnownOfHost {
  const clocks: ClockDifferences = { ahead: numbered(observations, ahead), spread };
  return {
    clocks,
    resolutions: numbered(observations, resolutions),
    bootsOfKeys: (times) => signsOfBoots(boots, times, ahead),
  };
}

function named({ texts }: Observations, byProduct: ReadonlyMap<number, number>): ReadonlyMap<string, number> {
  return new Map([...byProduct].map(([number, value]) => [texts.text(number) ?? '', value]));
}

function numbered(
  { texts }: Observations,
  byProduct: ReadonlyMap<string, number>,
): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const [product, value] of byProduct) {
    const number = texts.find(product);
    if (number !== undefined) found.set(number, value);
  }
  return found;
}
