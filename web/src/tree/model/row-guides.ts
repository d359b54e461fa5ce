import { isLast, type RowArrays } from './row-buffer.ts';
import { type Grade, gradeAt, type TreeColumns, valueAt } from './tree-columns.ts';

/** Levels from this one on are indented less and bear a number. */
export const deepLevel = 14;
const indent = 12;
const deepIndent = 6;

/** X of the guide of a level, which is the middle of its glyph. */
export function guideX(level: number): number {
  return level <= deepLevel
    ? 9.5 + indent * level
    : 9.5 + indent * deepLevel + deepIndent * (level - deepLevel);
}

/** A line that runs past a row because an ancestor has further siblings, or because the chain passes by. */
export interface GuideLine {
  readonly level: number;
  /** Whether it belongs to the chain to the selected process. */
  readonly on: boolean;
}

/** What a row has to draw of the tree's lines. */
export interface RowGuides {
  readonly level: number;
  /** Lines from the top of the row to its bottom, without the one that the edge comes from. */
  readonly passing: readonly GuideLine[];
  /** The row's own edge; none for a root. */
  readonly edge: { readonly grade: Grade; readonly on: boolean } | undefined;
  /** Whether the line that the edge comes from runs on to the next sibling. */
  readonly runsOn: GuideLine | undefined;
  /** Whether a line leads down from the glyph to rows below. */
  readonly down: GuideLine | undefined;
}

/**
 * The lines of a row. `chain` holds the positions from the root to the selected process; a line belongs to it where the
 * next link of the chain hangs further down on it.
 */
export function rowGuides(columns: TreeColumns, rows: RowArrays, row: number, chain: ChainRows): RowGuides {
  const level = valueAt(rows.depth, row);
  const passing: GuideLine[] = [];
  let each = rows.parent[row] ?? -1;
  while (each >= 0) {
    const depth = valueAt(rows.depth, each);
    if (depth > 0 && !isLast(rows, each)) passing.push({ level: depth - 1, on: chain.passes(each, row) });
    each = rows.parent[each] ?? -1;
  }
  passing.reverse();
  const isRoot = level === 0;
  const grade = gradeAt(columns, valueAt(rows.position, row));
  const expanded = rows.expanded[row] === 1;
  return {
    level,
    passing,
    edge: isRoot ? undefined : { grade, on: chain.has(row) },
    runsOn: !isRoot && !isLast(rows, row) ? { level: level - 1, on: chain.passes(row, row) } : undefined,
    down: expanded ? { level, on: chain.leavesFrom(row) } : undefined,
  };
}

/** The rows that lie on the chain to the selected process. */
export interface ChainRows {
  readonly has: (row: number) => boolean;
  /** Whether the chain runs down along the line beside `ancestor` at `row`: its next link is a later sibling. */
  readonly passes: (ancestor: number, row: number) => boolean;
  /** Whether the chain goes on below the row. */
  readonly leavesFrom: (row: number) => boolean;
}

/** The chain that ends in `selected`, a row; -1 for none. */
export function chainRows(rows: RowArrays, selected: number): ChainRows {
  const byDepth: number[] = [];
  for (let row = selected; row >= 0; row = rows.parent[row] ?? -1) byDepth[valueAt(rows.depth, row)] = row;
  const inChain = (row: number): boolean => byDepth[valueAt(rows.depth, row)] === row;
  return {
    has: inChain,
    passes: (ancestor, row) => {
      const link = byDepth[valueAt(rows.depth, ancestor)];
      if (link === undefined || link <= row) return false;
      return (rows.parent[link] ?? -1) === (rows.parent[ancestor] ?? -1);
    },
    leavesFrom: (row) => inChain(row) && byDepth[valueAt(rows.depth, row) + 1] !== undefined,
  };
}

/** The ancestors of a row that stand above the first row in view, outermost first. */
export function ancestorsAbove(rows: RowArrays, firstInView: number): number[] {
  const above: number[] = [];
  for (let row = rows.parent[firstInView] ?? -1; row >= 0; row = rows.parent[row] ?? -1)
    if (row < firstInView) above.push(row);
  return above.reverse();
}
