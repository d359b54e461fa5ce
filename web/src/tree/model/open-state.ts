import { chainTo, parentAt, type TreeColumns, valueAt } from './tree-columns.ts';
import { countBelow, type TreeShape } from './tree-shape.ts';

/** Branches larger than this are closed when a tree opens, unless what was asked for lies in them. */
const largeBranch = 200;

/** Rows that a tree of a whole host opens with, about: what fits on the screen a few times over. */
const firstRows = 300;

/** Which branches are open, by position, and which folded groups, by the position of their first member. */
export interface OpenState {
  readonly branches: Uint8Array;
  readonly groups: ReadonlySet<number>;
}

/**
 * What is open when a tree is first shown: everything around what was asked for, and the small branches. A large branch
 * beside it stays closed and says how much it holds. Of a whole host, level after level is opened as far as it fits.
 */
export function initialOpen(columns: TreeColumns, shape: TreeShape): OpenState {
  const branches = new Uint8Array(columns.size);
  const isAsked = (at: number) => valueAt(shape.matchedBelow, at) === 1 || valueAt(columns.matched, at) === 1;
  let someAsked = false;
  for (let at = 0; at < columns.size; at += 1) if (isAsked(at)) someAsked = true;
  if (!someAsked) openByLevel(columns, shape, branches);
  else
    for (let at = 0; at < columns.size; at += 1)
      if (isAsked(at) || parentAt(columns, at) < 0 || countBelow(shape, at) <= largeBranch) branches[at] = 1;
  return { branches, groups: new Set() };
}

function openByLevel(columns: TreeColumns, shape: TreeShape, branches: Uint8Array): void {
  let rows = 0;
  let level: number[] = [];
  for (let at = 0; at < columns.size; at = Math.max(valueAt(shape.end, at), at + 1)) level.push(at);
  while (level.length > 0 && rows < firstRows) {
    const next: number[] = [];
    for (const at of level) {
      const children = valueAt(shape.children, at);
      if (children === 0 || rows + children > firstRows) continue;
      branches[at] = 1;
      rows += children;
      const end = valueAt(shape.end, at);
      for (let child = at + 1; child < end; child = Math.max(valueAt(shape.end, child), child + 1))
        next.push(child);
    }
    level = next;
  }
}

export function withBranch(state: OpenState, at: number, open: boolean): OpenState {
  return withBranches(state, [at], open);
}

export function withBranches(state: OpenState, positions: Iterable<number>, open: boolean): OpenState {
  const branches = state.branches.slice();
  for (const at of positions) branches[at] = open ? 1 : 0;
  return { ...state, branches };
}

export function withGroup(state: OpenState, first: number, open: boolean): OpenState {
  const groups = new Set(state.groups);
  if (open) groups.add(first);
  else groups.delete(first);
  return { ...state, groups };
}

/** Opens all ancestors of the processes, so that they can be seen. */
export function withRevealed(columns: TreeColumns, state: OpenState, positions: Iterable<number>): OpenState {
  const branches = state.branches.slice();
  for (const position of positions)
    for (const at of chainTo(columns, position)) if (at !== position) branches[at] = 1;
  return { ...state, branches };
}

/** Opens everything above a level (1 shows the roots alone) and closes the rest. */
export function openToLevel(columns: TreeColumns, state: OpenState, level: number, root = -1): OpenState {
  const above = root < 0 ? 0 : valueAt(columns.depth, root);
  const branches = Uint8Array.from(columns.depth, (depth) => (depth - above < level - 1 ? 1 : 0));
  return { ...state, branches };
}

/** The positions whose state differs from the initial one: what a link has to keep. */
export function changedBranches(initial: OpenState, state: OpenState): number[] {
  const changed: number[] = [];
  for (let at = 0; at < state.branches.length; at += 1)
    if (state.branches[at] !== initial.branches[at]) changed.push(at);
  return changed;
}
