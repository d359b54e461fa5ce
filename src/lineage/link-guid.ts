import { readGuidOf } from './describe-processes.ts';
import { processOfGuid } from './identity.ts';
import {
  agreement,
  type FoundCandidate,
  GRADE_AMBIGUOUS,
  GRADE_CLAIMED,
  GRADE_EXACT,
  GRADE_PROBABLE,
  impossible,
  keysAgree,
  type LinkContext,
  livesAgree,
} from './link-context.ts';
import { kindNumbers } from './observation.ts';
import { CLAIMED, NONE, STARTED } from './process-table.ts';
import { reasonBits } from './reason-bits.ts';
import { NO_TEXT } from './string-pool.ts';

/** Candidates of one GUID that are looked at. */
const MOST_OF_ONE_GUID = 16;

/**
 * Makes a process for every parent GUID that no observation bears: it is what its children claim. Children that name one
 * GUID with two process ids claim two.
 */
export function claimGuidParents(context: LinkContext): void {
  const { observations, times, order, table, ofGuid, processOf, adoption } = context;
  const { kind, parentGuid, parentPid, parentImage, parentCommandLine } = observations;
  for (let index = 0; index < order.length; index++) {
    const observation = order[index] as number;
    if (kind[observation] !== kindNumbers.start || parentGuid[observation] === NO_TEXT) continue;
    const child = processOf[observation] as number;
    if (parentGuid[observation] === table.guid[child]) continue;
    const bearer = {
      guid: parentGuid[observation] as number,
      pid: parentPid[observation] as number,
      image: parentImage[observation] as number,
      commandLine: parentCommandLine[observation] as number,
    };
    const parent = processOfGuid(table, ofGuid, bearer, CLAIMED, adoption);
    if (table.basis[parent] === STARTED) readGuidOf(parent, observations, times, table);
    else claimBy(context, parent, observation);
  }
}

/** Adds what a child says to a process that was not seen being created. */
export function claimBy(context: LinkContext, parent: number, observation: number): void {
  const { observations, times, table } = context;
  const at = times.at[observation] as number;
  table.claim(parent, observation);
  const newborn = Number.isNaN(table.first[parent] as number);
  if (newborn || at < (table.first[parent] as number)) table.first[parent] = at;
  if (newborn || at > (table.last[parent] as number)) table.last[parent] = at;
  if (table.image[parent] === NO_TEXT) table.image[parent] = observations.parentImage[observation] as number;
  if (table.commandLine[parent] === NO_TEXT)
    table.commandLine[parent] = observations.parentCommandLine[observation] as number;
  if (table.user[parent] === NO_TEXT) table.user[parent] = observations.parentUser[observation] as number;
  if (newborn) readGuidOf(parent, observations, times, table);
}

/**
 * Links a process whose parent's GUID is told. False: its parent has to be found by its process id, since no GUID is told,
 * or the process that bears it cannot be the parent, which is then put into `refuted`. Runs when all ends are known.
 */
export function linkByGuid(
  context: LinkContext,
  child: number,
  refuted: Map<number, FoundCandidate>,
): boolean {
  const { observations, table, candidates } = context;
  const byGuid = context.claims.byGuid[child] as number;
  if (byGuid === NONE || observations.parentGuid[byGuid] === table.guid[child]) return false;
  const named = bearers(
    context,
    observations.parentGuid[byGuid] as number,
    observations.parentPid[byGuid] as number,
  );
  const found: FoundCandidate[] = [];
  for (const process of named) {
    const reasons =
      reasonBits['guid-named'] |
      impossible(context, process, child) |
      keysAgree(context, process, child) |
      agreement(context, byGuid, process) |
      livesAgree(context, process, child);
    found.push({ process, reasons });
  }
  const possible = found.filter(({ reasons }) => (reasons & impossibilities) === 0);
  const [first] = possible;
  if (first === undefined) {
    if (found[0] !== undefined) refuted.set(child, found[0]);
    return false;
  }
  table.parent[child] = first.process;
  table.reasons[child] = first.reasons;
  const contradicted = (first.reasons & contradictions) !== 0;
  if (possible.length > 1) {
    table.grade[child] = GRADE_AMBIGUOUS;
    table.reasons[child] = reasonBits['guid-named'] | reasonBits['several-candidates'];
    candidates.set(child, possible);
  } else if (contradicted) table.grade[child] = GRADE_AMBIGUOUS;
  else if (table.basis[first.process] !== STARTED) table.grade[child] = GRADE_CLAIMED;
  else table.grade[child] = bearsItself(context, first.process) ? GRADE_EXACT : GRADE_PROBABLE;
  return true;
}

/** Whether a start event of the process has the GUID itself, and not only another sensor's event. */
function bearsItself({ observations, table }: LinkContext, process: number): boolean {
  const { kind, guid } = observations;
  for (
    let each = table.firstObservation[process] as number;
    each !== NONE;
    each = table.nextObservation[each] as number
  )
    if (kind[each] === kindNumbers.start && guid[each] !== NO_TEXT) return true;
  return false;
}

export const impossibilities =
  reasonBits['started-after'] |
  reasonBits['ended-before'] |
  reasonBits['other-boot'] |
  reasonBits['sequence-contradicts'] |
  reasonBits['self-parent'];

const contradictions = impossibilities | reasonBits['image-differs'] | reasonBits['command-line-differs'];

/** The processes with a GUID and, where it is told, a process id. */
function bearers({ table, ofGuid }: LinkContext, guid: number, pid: number): readonly number[] {
  const found: number[] = [];
  for (
    let each = ofGuid[guid] as number;
    each !== NONE && found.length < MOST_OF_ONE_GUID;
    each = table.nextOfGuid[each] as number
  ) {
    const known = table.pid[each] as number;
    if (known === pid || known < 0 || pid < 0) found.push(each);
  }
  return found.reverse();
}
