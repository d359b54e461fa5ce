import type { FilterMask } from './filter-mask.ts';
import type { OpenState } from './open-state.ts';
import { type RowArrays, RowBuffer, rowKinds } from './row-buffer.ts';
import { type TreeColumns, valueAt } from './tree-columns.ts';
import type { TreeShape } from './tree-shape.ts';

/** A group is worth a row of its own from this many alike siblings on. */
const smallestGroup = 3;

/** Where every process of the tree is: the sum of all but `flaggedNotOpened` is their number. */
export interface RowCounts {
  /** Rows that stand for a process or a closed group. */
  readonly rows: number;
  /** In closed groups, beyond the one that the group's row stands for. */
  readonly folded: number;
  readonly notOpened: number;
  /** Flagged processes in branches that are not opened. */
  readonly flaggedNotOpened: number;
  readonly filtered: number;
  /** Outside of the process that is made the root. */
  readonly outside: number;
}

export interface VisibleRows extends RowArrays {
  readonly counts: RowCounts;
}

export interface RowRequest {
  readonly columns: TreeColumns;
  readonly shape: TreeShape;
  readonly open: OpenState;
  readonly mask: FilterMask | undefined;
  readonly foldAlike: boolean;
  /** The process that is made the root; -1 for all roots. */
  readonly root: number;
}

/** Siblings of which some rows are still to be made. */
interface Frame {
  readonly siblings: readonly number[];
  readonly groups: ReadonlyMap<number, readonly number[]> | undefined;
  readonly parentRow: number;
  readonly depth: number;
  /** Rows that the siblings take. */
  readonly size: number;
  next: number;
  place: number;
}

/** The rows of a tree: one walk over what is open, without recursion, since trees may be as deep as they are large. */
export function visibleRows(request: RowRequest): VisibleRows {
  const { columns, shape, root, mask } = request;
  const sums = mask && sumsOf(columns, mask);
  const buffer = new RowBuffer();
  const tally = { groupHeads: 0, folded: 0, notOpened: 0, flaggedNotOpened: 0 };
  const stack: Frame[] = [];

  const keptIn = (from: number, to: number): number =>
    sums ? valueAt(sums.kept, to) - valueAt(sums.kept, from) : to - from;

  const push = (siblings: readonly number[], parentRow: number, depth: number, foldable: boolean): void => {
    const groups = foldable ? alikeGroups(request, siblings) : undefined;
    let size = siblings.length;
    if (groups) for (const members of groups.values()) size -= members.length - 1;
    stack.push({ siblings, groups, parentRow, depth, size, next: 0, place: 0 });
  };

  const enter = (at: number, row: number, depth: number): void => {
    const end = valueAt(shape.end, at);
    const kept = keptIn(at + 1, end);
    if (kept === 0) return;
    // A branch that holds a hit of the filter is shown open, whatever its own state.
    const holdsHit = sums !== undefined && valueAt(sums.hits, end) > valueAt(sums.hits, at + 1);
    const isOpen = valueAt(request.open.branches, at) === 1 || holdsHit;
    buffer.setExpandable(row, isOpen);
    if (isOpen) {
      push(keptChildren(request, at, end), row, depth + 1, request.foldAlike);
      return;
    }
    tally.notOpened += kept;
    tally.flaggedNotOpened += sums
      ? valueAt(sums.flagged, end) - valueAt(sums.flagged, at + 1)
      : valueAt(shape.flaggedBelow, at);
  };

  const group = (frame: Frame, members: readonly number[]): void => {
    const first = members[0] ?? 0;
    const isOpen = request.open.groups.has(first);
    const kind = isOpen ? rowKinds.openGroup : rowKinds.closedGroup;
    const row = buffer.add(kind, first, frame.parentRow, frame.depth, frame.place, frame.size);
    buffer.setCount(row, members.length);
    buffer.setExpandable(row, isOpen);
    if (isOpen) {
      tally.groupHeads += 1;
      push(members, row, frame.depth + 1, false);
      return;
    }
    for (const at of members) tally.folded += keptIn(at, valueAt(shape.end, at));
    tally.folded -= 1;
  };

  const drain = (): void => {
    for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
      const at = frame.siblings[frame.next];
      if (at === undefined) {
        stack.pop();
        continue;
      }
      frame.next += 1;
      const members = frame.groups?.get(groupKey(columns, at));
      const isMember = members !== undefined && isFoldable(request, at);
      if (isMember && members[0] !== at) continue;
      frame.place += 1;
      if (isMember) {
        group(frame, members);
        continue;
      }
      const row = buffer.add(rowKinds.process, at, frame.parentRow, frame.depth, frame.place, frame.size);
      enter(at, row, frame.depth);
    }
  };

  const { asked, others } = rootsOf(request);
  if (asked.length > 0) push(asked, -1, 0, false);
  drain();
  let sections = 0;
  if (others.length > 0) {
    if (asked.length > 0) {
      buffer.add(rowKinds.section, others[0] ?? 0, -1, 0, 1, 1);
      sections = 1;
    }
    push(others, -1, 0, false);
    drain();
  }

  const from = Math.max(root, 0);
  const to = root < 0 ? columns.size : valueAt(shape.end, root);
  const arrays = buffer.arrays();
  return {
    ...arrays,
    counts: {
      rows: arrays.length - tally.groupHeads - sections,
      folded: tally.folded,
      notOpened: tally.notOpened,
      flaggedNotOpened: tally.flaggedNotOpened,
      filtered: to - from - keptIn(from, to),
      outside: columns.size - (to - from),
    },
  };
}

