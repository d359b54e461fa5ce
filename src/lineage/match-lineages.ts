import type { Lineage } from './process.ts';
import { defaultTolerance } from './tolerance.ts';

/**
 * Which process of the later lineage each of the earlier one is, or -1. A process may have got another id meanwhile: its
 * GUID became known, or it had been claimed by its children and its own start has arrived since.
 */
export function matchLineages(earlier: Lineage, later: Lineage): Int32Array {
  const match = new Int32Array(earlier.size).fill(-1);
  const taken = new Uint8Array(later.size);
  const pair = (before: number, after: number) => {
    match[before] = after;
    taken[after] = 1;
  };
  const isFree = (after: number) => taken[after] === 0;
  for (let before = 0; before < earlier.size; before++) {
    const after = later.find(earlier.process(before).id);
    if (after !== undefined && isFree(after)) pair(before, after);
  }
  const free = freeByKey(later, isFree);
  for (let before = 0; before < earlier.size; before++) {
    if (match[before] !== -1) continue;
    const { guid, otherGuids, pid, start } = earlier.process(before);
    const names = guid === undefined ? [] : [guid, ...otherGuids];
    const sameGuid = names.flatMap((name) => free.guids.get(name) ?? []).find(isFree);
    const samePid =
      pid === undefined || start === undefined
        ? undefined
        : free.pids.get(pid)?.find((after) => {
            const other = later.process(after);
            if (!isFree(after) || other.start === undefined) return false;
            if (guid !== undefined && other.guid !== undefined) return false;
            const apart = other.start - start;
            return (apart < 0n ? -apart : apart) <= defaultTolerance.acrossSensors;
          });
    const after = sameGuid ?? samePid;
    if (after !== undefined) pair(before, after);
  }
  matchByChildren(earlier, later, match, { isFree, pair });
  return match;
}

/** A parent that was only claimed is the one that the same child has now, where the process id agrees. */
function matchByChildren(
  earlier: Lineage,
  later: Lineage,
  match: Int32Array,
  pairs: { isFree(after: number): boolean; pair(before: number, after: number): void },
): void {
  for (let before = 0; before < earlier.size; before++) {
    if (match[before] !== -1) continue;
    const { basis, pid } = earlier.process(before);
    if (basis === 'started') continue;
    for (const child of earlier.children(before)) {
      const childAfter = match[child] ?? -1;
      const after = childAfter < 0 ? -1 : later.parent(childAfter);
      if (after < 0 || !pairs.isFree(after) || later.process(after).pid !== pid) continue;
      pairs.pair(before, after);
      break;
    }
  }
}

function freeByKey(lineage: Lineage, isFree: (index: number) => boolean) {
  const guids = new Map<string, number[]>();
  const pids = new Map<number, number[]>();
  const add = <Key>(map: Map<Key, number[]>, key: Key | undefined, index: number) => {
    if (key === undefined) return;
    const known = map.get(key);
    if (known) known.push(index);
    else map.set(key, [index]);
  };
  for (let index = 0; index < lineage.size; index++) {
    if (!isFree(index)) continue;
    const { guid, otherGuids, pid } = lineage.process(index);
    for (const name of [guid, ...otherGuids]) add(guids, name, index);
    add(pids, pid, index);
  }
  return { guids, pids };
}
