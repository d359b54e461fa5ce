import { assignByPid } from './assign-ends.ts';
import { bootsOfEvents, bootsOfKeys, combineBoots } from './boots.ts';
import { RelativeTimes } from './clock.ts';
import { clockDifferences } from './clock-difference.ts';
import { clockResolutions } from './clock-resolution.ts';
import { cutLoops } from './cut-loops.ts';
import { attachObservations, describeProcess, ProductBits, readGuidOf } from './describe-processes.ts';
import { explainUnseen, previousHolders } from './explain-unseen.ts';
import { Holders } from './holders.ts';
import { identify } from './identity.ts';
import { ImageAgreement } from './image-agreement.ts';
import {
  type FoundCandidate,
  GRADE_AMBIGUOUS,
  GRADE_CLAIMED,
  GRADE_NONE,
  GRADE_PROBABLE,
  type LinkContext,
} from './link-context.ts';
import { claimGuidParents, linkByGuid } from './link-guid.ts';
import { addOtherClaims, linkByPid } from './link-pid.ts';
import { LinkedLineage } from './linked-lineage.ts';
import type { LossEvidence } from './loss.ts';
import { LossModel } from './loss-model.ts';
import type { Observations } from './observation.ts';
import { parentClaims } from './parent-claims.ts';
import { pidSlots } from './pid-slots.ts';
import type { Lineage } from './process.ts';
import { NONE, ProcessTable, STARTED } from './process-table.ts';
import { reasonBits } from './reason-bits.ts';
import { NO_TEXT } from './string-pool.ts';
import { defaultTolerance, type Tolerance } from './tolerance.ts';

export interface LineageOptions {
  /** What is known of missing events of this host. */
  readonly loss?: LossEvidence;
  readonly tolerance?: Tolerance;
}

/**
 * Builds the lineage of one host: a function of the observations, whatever the order in which they were added. Which edges
 * are made, and with which grade, is said in the lineage document; `docs/lineage.md` explains it to analysts.
 */
export function buildLineage(observations: Observations, options: LineageOptions = {}): Lineage {
  const tolerance = options.tolerance ?? defaultTolerance;
  const context = identified(observations, tolerance);
  const { table } = context;
  claimGuidParents(context);
  context.boots = combineBoots([
    ...bootsOfEvents(observations, context.times.at, context.order),
    ...bootsOfKeys(table.size, table.boot, table.start, table.end),
  ]);
  const holders = new Holders(table);
  assignByPid(context, holders);
  const refuted = linkAll(context, holders);
  const model = new LossModel(context, holders, options.loss);
  const previous = previousHolders(table.size, holders);
  for (let child = 0; child < table.size; child++) {
    const parent = table.parent[child] as number;
    if (parent === NONE) continue;
    const reasons = table.reasons[child] as number;
    if (table.grade[child] === GRADE_CLAIMED) {
      table.reasons[child] = reasons | explainUnseen(context, model, options.loss, previous, parent);
    } else if (table.grade[child] === GRADE_PROBABLE && model.isDoubtful(parent, child, reasons)) {
      table.grade[child] = GRADE_AMBIGUOUS;
      table.reasons[child] = reasons | reasonBits['loss-at-that-time'];
    }
  }
  for (const [child, candidate] of refuted) refute(context, child, candidate);
  cutLoops(table);
  return new LinkedLineage(context);
}

/** The processes that observations name, before any parent is looked for. */
function identified(observations: Observations, tolerance: Tolerance): LinkContext {
  const images = new ImageAgreement(observations.texts);
  const clocks = clockDifferences(observations, images);
  const times = new RelativeTimes(observations, clocks.ahead);
  const order = inOrder(observations, times);
  const slots = pidSlots(observations, order);
  const table = new ProcessTable(observations);
  const products = new ProductBits();
  const acrossSensors = Number(tolerance.acrossSensors);
  const sameSensor = Number(tolerance.sameSensor);
  const { processOf, ofGuid, adoption } = identify(
    observations,
    times,
    order,
    slots,
    images,
    table,
    acrossSensors,
    products,
  );
  attachObservations(order, processOf, table);
  for (let process = 0; process < table.size; process++) {
    describeProcess(process, observations, times, table, products);
    if (table.guid[process] !== NO_TEXT) readGuidOf(process, observations, times, table);
  }
  return {
    observations,
    times,
    resolutions: clockResolutions(observations),
    order,
    slots,
    images,
    table,
    products,
    ofGuid,
    processOf,
    adoption,
    sameSensor,
    // What was measured of the clocks is better than what may be, with room for what was not.
    acrossSensors: Math.min(acrossSensors, Math.max(sameSensor, 3 * clocks.spread)),
    claims: parentClaims(observations, table),
    candidates: new Map(),
    boots: combineBoots([]),
  };
}

/** Observations by time, then by kind, then by the event's id: the same whatever the order in which they were added. */
function inOrder({ length, kind, ids }: Observations, { at }: RelativeTimes): readonly number[] {
  const order = Array.from({ length }, (_, index) => index);
  return order.sort(
    (one, other) =>
      (at[one] as number) - (at[other] as number) ||
      (kind[one] as number) - (kind[other] as number) ||
      ids.compare(one, other),
  );
}

/** Finds the parent of every started process. Gives those whose named parent cannot be it. */
function linkAll(context: LinkContext, holders: Holders): Map<number, FoundCandidate> {
  const { table, observations, claims } = context;
  const refuted = new Map<number, FoundCandidate>();
  const byPid: number[] = [];
  const started = claims.byPid.length;
  for (let child = 0; child < started; child++) {
    if (table.basis[child] !== STARTED || linkByGuid(context, child, refuted)) continue;
    const claim = claims.byPid[child] as number;
    if (claim === NONE) {
      const self = claims.byGuid[child] !== NONE && !refuted.has(child);
      table.reasons[child] = reasonBits[self ? 'self-parent' : 'says-nothing-of-parent'];
    } else if (observations.parentPid[claim] === table.pid[child])
      table.reasons[child] = reasonBits['self-parent'];
    else byPid.push(child);
  }
  linkByPid(context, holders, byPid);
  addOtherClaims(context, holders);
  for (const child of byPid)
    if (claims.guidUnusable[child] === 1)
      table.reasons[child] = (table.reasons[child] as number) | reasonBits['guid-unusable'];
  return refuted;
}

/** A child names a parent that cannot be it: what was found in its place is doubtful, and both are kept. */
function refute({ table, candidates }: LinkContext, child: number, candidate: FoundCandidate): void {
  const parent = table.parent[child] as number;
  if (parent === NONE) {
    table.grade[child] = GRADE_NONE;
    table.reasons[child] = candidate.reasons;
    return;
  }
  table.grade[child] = GRADE_AMBIGUOUS;
  const found = candidates.get(child) ?? [{ process: parent, reasons: table.reasons[child] as number }];
  candidates.set(child, [...found, candidate]);
  table.reasons[child] = candidate.reasons | reasonBits['several-candidates'];
}
