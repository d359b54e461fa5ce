import type { Ticks } from '../core/ticks.ts';
import { countUpTo } from './boots.ts';
import type { LinkContext } from './link-context.ts';
import type { LossEvidence } from './loss.ts';
import { LIFE_BUCKETS, type LossFigures, lifeBucket } from './loss-figures.ts';
import { reasonBits } from './reason-bits.ts';

/** A lone candidate is called probable while the chance that it is an unseen process instead is below this. */
const DOUBT = 0.003;

interface Window {
  readonly from: number;
  readonly to: number;
}

/**
 * How likely it is that a lone candidate is not the parent: that its end was lost, and the start of another process with the
 * same id and program too. That depends on the shares of starts and ends that are lost, on how often an id is taken again,
 * how frequent the program and its command line are, and how long that program lives.
 */
export class LossModel {
  /** The share of starts that is lost. */
  readonly startsLost: number;
  /** When starts began to be collected. */
  readonly since: number;
  readonly startWindows: readonly Window[];
  private readonly endWindows: readonly Window[];
  private readonly endsLost: number;
  /** What the figures' times are later by than those of the context. */
  private readonly shift: number;
  private readonly figures: LossFigures;
  private readonly context: LinkContext;

  /** `firstStart`: the first start of the host; absent where it is the first that was counted. */
  constructor(
    context: LinkContext,
    figures: LossFigures,
    loss: LossEvidence | undefined,
    firstStart?: Ticks | undefined,
  ) {
    const { times } = context;
    this.context = context;
    this.figures = figures;
    this.shift = Number(figures.base - times.base);
    const relative = (ticks: Ticks): number => Number(ticks - times.base);
    const windows = (of: 'starts' | 'ends'): Window[] =>
      (loss?.windows ?? [])
        .filter((window) => window.of === of || window.of === 'both')
        .map(({ from, to }) => ({ from: relative(from), to: relative(to) }));
    this.startWindows = windows('starts');
    this.endWindows = windows('ends');
    const since = loss?.startsSince ?? firstStart;
    this.since = since === undefined ? (figures.startTimes[0] ?? -this.shift) + this.shift : relative(since);
    this.startsLost = figures.startsLost;
    this.endsLost = loss?.endsCollected === false ? 1 : figures.endsLost;
  }

  /** Whether a lone candidate, seen being created, is too doubtful to be called probable. */
  isDoubtful(parent: number, child: number, reasons: number): boolean {
    const { table, images, observations } = this.context;
    const { startTimes, scale, pids } = this.figures;
    const begin = table.start[parent] as number;
    const moment = table.start[child] as number;
    const image = table.image[parent] as number;
    const path = images.pathText(images.path(image));
    let alike = 1;
    const commandAgrees = (reasons & reasonBits['command-line-agrees']) !== 0;
    if (commandAgrees)
      alike = this.alike(
        this.figures.commandLines,
        observations.texts.text(table.commandLine[parent] as number) ?? '',
      );
    else if ((reasons & reasonBits['image-agrees']) !== 0) alike = this.alike(this.figures.images, path);
    const inWindow = this.startWindows.some(({ from, to }) => from <= moment && moment <= to && begin < to);
    if (inWindow && !(commandAgrees && alike * startTimes.length < 1)) return true;
    const survives = this.survives(path, moment - begin);
    const worst = (alike * (1 - survives)) / survives;
    if (this.endWindows.length === 0 && worst * this.endsLost <= DOUBT) return false;
    const length = Math.max(1, moment - begin);
    const upTo = (time: number) => countUpTo(startTimes, time - this.shift);
    const between = (upTo(moment) - upTo(begin)) * scale;
    const whole = Math.max(1, (startTimes.at(-1) ?? 0) - (startTimes[0] ?? 0));
    const inWindows = (overlap(this.startWindows, begin, moment) / whole) * startTimes.length * scale;
    const unseen = (between * this.startsLost) / (1 - this.startsLost) + inWindows;
    const taken = 1 - Math.exp(-unseen / pids);
    const lost = Math.min(1, this.endsLost + overlap(this.endWindows, begin, moment) / length);
    const odds = lost * taken * worst;
    return odds / (1 + odds) > DOUBT;
  }

  private alike(counts: ReadonlyMap<string, number>, key: string): number {
    return ((counts.get(key) ?? 1) - 0.9) / Math.max(1, this.figures.startTimes.length);
  }

  private survives(path: string, age: number): number {
    const lives = this.figures.lives.get(path);
    if (lives === undefined) return 0.5;
    const bucket = lifeBucket(age);
    let longer = 0;
    let all = 0;
    for (let at = 0; at < LIFE_BUCKETS; at++) {
      all += lives[at] as number;
      if (at > bucket) longer += lives[at] as number;
      else if (at === bucket) longer += (lives[at] as number) / 2;
    }
    return (longer + 1) / (all + 2);
  }
}

function overlap(windows: readonly Window[], from: number, to: number): number {
  let sum = 0;
  for (const window of windows) sum += Math.max(0, Math.min(to, window.to) - Math.max(from, window.from));
  return sum;
}