/** Whether a process may be folded among alike siblings: nothing about it asks for a look. */
export function isFoldable({ columns, shape, mask }: RowRequest, at: number): boolean {
  return (
    valueAt(columns.fold, at) >= 0 &&
    valueAt(columns.severity, at) === 0 &&
    valueAt(shape.flaggedBelow, at) === 0 &&
    valueAt(columns.matched, at) === 0 &&
    valueAt(shape.matchedBelow, at) === 0 &&
    valueAt(columns.grade, at) !== 2 &&
    valueAt(columns.basis, at) !== 2 &&
    mask?.[at] !== 2
  );
}

/** Members of a group are linked with the same grade, which the group's row shows. */
function groupKey(columns: TreeColumns, at: number): number {
  return valueAt(columns.fold, at) * 8 + valueAt(columns.grade, at);
}

/** What was asked for stands first; other roots stand below a line. */
function rootsOf(request: RowRequest): { asked: readonly number[]; others: readonly number[] } {
  const { columns, shape, root, mask } = request;
  if (root >= 0) return { asked: [root], others: [] };
  const asked: number[] = [];
  const others: number[] = [];
  for (let at = 0; at < columns.size; at = Math.max(valueAt(shape.end, at), at + 1)) {
    if (mask && mask[at] === 0) continue;
    const holds = valueAt(columns.matched, at) === 1 || valueAt(shape.matchedBelow, at) === 1;
    (holds ? asked : others).push(at);
  }
  return { asked, others };
}

function keptChildren({ shape, mask }: RowRequest, at: number, end: number): number[] {
  const children: number[] = [];
  for (let child = at + 1; child < end; child = Math.max(valueAt(shape.end, child), child + 1))
    if (mask === undefined || valueAt(mask, child) > 0) children.push(child);
  return children;
}

/** Members by their number, for the groups that are large enough. */
function alikeGroups(
  request: RowRequest,
  siblings: readonly number[],
): ReadonlyMap<number, readonly number[]> | undefined {
  if (siblings.length < smallestGroup) return undefined;
  const groups = new Map<number, number[]>();
  for (const at of siblings) {
    if (!isFoldable(request, at)) continue;
    const key = groupKey(request.columns, at);
    const members = groups.get(key);
    if (members) members.push(at);
    else groups.set(key, [at]);
  }
  for (const [key, members] of groups) if (members.length < smallestGroup) groups.delete(key);
  return groups.size > 0 ? groups : undefined;
}

/** Kept processes, hits and kept flagged ones before each position. */
function sumsOf(columns: TreeColumns, mask: FilterMask) {
  const kept = new Int32Array(mask.length + 1);
  const hits = new Int32Array(mask.length + 1);
  const flagged = new Int32Array(mask.length + 1);
  for (let at = 0; at < mask.length; at += 1) {
    const isKept = valueAt(mask, at) > 0;
    kept[at + 1] = valueAt(kept, at) + (isKept ? 1 : 0);
    hits[at + 1] = valueAt(hits, at) + (mask[at] === 2 ? 1 : 0);
    flagged[at + 1] = valueAt(flagged, at) + (isKept && valueAt(columns.severity, at) > 0 ? 1 : 0);
  }
  return { kept, hits, flagged };
}

/** The row of each position that has one; where a closed group stands for it, the group's. -1 for the others. */
export function rowOfPosition(rows: VisibleRows, size: number): Int32Array {
  const rowOf = new Int32Array(size).fill(-1);
  for (let row = 0; row < rows.length; row += 1) {
    if (rows.kind[row] === rowKinds.section) continue;
    const at = valueAt(rows.position, row);
    if (rowOf[at] === -1 || rows.kind[row] === rowKinds.process) rowOf[at] = row;
  }
  return rowOf;
}

/** The first member of the group that a process is folded into; -1 if it is in none. */
export function groupOf(request: RowRequest, at: number): number {
  const { columns, shape } = request;
  const parent = columns.parent[at] ?? -1;
  if (!request.foldAlike || parent < 0 || parent < request.root) return -1;
  const siblings = keptChildren(request, parent, valueAt(shape.end, parent));
  const members = alikeGroups(request, siblings)?.get(groupKey(columns, at));
  return members?.includes(at) && isFoldable(request, at) ? (members[0] ?? -1) : -1;
}
