import { begunUpTo, HolderSweep, type Holders } from './holders.ts';
import {
  agreement,
  endTolerance,
  type FoundCandidate,
  GRADE_AMBIGUOUS,
  GRADE_CLAIMED,
  GRADE_PROBABLE,
  impossible,
  keysAgree,
  type LinkContext,
  livesAgree,
  toleranceOf,
} from './link-context.ts';
import { claimBy, impossibilities } from './link-guid.ts';
import { CLAIMED, NONE, STARTED } from './process-table.ts';
import { type ReasonMask, reasonBits } from './reason-bits.ts';
import { NO_TEXT } from './string-pool.ts';

/** Earlier holders of the process id that are considered for one claim. */
const LOOK_BACK = 16;

/**
 * Links children whose parent has to be found by its process id, all of one process id in the order of their starts. What a
 * claim says is evidence too: it tells who bore the id at that moment.
 */
export function linkByPid(context: LinkContext, holders: Holders, children: readonly number[]): void {
  const { observations, table, claims } = context;
  const byParentPid = new Map<number, number[]>();
  for (const child of children) {
    const slot = holders.slot(observations.parentPid[claims.byPid[child] as number] as number);
    const list = byParentPid.get(slot);
    if (list === undefined) byParentPid.set(slot, [child]);
    else list.push(child);
  }
  for (const [slot, list] of byParentPid) {
    list.sort((one, other) => (table.start[one] as number) - (table.start[other] as number) || one - other);
    const sweep = new HolderSweep(table, holders.lists[slot] as number[], context.acrossSensors);
    for (const child of list) {
      sweep.advance(table.start[child] as number);
      linkChild(context, sweep, child, claims.byPid[child] as number);
    }
    holders.lists[slot] = sweep.finish();
  }
}

/** A holder that the claim fits, and whether the child's start lies in its known life without any tolerance. */
interface Fit extends FoundCandidate {
  readonly strict: boolean;
}

function linkChild(context: LinkContext, sweep: HolderSweep, child: number, claim: number): void {
  const { table, candidates } = context;
  const { fits, excluded } = fitting(context, sweep.seen, child, claim);
  const best = choose(context, fits, child);
  if (fits.length === 0) {
    claimParent(context, sweep, child, claim, excluded);
    return;
  }
  const first = best[0] as Fit;
  const parent = first.process;
  table.parent[child] = parent;
  if (table.basis[parent] !== STARTED) claimBy(context, parent, claim);
  if (best.length > 1) {
    table.grade[child] = GRADE_AMBIGUOUS;
    table.reasons[child] = reasonBits['several-candidates'];
    candidates.set(child, best);
    return;
  }
  table.reasons[child] = first.reasons | reasonBits['only-candidate'];
  if ((first.reasons & doubts) !== 0) table.grade[child] = GRADE_AMBIGUOUS;
  else if (table.basis[parent] === STARTED) table.grade[child] = GRADE_PROBABLE;
  else {
    table.grade[child] = GRADE_CLAIMED;
    table.reasons[child] = (first.reasons & ~reasonBits['end-unknown']) | reasonBits['not-seen-created'];
  }
}

const doubts = reasonBits['command-line-differs'] | reasonBits['siblings-differ'] | impossibilities;

/** The holders that may be the parent, likeliest first, and what spoke against those that may not. */
function fitting(
  context: LinkContext,
  seen: readonly number[],
  child: number,
  claim: number,
): { readonly fits: readonly Fit[]; readonly excluded: ReasonMask } {
  const { table } = context;
  const begin = table.start[child] as number;
  const fits: Fit[] = [];
  let excluded = 0;
  let disputed = false;
  for (let place = seen.length - 1, looked = 0; place >= 0 && looked < LOOK_BACK; place--, looked++) {
    const process = seen[place] as number;
    const began = table.first[process] as number;
    const tolerance = toleranceOf(context, process, child);
    if (began > begin + tolerance) continue;
    const against = impossible(context, process, child);
    const agrees = agreement(context, claim, process);
    const ended = table.end[process] as number;
    // A claimed holder that came between disputes a life that is known to have gone on.
    const alive = ended >= begin - endTolerance(context, process, child);
    if (against !== 0) excluded |= against;
    else if (disputed && !alive) excluded |= reasonBits['process-id-reused'];
    else if ((agrees & reasonBits['image-differs']) !== 0) excluded |= reasonBits['image-differs'];
    else if (
      (agrees & reasonBits['command-line-differs']) !== 0 &&
      !(alive && table.basis[process] === STARTED)
    )
      excluded |= reasonBits['command-line-differs'];
    else {
      let reasons = agrees | livesAgree(context, process, child) | keysAgree(context, process, child);
      if (disputed) reasons |= reasonBits['siblings-differ'];
      if (table.basis[process] !== STARTED && table.firstClaim[process] !== NONE)
        reasons |= reasonBits['siblings-agree'];
      const strict = began <= begin && !(ended < begin);
      fits.push({ process, reasons, strict });
    }
    if (process === child || began >= begin - tolerance) continue;
    if (table.basis[process] !== CLAIMED) break;
    disputed = true;
  }
  return { fits, excluded };
}

