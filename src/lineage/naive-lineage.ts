import { lastHolders } from './last-holder.ts';
import type { Lineage, ParentEdge } from './process.ts';

/**
 * How a simple join finds a parent, among the processes whose start was recorded, by the process id that the child names:
 * `first`, the earliest with that id, as where the id alone is a process's name; `latest`, the latest that started before;
 * `holder`, the one that bore the id last of all, as where a product knows one process an id.
 */
export type NaiveMethod = 'first' | 'latest' | 'holder';

const noEdge: ParentEdge = { grade: 'none', parent: undefined, reasons: [], candidates: [] };

/**
 * The tree of a simple join, to be held beside the right one: the same processes under other parents. Exits, images, GUIDs
 * and boots are not looked at. Processes without a recorded start have no place in such a tree and are left alone.
 */
export function naiveLineage(lineage: Lineage, method: NaiveMethod): Lineage {
  const { size } = lineage;
  const holder = method === 'holder' ? lastHolders(lineage) : undefined;
  const parents = holder?.parents ?? earlierParents(lineage, method === 'latest');
  const children = new Map<number, number[]>();
  const roots: number[] = [];
  for (let index = 0; index < size; index++) {
    const parent = parents[index] ?? -1;
    if (parent < 0) {
      const present = holder ? holder.present[index] === 1 : lineage.outline(index).basis === 'started';
      if (present) roots.push(index);
      continue;
    }
    const known = children.get(parent);
    if (known) known.push(index);
    else children.set(parent, [index]);
  }
  const parent = (index: number) => parents[index] ?? -1;
  return {
    host: lineage.host,
    size,
    process: (index) => lineage.process(index),
    // A simple join weighs nothing.
    outline: (index) => ({ ...lineage.outline(index), candidates: 0, sensorsDisagree: false }),
    edge: (index) =>
      parent(index) < 0 ? noEdge : { grade: 'ambiguous', parent: parent(index), reasons: [], candidates: [] },
    grade: (index) => (parent(index) < 0 ? 'none' : 'ambiguous'),
    parent,
    children: (index) => children.get(index) ?? [],
    roots,
    find: (id) => lineage.find(id),
  };
}

/** By process: the first or the latest process that was there before and bore the process id of its parent; -1 for none. */
function earlierParents(lineage: Lineage, latest: boolean): Int32Array {
  const { size } = lineage;
  const parents = new Int32Array(size).fill(-1);
  const holders = new Map<number, number>();
  for (let from = 0; from < size; ) {
    const to = endOfMoment(lineage, from);
    // Of what started at one moment, each may be the parent of another.
    for (const hold of [true, false])
      for (let index = from; index < to; index++) {
        const { basis, pid } = lineage.outline(index);
        if (basis !== 'started') continue;
        if (hold) {
          if (pid !== undefined && (latest || !holders.has(pid))) holders.set(pid, index);
          continue;
        }
        const named = lineage.parent(index);
        const parentPid = named < 0 ? undefined : lineage.outline(named).pid;
        const parent = parentPid === undefined ? undefined : holders.get(parentPid);
        if (parent !== undefined && !isAbove(parents, parent, index)) parents[index] = parent;
      }
    from = to;
  }
  return parents;
}

/** Where the processes that started at the moment of this one end. */
function endOfMoment(lineage: Lineage, from: number): number {
  const { start } = lineage.outline(from);
  let to = from + 1;
  while (start !== undefined && to < lineage.size && lineage.outline(to).start === start) to += 1;
  return to;
}

/** Whether following parents from a process leads to another: then it cannot be that one's parent. */
function isAbove(parents: Int32Array, from: number, wanted: number): boolean {
  // Only what started at the same moment can be numbered higher than its child.
  for (let up = from; up >= 0; up = parents[up] ?? -1) {
    if (up === wanted) return true;
    if (up < wanted && (parents[up] ?? -1) < up) return false;
  }
  return false;
}

/**
 * How the naive tree treats a process: `same` parent; `moved` to another that was seen; `invented`, a parent was chosen
 * where the true one was not seen; `cut`, it has a parent and the naive tree has none.
 */
export type NaiveVerdict = 'same' | 'moved' | 'invented' | 'cut';

export function naiveVerdict(lineage: Lineage, naive: Lineage, index: number): NaiveVerdict {
  const right = lineage.parent(index);
  const taken = naive.parent(index);
  if (right === taken || lineage.outline(index).basis !== 'started') return 'same';
  if (taken < 0) return 'cut';
  return right >= 0 && lineage.outline(right).basis === 'started' ? 'moved' : 'invented';
}
