import { TICKS_PER_SECOND } from '../core/ticks.ts';
import { kindNumbers, type Observations } from './observation.ts';
import type { Lineage } from './process.ts';
import type { Family } from './select-family.ts';
import { readStartKey } from './start-key.ts';
import { NO_TEXT } from './string-pool.ts';

/**
 * Whether what was read decides a family as the whole host would: GUIDs alone tell who is who and whose child, of the family
 * and of all that name one of its process ids as their parent's. Then nothing that is counted over the whole host is asked.
 */
export function isDecided(observations: Observations, family: Family, pids: ReadonlySet<number>): boolean {
  if (!isRegular(observations, pids)) return false;
  const { lineage, shows } = family;
  const children = new Set<string>();
  const { length, kind, guid, parentPid, texts } = observations;
  for (let at = 0; at < length; at++)
    if (kind[at] === kindNumbers.start && pids.has(parentPid[at] as number))
      children.add(texts.text(guid[at] as number) ?? '');
  for (let index = 0; index < lineage.size; index++) {
    // Only the parent that a GUID names is exact.
    if (lineage.grade(index) === 'exact') continue;
    const { guid: own, basis } = lineage.process(index);
    if (shows(index) && (own === undefined || !isSure(lineage, index))) return false;
    if (basis === 'started' && children.has(own ?? '') && !isNamed(lineage, index)) return false;
  }
  return true;
}

/**
 * Whether every start has a GUID, every GUID one process id, and whatever has one of the ids, as its own or its parent's, the
 * GUID too. Else processes are found by what else has the process id, of which not all that matters was read.
 */
function isRegular(
  { length, kind, guid, pid, parentGuid, parentPid }: Observations,
  pids: ReadonlySet<number>,
): boolean {
  const pidOf = new Map<number, number>();
  const agrees = (name: number, id: number): boolean => {
    if (name === NO_TEXT) return !pids.has(id);
    const known = pidOf.get(name);
    if (known === undefined) pidOf.set(name, id);
    return id >= 0 && (known === undefined || known === id);
  };
  for (let at = 0; at < length; at++) {
    const start = kind[at] === kindNumbers.start;
    if (!start && kind[at] !== kindNumbers.end && kind[at] !== kindNumbers.activity) continue;
    if (start && guid[at] === NO_TEXT) return false;
    if (!agrees(guid[at] as number, pid[at] as number)) return false;
    if (start && !agrees(parentGuid[at] as number, parentPid[at] as number)) return false;
  }
  return true;
}

/** Whether the parent is the one that the GUID names. */
function isNamed(lineage: Lineage, index: number): boolean {
  const { reasons, candidates } = lineage.edge(index);
  const has = (wanted: string) => reasons.some(({ code }) => code === wanted);
  return candidates.length < 2 && has('guid-named') && !has('several-candidates') && !has('sensors-disagree');
}

/** Whether an edge has its grade and reasons whatever share of the host's events was lost. */
function isSure(lineage: Lineage, index: number): boolean {
  const { grade, parent, reasons } = lineage.edge(index);
  switch (grade) {
    case 'exact':
      return true;
    case 'none':
      return reasons.every(({ code }) => code === 'says-nothing-of-parent' || code === 'self-parent');
    case 'claimed':
      // Without a moment in its GUID, why a process was not seen depends on how many are not.
      return isNamed(lineage, index) && parent !== undefined && lineage.process(parent).startFrom === 'guid';
    case 'ambiguous':
      return isNamed(lineage, index);
    case 'probable':
      return false;
  }
}

/** Whether an edge may be judged by when the host was started anew: where the boot of a process is not in its GUID. */
export function asksForBoots({ length, kind, guid, parentGuid, texts }: Observations): boolean {
  const boots = new Map<number, boolean>();
  const hasBoot = (name: number): boolean => {
    if (name === NO_TEXT) return true;
    let known = boots.get(name);
    if (known === undefined) {
      known = (readStartKey(texts.text(name) ?? '')?.boot ?? 0) !== 0;
      boots.set(name, known);
    }
    return known;
  };
  for (let at = 0; at < length; at++) {
    const start = kind[at] === kindNumbers.start;
    if (!start && kind[at] !== kindNumbers.end && kind[at] !== kindNumbers.activity) continue;
    if (!hasBoot(guid[at] as number) || (start && !hasBoot(parentGuid[at] as number))) return true;
  }
  return false;
}

/** Whether an activity may have the GUID of a former holder of its process id, so that it is of another process. */
export function mayBeStale({ length, kind, time, guid, pid, texts }: Observations): boolean {
  const activities = new Map<number, number[]>();
  for (let at = 0; at < length; at++) {
    if (kind[at] !== kindNumbers.activity) continue;
    const list = activities.get(pid[at] as number);
    if (list === undefined) activities.set(pid[at] as number, [at]);
    else list.push(at);
  }
  if (activities.size === 0) return false;
  for (let at = 0; at < length; at++) {
    if (kind[at] !== kindNumbers.start) continue;
    for (const each of activities.get(pid[at] as number) ?? []) {
      if (guid[each] === guid[at] || (time[at] as bigint) > (time[each] as bigint)) continue;
      const key = readStartKey(texts.text(guid[each] as number) ?? '');
      if (key !== undefined && BigInt(key.second + 1) * TICKS_PER_SECOND <= (time[at] as bigint)) return true;
    }
  }
  return false;
}