/**
 * Of several holders that fit: one whose life surely has the moment, where one sensor told the order, and then one whose
 * command line agrees where those of the others are not known.
 */
function choose(context: LinkContext, fits: readonly Fit[], child: number): readonly Fit[] {
  if (fits.length < 2) return fits;
  const { table } = context;
  const products = table.startProducts[child] as number;
  const strict = fits.filter((fit) => fit.strict);
  const [only] = strict;
  const others = fits.filter((fit) => fit !== only);
  const ordered = (process: number) =>
    ((table.startProducts[process] as number) & products) !== 0 ||
    ((table.endProducts[process] as number) & products) !== 0;
  if (
    strict.length === 1 &&
    only !== undefined &&
    ordered(only.process) &&
    others.every(({ process }) => ordered(process))
  )
    return [only];
  const sure = fits.filter(({ reasons }) => (reasons & reasonBits['command-line-agrees']) !== 0);
  if (sure.length === 1) {
    const rest = fits.filter((fit) => fit !== sure[0]);
    if (rest.every(({ reasons }) => (reasons & reasonBits['command-line-differs']) !== 0)) return sure;
  }
  return [...strict, ...fits.filter((fit) => !fit.strict)];
}

/** Adds what another sensor names as the parent, by its process id, to the candidates of children whose sensors disagree. */
export function addOtherClaims(context: LinkContext, holders: Holders): void {
  const { observations, table, claims, candidates } = context;
  for (let child = 0; child < claims.otherPid.length; child++) {
    const claim = claims.otherPid[child] as number;
    if (claim === NONE || table.parent[child] === NONE) continue;
    const list = holders.lists[holders.slot(observations.parentPid[claim] as number)] as number[];
    const begun = begunUpTo(table, list, (table.start[child] as number) + context.acrossSensors);
    const { fits } = fitting(context, list.slice(Math.max(0, begun - LOOK_BACK), begun), child, claim);
    const known = candidates.get(child) ?? [
      { process: table.parent[child] as number, reasons: table.reasons[child] as number },
    ];
    const others = fits.filter(({ process }) => known.every((each) => each.process !== process));
    candidates.set(child, [...known, ...others]);
    table.grade[child] = GRADE_AMBIGUOUS;
    table.reasons[child] = (table.reasons[child] as number) | reasonBits['sensors-disagree'];
  }
}

/** No holder fits: the parent was not seen being created and is what the child says of it. */
function claimParent(
  context: LinkContext,
  sweep: HolderSweep,
  child: number,
  claim: number,
  excluded: ReasonMask,
): void {
  const { observations, table } = context;
  const later = sweep.following;
  let parent = NONE;
  let reasons = reasonBits['not-seen-created'] | excluded;
  if (later !== undefined && table.basis[later] !== STARTED && Number.isNaN(table.start[later] as number)) {
    const agrees = agreement(context, claim, later);
    if ((agrees & reasonBits['image-agrees']) !== 0 && (agrees & reasonBits['command-line-differs']) === 0) {
      parent = later;
      reasons |= reasonBits['image-agrees'];
    }
  }
  if (parent === NONE) {
    const pid = observations.parentPid[claim] as number;
    parent = table.add(CLAIMED, pid, NO_TEXT);
    claimBy(context, parent, claim);
    sweep.insert(parent);
  } else claimBy(context, parent, claim);
  table.parent[child] = parent;
  table.grade[child] = GRADE_CLAIMED;
  table.reasons[child] = reasons;
}
