import { kindNumbers, type Observations } from './observation.ts';
import { NONE, type ProcessTable } from './process-table.ts';
import { NO_TEXT } from './string-pool.ts';

/** Which start events of a process tell its parent: the first with a GUID for it, the first with a process id. */
export interface ParentClaims {
  readonly byGuid: number;
  readonly byPid: number;
  /** A start event of another sensor that names another process id; `NONE` where all agree. */
  readonly otherPid: number;
  /** Whether a start event gave a parent GUID that names nothing. */
  readonly guidUnusable: boolean;
}

export function parentClaims(observations: Observations, table: ProcessTable, process: number): ParentClaims {
  const { kind, parentGuid, parentPid, parentGuidUnusable } = observations;
  let byGuid = NONE;
  let byPid = NONE;
  let otherPid = NONE;
  let guidUnusable = false;
  for (
    let each = table.firstObservation[process] as number;
    each !== NONE;
    each = table.nextObservation[each] as number
  ) {
    if (kind[each] !== kindNumbers.start) continue;
    if (byGuid === NONE && parentGuid[each] !== NO_TEXT) byGuid = each;
    if (parentGuidUnusable[each] === 1) guidUnusable = true;
    if ((parentPid[each] as number) < 0) continue;
    if (byPid === NONE) byPid = each;
    else if (parentPid[byPid] !== parentPid[each] && otherPid === NONE) otherPid = each;
  }
  if (byGuid !== NONE && (parentPid[byGuid] as number) >= 0 && byPid !== byGuid) {
    if (parentPid[byPid] !== parentPid[byGuid]) otherPid = byPid;
    byPid = byGuid;
  }
  return { byGuid, byPid, otherPid, guidUnusable };
}
