import { nextOf } from './model/grid-move.ts';
import { openToLevel, withBranch, withBranches, withGroup } from './model/open-state.ts';
import { rowKinds } from './model/row-buffer.ts';
import { chainTo, parentAt, valueAt } from './model/tree-columns.ts';
import type { TreeView } from './use-tree-view.ts';
import { revealed } from './use-tree-view.ts';

/** Opens or closes the branch or group of a row; closing one that holds the selection selects it. */
export function toggleRow(view: TreeView, row: number): void {
  const { rows, change, state } = view;
  const at = valueAt(rows.position, row);
  const isOpen = rows.expanded[row] === 1;
  if (rows.expandable[row] !== 1) return;
  const within = isOpen && chainTo(view.loaded.columns, state.selected).includes(at);
  if (rows.kind[row] === rowKinds.process)
    change((before) => ({
      open: withBranch(before.open, at, !isOpen),
      ...(within && { selected: at }),
    }));
  else change((before) => ({ open: withGroup(before.open, at, !isOpen) }));
}

/** Opens all siblings of a row. */
export function openSiblings(view: TreeView, row: number): void {
  const { rows, change } = view;
  const positions: number[] = [];
  for (let each = 0; each < rows.length; each += 1)
    if (rows.parent[each] === rows.parent[row] && rows.kind[each] === rowKinds.process)
      positions.push(valueAt(rows.position, each));
  change((before) => ({ open: withBranches(before.open, positions, true) }));
}

export function openLevel(view: TreeView, level: number): void {
  const { columns } = view.loaded;
  view.change((before) => ({ open: openToLevel(columns, before.open, level, before.root) }));
}

/** Makes a process the root; the way back is kept. */
export function focusOn(view: TreeView, at: number): void {
  view.change((before) =>
    before.root === at
      ? {}
      : {
          root: at,
          trail: [before.root, ...before.trail].slice(0, 50),
          selected: at,
          open: withBranch(before.open, at, true),
        },
  );
}

/** One step back in the breadcrumb: the root before this one, else the parent's. */
export function focusBack(view: TreeView): void {
  const { columns } = view.loaded;
  view.change((before) => {
    if (before.root < 0) return {};
    const [last, ...rest] = before.trail;
    return { root: last ?? parentAt(columns, before.root), trail: rest, selected: before.selected };
  });
}

/** Moves to the next (or previous) of some processes, opening what hides it. */
export function goToNext(view: TreeView, positions: readonly number[], back: boolean): number | undefined {
  const next = nextOf(positions, view.state.selected, back);
  if (next !== undefined) view.reveal(next);
  return next;
}

/** Moves to a hit of the find, counted from 0, around the end. */
export function goToHit(view: TreeView, step: 1 | -1): void {
  const { hits, loaded, change } = view;
  if (!hits || hits.length === 0) return;
  change((before) => {
    const from = before.hit < 0 ? nearest(hits, before.selected, step) : before.hit + step;
    const hit = (from + hits.length) % hits.length;
    const position = hits[hit] ?? 0;
    return { hit, selected: position, ...revealed(loaded, before, position) };
  });
}

/** The first hit at or after the selected process, or the last one before. */
function nearest(hits: readonly number[], selected: number, step: 1 | -1): number {
  if (step === 1) {
    const next = hits.findIndex((each) => each >= selected);
    return next < 0 ? 0 : next;
  }
  const before = hits.findLastIndex((each) => each <= selected);
  return before < 0 ? hits.length - 1 : before;
}

export function toggleMark(view: TreeView, at: number): void {
  view.change((before) => {
    const marked = new Set(before.marked);
    if (!marked.delete(at)) marked.add(at);
    return { marked };
  });
}
