import type { Steps } from '../core/steps.ts';
import { assignByPid } from './assign-ends.ts';
import { bootsOfEvents, bootsOfKeys, combineBoots } from './boots.ts';
import { RelativeTimes } from './clock.ts';
import { type ClockDifferences, clockDifferences } from './clock-difference.ts';
import { type ClockResolutions, clockResolutions } from './clock-resolution.ts';
import { attachObservations, describeProcess, ProductBits, readGuidOf } from './describe-processes.ts';
import { guidAliases, withPrimaryGuids } from './guid-aliases.ts';
import { Holders } from './holders.ts';
import { identify } from './identity.ts';
import { ImageAgreement } from './image-agreement.ts';
import type { FoundCandidate, LinkContext } from './link-context.ts';
import { claimGuidParents, linkByGuid } from './link-guid.ts';
import { addOtherClaims, linkByPid } from './link-pid.ts';
import type { Observations } from './observation.ts';
import { parentClaims } from './parent-claims.ts';
import { pidSlots } from './pid-slots.ts';
import { NONE, ProcessTable, STARTED } from './process-table.ts';
import { reasonBits } from './reason-bits.ts';
import { NO_TEXT } from './string-pool.ts';
import type { Tolerance } from './tolerance.ts';

/** Processes that are described at once. */
const stepSize = 20_000;

/** What of a host is known from elsewhere than the observations at hand. */
export interface KnownOfHost {
  readonly clocks?: ClockDifferences;
  readonly resolutions?: ClockResolutions;
  /** Where boots lie that the GUIDs tell. */
  readonly bootsOfKeys?: (times: RelativeTimes) => ReturnType<typeof bootsOfKeys>;
  /** Products that give GUIDs, where the observations have none. */
  readonly givesGuids?: ReadonlySet<string>;
}

/** Processes with the edges to their parents, before losses are weighed. */
export interface LinkedObservations {
  readonly context: LinkContext;
  readonly clocks: ClockDifferences;
  readonly holders: Holders;
  /** Children whose named parent cannot be it. */
  readonly refuted: ReadonlyMap<number, FoundCandidate>;
}

/** Finds the processes of observations and their parents. What is not known of the host is taken from the observations. */
export function* linkSteps(
  observations: Observations,
  tolerance: Tolerance,
  known?: KnownOfHost,
): Steps<LinkedObservations> {
  const images = new ImageAgreement(observations.texts);
  const clocks = known?.clocks ?? clockDifferences(observations, images, known?.givesGuids);
  yield;
  const context = yield* identified(observations, images, tolerance, clocks, known?.resolutions);
  const { table, times } = context;
  claimGuidParents(context);
  context.boots = combineBoots([
    ...bootsOfEvents(context.observations, times.at, context.order),
    ...(known?.bootsOfKeys?.(times) ?? bootsOfKeys(table.size, table.boot, table.start, table.end)),
  ]);
  yield;
  const holders = new Holders(table);
  assignByPid(context, holders);
  yield;
  return { context, clocks, holders, refuted: yield* linkAll(context, holders) };
}

/** The processes that observations name, before any parent is looked for. */
function* identified(
  told: Observations,
  images: ImageAgreement,
  tolerance: Tolerance,
  clocks: ClockDifferences,
  resolutions: ClockResolutions = clockResolutions(told),
): Steps<LinkContext> {
  const times = new RelativeTimes(told, clocks.ahead);
  const order = inOrder(told, times);
  yield;
  const slots = pidSlots(told, order);
  const acrossSensors = Number(tolerance.acrossSensors);
  const aliases = guidAliases(told, times, slots, images, acrossSensors);
  yield;
  const observations = aliases === undefined ? told : withPrimaryGuids(told, aliases);
  const table = new ProcessTable(observations);
  const products = new ProductBits();
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
    // A GUID leaves less room for another process than a process id does, and clocks drift.
    acrossSensors + (Number.isFinite(clocks.spread) ? Math.min(clocks.spread, sameSensor) : 0),
  );
  yield;
  attachObservations(order, processOf, table);
  for (let process = 0; process < table.size; process++) {
    if (process % stepSize === 0) yield;
    describeProcess(process, observations, times, table, products);
    if (table.guid[process] !== NO_TEXT) readGuidOf(process, observations, times, table);
  }
  yield;
  return {
    observations,
    times,
    resolutions,
    order,
    slots,
    images,
    table,
    products,
    ofGuid,
    otherGuids: aliases?.others ?? new Map(),
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
function* linkAll(context: LinkContext, holders: Holders): Steps<Map<number, FoundCandidate>> {
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
  yield;
  linkByPid(context, holders, byPid);
  yield;
  addOtherClaims(context, holders);
  for (const child of byPid)
    if (claims.guidUnusable[child] === 1)
      table.reasons[child] = (table.reasons[child] as number) | reasonBits['guid-unusable'];
  return refuted;
}
