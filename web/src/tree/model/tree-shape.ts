import { type TreeColumns, valueAt } from './tree-columns.ts';

/** What follows from the parents alone, counted once for a tree. */
export interface TreeShape {
  /** Position after the last descendant. */
  readonly end: Int32Array;
  readonly children: Int32Array;
  /** Flagged processes among the descendants. */
  readonly flaggedBelow: Int32Array;
  /** Whether a process that was asked for is among the descendants. */
  readonly matchedBelow: Uint8Array;
}

export function shapeOf(columns: TreeColumns): TreeShape {
  const { size, parent } = columns;
  const end = new Int32Array(size);
  const children = new Int32Array(size);
  const flaggedBelow = new Int32Array(size);
  const matchedBelow = new Uint8Array(size);
  for (let at = size - 1; at >= 0; at -= 1) {
    if (valueAt(end, at) === 0) end[at] = at + 1;
    const above = valueAt(parent, at);
    if (above < 0) continue;
    if (valueAt(end, above) === 0) end[above] = valueAt(end, at);
    children[above] = valueAt(children, above) + 1;
    const own = valueAt(columns.severity, at) > 0 ? 1 : 0;
    flaggedBelow[above] = valueAt(flaggedBelow, above) + valueAt(flaggedBelow, at) + own;
    if (valueAt(columns.matched, at) === 1 || valueAt(matchedBelow, at) === 1) matchedBelow[above] = 1;
  }
  return { end, children, flaggedBelow, matchedBelow };
}

/** Descendants of a process. */
export function countBelow(shape: TreeShape, at: number): number {
  return valueAt(shape.end, at) - at - 1;
}
