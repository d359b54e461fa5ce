import type { Ticks } from '../core/ticks.ts';
import { countUpTo } from './boots.ts';
import type { Holders } from './holders.ts';
import type { LinkContext } from './link-context.ts';
import type { LossEvidence } from './loss.ts';
import { kindNumbers } from './observation.ts';
import { CLAIMED, NONE, STARTED } from './process-table.ts';
import { reasonBits } from './reason-bits.ts';
import { NO_TEXT } from './string-pool.ts';

/** A lone candidate is called probable while the chance that it is an unseen process instead is below this. */
const DOUBT = 0.003;
/** Lifetimes are counted by powers of two of milliseconds. */
const BUCKETS = 40;

interface Window {
  readonly from: number;
  readonly to: number;
}

/**
 * How likely it is that a lone candidate is not the parent: that its end was lost, and the start of another process with the
 * same id and program too. All shares are counted among the processes at hand.
 *
 * - starts lost: of the holders of a process id that came after another one and left any trace besides their start, those
 *   whose start was not seen;
 * - ends lost: of the started processes whose id was borne by another one later, those whose end was not seen;
 * - how often an id is taken again, how frequent the program and its command line are, how long that program lives.
 */
export class LossModel {
  readonly startsLost: number;
  readonly endsLost: number;
  /** When starts began to be collected. */
  readonly since: number;
  readonly startWindows: readonly Window[];
  private readonly endWindows: readonly Window[];
  private readonly startTimes: Float64Array;
  private readonly pids: number;
  /** How many started processes have a program, a command line; by the number of its path, its text. */
  private readonly images: Int32Array;
  private readonly commandLines: Int32Array;
  private readonly lives = new Map<number, Int32Array>();
  private readonly context: LinkContext;

  constructor(context: LinkContext, holders: Holders, loss: LossEvidence | undefined) {
    const { table, observations, times, images } = context;
    this.context = context;
    const relative = (ticks: Ticks): number => Number(ticks - times.base);
    const windows = (of: 'starts' | 'ends'): Window[] =>
      (loss?.windows ?? [])
        .filter((window) => window.of === of || window.of === 'both')
        .map(({ from, to }) => ({ from: relative(from), to: relative(to) }));
    this.startWindows = windows('starts');
    this.endWindows = windows('ends');
    this.images = new Int32Array(observations.texts.size);
    this.commandLines = new Int32Array(observations.texts.size);
    const starts: number[] = [];
    for (let process = 0; process < table.size; process++) {
      if (table.basis[process] !== STARTED) continue;
      const begin = table.start[process] as number;
      starts.push(begin);
      const image = table.image[process] as number;
      const path = image === NO_TEXT ? NO_TEXT : images.path(image);
      count(this.images, path);
      count(this.commandLines, table.commandLine[process] as number);
      const end = table.end[process] as number;
      if (!Number.isNaN(end)) this.countLife(path, end - begin);
    }
    this.startTimes = Float64Array.from(starts).sort();
    this.since = loss?.startsSince === undefined ? (this.startTimes[0] ?? 0) : relative(loss.startsSince);
    this.pids = Math.max(1, holders.lists.length);
    const shares = this.countLosses(holders);
    this.startsLost = shares.starts;
    let ends = false;
    for (let at = 0; at < observations.length && !ends; at++)
      ends = observations.kind[at] === kindNumbers.end;
    this.endsLost = ends && loss?.endsCollected !== false ? shares.ends : 1;
  }

  /** Whether a lone candidate, seen being created, is too doubtful to be called probable. */
  isDoubtful(parent: number, child: number, reasons: number): boolean {
    const { table, images } = this.context;
    const begin = table.start[parent] as number;
    const moment = table.start[child] as number;
    const image = table.image[parent] as number;
    const path = image === NO_TEXT ? NO_TEXT : images.path(image);
    const started = this.startTimes.length;
    let alike = 1;
    const commandAgrees = (reasons & reasonBits['command-line-agrees']) !== 0;
    if (commandAgrees) alike = this.alike(this.commandLines, table.commandLine[parent] as number);
    else if ((reasons & reasonBits['image-agrees']) !== 0) alike = this.alike(this.images, path);
    const inWindow = this.startWindows.some(({ from, to }) => from <= moment && moment <= to && begin < to);
    if (inWindow && !(commandAgrees && alike * started < 1)) return true;
    const survives = this.survives(path, moment - begin);
    const worst = (alike * (1 - survives)) / survives;
    if (this.endWindows.length === 0 && worst * this.endsLost <= DOUBT) return false;
    const length = Math.max(1, moment - begin);
    const between = countUpTo(this.startTimes, moment) - countUpTo(this.startTimes, begin);
    const whole = Math.max(1, (this.startTimes[started - 1] ?? 0) - (this.startTimes[0] ?? 0));
    const inWindows = (overlap(this.startWindows, begin, moment) / whole) * started;
    const unseen = (between * this.startsLost) / (1 - this.startsLost) + inWindows;
    const taken = 1 - Math.exp(-unseen / this.pids);
    const lost = Math.min(1, this.endsLost + overlap(this.endWindows, begin, moment) / length);
    const odds = lost * taken * worst;
    return odds / (1 + odds) > DOUBT;
  }

  private alike(counts: Int32Array, key: number): number {
    return ((counts[key] || 1) - 0.9) / Math.max(1, this.startTimes.length);
  }

  private survives(path: number, age: number): number {
    const lives = this.lives.get(path);
    if (lives === undefined) return 0.5;
    const bucket = bucketOf(age);
    let longer = 0;
    let all = 0;
    for (let at = 0; at < BUCKETS; at++) {
      all += lives[at] as number;
      if (at > bucket) longer += lives[at] as number;
      else if (at === bucket) longer += (lives[at] as number) / 2;
    }
    return (longer + 1) / (all + 2);
  }

  private countLife(path: number, life: number): void {
    let lives = this.lives.get(path);
    if (lives === undefined) {
      lives = new Int32Array(BUCKETS);
      this.lives.set(path, lives);
    }
    const bucket = bucketOf(life);
    lives[bucket] = (lives[bucket] as number) + 1;
  }

  private countLosses(holders: Holders): { readonly starts: number; readonly ends: number } {
    const { table } = this.context;
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
}

function count(counts: Int32Array, key: number): void {
  if (key >= 0) counts[key] = (counts[key] as number) + 1;
}

function bucketOf(life: number): number {
  return life <= 10_000 ? 0 : Math.min(BUCKETS - 1, Math.floor(Math.log2(life / 10_000)) + 1);
}

function overlap(windows: readonly Window[], from: number, to: number): number {
  let sum = 0;
  for (const window of windows) sum += Math.max(0, Math.min(to, window.to) - Math.max(from, window.from));
  return sum;
}
