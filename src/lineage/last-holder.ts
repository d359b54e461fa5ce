import type { Lineage } from './process.ts';

/** The links of a tree that knows one process an id: the one that bore it last. */
export interface LastHolders {
  /** -1 where there is none. */
  readonly parents: Int32Array;
  /** 1 where the process is the last with its id, and so has a place in such a tree. */
  readonly present: Uint8Array;
}

/** Links every process that is the last with its id to the last that bore the id of its parent, however late that one began. */
export function lastHolders(lineage: Lineage): LastHolders {
  const { size } = lineage;
  const holders = new Map<number, number>();
  const present = new Uint8Array(size);
  const parents = new Int32Array(size).fill(-1);
  for (let index = 0; index < size; index++) {
    const { basis, pid } = lineage.process(index);
    if (basis === 'started' && pid !== undefined) holders.set(pid, index);
  }
  for (const index of holders.values()) present[index] = 1;
  for (const index of holders.values()) {
    const named = lineage.parent(index);
    const pid = named < 0 ? undefined : lineage.process(named).pid;
    const parent = pid === undefined ? undefined : holders.get(pid);
    if (parent !== undefined && parent !== index) parents[index] = parent;
  }
  cutRings(parents);
  return { parents, present };
}

const OPEN = 1;
const DONE = 2;

/** Takes one link out of each ring: that of its earliest process, whose parent began after it. */
function cutRings(parents: Int32Array): void {
  const states = new Uint8Array(parents.length);
  for (let index = 0; index < parents.length; index++) {
    let up = index;
    while (up >= 0 && states[up] === 0) {
      states[up] = OPEN;
      up = parents[up] ?? -1;
    }
    if (up >= 0 && states[up] === OPEN) parents[earliestOfRing(parents, up)] = -1;
    for (let done = index; done >= 0 && states[done] === OPEN; done = parents[done] ?? -1)
      states[done] = DONE;
  }
}

function earliestOfRing(parents: Int32Array, from: number): number {
  let earliest = from;
  for (let up = parents[from] ?? -1; up !== from && up >= 0; up = parents[up] ?? -1)
    if (up < earliest) earliest = up;
  return earliest;
}
