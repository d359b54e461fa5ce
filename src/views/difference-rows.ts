import { formatTicks, TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import type { Change, ProcessDifference } from '../lineage/difference.ts';
import { processLabel } from '../lineage/draw-tree.ts';
import { imageName } from '../lineage/image-name.ts';
import { matchLineages } from '../lineage/match-lineages.ts';
import type { Grade, Lineage, Process } from '../lineage/process.ts';
import { type Family, selectFamily } from '../lineage/select-family.ts';
import { differencesBetween } from './difference-view.ts';
import { type FlagView, flagViews } from './flag-view.ts';
import { isoOrNull, type ReasonView } from './reason-view.ts';
import { treeOrder } from './tree-order.ts';

export type ChangeName = 'added' | 'removed' | 'changed' | 'relinked' | 'regraded';

/** A process at one of two moments. */
export interface DifferenceSide {
  readonly id: string;
  readonly parentId: string | null;
  readonly depth: number;
  readonly grade: Grade;
  readonly basis: Process['basis'];
  readonly name: string;
  readonly pid: number | null;
  readonly image: string | null;
  readonly start: string | null;
  readonly end: string | null;
}

export interface DifferenceRowView {
  readonly id: string;
  readonly changes: ChangeName[];
  readonly before: DifferenceSide | null;
  readonly after: DifferenceSide | null;
  readonly fields: {
    readonly field: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
  readonly flags: FlagView[];
  readonly arrived: string | null;
  readonly lateSeconds: number | null;
  readonly reasons: ReasonView[];
}

/** Two moments of one host, and what is looked at in each; a family is undefined where nothing of it was there. */
export interface TwoMoments {
  readonly earlier: Lineage;
  readonly later: Lineage;
  readonly before: Family | undefined;
  readonly after: Family | undefined;
  /** Whether arrivals tell how late events came. */
  readonly arrivalsTell: boolean;
}

/** A row before it is written: indexes in the two lineages, -1 where it is in one only. */
interface Place {
  readonly before: number;
  readonly after: number;
  readonly depth: number;
}

/** What differs between two moments, in the order in which it is shown. */
export class DifferenceRows {
  readonly summary: Readonly<Record<ChangeName | 'addedFlagged' | 'before' | 'after', number>>;
  readonly #moments: TwoMoments;
  readonly #places: readonly Place[];
  readonly #found: ReadonlyMap<string, ProcessDifference>;
  readonly #depthsBefore: (index: number) => number;

  constructor(moments: TwoMoments, rows: 'all' | 'changed') {
    const { earlier, later, before, after } = moments;
    const differences = differencesBetween(earlier, later, before, after);
    this.#moments = moments;
    this.#found = new Map(differences.map((each) => [placeKey(each.before ?? -1, each.after ?? -1), each]));
    this.#places = placesOf(moments, differences, rows);
    this.#depthsBefore = depthsIn(earlier, before);
    const count = (name: ChangeName) =>
      differences.filter(({ changes }) => changes.some(({ kind }) => changeNames[kind] === name)).length;
    this.summary = {
      before: before?.size ?? 0,
      after: after?.size ?? 0,
      added: count('added'),
      addedFlagged: differences.filter(
        ({ before: then, after: now }) =>
          then === undefined && now !== undefined && flagViews(later, now).length > 0,
      ).length,
      removed: count('removed'),
      changed: count('changed'),
      relinked: count('relinked'),
      regraded: count('regraded'),
    };
  }

  get size(): number {
    return this.#places.length;
  }

  /** Rows from a place on. */
  page(offset: number, limit: number): DifferenceRowView[] {
    return this.#places.slice(offset, offset + limit).map((place) => this.#row(place));
  }

  #row({ before, after, depth }: Place): DifferenceRowView {
    const { earlier, later } = this.#moments;
    const found = this.#found.get(placeKey(before, after));
    const process = after >= 0 ? later.process(after) : earlier.process(before);
    const changes = found?.changes ?? [];
    return {
      id: process.id,
      changes: [...new Set(changes.map(({ kind }) => changeNames[kind]))],
      before: before < 0 ? null : sideOf(earlier, before, after < 0 ? depth : this.#depthsBefore(before)),
      after: after < 0 ? null : sideOf(later, after, depth),
      fields: changes.flatMap((change) =>
        change.kind === 'changed'
          ? [{ field: change.field, before: valueText(change.before), after: valueText(change.after) }]
          : [],
      ),
      flags: after < 0 ? [] : flagViews(later, after),
      ...arrivalOf(process, this.#moments.arrivalsTell),
      reasons: changes.flatMap((change) => reasonsOf(this.#moments, change)),
    };
  }
}

const changeNames: Readonly<Record<Change['kind'], ChangeName>> = {
  added: 'added',
  removed: 'removed',
  changed: 'changed',
  're-linked': 'relinked',
  're-graded': 'regraded',
};

function placeKey(before: number, after: number): string {
  return `${before} ${after}`;
}

/** The order of the later tree; what was removed stands below its parent of then, or at the end. */
function placesOf(
  { earlier, later, after }: TwoMoments,
  differences: readonly ProcessDifference[],
  rows: 'all' | 'changed',
): readonly Place[] {
  const match = matchLineages(earlier, later);
  const back = new Int32Array(later.size).fill(-1);
  for (const [then, now] of match.entries()) if (now >= 0) back[now] = then;
  const removed = new Map<string, number[]>();
  for (const { before: then, after: now } of differences) {
    if (then === undefined || now !== undefined) continue;
    const parent = earlier.parent(then);
    const moved = parent < 0 ? -1 : (match[parent] ?? -1);
    const key = parent < 0 ? 'none' : moved >= 0 ? `now ${moved}` : `then ${parent}`;
    const below = removed.get(key);
    if (below) below.push(then);
    else removed.set(key, [then]);
  }
  const family = shownFamily(later, after, differences, rows);
  const order = family && treeOrder(family);
  const places: Place[] = [];
  const addRemoved = (key: string, depth: number) => {
    const waiting = (removed.get(key) ?? []).map((index) => ({ index, depth })).reverse();
    removed.delete(key);
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      places.push({ before: next.index, after: -1, depth: next.depth });
      const below = `then ${next.index}`;
      for (const index of (removed.get(below) ?? []).reverse())
        waiting.push({ index, depth: next.depth + 1 });
      removed.delete(below);
    }
  };
  for (const [position, index] of order?.indexes.entries() ?? []) {
    const depth = order?.depths[position] ?? 0;
    places.push({ before: back[index] ?? -1, after: index, depth });
    addRemoved(`now ${index}`, depth + 1);
  }
  // Their parents of then are not shown now.
  for (const key of [...removed.keys()].filter((each) => !each.startsWith('then'))) addRemoved(key, 0);
  for (const key of [...removed.keys()]) addRemoved(key, 0);
  return places;
}

/** What is drawn of the later lineage; a process that has left the family since is drawn where it hangs now. */
function shownFamily(
  later: Lineage,
  after: Family | undefined,
  differences: readonly ProcessDifference[],
  rows: 'all' | 'changed',
): Family | undefined {
  const changed = differences.flatMap(({ after: now }) => now ?? []);
  if (rows === 'changed')
    return changed.length === 0
      ? undefined
      : selectFamily(later, changed, { ancestors: true, descendants: false });
  const gone = changed.filter((index) => after?.shows(index) !== true);
  if (gone.length === 0) return after;
  const shown: number[] = gone;
  for (let index = 0; index < later.size; index++) if (after?.shows(index) === true) shown.push(index);
  return selectFamily(
    later,
    shown.sort((one, other) => one - other),
    { ancestors: true, descendants: false },
  );
}

/** Levels that are counted upwards. */
const deepest = 10_000;

function depthsIn(lineage: Lineage, family: Family | undefined): (index: number) => number {
  const order = family && treeOrder(family);
  return (index) => {
    const position = order?.positions[index] ?? -1;
    if (order && position >= 0) return order.depths[position] ?? 0;
    let depth = 0;
    for (let up = lineage.parent(index); up >= 0 && depth < deepest; up = lineage.parent(up)) depth += 1;
    return depth;
  };
}

function sideOf(lineage: Lineage, index: number, depth: number): DifferenceSide {
  const { id, basis, image, pid, start, end } = lineage.process(index);
  const parent = lineage.parent(index);
  return {
    id,
    parentId: parent < 0 ? null : lineage.process(parent).id,
    depth,
    grade: lineage.grade(index),
    basis,
    name: image === undefined ? '' : imageName(image),
    pid: pid ?? null,
    image: image ?? null,
    start: isoOrNull(start),
    end: isoOrNull(end),
  };
}

function valueText(value: string | number | bigint | undefined): string | null {
  if (value === undefined) return null;
  return typeof value === 'bigint' ? formatTicks(value) : String(value);
}

/** When the event that tells of the start arrived, else the first that speaks of the process. */
function arrivalOf(
  { seenBy, start }: Process,
  tells: boolean,
): Pick<DifferenceRowView, 'arrived' | 'lateSeconds'> {
  let first = seenBy.find(({ time }) => time === start);
  if (first === undefined)
    for (const each of seenBy) if (first === undefined || each.arrival < first.arrival) first = each;
  if (first === undefined) return { arrived: null, lateSeconds: null };
  return {
    arrived: isoOrNull(first.arrival),
    lateSeconds: tells ? seconds(first.arrival - first.time) : null,
  };
}

function seconds(ticks: Ticks): number {
  return Number(ticks) / Number(TICKS_PER_SECOND);
}

function reasonsOf({ earlier, later }: TwoMoments, change: Change): ReasonView[] {
  switch (change.kind) {
    case 'added':
    case 'removed':
      return [];
    case 'changed':
      return change.field === 'basis' && change.after === 'started'
        ? [
            {
              code: 'difference.now-seen',
              text: `was ${change.before}, now seen being created`,
              values: { before: valueText(change.before) },
            },
          ]
        : [];
    case 're-graded':
      return [
        {
          code: 'difference.regraded',
          text: `${change.before} → ${change.after}`,
          values: { before: change.before, after: change.after },
        },
      ];
    case 're-linked': {
      const before = change.before === undefined ? null : processLabel(earlier.process(change.before));
      const after = change.after === undefined ? null : processLabel(later.process(change.after));
      return [
        {
          code: 'difference.relinked',
          text: `its parent was ${before ?? 'not known'}, and is ${after ?? 'not known'}`,
          values: { before, after },
        },
      ];
    }
  }
}
