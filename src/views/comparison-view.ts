import { processLabel } from '../lineage/draw-tree.ts';
import { naiveVerdict } from '../lineage/naive-lineage.ts';
import type { Grade, Lineage } from '../lineage/process.ts';
import { briefAt, deltaMs, type ProcessBriefView, processBrief } from './process-brief.ts';
import { type Clock, isoOrNull, linkReason, type ReasonView } from './reason-view.ts';
import type { SelectedTree } from './selected-tree.ts';

export type MovedVerdict = 'moved' | 'invented' | 'cut' | 'not-on-left';

/** A link that a simple join draws otherwise. */
export interface MovedLinkView {
  readonly process: ProcessBriefView;
  readonly left: number | null;
  readonly right: number | null;
  readonly verdict: MovedVerdict;
  readonly naiveParent: ProcessBriefView | null;
  readonly parent: ProcessBriefView | null;
  readonly naiveDeltaMs: number | null;
  readonly grade: Grade;
  readonly reasons: ReasonView[];
  readonly eventId: string | null;
}

/** Who bore a process id, and the children that name it as their parent's. */
export interface PidHoldersView {
  readonly pid: number;
  readonly holders: ProcessBriefView[];
  readonly holdersLeftOut: number;
  readonly children: {
    readonly process: ProcessBriefView;
    readonly parent: string;
    readonly naiveParent: string | null;
  }[];
  readonly childrenLeftOut: number;
}

export interface ComparisonView {
  readonly leftToRight: number[];
  readonly counts: {
    readonly same: number;
    readonly moved: number;
    readonly invented: number;
    readonly cut: number;
    readonly notOnLeft: number;
    readonly parentAfterChild: number;
  };
  readonly moved: MovedLinkView[];
  readonly movedLeftOut: number;
  readonly holders: PidHoldersView[];
  readonly holdersLeftOut: number;
}

const mostMoved = 500;
const mostPids = 20;
const mostHolders = 50;
const mostChildren = 50;

/** The tree of a simple join (`left`) held beside the right one of the same host. */
export function comparisonView(
  lineage: Lineage,
  left: SelectedTree,
  right: SelectedTree,
  clock: Clock,
): ComparisonView {
  const naive = left.family.lineage;
  const onLeft = presence(naive);
  const counts = { same: 0, moved: 0, invented: 0, cut: 0, notOnLeft: 0, parentAfterChild: 0 };
  const moved: MovedLinkView[] = [];
  const movedIndexes: number[] = [];
  for (const index of bothTrees(left, right)) {
    const process = lineage.process(index);
    const taken = naive.parent(index);
    const naiveDelta = taken < 0 ? null : deltaMs(lineage.process(taken), process);
    if (naiveDelta !== null && naiveDelta < 0) counts.parentAfterChild += 1;
    const verdict = verdictOf(lineage, naive, index, onLeft);
    if (verdict === 'same') {
      counts.same += 1;
      continue;
    }
    counts[verdict === 'not-on-left' ? 'notOnLeft' : verdict] += 1;
    movedIndexes.push(index);
    if (moved.length >= mostMoved) continue;
    moved.push({
      process: processBrief(process),
      left: positionIn(left, index),
      right: positionIn(right, index),
      verdict,
      naiveParent: briefAt(lineage, taken),
      parent: briefAt(lineage, lineage.parent(index)),
      naiveDeltaMs: naiveDelta,
      grade: lineage.grade(index),
      reasons: [
        ...naiveReasons(lineage, index, taken, verdict, clock),
        ...lineage.edge(index).reasons.map(linkReason),
      ],
      eventId: process.seenBy[0]?.id ?? null,
    });
  }
  const pids = pidsOf(lineage, naive, movedIndexes);
  return {
    leftToRight: Array.from(left.order.indexes, (index) => right.order.positions[index] ?? -1),
    counts,
    moved,
    movedLeftOut: movedIndexes.length - moved.length,
    holders: pids.slice(0, mostPids).map((pid) => pidHolders(lineage, naive, pid, new Set(movedIndexes))),
    holdersLeftOut: Math.max(0, pids.length - mostPids),
  };
}

