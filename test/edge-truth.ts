import type { Grade, Lineage } from '../src/lineage/process.ts';

/** What became of the edges of one grade. */
export interface EdgeCounts {
  right: number;
  /** The parent was seen, and another one was taken. */
  wrong: number;
  /** The parent was not seen, and a seen process was taken for it. */
  invented: number;
  /** The parent was not seen, and is said not to have been. */
  honest: number;
  /** The parent was seen, and none is named. */
  declined: number;
}

export interface EdgeTruth {
  readonly byGrade: Readonly<Record<Grade, EdgeCounts>>;
  /** Of edges whose parent was seen: how many have it as the first candidate, whatever the grade. */
  firstRight: number;
  seenParents: number;
  unseenParents: number;
  /** What is wrong or invented though it is graded exact or probable, by index. */
  readonly errors: number[];
  /** What is ambiguous though its parent was seen, by index. */
  readonly doubted: number[];
}

const none = (): EdgeCounts => ({ right: 0, wrong: 0, invented: 0, honest: 0, declined: 0 });

/**
 * Compares edges with the truth. `parentOf` gives the true parent of the process at an index: its name, whether its creation
 * is among the events, or undefined where it is not known. `nameOf` gives the names that the events of a process bear.
 */
export function compareEdges(
  lineage: Lineage,
  parentOf: (index: number) => { readonly name: string; readonly seen: boolean } | undefined,
  nameOf: (index: number) => ReadonlySet<string>,
): EdgeTruth {
  const byGrade = { exact: none(), probable: none(), ambiguous: none(), claimed: none(), none: none() };
  const truth: EdgeTruth = {
    byGrade,
    firstRight: 0,
    seenParents: 0,
    unseenParents: 0,
    errors: [],
    doubted: [],
  };
  for (let index = 0; index < lineage.size; index++) {
    const expected = parentOf(index);
    if (expected === undefined) continue;
    const grade = lineage.grade(index);
    const parent = lineage.parent(index);
    const counts = byGrade[grade];
    const named = parent >= 0 && lineage.process(parent).basis === 'started';
    const right = named && nameOf(parent).has(expected.name);
    if (expected.seen) {
      truth.seenParents++;
      if (right) truth.firstRight++;
      if (grade === 'ambiguous') truth.doubted.push(index);
    } else truth.unseenParents++;
    const outcome = right
      ? 'right'
      : expected.seen
        ? named
          ? 'wrong'
          : 'declined'
        : named
          ? 'invented'
          : 'honest';
    counts[outcome]++;
    if ((grade === 'exact' || grade === 'probable') && (outcome === 'wrong' || outcome === 'invented'))
      truth.errors.push(index);
  }
  return truth;
}

export function countEdges(counts: EdgeCounts): number {
  return counts.right + counts.wrong + counts.invented + counts.honest + counts.declined;
}
