import type { Family } from '../lineage/select-family.ts';

/** The processes of a family in the order of the tree: each before its children. */
export interface TreeOrder {
  /** By position: the index in the lineage. */
  readonly indexes: Int32Array;
  /** By index in the lineage: the position, -1 where it is not shown. */
  readonly positions: Int32Array;
  /** By position: that of the parent, -1 for a root. */
  readonly parents: Int32Array;
  readonly depths: Int32Array;
  /** By position: children in the lineage that are not shown. */
  readonly leftOut: Int32Array;
}

/** Walks a family; depth is not limited by the stack. */
export function treeOrder({ lineage, size, roots, shows }: Family): TreeOrder {
  const indexes = new Int32Array(size);
  const positions = new Int32Array(lineage.size).fill(-1);
  const parents = new Int32Array(size);
  const depths = new Int32Array(size);
  const leftOut = new Int32Array(size);
  let position = 0;
  // What is still to be entered, the next one last, and the position of its parent.
  const waiting: number[] = [...roots].reverse();
  const waitingParents: number[] = waiting.map(() => -1);
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    const parent = waitingParents.pop() ?? -1;
    indexes[position] = index;
    positions[index] = position;
    parents[position] = parent;
    depths[position] = parent < 0 ? 0 : (depths[parent] ?? 0) + 1;
    const children = lineage.children(index);
    for (let at = children.length - 1; at >= 0; at--) {
      const child = children[at] ?? -1;
      if (shows(child)) {
        waiting.push(child);
        waitingParents.push(position);
      } else leftOut[position] = (leftOut[position] ?? 0) + 1;
    }
    position += 1;
  }
  return { indexes, positions, parents, depths, leftOut };
}