function positionIn({ order }: SelectedTree, index: number): number | null {
  const position = order.positions[index] ?? -1;
  return position < 0 ? null : position;
}

/** In the order of the right tree; then what is only on the left. */
function* bothTrees(left: SelectedTree, right: SelectedTree): Generator<number> {
  yield* right.order.indexes;
  for (const index of left.order.indexes) if ((right.order.positions[index] ?? -1) < 0) yield index;
}

function presence(naive: Lineage): Uint8Array {
  const present = new Uint8Array(naive.size);
  for (const root of naive.roots) present[root] = 1;
  for (let index = 0; index < naive.size; index++) if (naive.parent(index) >= 0) present[index] = 1;
  return present;
}

function verdictOf(
  lineage: Lineage,
  naive: Lineage,
  index: number,
  onLeft: Uint8Array,
): MovedVerdict | 'same' {
  if (lineage.process(index).basis === 'started' && onLeft[index] === 0) return 'not-on-left';
  return naiveVerdict(lineage, naive, index);
}

/** What is wrong with the parent on the left. */
function naiveReasons(
  lineage: Lineage,
  index: number,
  taken: number,
  verdict: MovedVerdict,
  clock: Clock,
): ReasonView[] {
  const process = lineage.process(index);
  if (verdict === 'not-on-left')
    return [
      {
        code: 'naive.id-taken-over',
        text: 'its process id was given out again later, and a tree that is keyed by process id keeps the last',
        values: { pid: process.pid ?? null },
      },
    ];
  if (taken < 0) return [];
  const parent = lineage.process(taken);
  const named = { parent: processLabel(parent), pid: parent.pid ?? null };
  const found: ReasonView[] = [];
  const delta = deltaMs(parent, process);
  if (delta !== null && delta < 0)
    found.push({
      code: 'naive.parent-after-child',
      text: `${named.parent} started ${Math.round(-delta)} ms after it`,
      values: { ...named, ms: -delta },
    });
  if (parent.end !== undefined && process.start !== undefined && parent.end < process.start)
    found.push({
      code: 'naive.parent-ended-before',
      text: `${named.parent} had ended at ${clock(parent.end)}`,
      values: { ...named, at: isoOrNull(parent.end) },
    });
  if (verdict === 'invented')
    found.push({
      code: 'naive.parent-not-seen',
      text: `its parent was not seen being created, and ${named.parent} is another process that had its id`,
      values: named,
    });
  return found;
}

function pidsOf(lineage: Lineage, naive: Lineage, moved: readonly number[]): readonly number[] {
  const pids = new Map<number, number>();
  for (const index of moved)
    for (const parent of [naive.parent(index)]) {
      const pid = parent < 0 ? undefined : lineage.process(parent).pid;
      if (pid !== undefined) pids.set(pid, (pids.get(pid) ?? 0) + 1);
    }
  return [...pids].sort(([, one], [, other]) => other - one).map(([pid]) => pid);
}

function pidHolders(
  lineage: Lineage,
  naive: Lineage,
  pid: number,
  moved: ReadonlySet<number>,
): PidHoldersView {
  const holders: number[] = [];
  for (let index = 0; index < lineage.size; index++)
    if (lineage.process(index).pid === pid) holders.push(index);
  const children = holders
    .flatMap((holder) => lineage.children(holder))
    .sort((one, other) => Number(moved.has(other)) - Number(moved.has(one)) || one - other);
  const idOf = (index: number) => lineage.process(index).id;
  return {
    pid,
    holders: holders.slice(0, mostHolders).map((holder) => processBrief(lineage.process(holder))),
    holdersLeftOut: Math.max(0, holders.length - mostHolders),
    children: children.slice(0, mostChildren).map((child) => ({
      process: processBrief(lineage.process(child)),
      parent: idOf(lineage.parent(child)),
      naiveParent: naive.parent(child) < 0 ? null : idOf(naive.parent(child)),
    })),
    childrenLeftOut: Math.max(0, children.length - mostChildren),
  };
}
