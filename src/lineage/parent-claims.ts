import { kindNumbers, type Observations } from './observation.ts';
import { NONE, type ProcessTable } from './process-table.ts';
import { NO_TEXT } from './string-pool.ts';

/** Which start events of each process tell its parent, by process; `NONE` where none does. */
export interface ParentClaims {
  /** The first with a GUID for it. */
  readonly byGuid: Int32Array;
  /** One with a process id for it: of the sensor that gives the GUID, else the first that tells most of the parent. */
  readonly byPid: Int32Array;
  /** One of another sensor that names another process id. */
  readonly otherPid: Int32Array;
  /** 1 where a start event gave a parent GUID that names nothing. */
  readonly guidUnusable: Uint8Array;
}

export function parentClaims(observations: Observations, table: ProcessTable): ParentClaims {
  const { kind, parentGuid, parentPid, parentGuidUnusable, parentImage, parentCommandLine } = observations;
  const told = (each: number): number =>
    (parentCommandLine[each] === NO_TEXT ? 0 : 2) + (parentImage[each] === NO_TEXT ? 0 : 1);
  const ints = (): Int32Array => new Int32Array(table.size).fill(NONE);
  const claims = {
    byGuid: ints(),
    byPid: ints(),
    otherPid: ints(),
    guidUnusable: new Uint8Array(table.size),
  };
  for (let process = 0; process < table.size; process++) {
    let byGuid = NONE;
    let byPid = NONE;
    for (
      let each = table.firstObservation[process] as number;
      each !== NONE;
      each = table.nextObservation[each] as number
    ) {
      if (kind[each] !== kindNumbers.start) continue;
      if (byGuid === NONE && parentGuid[each] !== NO_TEXT) byGuid = each;
      if (parentGuidUnusable[each] === 1) claims.guidUnusable[process] = 1;
      if ((parentPid[each] as number) < 0) continue;
      if (byPid === NONE) byPid = each;
      else if (parentPid[byPid] === parentPid[each]) {
        if (told(each) > told(byPid)) byPid = each;
      } else if (claims.otherPid[process] === NONE) claims.otherPid[process] = each;
    }
    if (byGuid !== NONE && (parentPid[byGuid] as number) >= 0 && byPid !== byGuid) {
      if (parentPid[byPid] !== parentPid[byGuid]) claims.otherPid[process] = byPid;
      byPid = byGuid;
    }
    claims.byGuid[process] = byGuid;
    claims.byPid[process] = byPid;
  }
  return claims;
}
