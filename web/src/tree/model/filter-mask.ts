import { parentAt, type TreeColumns, valueAt } from './tree-columns.ts';
import type { TreeShape } from './tree-shape.ts';

/** Which processes a tree is narrowed to; every test that is set must hold. */
export interface TreeFilter {
  readonly flagged: boolean;
  readonly doubtful: boolean;
  /** Links of this grade (its number) only. */
  readonly grade: number | undefined;
  /** Only processes that ran within, milliseconds from the origin of the columns. */
  readonly time: { readonly from: number; readonly to: number } | undefined;
  /** Only these positions, in ascending order. */
  readonly hits: readonly number[] | undefined;
}

export const noFilter: TreeFilter = {
  flagged: false,
  doubtful: false,
  grade: undefined,
  time: undefined,
  hits: undefined,
};

export function isFiltered(filter: TreeFilter): boolean {
  return (
    filter.flagged ||
    filter.doubtful ||
    filter.grade !== undefined ||
    filter.time !== undefined ||
    filter.hits !== undefined
  );
}

/** Whether a link is worth a second look: probable, ambiguous or claimed. */
export function isDoubtful(grade: number): boolean {
  return grade >= 1 && grade <= 3;
}

/** 0 left out, 1 kept as a relative of a hit, 2 a hit. */
export type FilterMask = Uint8Array;

/** Whole branches are kept: the hits, all their ancestors and all their descendants. */
export function filterMask(
  columns: TreeColumns,
  shape: TreeShape,
  filter: TreeFilter,
): FilterMask | undefined {
  if (!isFiltered(filter)) return undefined;
  const { size } = columns;
  const mask = new Uint8Array(size);
  const inHits = filter.hits && new Uint8Array(size);
  if (inHits) for (const at of filter.hits ?? []) inHits[at] = 1;
  for (let at = 0; at < size; at += 1) if (isHit(columns, filter, inHits, at)) mask[at] = 2;
  let keptUntil = 0;
  for (let at = 0; at < size; at += 1) {
    if (mask[at] === 2) {
      keptUntil = Math.max(keptUntil, valueAt(shape.end, at));
      for (let up = parentAt(columns, at); up >= 0 && mask[up] === 0; up = parentAt(columns, up))
        mask[up] = 1;
    } else if (at < keptUntil) mask[at] = 1;
  }
  return mask;
}

function isHit(
  columns: TreeColumns,
  filter: TreeFilter,
  inHits: Uint8Array | undefined,
  at: number,
): boolean {
  if (filter.flagged && valueAt(columns.severity, at) === 0) return false;
  const grade = valueAt(columns.grade, at);
  if (filter.doubtful && !isDoubtful(grade)) return false;
  if (filter.grade !== undefined && grade !== filter.grade) return false;
  if (inHits && inHits[at] !== 1) return false;
  if (filter.time) {
    const start = columns.start[at] ?? Number.NaN;
    const end = columns.end[at] ?? Number.NaN;
    if (start > filter.time.to || end < filter.time.from) return false;
    if (Number.isNaN(start) && Number.isNaN(end)) return false;
  }
  return true;
}
